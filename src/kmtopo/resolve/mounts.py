"""What a container mounts: its volumes and bound folders, and what its type adds."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from kmtopo.diagnostics import Diagnostic, Term, diagnose
from kmtopo.resolve.asking import answered
from kmtopo.resolve.deployment import Mount
from kmtopo.resolve.drafts import Draft, Plan
from kmtopo.types.runtime import Runtime, Stage


def mounts(draft: Draft, runtime: Runtime, plan: Plan, stage: Stage, found: list[Diagnostic]) -> tuple[Mount, ...]:
    """Returns the mounts by their path in the container; a volume without one is reported and left out."""
    made = []
    for name, entry in sorted((draft.entry.volumes or {}).items()):
        at = draft.origin("volumes", name)
        path = entry.path if entry else None
        if entry and entry.bind:
            _check_bind(draft, name, stage, found)
            made.append(Mount(path or "", None, entry.bind, at))
            continue
        if path is None and draft.type.volume_path is not None:
            path = answered(draft, partial(draft.type.volume_path, draft.entry.image), found)
        elif path is None:
            _tell_pathless(draft, name, found)
        if path is not None:
            made.append(Mount(path, name, None, at, _scaled(entry.size if entry else None, plan)))
    extra = [Mount(volume.path, volume.name, None, None) for volume in runtime.volumes]
    return tuple(sorted([*made, *extra], key=lambda mount: mount.path))


def _scaled(size: int | None, plan: Plan) -> int | None:
    return int(size * (plan.scale.disk or Decimal(1))) if size else None


def _check_bind(draft: Draft, name: str, stage: Stage, found: list[Diagnostic]) -> None:
    if stage != "development":
        found.append(diagnose("KM315", draft.origin("volumes", name, "bind"), name=name, stage=Term(stage)))
    entry = (draft.entry.volumes or {})[name]
    if entry is not None and entry.path is None:
        _tell_pathless(draft, name, found)


def _tell_pathless(draft: Draft, name: str, found: list[Diagnostic]) -> None:
    if not draft.absent & {"type", "volumes"}:
        found.append(diagnose("KM314", draft.origin("volumes", name), part="key", name=name))
