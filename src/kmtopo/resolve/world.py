"""Inheritance: what an environment makes of each entry, still as layers.

An environment's overlay is merged into the item as written, before ``extends`` is followed, so that
what extends ``backend`` inherits its overlay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from kmtopo.addresses import Address, Step
from kmtopo.diagnostics import Diagnostic, Label, Suggestion, Term, diagnose, did_you_mean
from kmtopo.model.layered import Layer, Where, merge
from kmtopo.model.topology import EnvironmentLayers, Topology
from kmtopo.values import frozen

_SECTIONS = {
    Term("container"): "containers",
    Term("environment"): "environments",
    Term("machine"): "vps",
    Term("network"): "networks",
    Term("tenant"): "tenants",
    Term("zone"): "zones",
}
_HEIRLOOMS = frozenset((key,) for key in ("build", "image", "networks", "port", "resources", "type", "uses", "volumes"))
_LOCAL = frozenset({("internal",), ("publish",), ("routes",)})
NOT_INHERITED = ("title", "publish", "routes", "replicas")
# What makes a container of an environment an addition rather than an overlay of one in the base.
_ADDS = frozenset({"type", "image", "build", "extends"})


@frozen
class Copy:
    """A container, network or volume that a dedicated tenant has to itself, and the one in the file that it copies."""

    name: str
    original: str
    tenant: str


@frozen
class World:
    """One environment's entries after overlays and inheritance, each with the places that its parts came from.

    ``families`` names for each container the one it descends from; ``removed`` are containers that
    the environment takes away, with the place of the ``null``. ``placements`` are the dedicated tenants, each with
    the place that says so; ``copies`` is what they have to themselves, by noun and name, and ``copies_of`` the same of
    containers, by original; ``replaced`` are the containers of which there are only copies: no tenant is pooled.
    """

    name: str
    address: Address
    own: Layer
    items: Mapping[str, Mapping[str, Layer]]
    tenancy: Layer | None
    everything_on: tuple[str, Address] | None
    only_tenants: tuple[tuple[str, Address], ...] | None
    families: Mapping[str, str]
    removed: Mapping[str, Address]
    placements: Mapping[str, Address] = field(default_factory=dict)
    copies: Mapping[str, Mapping[str, Copy]] = field(default_factory=dict)
    copies_of: Mapping[str, tuple[Copy, ...]] = field(default_factory=dict)
    replaced: Mapping[str, Layer] = field(default_factory=dict)

    def copy(self, noun: str, name: str) -> Copy | None:
        """What is known of a copy; None for what the file itself declares."""
        return self.copies.get(noun, {}).get(name)

    def declared(self, noun: str) -> dict[str, Layer]:
        """The items that the file itself declares: no copies, but what they replace."""
        copies = self.copies.get(noun, {})
        own = {name: layer for name, layer in self.items[noun].items() if name not in copies}
        return {**own, **self.replaced} if noun == "containers" else own


def worlds(topology: Topology) -> tuple[dict[str, World], list[Diagnostic]]:
    """Works out every environment; one whose ``extends`` leads nowhere is left out."""
    found: list[Diagnostic] = []
    built: dict[str, World] = {}
    for name in sorted(topology.environments):
        chain = _chain(topology, name, found)
        if chain is not None:
            built[name] = _world(topology, name, chain, found)
    return built, found


def unknown(noun: Term, name: str, known: Mapping[str, Layer], at: Address) -> Diagnostic:
    """Reports a name that no item of the noun has; the nearest one is shown where it stands."""
    close = did_you_mean(name, known)
    if close:
        # The definition may be the misspelt one.
        near = [Label(address=known[close].where.address, part="key", text="near")]
        fix = Suggestion(close)
        return diagnose("KM301", at, also=near, help="suggest", noun=noun, name=name, right=close, suggestion=fix)
    listed = ", ".join(sorted(known))
    help_ = "" if listed else "none"
    return diagnose("KM301", at, help=help_, noun=noun, name=name, known=listed, section=_SECTIONS[noun])


def _chain(topology: Topology, name: str, found: list[Diagnostic]) -> list[EnvironmentLayers] | None:
    """The environments that this one extends, the farthest first, itself last."""
    chain: list[EnvironmentLayers] = []
    names: list[str] = []
    here: str | None = name
    while here is not None:
        layers = topology.environments[here]
        names.append(here)
        chain.append(layers)
        here = layers.own.data.get("extends")
        at = layers.own.where.find(("extends",))
        if here in names:
            # Each member of the cycle would report it; the first by name does.
            if name == min(names[names.index(here) :]):
                found.append(diagnose("KM302", at, cycle=" → ".join([*names[names.index(here) :], here])))
            return None
        if here is not None and here not in topology.environments:
            if len(chain) == 1 and not topology.is_absent("environments", here):
                found.append(
                    unknown(Term("environment"), here, {n: e.own for n, e in topology.environments.items()}, at)
                )
            return None
    return chain[::-1]


def _world(topology: Topology, name: str, chain: list[EnvironmentLayers], found: list[Diagnostic]) -> World:
    own = chain[0].own
    for layers in chain[1:]:
        own = merge(own.without(["title", "extends"]), layers.own)
    items: dict[str, dict[str, Layer]] = {}
    removed: dict[str, Address] = {}
    for noun in topology.items:
        items[noun] = _overlaid(topology, noun, chain, removed if noun == "containers" else {}, found)
    families: dict[str, str] = {}
    items["containers"] = dict(_inherited(topology, items["containers"], removed, families, found))
    return World(
        name=name,
        address=chain[-1].own.where.address,
        own=own,
        items=items,
        tenancy=_tenancy(topology, chain),
        everything_on=next((c.everything_on for c in reversed(chain) if c.everything_on), None),
        only_tenants=next((c.only_tenants for c in reversed(chain) if c.only_tenants is not None), None),
        families=families,
        removed=removed,
    )


def _overlaid(
    topology: Topology,
    noun: str,
    chain: list[EnvironmentLayers],
    removed: dict[str, Address],
    found: list[Diagnostic],
) -> dict[str, Layer]:
    items = dict(topology.items[noun])
    for layers in chain:
        for name, over in layers.overlays.get(noun, {}).items():
            at = layers.own.where.address / noun / name
            if over is None:
                _remove(topology, noun, name, items, removed, at, found)
            elif noun == "vps" and name in topology.items[noun]:
                found.append(diagnose("KM321", at, part="key", name=name))
            elif name in items:
                items[name] = merge(items[name], over)
            elif noun != "containers" or _ADDS & set(over.data) or over.absent or name in removed:
                items[name] = over
            elif not topology.is_absent(noun, name):
                found.append(_overlay_without_base(name, items, at))
    return {name: _unread(layer) if topology.is_absent(noun, name) else layer for name, layer in items.items()}


def _unread(layer: Layer) -> Layer:
    """An item of which a layer could not be read: what is known of it may be otherwise."""
    return replace(layer, absent=layer.absent | _HEIRLOOMS | _LOCAL)


def _remove(
    topology: Topology,
    noun: str,
    name: str,
    items: dict[str, Layer],
    removed: dict[str, Address],
    at: Address,
    found: list[Diagnostic],
) -> None:
    if name in items:
        del items[name]
        removed[name] = at
    elif name not in removed and not topology.is_absent(noun, name):
        found.append(_overlay_without_base(name, items, at))


def _overlay_without_base(name: str, items: Mapping[str, Layer], at: Address) -> Diagnostic:
    close = did_you_mean(name, items)
    near = [Label(address=items[close].where.address, part="key", text="near")] if close else []
    help_, fix = ("suggest", Suggestion(close)) if close else ("", None)
    return diagnose("KM303", at, part="key", also=near, help=help_, suggestion=fix, name=name, right=close or "")


def _tenancy(topology: Topology, chain: list[EnvironmentLayers]) -> Layer | None:
    tenancy = topology.tenancy
    for layers in chain:
        if layers.tenancy is not None:
            tenancy = merge(tenancy, layers.tenancy) if tenancy else layers.tenancy
    return tenancy


def _inherited(
    topology: Topology,
    containers: Mapping[str, Layer],
    removed: Mapping[str, Address],
    families: dict[str, str],
    found: list[Diagnostic],
) -> Iterator[tuple[str, Layer]]:
    defaults = topology.defaults.get("containers")
    for name in sorted(containers):
        line = _ancestry(topology, name, containers, removed, found)
        families[name] = line[-1]
        layer = _known_part(containers[line[-1]])
        for heir in line[-2::-1]:
            layer = merge(_placed(layer.without(NOT_INHERITED), containers[heir]), containers[heir])
        layer = _without_calls_to_itself(name, layer, containers[name])
        yield name, merge(_placed(defaults, layer), layer) if defaults else layer


def _known_part(eldest: Layer) -> Layer:
    """The eldest of a line; where its own ``extends`` leads nowhere, all that it could have inherited is absent."""
    if eldest.data.get("extends") is None:
        return eldest
    return Layer(eldest.data, eldest.where, eldest.absent | _HEIRLOOMS)


def _placed(below: Layer, item: Layer) -> Layer:
    """What lies under an item as a layer of the item itself: parts found there keep their own place."""
    parts: dict[Step, Where] = {key: below.where.child(key) for key in below.data}
    return Layer(below.data, Where(item.where.address, parts), below.absent)


def _ancestry(
    topology: Topology,
    name: str,
    containers: Mapping[str, Layer],
    removed: Mapping[str, Address],
    found: list[Diagnostic],
) -> list[str]:
    """The container and those it descends from, nearest first; a broken ``extends`` ends the line."""
    line = [name]
    while True:
        layer = containers[line[-1]]
        parent = layer.data.get("extends")
        if parent is None:
            return line
        at = layer.where.find(("extends",))
        if parent in line:
            if name == min(line[line.index(parent) :]):
                found.append(diagnose("KM302", at, cycle=" → ".join([*line[line.index(parent) :], parent])))
            return line
        if parent not in containers:
            if len(line) == 1 and not topology.is_absent("containers", parent):
                found.append(_no_parent(parent, containers, removed, at))
            return line
        line.append(parent)


def _no_parent(parent: str, containers: Mapping[str, Layer], removed: Mapping[str, Address], at: Address) -> Diagnostic:
    if parent in removed:
        also = [Label(address=at, text="needed")]
        return diagnose("KM308", removed[parent], help="extends", also=also, name=parent, by=at.parent.name)
    return unknown(Term("container"), parent, containers, at)


def _without_calls_to_itself(name: str, layer: Layer, own: Layer) -> Layer:
    calls = layer.data.get("uses")
    if isinstance(calls, Mapping) and name in calls and name not in (own.data.get("uses") or {}):
        data = {**layer.data, "uses": {k: v for k, v in calls.items() if k != name}}
        return Layer(data, layer.where, layer.absent)
    return layer
