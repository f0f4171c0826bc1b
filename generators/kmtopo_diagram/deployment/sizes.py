"""The measures of the pictures, in px."""

from __future__ import annotations

from kmtopo_diagram.deployment.picture import Bar, Pill, VpsBox
from kmtopo_diagram.ink.metrics import widest
from kmtopo_diagram.signs.badges import RISE

WIDTH = 760.0  # the widest picture that stays readable in a document's column
TOP = 74.0  # title and subtitle
STRIP = 84.0  # a machine's facts and capacity, where they stand above it
BELOW_CALLERS = 52.0  # from callers elsewhere to the machine

CARD_WIDTH = 204.0
CARD_HEIGHT = 88.0
BADGE = RISE  # how far a port badge rises over its card
COLUMN_GAP = 32.0
ROW_GAP = 58.0
MIDDLE_DROP = 52.0  # from a card down to the middle of a bundle
APART = 58.0  # between machines, and from the last one to the systems of others

HOST_HEADER = 46.0
HOST_TOP = 72.0  # from a machine's border to its first network
HOST_MARGIN = 14.0
HOST_WIDTH = 560.0  # room for name, address and price even with a single card
BAR_GAP = 20.0
BAR_SIZE = 11.0
FOOT = 42.0  # the capacity bars under a machine
NETWORK_HEADER = 22.0
NETWORK_TOP = 40.0  # from a network's border to the first badge
NETWORK_GAP = 28.0  # between network boxes one under the other
NETWORK_SEAM = 8.0  # and between two on one shelf
NETWORK_MARGIN = 12.0

PILL_HEIGHT = 56.0
CLIENTS_GAP = 48.0  # between whoever comes over the Internet and it
LABEL_HEIGHT = 20.0
APPROACH = 28.0  # from the Internet to the machine
TAB_STEP = 26.0  # from one gate's tab to the next


def label_width(text: str) -> float:
    """Returns the width of the pill around an arrow's label."""
    return widest(text, 11.5, 600) + 14


def machine_width(machine: VpsBox) -> float:
    """Returns the least width inside a machine: that of its header, or of its capacity bars side by side."""
    needs = [bar_width(bar) for bar in machine.bars]
    return max(HOST_WIDTH, sum(needs) + BAR_GAP * max(len(needs) - 1, 0))


def bar_width(bar: Bar) -> float:
    """Returns the least width of a capacity bar: label and value with some room between, and a sign where it is tight."""
    return widest(bar.label, BAR_SIZE) + widest(bar.value, BAR_SIZE, 600) + (25 if bar.colour != "ink2" else 8)


def approach(gates: int) -> float:
    """Returns the room between the Internet and the machine: more where several tabs share it."""
    return APPROACH + TAB_STEP * min(max(gates - 1, 0), 3)


def pill_size(pill: Pill) -> tuple[float, float]:
    """Returns the size of somebody outside: glyph, name, and a line of detail."""
    return 58 + max(widest(pill.title, 14.5, 600), widest(pill.detail, 11.5)) + 26, PILL_HEIGHT
