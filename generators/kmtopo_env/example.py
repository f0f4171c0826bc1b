"""``.env.example``: every key of a machine's containers, and which of them the operator may set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from kmtopo.plugin import Artifact, Container, Delivery, Deployment, Variable, frozen, slots
from kmtopo_env.files import HEADER, grouped
from kmtopo_env.quoting import quoted

_NAMED = 5


# What a container is called in the topology, the container, and a variable that it gets.
_Use = tuple[str, Container, Variable]


@frozen
class _Entry:
    comments: tuple[str, ...]
    line: str


def example(vps: str, deployment: Deployment, deliveries: Iterable[tuple[Container, Delivery]]) -> Artifact:
    """Writes the ``.env.example`` of one machine: what Compose reads from ``.env``, then what containers get."""
    deliveries = tuple(deliveries)
    target = _target(deployment, deliveries)
    kept = list(_kept_by_others(vps, deployment))
    uses = {name: found for name, found in _uses(deliveries).items() if name not in target}
    lines = [
        HEADER,
        f"# from {deployment.environment.address}",
        "#",
        "# Every variable of this machine. Compose reads the first group from a file .env beside compose.yaml;",
        "# containers get the others from env/, and secrets from files when they start.",
        *(_section("compose", target.values()) if target else ()),
        *(_section("secrets", kept) if kept else ()),
    ]
    for group, variables in grouped(variable for (_, _, variable), *_ in uses.values()).items():
        said_last = sorted(variables, key=lambda v: v.origin is not None)
        lines += _section(group, [_described(uses[variable.name]) for variable in said_last])
    path = PurePosixPath(vps, ".env.example")
    return Artifact(path, "\n".join(lines) + "\n", origins=(deployment.environment.address,))


def _uses(deliveries: Iterable[tuple[Container, Delivery]]) -> dict[str, list[_Use]]:
    """Lists by key which containers get it; what dedicated tenants have copies of speaks for these."""
    uses: dict[str, list[_Use]] = {}
    for container, delivery in deliveries:
        original = container.original
        for variable in (*delivery.shared, *delivery.written, *delivery.filled, *delivery.exported):
            uses.setdefault(variable.name, []).append((original, container, variable))
    return {name: [use for use in found if not use[1].tenant] or found for name, found in uses.items()}


def _target(deployment: Deployment, deliveries: Iterable[tuple[Container, Delivery]]) -> dict[str, _Entry]:
    """Describes by key what Compose itself reads."""
    described: dict[str, _Entry] = {}
    if any(container.secrets for container, _ in deliveries):
        default = deployment.secrets_folder
        comment = "# the folder of the secrets, a file each"
        described["KMTOPO_SECRETS"] = _Entry((comment,), f"KMTOPO_SECRETS={quoted(default)}")
    wanted: dict[str, list[str]] = {}
    for container, delivery in deliveries:
        for name in sorted({name for variable in delivery.filled for name in variable.deferred}):
            wanted.setdefault(name, []).append(container.original)
    for name in sorted(wanted):
        described[name] = _Entry((f"# required by {_listed(wanted[name])}",), f"{name}=")
    return described


def _kept_by_others(vps: str, deployment: Deployment) -> Iterator[_Entry]:
    """Describes what secrets.sh reads, where no keeper of ours has it; the values never stand in a file."""
    here = {container.name for container in deployment.containers_on(vps)}
    for slot in slots(deployment) if deployment.environment.secrets == "env" else ():
        if here & set(slot.users):
            users = _listed(sorted(here & set(slot.users)))
            how = "may be empty; " if slot.may_be_empty else ""
            comment = f"# for {users}: {how}secrets.sh takes it from the environment of whoever runs it"
            yield _Entry((f"# from {slot.address}", comment), f"{slot.variable}=")


def _section(group: str, entries: Iterable[_Entry]) -> Iterator[str]:
    """Yields a group's lines; comments that hold on are not said again."""
    yield ""
    yield f"# {group}"
    here: tuple[str, ...] = ()
    for entry in entries:
        if entry.comments != here:
            yield from (comment for comment in entry.comments if comment not in here)
            here = entry.comments
        yield entry.line


def _described(uses: list[_Use]) -> _Entry:
    _, container, first = uses[0]
    names = _listed([original for original, _, _ in uses])
    notes = [f"the secret {name}" for name in first.secrets] + [f"{name} of the target" for name in first.deferred]
    value = quoted(first.literal or "")
    if any(variable.parts != first.parts for _, _, variable in uses):
        notes, value = ["a value of its own for each"], ""
    comment = f"# for {names}" + (f": {', '.join(notes)}" if notes else "")
    return _Entry((f"# from {first.origin or container.address}", comment), f"{first.name}={value}")


def _listed(found: Iterable[str]) -> str:
    names = list(dict.fromkeys(found))
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
