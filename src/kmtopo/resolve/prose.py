"""What people say of a topology and no graph knows: prose for its documents, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable

from kmtopo.model.topology import Topology
from kmtopo.resolve.deployment import Assumption, Prose


def prose(topology: Topology, names: Iterable[str]) -> dict[str, Prose]:
    """The prose under each of the names, where there is any; "" is that of everything."""
    return {name: _prose(topology.docs[name].data) for name in names if name in topology.docs}


def _prose(said: object) -> Prose:
    data = said if isinstance(said, dict) else {}
    return Prose(*(" ".join(str(data.get(key) or "").split()) for key in ("motivation", "quality")))


def assumptions(topology: Topology) -> tuple[Assumption, ...]:
    """What is assumed, in the order of the file."""
    return tuple(
        Assumption(str(layer.data.get("of") or ""), str(layer.data.get("why") or ""), layer.where.address)
        for layer in topology.lists.get("assumptions", ())
    )
