"""The pictograms: house glyphs (strokes on a 24 px grid) and five brands of Simple Icons (filled, CC0)."""

from __future__ import annotations

import json
from functools import cache

from kmtopo_diagram.assets import asset_text
from kmtopo_diagram.ink.svg import Element, number, path

_GRID = 24
_STROKE = 1.7

HOUSE = {
    "box": "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5l8-4.5M12 12v9",
    "browser": "M3 5h18v14H3zM3 9.5h18M6 7.3h.01M8.6 7.3h.01M7 13h6M7 16h9",
    "clock": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3.5 2",
    "cloud": "M7 19a4.5 4.5 0 0 1-.6-9a6 6 0 0 1 11.5 1.2A4 4 0 0 1 17.5 19z",
    "code": "M9 7l-5 5l5 5M15 7l5 5l-5 5",
    "disk": "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3s-3.6 3-8 3s-8-1.3-8-3M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
    "globe": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3 12h18M12 3c3 2.5 4 5.5 4 9s-1 6.5-4 9c-3-2.5-4-5.5-4-9s1-6.5 4-9",
    "hub": "M12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6M12 9V3M12 15v6M9.4 13.5L4 17M14.6 13.5L20 17M9.4 10.5L4 7M14.6 10.5L20 7",
    "laptop": "M5 5h14v10H5zM2.5 19h19M9 19l.5-1h5l.5 1",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3 6h18v13H3zM3 7l9 7l9-7",
    "once": "M4 12h11M11 7l5 5l-5 5M20 5v14",
    "pin": "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11M12 12.2a2.2 2.2 0 1 0 0-4.4a2.2 2.2 0 0 0 0 4.4",
    "plug": "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
    "queue": "M4 6h16M4 12h10M4 18h10M17 10l4 5l-4 5",
    "server": "M4 4h16v7H4zM4 13h16v7H4zM7.5 7.5h.01M7.5 16.5h.01M11 7.5h5M11 16.5h5",
    "store": "M4 9l1.5-5h13L20 9M4 9v11h16V9M4 9c0 3 4 3 4 0c0 3 4 3 4 0c0 3 4 3 4 0c0 3 4 3 4 0M10 20v-6h4v6",
    "users": "M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.3c2.2.8 3.5 2.8 3.5 5.7",
    "warning": "M12 4l9 16H3zM12 10v4M12 17h.01",
}
_BY_ROLE = {
    "proxy": "globe",
    "worker": "queue",
    "job": "once",
    "database": "disk",
    "cache": "disk",
    "mail": "mail",
    "external": "cloud",
}
_BY_PROCESS = {"queue": "queue", "scheduler": "clock", "migrate": "once"}
_ALIASES = {"postgres": "postgresql", "mongo": "mongodb", "static": "browser", "mailpit": "mail"}


@cache
def brands() -> dict[str, str]:
    """Returns the brand paths by name."""
    return dict(json.loads(asset_text("brands.json")))


def glyph_for(icon: str, role: str, process: str) -> str:
    """Chooses a pictogram: what a process does says more than its brand; a name nobody drew falls back to the role."""
    if role in ("worker", "job"):
        return _BY_PROCESS.get(process, _BY_ROLE[role])
    name = _ALIASES.get(icon, icon)
    return name if name in HOUSE or name in brands() else _BY_ROLE.get(role, "box")


def glyph(name: str, x: float, y: float, size: float, colour: str = "ink") -> Element:
    """Draws a pictogram with its top left corner at (x, y)."""
    scale = size / _GRID
    at = f"translate({number(x)} {number(y)}) scale({scale:.3g})"
    if name in HOUSE:
        return path(HOUSE[name], stroke=colour, line=_STROKE / min(scale / 0.8, 1), at=at)
    return path(brands()[name], fill=colour, at=at)
