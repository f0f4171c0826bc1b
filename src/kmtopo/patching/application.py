"""Patches are applied to built files, in the order of the topology."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact
from kmtopo.diagnostics import Diagnostic, diagnose, did_you_mean
from kmtopo.model.layered import Layer
from kmtopo.patching import tree, variables
from kmtopo.patching.patch import Patch, Refused, endless, read
from kmtopo.patching.splice import Splice, marked, spliced
from kmtopo.syntax import Document
from kmtopo.values import frozen

Made = Sequence[tuple[str, Artifact]]
Change = Callable[[str, Patch, str], Splice]
_SHOWN = 12


@frozen
class Site:
    """Where patches may apply: the topology, all its environments by name, and whether every file is there to be seen."""

    document: Document
    environments: frozenset[str]
    is_whole: bool


def patched(
    layers: Iterable[Layer], made: Mapping[str, Made], site: Site, found: list[Diagnostic]
) -> tuple[dict[str, Made], tuple[tuple[Address, str], ...]]:
    """Returns each environment's files with their patches; second, the patches that were applied, each with a file.

    A patch that cannot be done is reported, and changes nothing.
    """
    files = {name: list(artifacts) for name, artifacts in made.items()}
    applied = []
    for layer in layers:
        patch = read(layer, site.document)
        if isinstance(patch, Patch):
            applied += [(patch.at, file) for file in _apply(patch, files, site, found)]
        elif patch is not None:
            found.append(patch)
    return dict(files), tuple(applied)


def _apply(
    patch: Patch, files: dict[str, list[tuple[str, Artifact]]], site: Site, found: list[Diagnostic]
) -> list[str]:
    environment, _, path = patch.file.partition("/")
    if not any(fnmatchcase(name, environment) for name in site.environments):
        found.append(_unknown(patch, environment, site.environments, "environment"))
        return []
    change = _change_of(PurePosixPath(path))
    if change is None or not path:
        found.append(diagnose("KM641", patch.at / "file", name=patch.file))
        return []
    if endless(patch.value):
        found.append(diagnose("KM644", patch.at / "value", help="number", file=patch.file))
        return []
    here = [name for name in sorted(files) if fnmatchcase(name, environment)]
    known = {f"{name}/{artifact.path}" for name in here for _, artifact in files[name]}
    if here and site.is_whole and not any(f"{name}/{path}" in known for name in here):
        alike = {file for file in known if _change_of(PurePosixPath(file))}
        found.append(_unknown(patch, patch.file, alike, ""))
    done = []
    for name in here:
        for index, (generator, artifact) in enumerate(files[name]):
            if str(artifact.path) == path and (made := _made(patch, name, artifact, change, found)):
                files[name][index] = (generator, made)
                done.append(f"{name}/{path}")
    return done


def _change_of(path: PurePosixPath) -> Change | None:
    if path.suffix in (".yaml", ".yml", ".json"):
        return tree.change
    return variables.change if path.suffix == ".env" or path.name.startswith(".env") else None


def _made(
    patch: Patch, environment: str, artifact: Artifact, change: Change, found: list[Diagnostic]
) -> Artifact | None:
    name = f"{environment}/{artifact.path}"
    try:
        splice = change(artifact.content, patch, name)
    except Refused as refused:
        found.append(refused.found)
        return None
    if artifact.path.suffix == ".json":  # it has no comments
        content = spliced(artifact.content, splice)
    else:
        content = marked(artifact.content, splice, patch.at, Address.of("environments", environment))
    return replace(artifact, content=content, origins=(*artifact.origins, patch.at))


def _unknown(patch: Patch, name: str, known: Iterable[str], variant: str) -> Diagnostic:
    names = sorted(known)
    close = did_you_mean(name, names)
    help_ = "suggest" if close and not variant else variant
    listed = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    return diagnose("KM640", patch.at / "file", help=help_, name=name, right=close or "", known=listed)
