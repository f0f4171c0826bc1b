"""Boxes and points mirrored: what ran downwards runs to the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtopo.plugin import Box, Point


def turned(boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Mirrors boxes at the diagonal."""
    return {name: Box(b.y, b.x, b.height, b.width) for name, b in boxes.items()}


def swapped(points: Iterable[Point]) -> tuple[Point, ...]:
    """Mirrors points."""
    return tuple((y, x) for x, y in points)
