"""What a call matrix must show, counted in its pictures and in what the graph answers."""

from __future__ import annotations

from collections.abc import Iterable

from kmtopo.plugin import Graph, answers
from kmtopo_diagram.critique.scene import scene
from kmtopo_diagram.subject.calls import pairs
from kmtopo_diagram.subject.dedicated import folded
from kmtopo_diagram.subject.words import words_for

Mark = tuple[str, str, str]


def miscounts(svgs: Iterable[str], graph: Graph) -> tuple[str, ...]:
    """Returns what the pictures of a matrix leave out, and what they add, all of them taken together."""
    marks = [mark for svg in svgs for mark in scene(svg).marks]
    rows = {mark["data-node"] for mark in marks if mark.get("class") == "row"}
    columns = {mark["data-node"] for mark in marks if mark.get("class") == "column"}
    cells = [
        (mark["data-from"], target, mark["data-use"])
        for mark in marks
        if mark.get("class") == "cell"
        for target in mark["data-to"].split()
    ]
    expected = _expected(folded(graph, words_for(graph.deployment.project.locale)))
    return (
        *(f"missing: {' '.join(cell)}" for cell in sorted(expected - set(cells))),
        *(f"invented: {' '.join(cell)}" for cell in sorted(set(cells) - expected)),
        *(f"without a row: {source}" for source, _, _ in cells if source not in rows),
        *(f"without a column: {target}" for _, target, _ in cells if target not in columns),
    )


def _expected(graph: Graph) -> set[Mark]:
    """Everything that the graph answers of those who can be called: who listens, and who is called all the same."""
    containers, calls = graph.deployment.containers, {(pair.source, pair.target): pair for pair in pairs(graph)}
    answer = answers(graph).matrix()
    found: set[Mark] = set()
    for source, line in zip(answer.names, answer.cells, strict=True):
        for target, relationship in zip(answer.names, line, strict=True):
            other = containers.get(target)
            if relationship == "unreachable" or other is None or source == target:
                continue
            if other.port or other.publications or other.is_external or any(target == called for _, called in calls):
                pair = calls.get((source, target))
                found.add((source, target, "optional" if pair and pair.optional else relationship))
    return found
