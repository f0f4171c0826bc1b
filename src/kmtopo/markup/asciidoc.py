"""AsciiDoc: signs in text become character references, which every processor leaves alone."""

from __future__ import annotations

import re

from kmtopo.markup.pieces import Bullets, Code, Heading, Paragraph, Picture, Table, Text, one_line, runs

_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&*_`#^~+[]<>{}|\\@"})
# Links, descriptions, index terms, and what would become a dash, an ellipsis or a sign of its own.
_PAIRS = re.compile(r":(?=[:/])|;(?=;)|-(?=-)|\.(?=\.)|\$(?=\$)|\((?=\(|(?:C|R|TM)\))|'|\"")
_SHADE = "kmtopo-shade"
_LEADING = re.compile(r"[.=\-/%!,:]")
_MARKED = re.compile(r"([0-9]+|[A-Za-z]|[IVXivx]+)([.)])(?=\s)|([A-Z]+)(:)(?=\s)")


def text(given: Text) -> str:
    """A text inside a line."""
    return "".join(f"``{_words(r.text)}``" if isinstance(r, Code) else _words(r) for r in runs(given) if _filled(r))


def _filled(run: str | Code) -> bool:
    return not isinstance(run, Code) or bool(run.text.strip())


def _words(given: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in given)
    # References first, since what follows looks at plain signs only.
    return _PAIRS.sub(lambda found: f"&#{ord(found[0])};", shown.translate(_SIGNS))


def _at_start(given: Text) -> str:
    shown = text(given).strip()
    if _LEADING.match(shown):
        return f"&#{ord(shown[0])};{shown[1:]}"
    found = _MARKED.match(shown)
    if not found:
        return shown
    word, sign = (found[1], found[2]) if found[1] else (found[3], found[4])
    return f"{word}&#{ord(sign)};{shown[found.end() :]}"


def heading(piece: Heading) -> str:
    """A one-line title."""
    return f"{'=' * piece.level} {_at_start(piece.text)}"


def paragraph(piece: Paragraph) -> str:
    """A paragraph on one line."""
    return _at_start(piece.text)


def bullets(piece: Bullets) -> str:
    """An unordered list."""
    return "\n".join(f"* {_at_start(item)}" for item in piece.items)


def table(piece: Table) -> str:
    """A table with a cell a line: what stands before a bar on its line would be read as the cell's format.

    Columns are as wide as what is in them. Where a cell begins, signs are escaped as at the start of a line: three
    equal signs behind the bar would end the table.
    """
    rows = ["\n".join(f"|{_at_start(cell)}" for cell in row) for row in (piece.head, *piece.rows)]
    body = "\n\n".join(rows)
    return f'[%header%autowidth,cols="{len(piece.head)}*"]\n|===\n{body}\n|==='


def picture(piece: Picture) -> str:
    """A block image: the light one, as pages of Asciidoctor are, unless ``kmtopo-shade`` says otherwise.

    Empty, as on GitHub and GitLab, it is the picture that follows the reader; ``.dark`` the dark one.
    """
    caption = [f".{_at_start(piece.caption)}"] if piece.caption.strip() else []
    image = f'image::{piece.path}{{{_SHADE}}}.svg["{_words(one_line(piece.alt))}"]'
    follows = f"ifdef::env-github,env-gitlab[:{_SHADE}:]"
    return "\n".join([follows, f"ifndef::{_SHADE}[:{_SHADE}: .light]", *caption, image])
