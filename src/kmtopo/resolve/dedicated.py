"""Dedicated tenants: a world in which each has copies of its own, on networks that nobody else's copies join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, Term, diagnose
from kmtopo.model.layered import Layer
from kmtopo.model.topology import Topology
from kmtopo.resolve.copies import attached, copied, derived, joined
from kmtopo.resolve.machines import declared_networks
from kmtopo.resolve.tenants import chosen
from kmtopo.resolve.world import Copy, World, unknown
from kmtopo.types.generic import EXTERNAL

_NOUNS = ("containers", "networks", "volumes")


def dedicate(world: World, topology: Topology, found: list[Diagnostic]) -> World:
    """Gives every dedicated tenant its copies; a world without one stays as it is."""
    tenants = chosen(world)
    placements = dict(_placements(world, tenants))
    if not placements:
        return world
    plain = _on_named_networks(world)
    originals = tuple(sorted(_originals(plain, topology, found)))
    if not originals:
        at = next(iter(placements.values()))
        if not topology.is_absent("tenancy") and not topology.is_absent("containers"):
            found.append(diagnose("KM331", at, tenant=next(iter(placements))))
        return replace(world, placements=placements)
    is_pooled = len(placements) < len(tenants)
    _check_shared_callers(plain, originals, is_pooled, topology, found)
    _check_split_volumes(plain, originals, next(iter(placements)), found)
    return _Copying(plain, tenants, placements, originals, found).world(is_pooled)


def _placements(world: World, tenants: Mapping[str, Layer]) -> Iterator[tuple[str, Address]]:
    """The dedicated tenants by name, each with the place that says so: its own, or the tenancy's for all."""
    usual = world.tenancy.data.get("placement") if world.tenancy else None
    for name, layer in sorted(tenants.items()):
        own = layer.data.get("placement")
        if own == "dedicated":
            yield name, layer.where.find(("placement",))
        elif own is None and usual == "dedicated" and world.tenancy:
            yield name, world.tenancy.where.find(("placement",))


def _is_external(layer: Layer) -> bool:
    """Whether others run it, somewhere."""
    return layer.data.get("type") == EXTERNAL.name


def _on_named_networks(world: World) -> World:
    """The world with every container's networks written out: where there is one, nobody needs to name it."""
    networks = declared_networks(world)
    if len(networks) != 1:
        return world
    (only,) = networks
    containers = {
        name: layer if "networks" in layer.absent_keys() or _is_external(layer) else attached(layer, only)
        for name, layer in world.items["containers"].items()
    }
    return replace(world, items={**world.items, "networks": networks, "containers": containers})


def _originals(world: World, topology: Topology, found: list[Diagnostic]) -> Iterator[str]:
    """The containers of which a dedicated tenant gets copies: whatever calls the tenants' stores, and what is named."""
    data = world.tenancy.data if world.tenancy else {}
    stores = {name for name, kind in (data.get("stores") or {}).items() if kind}
    containers = world.items["containers"]
    yield from (name for name, layer in containers.items() if stores & set(_calls(layer)))
    for index, name in enumerate(data.get("dedicates") or ()):
        at = world.tenancy.where.find(("dedicates", index)) if world.tenancy else Address()
        if name in containers:
            if not _has_partners(name, containers):
                found.append(diagnose("KM331", at, help="idle", name=name))
            yield name
        elif name not in world.removed and not topology.is_absent("containers", name):
            found.append(unknown(Term("container"), name, containers, at))


def _has_partners(name: str, containers: Mapping[str, Layer]) -> bool:
    """Whether a container calls somebody, or is called: a copy of another would do nothing for its tenant."""
    layer = containers[name]
    called = (name in {*_calls(other), *_targets(other)} for other in containers.values())
    return bool({*_calls(layer), *_targets(layer)}) or bool(layer.absent) or any(called)


def _calls(layer: Layer) -> Iterator[str]:
    return (name for name, call in (layer.data.get("uses") or {}).items() if call is not None)


def _targets(layer: Layer) -> Iterator[str]:
    return (str(way["to"]) for way in (layer.data.get("routes") or {}).values() if way and way.get("to"))


def _check_shared_callers(
    world: World, originals: Iterable[str], is_pooled: bool, topology: Topology, found: list[Diagnostic]
) -> None:
    """A container that all tenants share cannot know whose copy to call: it reaches the pooled one, if there is any."""
    own = frozenset(originals)
    for name, layer in sorted(world.items["containers"].items()):
        for callee in () if name in own else sorted(own & set(_calls(layer))):
            at = layer.where.find(("uses", callee))
            optional = bool(layer.data["uses"][callee].get("optional"))
            if is_pooled:
                found.append(diagnose("KM332", at, part="key", name=name, callee=callee))
            elif not optional and not topology.is_absent("containers", callee):
                found.append(diagnose("KM333", at, part="key", name=name, callee=callee))


def _check_split_volumes(world: World, originals: Iterable[str], tenant: str, found: list[Diagnostic]) -> None:
    """A tenant's copies mount a volume of their own: whoever is shared sees the one of the pooled tenants alone."""
    own = frozenset(originals)
    containers = world.items["containers"]
    owners = {volume: name for name in sorted(own, reverse=True) for volume in _volumes([containers[name]])}
    for name, layer in sorted(containers.items()):
        for volume in () if name in own else sorted(owners.keys() & _volumes([layer])):
            at, original = layer.where.find(("volumes", volume)), owners[volume]
            also = [Label(address=containers[original].where.find(("volumes", volume)), part="key", text="copied")]
            told: dict[str, Any] = {"volume": volume, "original": original, "copy": derived(volume, tenant)}
            found.append(diagnose("KM334", at, part="key", also=also, name=name, tenant=tenant, **told))


