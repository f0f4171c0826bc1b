"""The table: what was measured, what was asked for, and whether it was reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

COLUMNS = ("", "floor s", "kmtopo s", "measured", "goal", "stretch", "verdict", "handwritten")
WIDTHS = (48, 8, 9, 10, 9, 9, 8, 12)


@dataclass(frozen=True, slots=True)
class Row:
    """One goal: the measured value, the most it may be, and the most for the stretch goal, in one unit.

    ``floor`` and ``cpu`` are seconds; ``beside`` is the same value of the handwritten script, where it has one.
    """

    what: str
    measured: float
    goal: float
    stretch: float
    unit: str
    floor: float | None = None
    cpu: float | None = None
    beside: float | None = None

    @property
    def met(self) -> bool:
        """Whether the goal was reached."""
        return self.measured <= self.goal

    @property
    def verdict(self) -> str:
        """``stretch``, ``met`` or ``MISSED``."""
        return "stretch" if self.measured <= self.stretch else "met" if self.met else "MISSED"


def table(rows: Iterable[Row]) -> str:
    """Lays the rows out as text, one line each under a line of headings."""
    return "\n".join(_line(cells) for cells in [COLUMNS, *map(_cells, rows)])


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        _seconds(row.floor),
        _seconds(row.cpu),
        _value(row.measured, row.unit),
        _value(row.goal, row.unit),
        _value(row.stretch, row.unit),
        row.verdict,
        _value(row.beside, row.unit),
    )


def _line(cells: tuple[str, ...]) -> str:
    first, *rest = (cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return f"{first.strip():<{WIDTHS[0]}}{''.join(rest)}"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _value(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
