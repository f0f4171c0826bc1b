"""reStructuredText: signs in text are escaped, tables are lists, as no title can break a list's cells."""

from __future__ import annotations

import re

from kmtopo.markup.pieces import Bullets, Code, Heading, Paragraph, Picture, Table, Text, one_line, runs

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_|<>[]@"})
_LINKS = re.compile(r"(?<=\w):(?=\S)|:(?=:)|(?<=:):|(?<!\S):(?=\S)")
_LEADING = re.compile(r"[-+=•‣\u2043.:()#^~!\"$%&',/;?]")
_MARKED = re.compile(r"(\w+)([.)])")
_UNDERLINES = "=-~^\"'"


def text(given: Text) -> str:
    """A text inside a line; between runs stands an escaped blank, so that words of a machine may touch others."""
    shown = [_code(run.text) if isinstance(run, Code) else _words(run) for run in runs(given)]
    return "\\ ".join(part for part in shown if part)


def _words(given: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in given)
    return _LINKS.sub("\\:", shown.translate(_SIGNS))


def _code(given: str) -> str:
    shown = one_line(given)
    # A literal knows no escapes: what would end it is written as plain words.
    return _words(shown) if not shown or "`" in shown or shown.endswith("\\") else f"``{shown}``"


def _at_start(given: Text) -> str:
    shown = text(given).strip()
    if shown.startswith("``"):
        return shown
    if _LEADING.match(shown):
        return f"\\{shown}"
    # One sign repeated would be a rule: an escaped blank, which nobody sees, makes it none.
    if shown and set(shown) == {"\\"}:
        return f"\\ {shown}"
    found = _MARKED.match(shown)
    return f"{found[1]}\\{shown[found.end(1) :]}" if found else shown


def heading(piece: Heading) -> str:
    """A title, underlined by its level."""
    shown = _at_start(piece.text)
    return f"{shown}\n{_UNDERLINES[piece.level - 1] * _width(shown)}"


def _width(shown: str) -> int:
    # East Asian letters are two columns wide: a line that is too long is allowed, one that is too short is not.
    return max(3, sum(1 if letter.isascii() else 2 for letter in shown))


def paragraph(piece: Paragraph) -> str:
    """A paragraph on one line."""
    return _at_start(piece.text)


def bullets(piece: Bullets) -> str:
    """A bullet list."""
    return "\n".join(f"- {_at_start(item)}" for item in piece.items)


def table(piece: Table) -> str:
    """A list table, with columns as wide as what is in them."""
    rows = ["\n".join(_cells(row)) for row in (piece.head, *piece.rows)]
    return ".. list-table::\n   :header-rows: 1\n   :widths: auto\n\n" + "\n".join(rows)


def _cells(row: tuple[Text, ...]) -> list[str]:
    shown = [_at_start(cell) for cell in row]
    return [f"   {'* -' if number == 0 else '  -'} {cell}".rstrip() for number, cell in enumerate(shown)]


def picture(piece: Picture) -> str:
    """A figure: the SVG that follows the reader's theme by itself."""
    lines = [f".. figure:: {piece.path}.svg", f"   :alt: {one_line(piece.alt)}"]
    caption = _at_start(piece.caption) if piece.caption.strip() else ""
    return "\n".join([*lines, "", f"   {caption}"] if caption else lines)
