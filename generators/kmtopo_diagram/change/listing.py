"""What changes, line by line: the address as in the file, and its value before and after."""

from __future__ import annotations

from collections.abc import Sequence

from kmtopo_diagram.change.fate import Told
from kmtopo_diagram.change.words import ChangeWords
from kmtopo_diagram.ink.metrics import fit, sizes_from, widest
from kmtopo_diagram.ink.svg import Element, aside, group, text
from kmtopo_diagram.signs.fates import Fate, fate_mark

MOST_LINES = 16
_STEP = 21.0
_SIZES = (11.5, 11.0, 10.5)
_MARK = 6.5
_TO_ADDRESS = 22.0  # a mark and the room around it
_TO_VALUES = 10.0
_BETWEEN = 18.0  # two columns
_FEW = 5  # lines, which need no second column
_FOLLOWING = ("env", "secrets")  # what mostly follows from another change

_Line = tuple[Told, str]  # what is otherwise, and its values in words


def listing(told: Sequence[Told], words: ChangeWords, x: float, y: float, width: float) -> tuple[list[Element], float]:
    """Draws the first differences with the top left corner at (x, y), in two columns if they fit; also returns the height."""
    shown = [(each, _values(each, words)) for each in sorted(told, key=_weight)[:MOST_LINES]]
    size, columns = _columns(shown, width)
    parts: list[Element] = [text(x, y + 12, words.what, 13, weight=600)]
    left, base = x, y + 38
    for column in columns:
        room = width - (left - x)
        parts += (_line(*line, left, base + _STEP * place, room, size) for place, line in enumerate(column))
        left += _width(column, size) + _BETWEEN
    base += _STEP * len(columns[0])
    if len(told) > MOST_LINES:
        said = words.more.format(changes=words.further.counted(len(told) - MOST_LINES))
        parts.append(text(x + _TO_ADDRESS, base, said, _SIZES[0], fill="ink2"))
        base += _STEP
    return parts, base - y - 8


def _weight(told: Told) -> tuple[int, str]:
    """A container that comes says more than a value that is otherwise, and that more than the variables that follow."""
    steps = [str(step) for step in told.address.steps]
    following = len(steps) > 2 and steps[2] in _FOLLOWING
    rank = 0 if len(steps) <= 2 else 3 if following else 1 if told.fate is Fate.CHANGED else 2
    return rank, str(told.address)


def _values(told: Told, words: ChangeWords) -> str:
    known = [value for value in (told.left, told.right) if value not in ("", "-")]
    return words.formerly.format(before=known[0], after=known[1]) if len(known) > 1 else "".join(known)


def _columns(shown: Sequence[_Line], width: float) -> tuple[float, tuple[Sequence[_Line], ...]]:
    """The size of the words, and the lines of each column."""
    half = (len(shown) + 1) // 2
    both = shown[:half], shown[half:]
    fitting = (size for size in _SIZES if sum(_width(column, size) for column in both) + _BETWEEN <= width)
    size = next(fitting, 0.0) if len(shown) > _FEW else 0.0
    return (size, both) if size else (_SIZES[0], (shown,))


def _width(column: Sequence[_Line], size: float) -> float:
    """The room that lines take in whole, px."""
    return max((_line_width(told, values, size) for told, values in column), default=0.0)


def _line_width(told: Told, values: str, size: float) -> float:
    beside = _TO_VALUES + widest(values, size) if values else 0.0
    return _TO_ADDRESS + widest(str(told.address), size, 600) + beside


def _line(told: Told, values: str, x: float, base: float, width: float, size: float) -> Element:
    wanted = min(_TO_VALUES + widest(values, size), width * 0.4) if values else 0.0
    address = fit(str(told.address), width - _TO_ADDRESS - wanted, sizes_from(size), 600)
    room = width - _TO_ADDRESS - widest(address.text, address.size, 600) - _TO_VALUES
    beside = aside(fit(values, room, (size,)).text, size, _TO_VALUES) if values else None
    parts = [
        *fate_mark(told.fate, x + 8, base - 4, _MARK),
        text(x + _TO_ADDRESS, base, address.text, address.size, weight=600, after=beside),
    ]
    return group(parts, kind="difference", title=f"{told.address} {values}".strip(), address=str(told.address))
