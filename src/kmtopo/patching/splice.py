"""A change of one stretch of a text, marked by a comment that leads to who asked for it."""

from __future__ import annotations

from kmtopo.addresses import Address
from kmtopo.trace import is_opening, opening
from kmtopo.values import frozen


@frozen
class Splice:
    """The stretch ``text[start:end]``, and what comes in its place."""

    start: int
    end: int
    text: str


def spliced(text: str, splice: Splice) -> str:
    """Returns the text with the change, and nothing else changed."""
    return text[: splice.start] + splice.text + text[splice.end :]


def marked(text: str, splice: Splice, by: Address, otherwise: Address) -> str:
    """Returns the text with the change and a comment line above it, ``# from patches[0]``.

    What follows belongs again to the block that it belonged to, or where that has no address, to ``otherwise``.
    """
    whole = spliced(text, splice)
    first = splice.start + len(splice.text) - len(splice.text.lstrip("\n"))
    above = whole.rfind("\n", 0, first) + 1
    are_lines_gone = not splice.text and above == first
    below = first if are_lines_gone else _next_line(whole, splice.start + len(splice.text))
    indent = _indent(text[splice.start :] if are_lines_gone else whole[above:])
    mark = f"{indent}# from {by}\n"
    return whole[:above] + mark + whole[above:below] + _back(text, splice, whole[below:], otherwise) + whole[below:]


def _back(text: str, splice: Splice, following: str, otherwise: Address) -> str:
    """The line that goes on with the block before the change, where no other block begins."""
    line = following.lstrip("\n").partition("\n")[0]
    if not line or is_opening(line):
        return ""
    before = opening(text, text.count("\n", 0, splice.start) + 1) or str(otherwise)
    return f"{_indent(line)}# from {before}\n"


def _next_line(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]
