"""Breaking names into lines, at the signs that join their parts: names of databases, hosts, prefixes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from kmtopo_diagram.ink.metrics import FLOOR, Fitted, fit, sizes_from, widest

_PART = re.compile(r"\.?[^-_.:/ ]*[-_:/ ]?")  # a dot begins a part, other signs end one


def name_lines(name: str, room: float, largest: float, most: int = 2) -> tuple[Fitted, ...]:
    """Fits a name without spaces on as few lines as it needs, broken between its parts, and cuts it at last."""
    sizes = sizes_from(largest)
    if widest(name, sizes[-1]) <= room:
        return (fit(name, room, sizes),)
    for cut in (_at_dot, _in_halves, _in_parts):
        for size in sizes:
            lines = cut(name, room, size)
            if len(lines) <= most and all(widest(line, size) <= room for line in lines):
                return tuple(Fitted(line, size, line) for line in lines)
    head, tail = _halved(name, room)
    return fit(head, room, [FLOOR]), fit(tail, room, [FLOOR])


def narrowest(name: str, size: float) -> float:
    """Returns the width that a name needs if it may be broken once."""
    return min((max(widest(one, size), widest(other, size)) for one, other in _cuts(name)), default=widest(name, size))


def _at_dot(name: str, _room: float, _size: float) -> Sequence[str]:
    head, dot, tail = name.partition(".")
    return (head, dot + tail) if head and tail else (name,)


def _in_halves(name: str, _room: float, _size: float) -> Sequence[str]:
    return min(_cuts(name), key=lambda pair: max(map(len, pair)), default=(name,))


def _in_parts(name: str, room: float, size: float) -> Sequence[str]:
    """As many parts on each line as it holds."""
    lines = [""]
    for part in _PART.findall(name):
        if lines[-1] and widest(lines[-1] + part, size) > room:
            lines.append("")
        lines[-1] += part
    return lines


def _cuts(name: str) -> list[tuple[str, str]]:
    places = accumulate(len(part) for part in _PART.findall(name))
    return [(name[:place], name[place:]) for place in places if 0 < place < len(name)]


def _halved(name: str, room: float) -> tuple[str, str]:
    """A name that fits nowhere: as much as its first line holds, and the rest, which will be cut."""
    place = max((len(one) for one, _ in _cuts(name) if widest(one, FLOOR) <= room), default=0)
    while not place or (place < len(name) and widest(name[: place + 1], FLOOR) <= room):
        place += 1
    return name[:place], name[place:]
