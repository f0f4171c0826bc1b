"""What there is to show in a block: the blocks that generators offer, and the views that they drew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kmtopo import registry
from kmtopo.diagnostics import Diagnostic, diagnose, did_you_mean, faulty
from kmtopo.documents.marks import Block as Marked
from kmtopo.documents.offers import Contested, is_offered, offered, offered_names
from kmtopo.documents.pictures import drawn, views
from kmtopo.graph.graph import Graph
from kmtopo.markup.pictures import described, pictures
from kmtopo.markup.pieces import Picture, Piece
from kmtopo.packages import PluginFault
from kmtopo.pipeline import Build, Request, generate
from kmtopo.plugin import Generator
from kmtopo.records import validated, written
from kmtopo.source import Source
from kmtopo.values import frozen


@frozen
class Wish:
    """What a document wants to show: a block or view, of an environment (None: the one that is meant where none is named)."""

    environment: str | None
    name: str
    is_view: bool = False


@frozen
class Library:
    """A build whose pictures are drawn, and what every installed generator offers to documents."""

    build: Build

    @staticmethod
    def of(build: Build, wishes: Iterable[Wish]) -> Library:
        """Draws the views that are wished for, each of its environment; a wish for anything else costs nothing."""
        views = [wish for wish in wishes if wish.is_view or not is_offered(wish.name)]
        named = {wish.environment or production(build.graphs) for wish in views}
        environments = tuple(sorted(build.graphs.keys() & named))
        if not environments:
            return Library(build)
        known = {name: registry.generator(name) for name in registry.generator_names()}
        drawing = tuple(name for name, each in known.items() if each.draws and not each.shows)
        names = sorted({wish.name for wish in views})
        options = {name: _only(known[name], names) for name in drawing}
        request = Request(environments, drawing, build.request.root, options=options)
        return Library(generate(replace(build, request=request)))

    @property
    def graphs(self) -> Mapping[str, Graph]:
        """The graphs of all environments."""
        return self.build.graphs

    def shown(self, block: Marked, source: Source) -> tuple[str, tuple[Piece, ...]] | Diagnostic:
        """The environment and the pieces of a block, or why it cannot be shown."""
        environment = block.environment or production(self.graphs)
        at = source.span(block.first.start, block.first.end)
        if environment is None:
            return diagnose("KM853", at, help="undecided", known=", ".join(sorted(self.graphs)))
        if environment not in self.graphs:
            close = did_you_mean(environment, self.graphs)
            known = ", ".join(sorted(self.graphs))
            return diagnose(
                "KM853", at, help="suggest" if close else "", name=environment, right=close or "", known=known
            )
        try:
            pieces = self.pieces(block.name, environment, is_view=block.is_view)
        except Contested as contest:
            listed, first = ", ".join(contest.generators), f"{contest.generators[0]}.{contest.name}"
            return diagnose("KM852", at, help="contested", name=contest.name, generators=listed, right=first)
        except PluginFault as fault:
            return faulty(fault, at)
        return (environment, pieces) if pieces is not None else self._unknown(block, environment, source)

    def pieces(self, name: str, environment: str, *, is_view: bool = False) -> tuple[Piece, ...] | None:
        """What a block shows of an environment; None where nothing is called so.

        Raises:
            Contested: several generators offer a block of this name.
            PluginFault: the package that offers it fails.
        """
        svgs = drawn(self.build, environment)
        made = None if is_view else offered(name, self.graphs[environment], self.graphs)
        if made is None:
            return _pages(name, pictures(svgs)) or None
        return tuple(
            described(piece, svgs.get(f"{piece.path}.light.svg", "")) if isinstance(piece, Picture) else piece
            for piece in made
        )

    def _unknown(self, block: Marked, environment: str, source: Source) -> Diagnostic:
        shown = views(pictures(drawn(self.build, environment)))
        known = shown if block.is_view else tuple(sorted({*offered_names(), *shown}))
        close = did_you_mean(block.name, known)
        at = source.span(block.first.start, block.first.end)
        help_ = "suggest" if close else ""
        return diagnose("KM852", at, help=help_, name=block.name, right=close or "", known=", ".join(known))


def _only(generator: Generator[Any], views: list[str]) -> Mapping[str, Any]:
    """Options by which a generator that knows ``views`` draws no others, where it knows them all."""
    if "views" not in written(generator.options):
        return {}
    try:
        validated(generator.options, {"views": views})
    except ValueError:
        return {}
    return {"views": views}


def _pages(view: str, made: Mapping[str, Picture]) -> tuple[Picture, ...]:
    """The picture of a view, or of one of its pages; all pages where a view has nothing but pages."""
    shown = views(made)
    names = [view] if view in shown else [name for name in shown if name.startswith(f"{view}-")]
    return tuple(made[f"diagrams/{name}"] for name in names)


def production(graphs: Mapping[str, Graph]) -> str | None:
    """The environment that is meant where none is named: the only one of stage production, or the only one."""
    live = [name for name, graph in graphs.items() if graph.deployment.environment.stage == "production"]
    for names in (live, list(graphs)):
        if len(names) == 1:
            return names[0]
    return None
