"""Every view of a graph, drawn in both schemes, and what a machine finds wrong with the pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kmtopo.generation import tools
from kmtopo.plugin import Graph
from kmtopo_diagram.change import pages as change_pages
from kmtopo_diagram.critique.lint import lint, miscounts, missing_tenants
from kmtopo_diagram.failures.check import misstatements
from kmtopo_diagram.ink.svg import Drawing, written
from kmtopo_diagram.ink.theme import Theme
from kmtopo_diagram.matrix.counting import miscounts as missed_in_matrix
from kmtopo_diagram.networks.counting import miscounts as missed_on_networks
from kmtopo_diagram.view import Page
from kmtopo_diagram.views import view

Pictures = Mapping[str, str]
"""The pictures of one view in one scheme, by part."""
SCHEMES: tuple[Theme, ...] = ("light", "dark")
VIEWS = ("deployment", "networks", "matrix", "tenants", "failures")


def faults(graph: Graph, before: Graph | None) -> Iterator[str]:
    """Draws every view twice, the change since ``before`` too, and says what is wrong, with the picture's name."""
    for name in (*VIEWS, "change"):
        drawn, again = drawings(graph, name, before), drawings(graph, name, before)
        for scheme in SCHEMES:
            svgs = {part: written(drawing, scheme) for part, drawing in drawn.items()}
            for part, svg in svgs.items():
                yield from (f"{name} {part} {scheme}: {fault}" for fault in lint(svg, may_cut=True))
            yield from (f"{name} {scheme}: {fault}" for fault in COUNTS[name](svgs, graph))
            if svgs != {part: written(drawing, scheme) for part, drawing in again.items()}:
                yield f"{name} {scheme}: drawn again it is another picture"


def pictures(graph: Graph, name: str, scheme: Theme, before: Graph | None = None) -> Pictures:
    """Returns a view's pictures by part."""
    return {part: written(drawing, scheme) for part, drawing in drawings(graph, name, before).items()}


def drawings(graph: Graph, name: str, before: Graph | None = None) -> Mapping[str, Drawing]:
    """Draws a view, by part; a finding instead of a picture is an error of the test's."""
    found = change_pages(before, graph, "HEAD") if name == "change" else view(name).pages(graph, tools())
    pages = list(found)
    assert all(isinstance(page, Page) for page in pages), pages
    return {page.part: page.drawing for page in pages if isinstance(page, Page)}


def _of_deployment(drawn: Pictures, graph: Graph) -> Iterator[str]:
    for part, svg in drawn.items():
        yield from (f"{part}: {fault}" for fault in miscounts(svg, graph, part))


def _all_of(count: Callable[[Sequence[str], Graph], tuple[str, ...]]) -> Callable[[Pictures, Graph], tuple[str, ...]]:
    return lambda drawn, graph: count(list(drawn.values()), graph)


def _of_networks(drawn: Pictures, graph: Graph) -> Iterator[str]:
    """Bands where they are all of it or a machine's; a matrix of everybody before them."""
    matrices = {part: svg for part, svg in drawn.items() if 'class="column"' in svg}
    of_machines = tuple(f"{machine}-" for machine in graph.deployment.vps)
    whole = [svg for part, svg in matrices.items() if not f"{part}-".startswith(of_machines)]
    if whole:
        yield from missed_in_matrix(whole, graph)
    if matrices.keys() <= {""} or not matrices:
        called = {edge.target.name for edge in graph.calls()}
        alone = {f"container: missing {c.name}" for c in graph.deployment.containers.values() if c.is_external}
        bands = [svg for part, svg in drawn.items() if part not in matrices]
        missed = missed_on_networks(bands, graph) if bands else ()
        # A matrix has a column even for a system of others whom nobody calls; no machine's picture has.
        yield from (
            fault for fault in missed if not (whole and fault in alone and fault.rpartition(" ")[2] not in called)
        )


def _of_change(drawn: Pictures, graph: Graph) -> Iterator[str]:
    """Nothing that is drawn is foreign to both sides: each mark of a fate is on a container or gone with the old side."""
    (svg,) = drawn.values()
    here = {
        g.get("data-node") for g in ET.fromstring(svg).iter() if g.get("data-role") and g.get("data-fate") != "removed"
    }
    yield from (f"invented: {name}" for name in sorted(filter(None, here - graph.deployment.containers.keys())))


COUNTS: Mapping[str, Callable[[Pictures, Graph], Iterable[str]]] = {
    "deployment": _of_deployment,
    "networks": _of_networks,
    "matrix": _all_of(missed_in_matrix),
    "tenants": _all_of(missing_tenants),
    "failures": _all_of(misstatements),
    "change": _of_change,
}
