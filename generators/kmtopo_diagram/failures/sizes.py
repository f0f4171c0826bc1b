"""The measures of the failures view, in px."""

from __future__ import annotations

from kmtopo_diagram.failures.picture import Node, Story
from kmtopo_diagram.ink.metrics import widest
from kmtopo_diagram.ink.wrapping import halves

MARGIN = 16.0
TOP = 74.0  # title and subtitle
NARROWEST = 760.0  # as the deployment picture's column
WIDEST = 900.0  # a table's

CARD_HEIGHT = 54.0
CARD_GAP = 18.0  # between cards of one column
LEVEL_GAP = 36.0  # between columns
MIDDLE_GAP = 60.0  # where calls meet in between
MOST_WIDENING = 26.0  # more between two columns, where there is room
CARD_LEAST = 104.0
CARD_MOST = 178.0
BREADTH_STEP = 18.5  # all cards of a story from the top are of one of a few widths, so that a title seldom changes it
ICON = 36.0  # a card's glyph and the room around it
MARK = 29.0  # a card's state and the room around it
TITLE_SIZE = 12.5
_SHORT_TITLE = 66.0
_ORIGIN_MOST = 134.0

MOST_COLUMNS = 12
ROW_HEIGHT = 30.0
ROW_STEP = 34.0
HEAD = 60.0  # from the table's title to its first row
LABEL_ICON = 36.0  # a row's glyph and the room around it
LABEL_SIZE = 12.5
COUNT_SIZE = 11.5
SMALL_MARK = 6.0  # the radius of a mark beside a count


def level_widths(story: Story) -> dict[str, float]:
    """Returns the width of every card: that which the widest of its column wants."""
    wanted: dict[int, float] = {}
    for node in story.nodes:
        level = story.levels[node.key]
        wanted[level] = max(wanted.get(level, CARD_LEAST), _card_width(node))
    return {node.key: wanted[story.levels[node.key]] for node in story.nodes}


def _card_width(node: Node) -> float:
    """Its title on one line if it is short, else broken into two."""
    lines = [node.title] if widest(node.title, TITLE_SIZE, 600) <= _SHORT_TITLE else halves(node.title)
    return min(ICON + max(widest(line, TITLE_SIZE, 600) for line in lines) + MARK, CARD_MOST)


def origin_width(title: str) -> float:
    """Returns the width of the pill of who comes in."""
    return min(max(CARD_LEAST, ICON + 6 + widest(title, TITLE_SIZE, 600) + 16), _ORIGIN_MOST)
