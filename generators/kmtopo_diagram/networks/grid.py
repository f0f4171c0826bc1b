"""The grid: how wide columns are, where bands and lanes lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.plugin import Box, frozen
from kmtopo_diagram.ink.metrics import widest
from kmtopo_diagram.ink.theme import tint
from kmtopo_diagram.networks.heads import Heads, card_heads, card_needs, suits, turned_heads
from kmtopo_diagram.networks.picture import Band, Lane, Picture
from kmtopo_diagram.networks.sentences import subtitle
from kmtopo_diagram.signs.badges import badge_width
from kmtopo_diagram.signs.headings import MARGIN

TOP = 72.0  # title and subtitle
BAND_HEADER = 30.0
LANE = 32.0  # from one lane to the next
PILL = 14.0  # across
_BAND_FOOT = 12.0
_BAND_GAP = 10.0
_UNDER_HEADS = 14.0
_NARROWEST = 520.0
_WIDTH = 760.0  # the widest picture that stays readable in a document's column
_TABLE_WIDTH = 900.0  # and the widest table
_SUBTITLE = 12.0  # px, at which it should be whole
_FEW = 9  # columns, which fit into the narrower one


@frozen
class Strip:
    """A band in its place."""

    band: Band
    box: Box

    @property
    def top(self) -> float:
        """Where pills begin."""
        return self.box.y + BAND_HEADER

    @property
    def bottom(self) -> float:
        """Where pills end."""
        return self.box.y + self.box.height - _BAND_FOOT + 3

    def lanes(self) -> Iterator[tuple[Lane, float]]:
        """Its lanes with the height of their lines."""
        for place, lane in enumerate(self.band.lanes):
            yield lane, self.box.y + BAND_HEADER + LANE * (place + 0.5) + 3


@frozen
class Grid:
    """A picture with everything in its place; ``middles`` are the columns' by name."""

    picture: Picture
    heads: Heads
    step: float
    middles: Mapping[str, float]
    strips: tuple[Strip, ...]
    width: float
    height: float

    def last(self, name: str) -> Strip | None:
        """The lowest band in which a column has a pill."""
        return next((strip for strip in reversed(self.strips) if name in strip.band.present()), None)


def port_half(lane: Lane) -> float:
    """Returns how far a server's port, or its pill, reaches from the middle of its column, px."""
    return badge_width(lane.port) / 2 if lane.port else PILL / 2


def ground_of(index: int | None) -> str:
    """Returns the colour of a band's ground."""
    return "host" if index is None else tint(index)


def grid(picture: Picture) -> Grid:
    """Lays a picture out."""
    columns = picture.columns
    step, heads = _columns(picture)
    width = step * len(columns) + max(heads.overhang, 0) + 2 * MARGIN
    middles = {column.name: MARGIN + step * (place + 0.5) for place, column in enumerate(columns)}
    strips = tuple(_strips(picture, TOP + heads.height + _UNDER_HEADS, width - 2 * MARGIN))
    last = strips[-1].box if strips else Box(MARGIN, TOP, 0, heads.height)
    return Grid(picture, heads, step, middles, strips, width, last.y + last.height)


def _columns(picture: Picture) -> tuple[float, Heads]:
    """How wide a column is, and its head: a card if its title fits.

    Titles are large and bold where that keeps the picture narrow; all of a narrow picture is larger in a document.
    """
    columns = picture.columns
    room = (_WIDTH if len(columns) <= _FEW else _TABLE_WIDTH) - 2 * MARGIN
    bold, plain = (len(columns) * max(needs) for needs in zip(*map(card_needs, columns), strict=True))
    words = widest(subtitle(picture), _SUBTITLE)
    least = max(
        bold if bold <= _WIDTH - 2 * MARGIN else max(plain, _WIDTH - 2 * MARGIN), words, _NARROWEST - 2 * MARGIN
    )
    step = min(least, room) / len(columns)
    heads = card_heads(columns, step)
    if suits(heads):
        return step, heads
    # Turned titles reach beyond the last column, the less the wider it is: by half of it.
    reach = turned_heads(columns, 0).overhang
    step = min(room / len(columns), (room - reach) / (len(columns) - 0.5))
    return step, turned_heads(columns, step)


def _strips(picture: Picture, top: float, width: float) -> Iterator[Strip]:
    for band in picture.bands:
        height = BAND_HEADER + LANE * max(len(band.lanes), 1) + _BAND_FOOT
        yield Strip(band, Box(MARGIN, top, width, height))
        top += height + _BAND_GAP
