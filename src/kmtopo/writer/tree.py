"""The tree that a build wants on disk, before anybody has looked at the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.values import frozen
from kmtopo.writer.places import MANIFEST, fold, folder_of, folders_above, is_safe


@frozen
class Output:
    """One file that a build wants: its path below the output folder begins with the environment."""

    path: str
    content: str
    generator: str
    mode: int = 0o644
    origins: tuple[Address, ...] = ()


@frozen
class Scope:
    """What a build was asked for: None stands for all, also for what the topology has no more."""

    environments: frozenset[str] | None = None
    generators: frozenset[str] | None = None

    @property
    def is_everything(self) -> bool:
        """Tells whether nothing was left out."""
        return self.environments is None and self.generators is None

    def covers(self, path: str, generator: str) -> bool:
        """Tells whether a file is this build's business; it leaves all others alone."""
        return (self.environments is None or path.partition("/")[0] in self.environments) and (
            self.generators is None or generator in self.generators
        )


@frozen
class Tree:
    """All files that a build wants.

    Args:
        version: of kmtopo.
        input: sha256 of what the files were made from, as it shall stand in the manifest.
        outputs: the files below the output folder.
        scope: which files of an earlier build may be deleted.
        beside: contents of files at the project's root by name, such as ``kmtopo.lock``: written with
            the others or not at all, and never a conflict, since users and merges change them too.
    """

    version: str
    input: str
    outputs: tuple[Output, ...]
    scope: Scope = Scope()
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def folders(self) -> frozenset[str]:
        """The names that the files have in the output folder itself."""
        return frozenset(output.path.partition("/")[0] for output in self.outputs)

    @property
    def build(self) -> str:
        """What names a whole build, so that the same need not be done twice; "" where a part was left out."""
        return f"{self.version} {self.input}" if self.scope.is_everything else ""


def path_problems(outputs: Iterable[Output], kept: Iterable[str] = ()) -> list[Diagnostic]:
    """Finds paths that leave the output folder, or that one file system or another cannot tell apart."""
    problems: list[Diagnostic] = []
    files = {fold(path): path for path in (MANIFEST, *kept)}
    wanted = sorted(outputs, key=lambda output: output.path)
    for output in wanted:
        key = fold(output.path)
        if not is_safe(output.path):
            problems.append(diagnose("KM602", path=output.path, generator=output.generator))
        elif key in files:
            problems.append(_collision(output, files[key]))
        else:
            files[key] = output.path
    return problems + _folder_collisions(wanted, files)


def _folder_collisions(wanted: list[Output], files: Mapping[str, str]) -> list[Diagnostic]:
    below = {folder_of(output.path): output for output in reversed(wanted)}
    problems: list[Diagnostic] = []
    for output in sorted(below.values(), key=lambda output: output.path):
        blocking = (files.get(fold(folder)) for folder in folders_above(output.path))
        problems += [_collision(output, other) for other in blocking if other]
    return problems


def _collision(output: Output, other: str) -> Diagnostic:
    return diagnose("KM603", help="path", path=output.path, other=other, generator=output.generator)
