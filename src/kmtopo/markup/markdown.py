"""Markdown: what CommonMark, GitHub and Python-Markdown read the same way."""

from __future__ import annotations

import re
from html import escape

from kmtopo.markup.pieces import Bullets, Code, Heading, Paragraph, Picture, Table, Text, one_line, runs, shown

# A backslash where every dialect knows it, a character reference where only some do.
_SIGNS = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "\\`*_[]{}"},
        **{sign: f"&#{ord(sign)};" for sign in "&<>|~$^"},
    }
)
_IN_A_TAG = str.maketrans({sign: f"&#{ord(sign)};" for sign in '\\`*_{}[]<>&"'})
# Bare addresses become links, ``==`` and ``++`` marks, in some dialects.
_LINKS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)|=(?==)|\+(?=\+)", re.IGNORECASE)
# What makes a line another thing than a paragraph: a heading, a list, a rule, an admonition.
_LEADING = re.compile(r"[#+\-=:!/%]")
_NUMBERED = re.compile(r"(\d+)([.)])")


def text(given: Text) -> str:
    """A text inside a line."""
    return "".join(_code(run.text) if isinstance(run, Code) else _words(run) for run in runs(given))


def _words(given: str) -> str:
    return _LINKS.sub(lambda found: f"&#{ord(found[0])};", shown(given).translate(_SIGNS))


def _code(given: str) -> str:
    line = one_line(given)
    if not line or set("`|\\&<>") & set(line):
        return f"<code>{_words(line)}</code>"
    return f"`{line}`"


def _at_start(given: Text) -> str:
    """A text at the start of a line, where more signs mean something."""
    line = text(given).strip()
    if _LEADING.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def heading(piece: Heading) -> str:
    """An ATX heading."""
    shown = text(piece.text).strip()
    # Signs at the end would close it.
    return f"{'#' * piece.level} {shown[:-1] + '&#35;' if shown.endswith('#') else shown}"


def paragraph(piece: Paragraph) -> str:
    """A paragraph on one line."""
    return _at_start(piece.text)


def bullets(piece: Bullets) -> str:
    """A tight list."""
    return "\n".join(f"- {_at_start(item)}" for item in piece.items)


def table(piece: Table) -> str:
    """A pipe table."""
    lines = [_row(piece.head), "|" + " --- |" * len(piece.head), *map(_row, piece.rows)]
    return "\n".join(lines)


def _row(cells: tuple[Text, ...]) -> str:
    return "| " + " | ".join(text(cell).strip() or " " for cell in cells) + " |"


def picture(piece: Picture) -> str:
    """A picture that changes with the reader's theme; every renderer that keeps HTML shows it."""
    # Some dialects look for signs even in a tag.
    path, alt = escape(piece.path), one_line(piece.alt).translate(_IN_A_TAG)
    shown = (
        f'<picture>\n<source media="(prefers-color-scheme: dark)" srcset="{path}.dark.svg">\n'
        f'<img src="{path}.light.svg" alt="{alt}">\n</picture>'
    )
    return f"{shown}\n\n*{text(piece.caption).strip()}*" if piece.caption.strip() else shown
