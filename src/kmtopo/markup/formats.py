"""The formats of documents: how each writes pieces, and how it marks what must stay kmtopo's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kmtopo.markup import asciidoc, markdown, restructuredtext
from kmtopo.markup.pieces import Bullets, Heading, Paragraph, Picture, Piece, Table
from kmtopo.values import frozen


@frozen
class Format:
    """One format of documents.

    ``endings`` are those of its files, ``comment`` makes a line that no reader sees. ``shades`` are the endings of the
    pictures that it may show: a light and a dark one, and the one that follows the reader by itself. ``heading``, ``paragraph``,
    ``bullets``, ``table`` and ``picture`` write one piece each, with the format's own quoting; a picture's path stands
    as it is given.
    """

    name: str
    endings: tuple[str, ...]
    shades: tuple[str, ...]
    comment: Callable[[str], str]
    heading: Callable[[Heading], str]
    paragraph: Callable[[Paragraph], str]
    bullets: Callable[[Bullets], str]
    table: Callable[[Table], str]
    picture: Callable[[Picture], str]

    def written(self, pieces: Iterable[Piece]) -> str:
        """The pieces, with an empty line between any two; ends with a line end, "" where there are none."""
        texts = [self._piece(piece) for piece in pieces]
        return "\n\n".join(texts) + "\n" if texts else ""

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Heading():
                return self.heading(piece)
            case Paragraph():
                return self.paragraph(piece)
            case Bullets():
                return self.bullets(piece)
            case Table():
                return self.table(piece)
            case Picture():
                return self.picture(piece)


MARKDOWN = Format(
    "markdown",
    (".md", ".markdown"),
    (".light.svg", ".dark.svg"),
    "<!-- {} -->".format,
    markdown.heading,
    markdown.paragraph,
    markdown.bullets,
    markdown.table,
    markdown.picture,
)
ASCIIDOC = Format(
    "asciidoc",
    (".adoc", ".asciidoc", ".asc"),
    (".svg", ".light.svg", ".dark.svg"),
    "// {}".format,
    asciidoc.heading,
    asciidoc.paragraph,
    asciidoc.bullets,
    asciidoc.table,
    asciidoc.picture,
)
RESTRUCTUREDTEXT = Format(
    "restructuredtext",
    (".rst", ".rest"),
    (".svg",),
    ".. {}".format,
    restructuredtext.heading,
    restructuredtext.paragraph,
    restructuredtext.bullets,
    restructuredtext.table,
    restructuredtext.picture,
)
FORMATS = {format.name: format for format in (MARKDOWN, ASCIIDOC, RESTRUCTUREDTEXT)}


def format_of(name: str) -> Format | None:
    """The format of a file by its ending, None where no format has it."""
    return next((each for each in FORMATS.values() if name.lower().endswith(each.endings)), None)
