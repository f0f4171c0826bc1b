"""The bands that hold headers: of machines and of networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kmtopo.plugin import Box, Point
from kmtopo_diagram.deployment.arrangement import network_group
from kmtopo_diagram.deployment.captions import Caption, caption
from kmtopo_diagram.deployment.picture import Picture
from kmtopo_diagram.deployment.sizes import HOST_HEADER, NETWORK_HEADER

_INSET = 14.0


def machine_band(machine: Box) -> Box:
    """Returns where a machine's name and price stand."""
    return Box(machine.x + _INSET, machine.y + 12, machine.width - 2 * _INSET, HOST_HEADER - 8)


def network_band(network: Box) -> Box:
    """Returns where a network's name and note stand."""
    return Box(network.x + 12, network.y + 8, network.width - 24, NETWORK_HEADER - 4)


def network_captions(
    picture: Picture, groups: Mapping[str, Box], lines: Sequence[tuple[Point, ...]]
) -> dict[str, Caption]:
    """Places the headers of all network boxes, by group."""
    return {
        network_group(machine, box): caption(
            box.title, box.note, network_band(groups[network_group(machine, box)]), lines
        )
        for machine in picture.machines
        for shelf in machine.shelves
        for box in shelf
    }