class _Copying:
    """Makes the copies of one world."""

    def __init__(
        self,
        world: World,
        tenants: Mapping[str, Layer],
        placements: Mapping[str, Address],
        originals: tuple[str, ...],
        found: list[Diagnostic],
    ) -> None:
        self._world, self._tenants, self._placements, self._found = world, tenants, placements, found
        self._originals = originals
        self._containers = world.items["containers"]
        self._segments = {name: _networks(self._containers[name]) for name in originals}
        self._copies: dict[str, dict[str, Copy]] = {noun: {} for noun in _NOUNS}

    def world(self, is_pooled: bool) -> World:
        """The world with copies; where no tenant is pooled, without the originals."""
        networks = {network for segments in self._segments.values() for network in segments}
        networks &= self._world.items["networks"].keys()
        self._name("containers", self._originals, self._containers)
        self._name("networks", networks, self._world.items["networks"])
        self._name("volumes", _volumes(self._containers[n] for n in self._originals), self._volumes_of_others())
        copies_of: dict[str, list[Copy]] = {}
        for copy in self._copies["containers"].values():
            copies_of.setdefault(copy.original, []).append(copy)
        gone = {} if is_pooled else {name: self._containers[name] for name in self._originals}
        items = {
            **self._world.items,
            "networks": {**self._world.items["networks"], **self._new_networks()},
            "containers": {**self._kept(networks, gone), **self._new_containers()},
        }
        return replace(
            self._world,
            items=items,
            families=self._families(items["containers"]),
            placements=self._placements,
            copies=self._copies,
            copies_of={name: tuple(copies) for name, copies in copies_of.items()},
            replaced=gone,
        )

    def _name(self, noun: str, originals: Iterable[str], taken: Mapping[str, Layer]) -> None:
        """Names a noun's copies, by tenant and original; a name that is taken already is reported and left out."""
        names = sorted(originals)
        made = self._copies[noun]
        for tenant in self._placements:
            for original in names:
                copy = Copy(derived(original, tenant), original, tenant)
                if copy.name in taken or copy.name in made:
                    self._found.append(self._is_taken(noun, copy, taken.get(copy.name)))
                else:
                    made[copy.name] = copy

    def _is_taken(self, noun: str, copy: Copy, rival: Layer | None) -> Diagnostic:
        other = self._copies[noun].get(copy.name)
        at = rival.where.address if rival else self._tenants[other.tenant].where.address if other else Address()
        also = [Label(address=at, part="key", text="declared" if rival else "tenant")]
        tenant = self._tenants[copy.tenant].where.address
        own = copy.tenant
        return diagnose("KM330", tenant, part="key", also=also, name=copy.name, original=copy.original, tenant=own)

    def _volumes_of_others(self) -> dict[str, Layer]:
        """The volumes that the file itself names, each with an entry that says so."""
        return {name: layer for layer in self._containers.values() for name in _volumes([layer])}

    def _new_networks(self) -> dict[str, Layer]:
        # Two networks cannot have one subnet: each copy's is allocated.
        bare = {name: layer.without(["subnet"]) for name, layer in self._world.items["networks"].items()}
        return {copy.name: bare[copy.original] for copy in self._copies["networks"].values()}

    def _new_containers(self) -> dict[str, Layer]:
        own = frozenset(self._originals)
        return {
            copy.name: copied(self._containers[copy.original], copy.tenant, own, self._tenants[copy.tenant])
            for copy in self._copies["containers"].values()
        }

    def _kept(self, networks: Iterable[str], gone: Mapping[str, Layer]) -> dict[str, Layer]:
        """What tenants share, on the networks of those whose copies it works for."""
        more: dict[str, list[str]] = {name: [] for name in networks}
        for copy in self._copies["networks"].values():
            more[copy.original].append(copy.name)
        partners = self._partners()
        kept = {}
        for name, layer in self._containers.items():
            if name not in gone:
                near = {n for other in partners.get(name, ()) for n in self._segments[other]}
                further = {network: more[network] for network in near & more.keys()}
                kept[name] = joined(layer, further) if further and layer.data.get("networks") else layer
        return kept

    def _partners(self) -> dict[str, set[str]]:
        """For each container that tenants share, the originals that it routes to or that call it."""
        partners: dict[str, set[str]] = {}
        own = frozenset(self._originals)
        for name in own:
            for callee in _calls(self._containers[name]):
                partners.setdefault(callee, set()).add(name)
        for name, layer in self._containers.items():
            partners.setdefault(name, set()).update(own & set(_targets(layer)))
        return {name: others for name, others in partners.items() if name not in own}

    def _families(self, containers: Mapping[str, Layer]) -> dict[str, str]:
        """What descends from what: copies from their tenant's copy, and where the eldest is none, from the first that is."""
        eldest = self._world.families
        first: dict[tuple[str, str], str] = {}
        families = {}
        for name in sorted(containers):
            copy = self._copies["containers"].get(name)
            own, tenant = (copy.original, copy.tenant) if copy else (name, "")
            line = eldest.get(own, own)
            head = derived(line, tenant) if tenant else line
            families[name] = head if head in containers else first.setdefault((line, tenant), name)
        return families


def _networks(layer: Layer) -> tuple[str, ...]:
    return tuple(layer.data.get("networks") or ())


def _volumes(layers: Iterable[Layer]) -> set[str]:
    entries = [entry for layer in layers for entry in (layer.data.get("volumes") or {}).items()]
    return {name for name, volume in entries if not (volume and volume.get("bind"))}
