"""The cards of a story: a container's form and title, painted as it stands."""

from __future__ import annotations

from kmtopo.plugin import Box
from kmtopo_diagram.failures.picture import Node
from kmtopo_diagram.failures.sizes import ICON, MARK, TITLE_SIZE
from kmtopo_diagram.ink.metrics import FLOOR, fit, sizes_from
from kmtopo_diagram.ink.svg import Element, group, rect, text
from kmtopo_diagram.ink.wrapping import title_lines
from kmtopo_diagram.signs.forms import PLAIN, Paint, Shape, form
from kmtopo_diagram.signs.glyphs import glyph
from kmtopo_diagram.signs.states import State, state_mark

_PAINTS = {
    State.DOWN: Paint("badtint", "bad", 1.6),
    State.DEGRADED: Paint("warntint", "warn", 1.6),
    State.CUT_OFF: Paint("card", "ink2", 1.4, "5 3"),
    State.UP: PLAIN,
}
_FAILS = Paint("badtint", "bad", 2.6)
_STACKED = Shape.WORKER  # several that stand alike are drawn as a stack, too


def card(node: Node, face: Box) -> Element:
    """Draws a container, or several as one."""
    shape = node.shape if len(node.names) == 1 else _STACKED
    drop = 3.0 if shape is Shape.STORE else 0.0
    middle = face.y + face.height / 2 + drop
    parts = [
        *form(shape, face, _FAILS if node.fails else _PAINTS[node.state]),
        glyph(node.glyph, face.x + 10, middle - 10, 20),
    ]
    room = face.width - ICON - (MARK if node.state is not State.UP else 8)
    lines = title_lines(node.title, room, TITLE_SIZE, FLOOR + 1)
    for place, line in enumerate(lines):
        base = middle + 4.6 + (place - (len(lines) - 1) / 2) * 15
        parts.append(text(face.x + ICON, base, line.text, line.size, weight=600))
    if node.state is not State.UP:
        parts.append(group(state_mark(node.state, face.x + face.width - 16, middle, 8.5), kind="sign"))
    return group(
        parts,
        kind="node",
        title=node.tip,
        node=node.key,
        role=node.role,
        state=node.state.value,
        count=str(len(node.names)),
        members=" ".join(node.names) if len(node.names) > 1 else "",
    )


def pill(title: str, sign: str, face: Box) -> Element:
    """Draws who comes in."""
    middle = face.y + face.height / 2
    fitted = fit(title, face.width - ICON - 12, sizes_from(TITLE_SIZE), 600)
    parts = [
        rect(face.x, face.y, face.width, face.height, fill="card", stroke="cardline", radius=face.height / 2, line=1.2),
        glyph(sign, face.x + 14, middle - 11, 22),
        text(face.x + ICON + 4, middle + 4.6, fitted.text, fitted.size, weight=600),
    ]
    return group(parts, kind="node", title=title, node="internet")
