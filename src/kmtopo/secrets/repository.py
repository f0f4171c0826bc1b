"""Git and Docker: neither may take the folder of the secrets along."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.secrets.failures import disk_of
from kmtopo.secrets.keeper import FOLDER
from kmtopo.secrets.programs import failed, run
from kmtopo.writer.disk import Disk
from kmtopo.writer.places import staged

if TYPE_CHECKING:
    from kmtopo.resolve.deployment import Container, Deployment

GIT, DOCKER = ".gitignore", ".dockerignore"
# One encrypted file for each environment may be committed; everything else in the folder may not.
GIT_LINES = (f"/{FOLDER}/*", f"!/{FOLDER}/*.sops.yaml")
_SAID = "`, `".join(GIT_LINES)
GIT_ENOUGH = frozenset({f"/{FOLDER}/", f"/{FOLDER}", f"{FOLDER}/", FOLDER, GIT_LINES[0]})
# What a repository's configuration may make git run, when all that we do is to ask.
_ASK = ("git", "-c", "core.fsmonitor=false")
_NO_REPOSITORY = 128


def ignore(folder: Path) -> None:
    """Adds the lines that keep secrets out of git and out of images to the files beside the topology, where they lack.

    Raises:
        Refused: one of the files cannot be read or written, or is a symbolic link; git does not answer.
    """
    with disk_of(folder) as disk:
        lines = _lines(disk, GIT)
        if not GIT_ENOUGH & lines and _is_ignored(folder, f"{FOLDER}/") is not True:
            _append(disk, GIT, GIT_LINES)
        if not _excluding(FOLDER) & _lines(disk, DOCKER):
            _append(disk, DOCKER, (f"/{FOLDER}",))


def leaks(folder: Path, place: str) -> Iterator[Diagnostic]:
    """Yields what git would take along of a folder, or what it has already."""
    ignored = _is_ignored(folder, f"{place}.kmtopo")
    if ignored is None:
        return
    tracked = _git(folder, "ls-files", "--", place).decode("utf-8", "replace").splitlines()
    for name in tracked:
        path = str(folder / name)
        yield diagnose("KM806", path=path, help="tracked", command=quote(path))
    if not ignored and not tracked:
        yield diagnose("KM806", path=str(folder / place).rstrip("/"), lines=_SAID)


def hidden(folder: Path, place: str) -> Iterator[Diagnostic]:
    """Yields that git leaves a file out which is meant to be committed."""
    if _is_ignored(folder, place):
        yield diagnose("KM806", path=str(folder / place), help="hidden", lines=_SAID)


def in_images(folder: Path, deployments: Iterable[Deployment]) -> Iterator[Diagnostic]:
    """Yields the build contexts that hold the secrets and do not leave them out."""
    containers = (c for deployment in deployments for c in deployment.containers.values() if c.build)
    for container in {c.address: c for c in containers}.values():
        problem = _in_context(folder, container)
        if problem is not None:
            yield problem


def _in_context(folder: Path, container: Container) -> Diagnostic | None:
    assert container.build is not None, "only what is built has a context"
    here = os.path.abspath(folder)
    context = os.path.normpath(os.path.join(here, container.build.context))
    if os.path.commonpath([here, context]) != context:
        return None
    line = str(PurePosixPath(os.path.relpath(here, context)) / FOLDER)
    # A list of the Dockerfile's own is read instead of the context's.
    dockerfile = os.path.join(context, container.build.dockerfile or "Dockerfile")
    own = f"{dockerfile}{DOCKER}"
    ignoring = own if os.path.exists(own) else os.path.join(context, DOCKER)
    if _excluding(line) & _lines_of(ignoring):
        return None
    path = os.path.relpath(ignoring)
    return diagnose("KM811", subject=container.address, container=container.name, path=path, line=f"/{line}")


def _excluding(line: str) -> set[str]:
    """The lines that leave a folder out of a build's context."""
    name = line.rpartition("/")[2]
    forms = {line, f"/{line}", f"**/{name}"}
    return {f"{form}{end}" for form in forms for end in ("", "/", "/**", "/*")} | {"*", "**", "**/*"}


def _lines_of(path: str) -> set[str]:
    try:
        content = Path(path).read_bytes()
    except OSError:
        return set()
    return {line.strip() for line in content.decode("utf-8", "replace").splitlines()}


def _lines(disk: Disk, name: str) -> set[str]:
    content = disk.read(name) if disk.look(name) else b""
    return {line.strip() for line in content.decode("utf-8", "replace").splitlines()}


def _append(disk: Disk, name: str, lines: Iterable[str]) -> None:
    content = disk.read(name) if disk.look(name) else b""
    gap = b"\n" if content and not content.endswith(b"\n") else b""
    disk.discard(staged(name))
    disk.create(staged(name), content + gap + "".join(f"{line}\n" for line in lines).encode())
    disk.rename(staged(name), name)


def _is_ignored(folder: Path, place: str) -> bool | None:
    """Whether git leaves a place out; None where there is no repository."""
    if not _has_repository(folder):
        return None
    ended = run((*_ASK, "check-ignore", "--quiet", "--", place), folder=folder)
    if ended.returncode >= _NO_REPOSITORY:
        raise failed("git", ended.stderr)
    return ended.returncode == 0


def _git(folder: Path, *words: str) -> bytes:
    ended = run((*_ASK, *words), folder=folder)
    if ended.returncode:
        raise failed("git", ended.stderr)
    return ended.stdout


def _has_repository(folder: Path) -> bool:
    here = Path(os.path.realpath(folder))
    return any(os.path.lexists(above / ".git") for above in (here, *here.parents))
