"""The colours, by what they mean; one table per theme.

A card's outline is ``cardline`` where it only parts it from the ground, ``form`` where its form says something.
"""

from __future__ import annotations

from typing import Literal

Theme = Literal["auto", "light", "dark"]

LIGHT = {
    "page": "#FFFFFF",
    "ink": "#111827",
    "ink2": "#4B5563",
    "ink3": "#5F6B7A",
    "host": "#F4F6FA",
    "hostline": "#B8C2D0",
    "card": "#FFFFFF",
    "cardline": "#C3CCD8",
    "form": "#7C8A9E",
    "chip": "#EEF2F7",
    "edge": "#475467",
    "net0": "#1A66D0",
    "net1": "#B45309",
    "net2": "#0B7A6F",
    "net3": "#A3266F",
    "tint0": "#E8F1FD",
    "tint1": "#FDF1E3",
    "tint2": "#E2F4F1",
    "tint3": "#FBE9F3",
    "bad": "#C62828",
    "badtint": "#FDECEC",
    "warn": "#9A5B00",
    "warntint": "#FFF4DC",
    "good": "#1B7436",
    "goodtint": "#E9F6EC",
}

DARK = {
    "page": "#0F141B",
    "ink": "#E8EDF4",
    "ink2": "#AEB9C8",
    "ink3": "#98A4B5",
    "host": "#161D27",
    "hostline": "#3A4759",
    "card": "#1E2733",
    "cardline": "#46556A",
    "form": "#64758D",
    "chip": "#2A3544",
    "edge": "#9AA6B8",
    "net0": "#6AA8FF",
    "net1": "#F2A65A",
    "net2": "#4FD1BE",
    "net3": "#F08CC0",
    "tint0": "#16263D",
    "tint1": "#322415",
    "tint2": "#12302D",
    "tint3": "#371D2C",
    "bad": "#FF8A80",
    "badtint": "#3B1A1C",
    "warn": "#FFC766",
    "warntint": "#332611",
    "good": "#7BD390",
    "goodtint": "#15301D",
}

THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
HUES = 4


def hue(index: int) -> str:
    """Returns the colour of the network at this place in the picture; a fifth one reuses the first."""
    return f"net{index % HUES}"


def tint(index: int) -> str:
    """Returns the ground of that network's box."""
    return f"tint{index % HUES}"


def mark(index: int) -> str:
    """Returns the letter that tells networks of one hue apart, "" where the hue suffices."""
    return "" if index < HUES else chr(ord("A") + (index // HUES - 1) % 26)
