"""Text from files as a terminal may safely show it, and how many cells it takes there."""

from __future__ import annotations

from unicodedata import category, east_asian_width

TAB = "    "
_CONTROL_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = "\x7f", "\u2421"
_UNSHOWN = "\ufffd"
_JOINERS = frozenset("\u200c\u200d")


def visible(text: str) -> str:
    """Returns the text with a visible sign for every character that would act on a terminal or reorder what it shows."""
    return text if text.isascii() and text.isprintable() else "".join(map(shown, text))


def shown(character: str) -> str:
    """Returns what stands for one character: itself, four spaces for a tab, a sign for what must not act."""
    if character == "\t":
        return TAB
    if character < " ":
        return chr(_CONTROL_PICTURES + ord(character))
    if character == _DELETE:
        return _DELETE_PICTURE
    # Format characters can turn the reading direction; surrogates cannot be written to any terminal.
    if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _JOINERS:
        return _UNSHOWN
    return character


def cells(text: str) -> int:
    """Returns the width of visible text in a terminal's cells."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if category(character) in ("Mn", "Me") or character in _JOINERS:
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1
