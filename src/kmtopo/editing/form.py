"""The canonical form of a topology: its lines, with the keys of entries in the order of the language."""

from __future__ import annotations

import json

from kmtopo.editing.lines import Lines
from kmtopo.editing.nodes import Node, read_node
from kmtopo.model.order import Form, topology_form
from kmtopo.source import Source
from kmtopo.syntax import parse


def in_form(source: Source) -> str:
    """Returns the text of a YAML source in canonical form: the same lines in another order, which say the same.

    Comments and blank lines go with the key that they precede; what a blank line parts from a mapping's first
    key stays at its top. A mapping stays as written where an alias would come before its anchor, or blank
    lines are part of a text in it.

    Raises:
        ValueError: the source is not YAML without findings.
        AssertionError: the new text would say something else; nothing may be done with it.
    """
    before, found = parse(source)
    if before is None or found:
        raise ValueError(source.name)
    root = read_node(source.text)
    if len(set(root.anchors)) < len(root.anchors):
        return source.text  # which of two anchors of a name an alias means depends on the order
    lines = Lines(source.text, is_open=root.is_open)
    _order(lines, root, topology_form(), 0, len(lines.texts))
    text = str(lines)
    after, found = parse(Source(source.name, text))
    if after is None or found or _said(after.data) != _said(before.data):
        raise AssertionError(f"in canonical form, {source.name} would say something else")
    return text


def _said(data: object) -> str:
    """The data as a text that tells ``1`` from ``true`` and does not tell the order of keys."""
    return json.dumps(data, sort_keys=True)


def _order(lines: Lines, node: Node, form: Form, first: int, last: int) -> None:
    """Orders the mappings of a node whose lines lie from ``first`` up to, not including, ``last``; inner ones first."""
    starts = [lines.number(item.start) for item in node.items]
    for index, item in enumerate(node.items):
        _order(lines, item, form.of(index), starts[index], [*starts, last][index + 1])
    bounds = lines.bounds(node, first, last) if node.entries else []
    for (key, start, value), end in zip(node.entries, bounds[1:], strict=False):
        _order(lines, value, form.of(key), lines.number(start) + 1, end)
    keys = tuple(entry.key for entry in node.entries)
    order = [keys.index(key) for key in form.sorted(keys)]
    if bounds and order != sorted(order) and _may_stand(node, order):
        lines.put(bounds, [lines.number(entry.start) for entry in node.entries], order)


def _may_stand(node: Node, order: list[int]) -> bool:
    """Whether in an order of its entries no alias would come before its anchor, and no text would end otherwise."""
    coming = set(node.anchors)
    for index in order:
        value = node.entries[index].value
        coming -= set(value.anchors)
        if value.is_open or coming & value.aliases:
            return False
    return True
