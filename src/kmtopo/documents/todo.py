"""The paragraph in which a document says that a deployment diagram is still missing: blocks take its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.documents.library import Library, production
from kmtopo.documents.lines import lines
from kmtopo.documents.marks import Block, blocks, marked
from kmtopo.documents.offers import Contested
from kmtopo.markup.formats import Format
from kmtopo.source import Source

# What an architect would put there: the picture, then what runs, where it may talk, and for whom.
BLOCKS = ("deployment", "containers", "networks", "tenants")

_TODO = re.compile(r"> ?\*\*TODO:?\*\*:?\s")
_DIAGRAM = re.compile(r"diagram", re.IGNORECASE)
# Diagrams of other chapters, as UML and its neighbours call them.
_KINDS = (
    r"actividad(?:es)?|activity|bloques|building[ -]block|casos? de uso|use[ -]case|class|clases?|communication|comunicación"
    r"|components?|componentes?|context|contexto|data[ -]?flow|entidad|entity|er|estados?|states?|state machine|flow|flujo|gantt"
    r"|objetos?|objects?|packages?|paquetes?|procesos?|process|secuencia|sequence|timing|tiempos?"
)
_OF_OTHERS = re.compile(
    rf"diagramas? (?:de(?:l| la| los| las)? )?(?:{_KINDS})\b|\b(?:{_KINDS}) diagrams?\b", re.IGNORECASE
)


def has_todo(source: Source, format: Format) -> bool:
    """Whether the document has such a paragraph, and no picture of its deployment yet."""
    return _todo(source, format) is not None


def with_blocks(source: Source, format: Format, library: Library) -> str:
    """The text with empty blocks in the place of the paragraph; as it is where there is none, or nothing to show."""
    environment = production(library.graphs)
    found = _todo(source, format)
    if found is None or environment is None:
        return source.text
    shown = [name for name in BLOCKS if _has(library, name, environment)]
    newline = "\r\n" if "\r\n" in source.text else "\n"
    text = "\n\n".join(marked(name, "", format) for name in shown).replace("\n", newline)
    return source.text[: found[0]] + text + source.text[found[1] :] if shown else source.text


def _has(library: Library, name: str, environment: str) -> bool:
    try:
        return bool(library.pieces(name, environment))
    except Contested:
        return True  # whoever fills the block says so


def _todo(source: Source, format: Format) -> tuple[int, int] | None:
    """Where the first such paragraph starts and ends; None where a block shows the picture already."""
    is_shown = any(isinstance(each, Block) and each.name == BLOCKS[0] for each in blocks(source, format))
    return None if is_shown else next(_todos(source, format), None)


def _todos(source: Source, format: Format) -> Iterator[tuple[int, int]]:
    """Where such paragraphs start and end: quotes of Markdown that speak of a diagram."""
    start, end = None, 0
    for line in [*lines(source.text, format.name), None] if format.name == "markdown" else []:
        if line is not None and line.text.startswith(">") and not line.quoted:
            if start is None and _TODO.match(line.text):
                start = line.start
            end = line.end
            continue
        if start is not None and _is_of_the_deployment(source.text[start:end]):
            yield start, end
        start = None


def _is_of_the_deployment(said: str) -> bool:
    return bool(_DIAGRAM.search(said)) and not _OF_OTHERS.search(said)
