"""How many pictures the networks of an environment need: chosen by size, without being asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kmtopo.plugin import Graph
from kmtopo_diagram.matrix import drawing as matrices
from kmtopo_diagram.matrix import picture as matrix
from kmtopo_diagram.matrix.paging import pages as matrix_pages
from kmtopo_diagram.matrix.reading import read as read_matrix
from kmtopo_diagram.networks.drawing import drawn
from kmtopo_diagram.networks.picture import Picture, limited
from kmtopo_diagram.networks.reading import read
from kmtopo_diagram.view import Page

_TOGETHER = 12  # columns, whatever machines they are on
_MOST = 16  # columns of one machine; more are a matrix


def pages(graph: Graph) -> Iterator[Page]:
    """Draws all networks in one picture, or a matrix of all calls and a picture for each machine."""
    picture = read(graph)
    machines = sorted({column.machine for column in picture.columns if column.machine})
    if len(picture.columns) <= (_TOGETHER if len(machines) > 1 else _MOST):
        yield Page(drawn(picture))
        return
    whole = replace(read_matrix(graph), name=picture.name)
    if len(machines) < 2:
        yield from _matrix(whole)
        return
    # Each machine's own picture follows, so that of a matrix in parts the overview says enough.
    yield next(_matrix(whole))
    for machine in machines:
        yield from _machine(machine, graph.deployment.vps[machine].title, picture, whole)


def _machine(machine: str, title: str, picture: Picture, whole: matrix.Picture) -> Iterator[Page]:
    part = limited(picture, machine, title)
    if len(part.columns) <= _MOST:
        yield Page(drawn(part), machine)
    else:
        yield from _matrix(matrix.limited(whole, machine, title), machine)


def _matrix(picture: matrix.Picture, part: str = "") -> Iterator[Page]:
    for name, piece in matrix_pages(picture):
        yield Page(matrices.drawn(piece), "-".join(filter(None, [part, name])))
