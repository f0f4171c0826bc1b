"""Zones, tenants and hosts of one environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Term, diagnose
from kmtopo.model.layered import Layer, settled
from kmtopo.model.names import TENANT, domain_pattern
from kmtopo.model.tenant import LimitsEntry, TenancyEntry, TenantEntry, ZoneEntry
from kmtopo.model.topology import Topology
from kmtopo.records import validated
from kmtopo.resolve.companies import Limits, Store, Tenancy, Tenant, Zone
from kmtopo.resolve.deployment import Host
from kmtopo.resolve.world import World, unknown
from kmtopo.types.stores import StoreKind
from kmtopo.values import frozen


@frozen
class Pattern:
    """Hosts with ``{tenant}`` in them, and where they are written."""

    hosts: tuple[str, ...]
    origin: Address


def zones(world: World) -> dict[str, Zone]:
    """Resolves the zones, sorted by name."""
    resolved = {}
    for name, layer in sorted(world.items["zones"].items()):
        entry = validated(ZoneEntry, settled(layer.data))
        resolved[name] = Zone(name, layer.where.address, entry.title or name, entry.city)
    return resolved


def tenancy(world: World, topology: Topology, found: list[Diagnostic]) -> Tenancy | None:
    """Resolves how tenants are separated; a store that does not run here is passed over."""
    if world.tenancy is None:
        return None
    entry = validated(TenancyEntry, settled(world.tenancy.data))
    declared = world.declared("containers")
    stores: list[Store] = []
    for name, kind in sorted((entry.stores or {}).items()):
        origin = world.tenancy.where.find(("stores", name))
        if name in declared and kind:
            stores += _stores(world, name, kind, origin)
        elif name not in world.removed and not topology.is_absent("containers", name):
            found.append(unknown(Term("container"), name, declared, origin))
    return Tenancy(entry.flavor or "custom", tuple(stores), entry.connections or 10, entry.provisioning or "kmtopo")


def _stores(world: World, name: str, kind: StoreKind, origin: Address) -> Iterator[Store]:
    """The store itself, unless there are only copies of it, and the copies that dedicated tenants have."""
    if name not in world.replaced:
        yield Store(name, kind, origin)
    yield from (Store(copy.name, kind, origin, copy.tenant) for copy in world.copies_of.get(name, ()))


def tenants(world: World, topology: Topology, found: list[Diagnostic]) -> dict[str, Tenant]:
    """Resolves the environment's tenants, sorted by name."""
    pattern, wins = _pattern(world)
    if pattern is None and _is_pattern_unread(world, topology):
        pattern = Pattern((), world.address)
    known_zones = world.items["zones"]
    resolved = {}
    _check_chosen(world, topology, found)
    for name, layer in sorted(chosen(world).items()):
        # Read already where no environment lays anything over it; with thousands of tenants that counts.
        entry = layer.read if isinstance(layer.read, TenantEntry) else validated(TenantEntry, settled(layer.data))
        if entry.zone and entry.zone not in known_zones and not topology.is_absent("zones", entry.zone):
            found.append(unknown(Term("zone"), entry.zone, known_zones, layer.where.find(("zone",))))
        hosts = _hosts(name, entry, layer, pattern, wins, found)
        resolved[name] = _tenant(name, entry, layer, hosts, world.placements.get(name))
    return resolved


def _tenant(name: str, entry: TenantEntry, layer: Layer, hosts: Pattern, placement: Address | None) -> Tenant:
    return Tenant(
        name=name,
        address=layer.where.address,
        identifier=name.replace("-", "_"),
        title=entry.title or name,
        zone=entry.zone,
        branches=tuple(entry.branches or ()),
        hosts=hosts.hosts,
        host_origin=hosts.origin,
        dedicated=placement is not None,
        central=bool(entry.central),
        reads_all=entry.reads == "all",
        limits=_limits(entry.limits),
        placement=placement,
    )


def _limits(entry: LimitsEntry | None) -> Limits:
    return Limits(entry.rate, entry.body, entry.connections) if entry else Limits()


def chosen(world: World) -> dict[str, Layer]:
    """The entries of the environment's tenants, by name: all, or those that it lists."""
    items = world.items["tenants"]
    if world.only_tenants is None:
        return dict(items)
    return {name: items[name] for name, _ in world.only_tenants if name in items}


def _check_chosen(world: World, topology: Topology, found: list[Diagnostic]) -> None:
    items = world.items["tenants"]
    for name, at in dict(world.only_tenants or ()).items():
        if name not in items and not topology.is_absent("tenants", name):
            found.append(unknown(Term("tenant"), name, items, at))


def _pattern(world: World) -> tuple[Pattern | None, bool]:
    """The pattern of hosts, and whether it wins over a tenant's own: an environment's does."""
    own = world.own.data.get("domain")
    if own:
        return _placed(world.own), True
    if world.tenancy is not None and world.tenancy.data.get("domain"):
        return _placed(world.tenancy), False
    return None, False


def _is_pattern_unread(world: World, topology: Topology) -> bool:
    said = world.tenancy.absent_keys() if world.tenancy else frozenset()
    return topology.is_absent("tenancy") or "domain" in said | world.own.absent_keys()


def covering(world: World) -> str | None:
    """One name that covers the hosts of all tenants, such as ``*.kmmotos.hn``; None where no pattern does."""
    pattern, _ = _pattern(world)
    first = pattern.hosts[0] if pattern else ""
    return f"*{first.removeprefix(TENANT)}" if first.startswith(f"{TENANT}.") else None


def _placed(layer: Layer) -> Pattern:
    hosts = tuple(domain_pattern(d) for d in layer.data["domain"])
    return Pattern(hosts, layer.where.find(("domain",)))


def _hosts(
    name: str,
    entry: TenantEntry,
    layer: Layer,
    pattern: Pattern | None,
    wins: bool,
    found: list[Diagnostic],
) -> Pattern:
    if entry.domain and not wins:
        return Pattern(tuple(entry.domain), layer.where.find(("domain",)))
    if pattern is not None:
        return Pattern(tuple(h.replace(TENANT, name) for h in pattern.hosts), pattern.origin)
    if not layer.absent_keys() & {"domain"}:
        found.append(diagnose("KM313", layer.where.address, part="key", name=name))
    return Pattern((), layer.where.address)


def hosts(
    world: World, resolved: Mapping[str, Tenant], topology: Topology, found: list[Diagnostic]
) -> tuple[Host, ...]:
    """All public names of the environment, sorted: the tenants', the sites', or the one application's."""
    named = [Host(h, t.host_origin, tenant=t.name) for t in resolved.values() for h in t.hosts]
    if not resolved:
        sites = list(_sites(world))
        named += (host for host in sites if TENANT not in host.name)
        if not any("tenants" in (path[0], path[-1]) for path in topology.absent):
            found += (_tenantless(host, world) for host in sites if TENANT in host.name)
    return tuple(sorted(named, key=lambda h: (h.name, h.tenant or "", h.site or "")))


def _tenantless(host: Host, world: World) -> Diagnostic:
    return diagnose("KM313", host.origin, help="tenantless", name=host.name, environment=world.name)


def _sites(world: World) -> Iterator[Host]:
    for index, name in enumerate(world.own.data.get("domain") or ()):
        yield Host(domain_pattern(name), world.own.where.find(("domain", index)))
    for site, names in (world.own.data.get("sites") or {}).items():
        for index, name in enumerate(names or ()):
            yield Host(domain_pattern(name), world.own.where.find(("sites", site, index)), site=site)
