"""``kmtopo matrix``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kmtopo.cli.questions import asked, tell
from kmtopo.cli.session import Session
from kmtopo.graph.matrix import Matrix, matrix

_SIGNS = {"declared": "●", "undeclared": "○", "unreachable": "·"}


def ask_matrix(session: Session, file: Path, environments: list[str] | None, *, format: str) -> None:
    """Prints who talks to whom in each environment: declared, possible, impossible."""
    world = asked(session, file, environments, format)
    tables = {name: matrix(graph) for name, graph in world.graphs.items()}
    if format == "json":
        tell(_shape(name, table) for name, table in tables.items())
        return
    for name, table in tables.items():
        session.say("table", environment=name)
        for line in _lines(table):
            print(line)
    session.say("legend", **_SIGNS)


def _lines(table: Matrix) -> Iterator[str]:
    """Rows with a number each, the same numbers over the columns."""
    width = max(map(len, table.names))
    digits = len(str(len(table.names)))
    heads = " ".join(f"{number:>{digits}}" for number in range(1, len(table.names) + 1))
    yield f"  {'':>{digits}} {'':<{width}}  {heads}"
    for number, (name, row) in enumerate(zip(table.names, table.cells, strict=True), 1):
        cells = " ".join(
            f"{' ' if column == number - 1 else _SIGNS[cell]:>{digits}}" for column, cell in enumerate(row)
        )
        yield f"  {number:>{digits}} {name:<{width}}  {cells}".rstrip()


def _shape(environment: str, table: Matrix) -> dict[str, Any]:
    """``names``, and for each row that calls its columns by what holds: ``declared, undeclared, unreachable``."""
    rows = {}
    for name, row in zip(table.names, table.cells, strict=True):
        rows[name] = {
            word: [other for other, cell in zip(table.names, row, strict=True) if cell == word and other != name]
            for word in _SIGNS
        }
    return {"environment": environment, "names": list(table.names), "rows": rows}
