"""Legends: marks and their meanings, on as few lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kmtopo.plugin import frozen
from kmtopo_diagram.ink.metrics import fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Element, group, number, path, text
from kmtopo_diagram.subject.words import Meaning

_SIZE = 11.5
_LINE_HEIGHT = 26.0
_GAP = 16.0
_TO_TEXT = 7.0
_MOST_LINES = 2


@frozen
class Entry:
    """One mark: how to draw it at (x, y), y being the middle of the line; its width; what it means."""

    width: float
    draw: Callable[[float, float], Iterator[Element]]
    meaning: Meaning


def laid_out(entries: Sequence[Entry], x: float, y: float, width: float) -> tuple[Element, float]:
    """Draws the legend under a rule, on at most two lines unless even the short meanings need more; also returns its height."""
    lines = _explained(entries, width)
    parts = [path(f"M{number(x)} {number(y)}H{number(x + width)}", stroke="cardline", line=1)]
    for place, line in enumerate(lines):
        left, middle = x, y + 24 + place * _LINE_HEIGHT
        for entry, meaning in line:
            parts += entry.draw(left, middle)
            said = fit(meaning, width - entry.width - _TO_TEXT, sizes_from(_SIZE))
            parts.append(text(left + entry.width + _TO_TEXT, middle + 4.1, said.text, said.size, fill="ink2"))
            left += _width(entry, meaning) + _GAP
    return group(parts, kind="legend"), 42 + _LINE_HEIGHT * (len(lines) - 1)


def _explained(entries: Sequence[Entry], width: float) -> list[list[tuple[Entry, str]]]:
    """Says each meaning in full as far as two lines allow, and in a word where that saves most."""
    said = [(entry, entry.meaning.full) for entry in entries]
    savings = {place: _width(e, e.meaning.full) - _width(e, e.meaning.short) for place, e in enumerate(entries)}
    for place in sorted(savings, key=lambda place: -savings[place]):
        if len(_wrapped(said, width)) <= _MOST_LINES:
            break
        said[place] = (entries[place], entries[place].meaning.short)
    return _wrapped(said, width)


def _wrapped(entries: Sequence[tuple[Entry, str]], width: float) -> list[list[tuple[Entry, str]]]:
    lines: list[list[tuple[Entry, str]]] = [[]]
    taken = 0.0
    for entry, meaning in entries:
        needed = _width(entry, meaning)
        if lines[-1] and taken + needed > width:
            lines.append([])
            taken = 0.0
        lines[-1].append((entry, meaning))
        taken += needed + _GAP
    return lines


def _width(entry: Entry, meaning: str) -> float:
    return entry.width + _TO_TEXT + widest(meaning, _SIZE)
