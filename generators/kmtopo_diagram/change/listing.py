"""What changes, line by line: the address as in the file, and its value before and after."""

from __future__ import annotations

from collections.abc import Sequence

from kmtopo_diagram.change.fate import Told
from kmtopo_diagram.change.words import ChangeWords
from kmtopo_diagram.fates import Fate, fate_mark
from kmtopo_diagram.metrics import fit, sizes_from, widest
from kmtopo_diagram.svg import Element, group, text

MOST_LINES = 16
_STEP = 21.0
_SIZE = 11.5
_MARK = 6.5
_FOLLOWING = ("env", "secrets")  # what mostly follows from another change


def listing(told: Sequence[Told], words: ChangeWords, x: float, y: float, width: float) -> tuple[list[Element], float]:
    """Draws the first differences with the top left corner at (x, y); also returns the height."""
    parts: list[Element] = [text(x, y + 12, words.what, 13, weight=600)]
    base = y + 38
    for each in sorted(told, key=_weight)[:MOST_LINES]:
        parts.append(_line(each, words, x, base, width))
        base += _STEP
    if len(told) > MOST_LINES:
        said = words.more.format(count=len(told) - MOST_LINES)
        parts.append(text(x + 22, base, said, _SIZE, fill="ink2"))
        base += _STEP
    return parts, base - y - 8


def _weight(told: Told) -> tuple[int, str]:
    """A container that comes says more than a value that is otherwise, and that more than the variables that follow."""
    steps = [str(step) for step in told.address.steps]
    following = len(steps) > 2 and steps[2] in _FOLLOWING
    rank = 0 if len(steps) <= 2 else 3 if following else 1 if told.fate is Fate.CHANGED else 2
    return rank, str(told.address)


def _line(told: Told, words: ChangeWords, x: float, base: float, width: float) -> Element:
    known = [value for value in (told.left, told.right) if value not in ("", "-")]
    values = words.formerly.format(before=known[0], after=known[1]) if len(known) > 1 else "".join(known)
    address = fit(str(told.address), width * 0.55, sizes_from(_SIZE), 600)
    left = x + 22 + widest(address.text, address.size, 600) + 12
    parts = [
        *fate_mark(told.fate, x + 8, base - 4, _MARK),
        text(x + 22, base, address.text, address.size, weight=600),
    ]
    if values:
        shown = fit(values, width - (left - x), sizes_from(_SIZE))
        parts.append(text(left, base, shown.text, shown.size, fill="ink2"))
    return group(parts, kind="difference", title=f"{told.address} {values}".strip(), address=str(told.address))
