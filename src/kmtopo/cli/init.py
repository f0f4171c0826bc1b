"""``kmtopo init``."""

from __future__ import annotations

import errno
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from shlex import quote

from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import diagnose
from kmtopo.secrets.repository import GIT_ENOUGH, GIT_LINES
from kmtopo.writer.failures import failure

FIRST = "01-minimal"
NAME = "topology.yaml"
IGNORED = (*GIT_LINES, "/.kmtopo/")


def init(session: Session, folder: Path, example: str | None) -> None:
    """Writes a commented topology that builds, what it includes, and the lines that git must ignore; overwrites nothing."""
    chosen = _example(session, example or FIRST)
    target = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in _files(chosen):
            with (folder / source.name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(source.read_text(encoding="utf-8"))
        _ignore(folder / ".gitignore")
    except OSError as error:
        raise _failed(session, error, folder, target) from None
    command = "kmtopo build" if target == Path(NAME) else f"kmtopo build {quote(str(target))}"
    session.say("started", file=target, command=command)


def _failed(session: Session, error: OSError, folder: Path, target: Path) -> Stop:
    if isinstance(error, FileExistsError) and folder.is_dir():
        session.report([diagnose("KM705", path=target, help="taken")], {})
        return Stop(Exit.CONFLICT)
    if isinstance(error, FileExistsError):
        error = NotADirectoryError(errno.ENOTDIR, "", str(folder))
    session.report([failure(error, str(error.filename or folder), by="init")], {})
    return Stop(Exit.PROBLEM)


def _files(example: Traversable) -> list[Traversable]:
    """The topology first: where one is there already, nothing else is written."""
    return sorted((e for e in example.iterdir() if e.is_file()), key=lambda e: (e.name != NAME, e.name))


def _example(session: Session, name: str) -> Traversable:
    known = {e.name: e for e in _examples().iterdir() if (e / NAME).is_file()}
    # An example may be called by its number's word alone: `networks` for `02-networks`.
    chosen = known.get(name) or next((known[k] for k in sorted(known) if k.partition("-")[2] == name), None)
    if chosen is None:
        raise session.refuse("no-example", known=sorted(known), name=name)
    return chosen


def _examples() -> Traversable:
    shipped = files("kmtopo") / "examples"
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "examples"


def _ignore(path: Path) -> None:
    present = path.read_bytes() if path.exists() else b""
    lines = {line.decode("utf-8", "replace").strip() for line in present.splitlines()}
    enough = GIT_LINES if lines & GIT_ENOUGH else ()
    missing = [line for line in IGNORED if line not in (*lines, *enough)]
    if missing:
        gap = "\n" if present and not present.endswith(b"\n") else ""
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(gap + "".join(f"{line}\n" for line in missing))
