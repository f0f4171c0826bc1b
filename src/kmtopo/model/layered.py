"""Layers: data as written together with where each part stands, and their merge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from kmtopo.addresses import Address, Step
from kmtopo.values import frozen

Path = tuple[Step, ...]


@frozen
class Where:
    """Where the parts of a value stand in the file; a part without an entry of its own lies below ``address``."""

    address: Address
    parts: Mapping[Step, Where] = field(default_factory=dict)

    def child(self, step: Step) -> Where:
        """Where the part under this key stands."""
        return self.parts.get(step) or Where(self.address / step)

    def find(self, steps: Iterable[Step]) -> Address:
        """The address of the part at the end of a path."""
        here = self
        for step in steps:
            here = here.child(step)
        return here.address


@frozen
class Layer:
    """One entry of the file in canonical form, each part with its place.

    ``absent`` holds the paths of parts that could not be read and were left out; whoever misses
    something there stays silent. ``read`` is what the data was validated as, where it has been.
    """

    data: Mapping[str, Any]
    where: Where
    absent: frozenset[Path] = frozenset()
    read: object = field(default=None, compare=False, repr=False)

    def without(self, keys: Iterable[str]) -> Layer:
        """The layer less some of its keys."""
        gone = frozenset(keys)
        return Layer({k: v for k, v in self.data.items() if k not in gone}, self.where, self.absent)

    def absent_keys(self) -> frozenset[str]:
        """The top-level keys in which something was left out."""
        return frozenset(str(path[0]) for path in self.absent if path)


def merge(base: Layer, over: Layer) -> Layer:
    """Lays one entry over another: mappings merge by key, ``null`` removes, scalars and lists replace.

    A removed key stays in the result as ``None``, so that it is still removed when ``extends`` is
    followed later; ``settled`` drops these at the end.
    """
    data, where = _merged(base.data, base.where, over.data, over.where)
    return Layer(data, where, base.absent | over.absent)


def _merged(
    base: Mapping[str, Any], base_where: Where, over: Mapping[str, Any], over_where: Where
) -> tuple[dict[str, Any], Where]:
    data = dict(base)
    parts = dict(base_where.parts)
    for key, value in over.items():
        below = data.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            data[key], parts[key] = _merged(below, base_where.child(key), value, over_where.child(key))
        else:
            data[key], parts[key] = value, over_where.child(key)
    return data, Where(base_where.address, parts)


def settled(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data without what was removed: keys whose value is ``None``, at any depth of mappings."""
    return {
        key: settled(value) if isinstance(value, Mapping) else value for key, value in data.items() if value is not None
    }
