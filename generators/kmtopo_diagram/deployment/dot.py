"""An arrangement as DOT for the layout engine: boxes of fixed size without a letter of the topology's prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal

from kmtopo_diagram.deployment.arrangement import Arrangement, network_group, vps_group
from kmtopo_diagram.deployment.picture import NetworkBox, VpsBox
from kmtopo_diagram.deployment.sizes import (
    BADGE,
    BELOW_CALLERS,
    CARD_HEIGHT,
    CARD_WIDTH,
    COLUMN_GAP,
    FOOT,
    HOST_HEADER,
    HOST_MARGIN,
    NETWORK_GAP,
    NETWORK_HEADER,
    NETWORK_MARGIN,
    ROW_GAP,
    approach,
    label_width,
    machine_width,
    pill_size,
)

Strictness = Literal["ranked", "loose", "straight"]

LADDER: tuple[Strictness, ...] = ("ranked", "loose", "straight")
"""What to try in turn when the engine refuses: rows as ranks; rows by invisible edges; straight lines."""

_MIDDLE = (48.0, 4.0)  # wide enough that the lines to it keep clear of its neighbours
_POINTS_PER_INCH = 72
_GATE_WEIGHT = 8


def layout_dot(arrangement: Arrangement, strictness: Strictness) -> str:
    """Returns the graph to lay out; edges carry the keys of arrows, gates (``gate:…``) and limbs of bundles."""
    splines = "line" if strictness == "straight" else "spline"
    return "\n".join(
        [
            "digraph {",
            f"graph [rankdir=TB newrank=true nodesep={_inches(COLUMN_GAP)} ranksep={_inches(ROW_GAP)} splines={splines} pad=0 margin=0]",
            'node [shape=box fixedsize=true label=""]',
            "edge [dir=none]",
            *_nodes(arrangement),
            *_order(arrangement, strictness),
            *_edges(arrangement),
            "}",
        ]
    )


def _nodes(arrangement: Arrangement) -> Iterator[str]:
    picture = arrangement.picture
    if picture.origin:
        width, height = pill_size(picture.origin)
        yield _node(picture.origin.name, width, height + approach(len(picture.gates)))
    widths = card_widths(arrangement)
    for place, machine in enumerate(picture.machines):
        yield from _machine(machine, arrangement, widths, first=place == 0)
    for card in picture.callers:
        yield _node(card.name, widths[card.name], BADGE + CARD_HEIGHT + BELOW_CALLERS)
    for card in picture.outside:
        yield _node(card.name, widths[card.name], FOOT + BADGE + CARD_HEIGHT)
    for bundle in arrangement.bundles:
        if bundle.key not in arrangement.homes:
            yield _node(bundle.key, *_MIDDLE)


def _machine(machine: VpsBox, arrangement: Arrangement, widths: Mapping[str, float], *, first: bool) -> Iterator[str]:
    header = HOST_HEADER if first else HOST_HEADER + FOOT + ROW_GAP
    yield f'subgraph "cluster_{vps_group(machine)}" {{ margin={HOST_MARGIN:.0f} {_room(machine_width(machine), header)}'
    for shelf in machine.shelves:
        for box in shelf:
            yield from _network(machine, box, arrangement, widths)
    yield "}"


def _network(machine: VpsBox, box: NetworkBox, arrangement: Arrangement, widths: Mapping[str, float]) -> Iterator[str]:
    group = network_group(machine, box)
    yield f'subgraph "cluster_{group}" {{ margin={NETWORK_MARGIN:.0f} {_room(CARD_WIDTH, NETWORK_HEADER + NETWORK_GAP)}'
    for row in box.rows:
        for card in row:
            yield _node(card.name, widths[card.name], CARD_HEIGHT + BADGE)
    for bundle in arrangement.bundles:
        if arrangement.homes.get(bundle.key) == group:
            yield _node(bundle.key, *_MIDDLE)
    yield "}"


def card_widths(arrangement: Arrangement) -> dict[str, float]:
    """Returns the width to lay each card out with: neighbours who call each other keep room for the arrow's label."""
    calls = {frozenset((arrow.source, arrow.target)): arrow for arrow in arrangement.loose()}
    widths = {card.name: CARD_WIDTH for card in arrangement.picture.cards()}
    for pair in (pair for row in arrangement.rows for pair in pairwise(row)):
        arrow = calls.get(frozenset(pair))
        extra = label_width(arrow.label) + 24 - COLUMN_GAP if arrow and arrow.label else 0.0
        widths |= {name: max(widths[name], CARD_WIDTH + extra) for name in pair if name in widths}
    return widths


def _order(arrangement: Arrangement, strictness: Strictness) -> Iterator[str]:
    """Keeps rows in their order: from left to right, and one under the other."""
    for row in arrangement.rows:
        if strictness == "ranked" and len(row) > 1:
            yield f"{{rank=same; {' '.join(map(_quoted, row))}}}"
            yield f"{' -> '.join(map(_quoted, row))} [style=invis]"
    for above, below in pairwise(arrangement.rows):
        tails, heads = (above[:1], below[:1]) if strictness == "ranked" else (above, below)
        yield from (f"{_quoted(tail)} -> {_quoted(head)} [style=invis weight=0]" for tail in tails for head in heads)


def _edges(arrangement: Arrangement) -> Iterator[str]:
    """Real edges, all downwards as far as ranks go; calls inside a row are drawn without the engine."""
    level = {name: place for place, row in enumerate(arrangement.rows) for name in row}
    picture = arrangement.picture
    for gate in picture.gates:
        if picture.origin:
            yield _edge(picture.origin.name, gate.target, f"gate:{gate.target}", f"headport=n weight={_GATE_WEIGHT}")
    for arrow in arrangement.loose():
        if level[arrow.source] != level[arrow.target]:
            yield _edge(arrow.source, arrow.target, arrow.key, "headport=n")
    for bundle in arrangement.bundles:
        for source in bundle.sources:
            if level[source] == level[bundle.key]:
                continue
            yield _edge(source, bundle.key, bundle.limb_from(source), "headclip=false weight=2")
        for target in bundle.targets:
            yield _edge(bundle.key, target, bundle.limb_to(target), "tailclip=false headport=n")


def _edge(tail: str, head: str, key: str, attributes: str) -> str:
    return f"{_quoted(tail)} -> {_quoted(head)} [id={_quoted(key)} {attributes}]"


def _node(name: str, width: float, height: float) -> str:
    return f"{_quoted(name)} [width={_inches(width)} height={_inches(height)}]"


def _room(width: float, height: float) -> str:
    """An empty label of fixed size: it keeps the header of a box free."""
    size = f'fixedsize="true" width="{width:.0f}" height="{height:.0f}"'
    return f'labeljust=l label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" {size}><tr><td></td></tr></table>>'


def _inches(pixels: float) -> str:
    return f"{pixels / _POINTS_PER_INCH:.4f}"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
