"""What people say and no graph knows: motivation, quality, assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Code, Graph, Paragraph, Piece, Prose, Table
from kmtopo_docs.words import words_for

_SILENCE = Prose()


def motivation(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """Why it is deployed so: the environment's words, else those of everything."""
    prose = graph.deployment.prose
    own, general = (prose.get(name, _SILENCE).motivation for name in (graph.deployment.environment.name, ""))
    if own or general:
        yield Paragraph(own or general)


def quality(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """How well it has to work: the environment's words, else those of everything."""
    prose = graph.deployment.prose
    own, general = (prose.get(name, _SILENCE).quality for name in (graph.deployment.environment.name, ""))
    if own or general:
        yield Paragraph(own or general)


def assumptions(graph: Graph, _graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """What the source documents do not say, for the owner to confirm."""
    words = words_for(graph.deployment.project.locale)
    rows = tuple((Code(each.of), each.why) for each in graph.deployment.assumptions)
    if rows:
        yield Table((words.assumed, words.why), rows)
