"""The pieces that a document is made of: plain text and what holds it, free of any format's signs."""

from __future__ import annotations

from kmtopo.values import frozen


@frozen
class Code:
    """Words of a machine: a path, a port, an image."""

    text: str


# One run of words, or several in a row; plain strings are text that no format may read signs into.
Text = str | Code | tuple[str | Code, ...]


@frozen
class Heading:
    """The title of a section; ``level`` 1 is the document's own."""

    level: int
    text: str


@frozen
class Paragraph:
    """A run of sentences."""

    text: Text


@frozen
class Bullets:
    """A list without numbers."""

    items: tuple[Text, ...]


@frozen
class Table:
    """Rows under a head, each as long as it."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@frozen
class Picture:
    """A picture of the environment, with what stands under it and what it says to whoever does not see it.

    ``path`` is the artifact's below the environment's root, without ``.svg``: ``diagrams/deployment``. There are
    three files: ``.svg`` follows the reader, ``.light.svg`` and ``.dark.svg`` do not. Where ``caption`` and ``alt``
    are empty, the picture's own title and description stand for them.
    """

    path: str
    caption: str = ""
    alt: str = ""


Piece = Heading | Paragraph | Bullets | Table | Picture


def runs(text: Text) -> tuple[str | Code, ...]:
    """A text as runs of words, whichever way it was given."""
    return text if isinstance(text, tuple) else (text,)


def one_line(text: str) -> str:
    """Words on one line: breaks and other controls are blanks, and none stands at either end."""
    return " ".join(shown(text).split())


def shown(text: str) -> str:
    """A text in which breaks and other controls are blanks."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)
