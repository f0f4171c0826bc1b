"""Graph -> sheets: the scenario that is drawn, and the rows of all, in the topology's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Deployment, Graph
from kmtopo_diagram.failures.grid import Grid, cells_width, grid
from kmtopo_diagram.failures.picture import Column, Row, Story
from kmtopo_diagram.failures.rows import effects, rows
from kmtopo_diagram.failures.scenarios import Scenario, scenarios, worth_telling
from kmtopo_diagram.failures.sheet import Sheet
from kmtopo_diagram.failures.sizes import MARGIN, MOST_COLUMNS, WIDEST
from kmtopo_diagram.failures.story import story
from kmtopo_diagram.failures.words import FailureWords, failure_words
from kmtopo_diagram.signs.glyphs import glyph_for
from kmtopo_diagram.subject.words import words_for

FIRST_PAGE = 24  # rows below a story
NEXT_PAGE = 40


def read(graph: Graph) -> tuple[Sheet, ...]:
    """Returns the pages of the view: one, unless there are more different scenarios than a page holds."""
    deployment = graph.deployment
    words = failure_words(deployment.project.locale)
    found = scenarios(graph)
    told = worth_telling(found, graph)
    tale = story(graph, told, words_for(deployment.project.locale), words)
    columns, lines = _table(found, told, tale, deployment, words)
    pages = [lines[:FIRST_PAGE]]
    pages += [lines[start : start + NEXT_PAGE] for start in range(FIRST_PAGE, len(lines), NEXT_PAGE)]
    return tuple(_sheets(pages, tale, told, columns, grid(lines, words), deployment, words))


def _table(
    found: Sequence[Scenario], told: Scenario, tale: Story, deployment: Deployment, words: FailureWords
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """A matrix of all scenarios, or, where the containers do not fit beside each other, no columns and folded rows."""
    columns = _columns(deployment, tale)
    if columns:
        lines = tuple(rows(found, told, deployment, words, folded=False))
        if 2 * MARGIN + grid(lines, words).fixed + cells_width(columns) <= WIDEST:
            return columns, lines
    return (), tuple(rows(found, told, deployment, words, folded=True))


def _columns(deployment: Deployment, tale: Story) -> tuple[Column, ...]:
    """Everybody, from the way in to the stores; nobody where some are one card, or too many to stand side by side."""
    containers = deployment.containers
    if len(containers) > MOST_COLUMNS or any(len(node.names) > 1 for node in tale.nodes):
        return ()
    order = sorted(containers.values(), key=lambda c: (tale.levels[c.name], not c.is_store, c.name))
    return tuple(Column(c.name, c.title, glyph_for(c.icon, c.role, c.process)) for c in order)


def _sheets(
    pages: Sequence[tuple[Row, ...]],
    tale: Story,
    told: Scenario,
    columns: tuple[Column, ...],
    table: Grid,
    deployment: Deployment,
    words: FailureWords,
) -> Iterator[Sheet]:
    said = words_for(deployment.project.locale)
    for place, page in enumerate(pages):
        example = words.example.format(name=told.title)
        continued = words.continued.format(page=place + 1, pages=len(pages))
        story_said = f"{words.says_fails.format(names=told.title)} {effects(told, deployment, words)}. "
        yield Sheet(
            words=words,
            name=f"failures-{deployment.environment.name}" + (f"-{place + 1}" if place else ""),
            title=f"{words.view} · {deployment.environment.title}",
            subtitle=continued if place else example,
            description=("" if place else story_said) + _rows_said(page, words),
            project=deployment.project.title,
            language=said.language,
            story=None if place else tale,
            columns=columns,
            rows=page,
            grid=table,
            following=place + 2 if place + 1 < len(pages) else 0,
        )


def _rows_said(page: Sequence[Row], words: FailureWords) -> str:
    sentences = [
        (words.says_weak if row.weak else words.says_row).format(name=row.title, reach=row.reach) for row in page
    ]
    return "; ".join(sentences) + "."
