"""Fills the blocks of a document: what is between its marks becomes what the graph says, and nothing else changes."""

from __future__ import annotations

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.documents.library import Library, Wish
from kmtopo.documents.marks import Block, blocks, checksum, marked
from kmtopo.documents.pictures import drawn, file_name, placed
from kmtopo.documents.todo import BLOCKS, has_todo, with_blocks
from kmtopo.markup.formats import Format
from kmtopo.markup.pieces import Picture
from kmtopo.source import Source
from kmtopo.values import frozen


@frozen
class Filled:
    """A document with its blocks filled: the new text, the pictures that it shows by file name, and findings."""

    text: str
    pictures: tuple[tuple[str, str], ...]
    found: tuple[Diagnostic, ...]
    blocks: int


def wanted(source: Source, format: Format) -> frozenset[Wish]:
    """What a document wants to show, its missing diagram included."""
    said = {
        Wish(each.environment, each.name, each.is_view) for each in blocks(source, format) if isinstance(each, Block)
    }
    missing = {Wish(None, name) for name in BLOCKS} if has_todo(source, format) else set[Wish]()
    return frozenset(said | missing)


def fill(source: Source, format: Format, library: Library) -> Filled:
    """Fills every block; the text is as it was where anything stands in the way."""
    prepared = Source(source.name, with_blocks(source, format, library))
    # A place in what was inserted is no place in what the user sees.
    origin = source if prepared.text == source.text else prepared
    parts, pictures, found = [], dict[str, str](), list[Diagnostic]()
    at, count, newline = 0, 0, "\r\n" if "\r\n" in source.text else "\n"
    for block in blocks(prepared, format):
        if isinstance(block, Diagnostic):
            found.append(block)
            continue
        written = _filled(block, origin, format, library, pictures)
        if isinstance(written, Diagnostic):
            found.append(written)
            continue
        parts += [prepared.text[at : block.first.start], written.replace("\n", newline)]
        at, count = block.after, count + 1
    text = source.text if found else "".join([*parts, prepared.text[at:]])
    return Filled(text, () if found else tuple(sorted(pictures.items())), tuple(found), count)


def _filled(
    block: Block, source: Source, format: Format, library: Library, pictures: dict[str, str]
) -> str | Diagnostic:
    written = source.text[block.start : block.end]
    if written.strip() and checksum(written) != block.checksum:
        variant = "" if block.checksum else "foreign"
        return diagnose("KM854", source.span(block.first.start, block.first.end), help=variant, name=block.said)
    shown = library.shown(block, source)
    if isinstance(shown, Diagnostic):
        return shown
    environment, pieces = shown
    made = drawn(library.build, environment)
    for piece in pieces:
        if isinstance(piece, Picture):
            name = file_name(piece.path, environment)
            pictures |= {f"{name}{shade}": made[f"{piece.path}{shade}"] for shade in format.shades}
    moved = (placed(piece, environment) if isinstance(piece, Picture) else piece for piece in pieces)
    return marked(block.said, format.written(moved), format)
