"""``kmtopo init``."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kmtopo.cli.session import Exit, Session, Stop

FIRST = "01-minimal"
NAME = "topology.yaml"
IGNORED = ("/secrets/", "/.kmtopo/")


def init(session: Session, folder: Path, example: str | None) -> None:
    """Writes a commented topology that builds, and the lines that git must ignore; overwrites nothing."""
    source = _example(session, example or FIRST)
    target = folder / NAME
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(source.read_text(encoding="utf-8"))
    except FileExistsError:
        print(session.word("exists", file=target))
        raise Stop(Exit.PROBLEM) from None
    _ignore(folder / ".gitignore")
    session.say("started", file=target)


def _example(session: Session, name: str) -> Traversable:
    known = {e.name: e / NAME for e in _examples().iterdir() if (e / NAME).is_file()}
    # An example may be called by its number's word alone: `networks` for `02-networks`.
    chosen = known.get(name) or next((known[k] for k in sorted(known) if k.partition("-")[2] == name), None)
    if chosen is None:
        raise session.refuse("no-example", name=name, known=", ".join(sorted(known)))
    return chosen


def _examples() -> Traversable:
    shipped = files("kmtopo") / "examples"
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "examples"


def _ignore(path: Path) -> None:
    present = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    missing = [line for line in IGNORED if line not in present]
    if missing:
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in missing))
