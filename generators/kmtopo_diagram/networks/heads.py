"""The heads of the columns: cards with a title, or where columns are narrow, pictograms under turned titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Box, frozen
from kmtopo_diagram.ink.metrics import Fitted, fit, widest
from kmtopo_diagram.ink.paragraphs import Paragraph, Step, paragraph
from kmtopo_diagram.ink.slanted import overhang, rise, slanted
from kmtopo_diagram.ink.svg import Element, group, text
from kmtopo_diagram.networks.picture import Column
from kmtopo_diagram.signs.forms import Paint, Shape, form
from kmtopo_diagram.signs.glyphs import glyph

WIDEST_CARD = 112.0
_GAP = 5.0  # between cards
_STEPS: tuple[tuple[Step, ...], ...] = (
    ((12, 600), (11.5, 600), (11, 600), (10.5, 600)),
    ((11.5, 400), (11, 400), (10.5, 400)),
)
_PLAIN: Step = (11, 400)
_DETAIL: tuple[Step, ...] = ((10.5, 400),)
_NOTHING = Paragraph((), *_DETAIL[0])
_AIR = 10.0  # beside a large title
_MOST_LINES = 3
_PAD = 0.9  # in the wider font
_STACK = 3.0  # which a stack stays within its column's card by
_ICON = 22.0
_LINE = 13.5
_ROOM = 150.0  # for a turned title
_WIDE = 80.0  # cards from this width on are never given up


@frozen
class Card:
    """A head as a card: its title on some lines, and a detail, which has none where there is nothing to say."""

    column: Column
    title: Paragraph
    detail: Paragraph

    @property
    def is_cut(self) -> bool:
        """Whether its title lost letters."""
        return self.title.is_cut

    @property
    def lines(self) -> int:
        """How many lines of words it has."""
        return len(self.title.lines) + len(self.detail.lines)


@frozen
class Heads:
    """All heads of a picture: cards, or turned titles where there are none; ``height`` and ``overhang`` in px.

    ``overhang`` is how far turned titles reach beyond the last column.
    """

    width: float
    height: float
    cards: tuple[Card, ...]
    turned: tuple[tuple[Column, Fitted], ...] = ()
    overhang: float = 0.0


def card_needs(column: Column) -> tuple[float, float]:
    """Returns the widths of a column in which its words stand whole: large and bold over the whole detail, and plain."""
    words = column.title.split(" ")
    bold, plain = (max(widest(word, *step) for word in words) for step in (_STEPS[0][0], _PLAIN))
    bold = max(bold + _AIR, widest(column.detail, *_DETAIL[0]))
    plain = max(plain, *(widest(word, *_DETAIL[0]) for word in column.detail.split(" ")))
    around = 2 * _PAD + _GAP + _stack(column)
    return min(bold + around, WIDEST_CARD + _GAP), min(plain + around, WIDEST_CARD + _GAP)


def _stack(column: Column) -> float:
    return _STACK if column.shape is Shape.WORKER else 0.0


def card_heads(columns: Sequence[Column], step: float) -> Heads:
    """Makes cards for columns of this width; all titles are bold, or where one does not fit so, none is."""
    width = min(step - _GAP, WIDEST_CARD)
    rooms = [width - 2 * _PAD - _stack(column) for column in columns]
    for steps in _STEPS:
        titles = [paragraph(c.title, room, _MOST_LINES, steps) for c, room in zip(columns, rooms, strict=True)]
        if not any(title.is_cut for title in titles):
            break
    cards = tuple(
        Card(column, title, paragraph(column.detail, room, 2, _DETAIL) if column.detail else _NOTHING)
        for column, title, room in zip(columns, titles, rooms, strict=True)
    )
    return Heads(width, 13 + _ICON + 6 + _LINE * max((card.lines for card in cards), default=1) + 7, cards)


def turned_heads(columns: Sequence[Column], step: float) -> Heads:
    """Makes turned titles, for columns that are too narrow for cards."""
    turned = tuple((c, fit(_whole(c), _ROOM, (11.5, 11, 10.5), 600)) for c in columns)
    longest = max((widest(title.text, title.size, 600) for _, title in turned), default=0.0)
    return Heads(step, rise(longest) + 4 + _ICON, (), turned, overhang(longest) - step / 2)


def _whole(column: Column) -> str:
    return f"{column.title} · {column.detail}" if column.detail else column.title


def suits(heads: Heads) -> bool:
    """Tells whether cards serve: all titles whole, or cards so wide that others would do no better."""
    return heads.width >= _WIDE or not any(card.is_cut for card in heads.cards)


def drawn(heads: Heads, middles: dict[str, float], top: float) -> Iterator[Element]:
    """Draws all heads; ``middles`` are the columns' by name."""
    for card in heads.cards:
        yield _head(
            card.column, _card(card, Box(middles[card.column.name] - heads.width / 2, top, heads.width, heads.height))
        )
    for column, title in heads.turned:
        yield _head(column, _turned(column, title, middles[column.name], top + heads.height))


def _head(column: Column, parts: Iterator[Element]) -> Element:
    return group(parts, kind="node", title=column.tip, node=column.name.removeprefix("@"), role=column.role)


def _card(card: Card, face: Box) -> Iterator[Element]:
    column = card.column
    face = Box(face.x, face.y, face.width - _stack(column), face.height)
    middle = face.x + face.width / 2
    drop = 6 if column.shape is Shape.STORE else 0
    shape = Shape.SERVICE if column.shape is Shape.OUTSIDE else column.shape
    yield from form(shape, face, Paint(dash="4 3") if column.is_away else Paint(), stack=_STACK)
    yield glyph(column.glyph, middle - _ICON / 2, face.y + 10 + drop, _ICON)
    base = face.y + 10 + _ICON + 17 + drop
    for place, line in enumerate(card.title.lines):
        yield text(middle, base + place * _LINE, line, card.title.size, weight=card.title.weight, anchor="middle")
    under = base + len(card.title.lines) * _LINE
    for place, line in enumerate(card.detail.lines):
        yield text(middle, under + place * _LINE, line, card.detail.size, fill="ink2", anchor="middle")


def _turned(column: Column, title: Fitted, middle: float, bottom: float) -> Iterator[Element]:
    yield glyph(column.glyph, middle - _ICON / 2, bottom - _ICON - 2, _ICON)
    yield slanted(title.text, middle, bottom - _ICON - 8, title.size, 600)
