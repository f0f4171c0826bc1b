"""Graph -> Picture: everything that the tenants' view says, in the topology's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtopo.plugin import Deployment, Graph, Tenant
from kmtopo_diagram.subject.dedicated import folded
from kmtopo_diagram.subject.tiers import entries, network_order
from kmtopo_diagram.subject.words import Words, words_for
from kmtopo_diagram.tenants.picture import Block, Column, Picture, Row
from kmtopo_diagram.tenants.stores import Shelf, column, shelves, space
from kmtopo_diagram.tenants.words import TenantWords, tenant_words


def read(graph: Graph) -> Picture:
    """Returns the tenants' view of a graph, with every tenant in it."""
    deployment, locale = graph.deployment, graph.deployment.project.locale
    words, own = words_for(locale), tenant_words(locale)
    # Networks have the places, and so the colours, that they have in the deployment view.
    order = {name: place for place, name in enumerate(network_order(folded(graph, words)))}
    racks = shelves(graph)
    columns = tuple(column(shelf, deployment, order, own) for shelf in racks)
    blocks = tuple(_blocks(deployment, racks, words, own))
    door = next(iter(entries(graph)), None)
    named = {door.home} if door and any(tenant.hosts for tenant in deployment.tenants.values()) else set()
    return Picture(
        words=words,
        own_words=own,
        name=f"tenants-{deployment.environment.name}",
        project=deployment.project.title,
        title=f"{own.view} · {deployment.environment.title}",
        subtitle=_subtitle(deployment, words, own),
        description=described(blocks, columns, words, own),
        has_zones=any(block.name for block in blocks),
        blocks=blocks,
        columns=columns,
        networks=tuple(
            (place, deployment.networks[name].title)
            for name, place in order.items()
            if name in named or place in {each.index for each in columns}
        ),
        door=door.title if door else "",
        door_index=order.get(door.home) if door else None,
        encrypted=deployment.tls.is_ours or deployment.tls.mode == "external",
    )


def _blocks(deployment: Deployment, racks: Sequence[Shelf], words: Words, own: TenantWords) -> Iterator[Block]:
    """The zones by name, the central tenant's first, and last whoever lies in none."""
    by_zone: dict[str, list[Tenant]] = {}
    for tenant in sorted(deployment.tenants.values(), key=lambda tenant: (not tenant.central, tenant.name)):
        by_zone.setdefault(tenant.zone or "", []).append(tenant)
    heads = {name: tenants[0].central for name, tenants in by_zone.items()}
    for name in sorted(by_zone, key=lambda name: (not name, not heads[name], name)):
        zone = deployment.zones.get(name)
        rows = tuple(_row(tenant, deployment, racks, words, own) for tenant in by_zone[name])
        yield Block(name, zone.title if zone else own.without_zone, (zone.city if zone else "") or "", rows)


def _row(tenant: Tenant, deployment: Deployment, racks: Sequence[Shelf], words: Words, own: TenantWords) -> Row:
    return Row(
        name=tenant.name,
        title=tenant.title,
        detail=_detail(tenant, deployment, own),
        central=tenant.central,
        dedicated=tenant.dedicated,
        reads=tenant.reads_all,
        hosts=tenant.hosts,
        spaces=tuple(space(shelf, tenant, deployment, own) for shelf in racks),
        tip=_tip(tenant, words, own),
    )


def _detail(tenant: Tenant, deployment: Deployment, words: TenantWords) -> str:
    """What stands under a tenant's name, the most telling first."""
    copies = sum(container.tenant == tenant.name for container in deployment.containers.values())
    facts = [
        words.reads_all if tenant.reads_all else words.is_central if tenant.central else "",
        words.own_container.counted(copies) if copies else words.is_dedicated if tenant.dedicated else "",
        words.branch.counted(len(tenant.branches)) if tenant.branches else "",
    ]
    return " · ".join(filter(None, facts))


def _tip(tenant: Tenant, words: Words, own: TenantWords) -> str:
    facts = [
        tenant.title,
        own.is_central if tenant.central else "",
        own.is_dedicated if tenant.dedicated else "",
        words.listed(tenant.branches),
    ]
    return " · ".join(filter(None, facts))


def _subtitle(deployment: Deployment, words: Words, own: TenantWords) -> str:
    tenants = list(deployment.tenants.values())
    zones = {tenant.zone for tenant in tenants if tenant.zone}
    central, dedicated = sum(t.central for t in tenants), sum(t.dedicated for t in tenants)
    counts = [
        (words.dedicated if dedicated == len(tenants) else words.tenant).counted(len(tenants)),
        words.zone.counted(len(zones)) if zones else "",
        own.central.counted(central) if central else "",
        words.dedicated.counted(dedicated) if 0 < dedicated < len(tenants) else "",
    ]
    return f"{deployment.project.title} — {', '.join(filter(None, counts))}"


def described(blocks: Sequence[Block], columns: Sequence[Column], words: Words, own: TenantWords) -> str:
    """Says the picture in sentences, for whoever cannot see it."""
    return " ".join(_said(blocks, columns, words, own))


def _said(blocks: Sequence[Block], columns: Sequence[Column], words: Words, own: TenantWords) -> Iterator[str]:
    for block in blocks:
        if block.name:
            zone = " · ".join(filter(None, [block.title, block.city]))
            yield own.says_zone.format(zone=zone, tenants=words.listed([row.title for row in block.rows]))
    rows = [row for block in blocks for row in block.rows]
    for row in rows if columns else ():
        places = zip(columns, row.spaces, strict=True)
        spaces = [f"{each.title} {mine.name or own.unnamed}" for each, mine in places if mine is not None]
        if spaces:
            who = f"{row.title} ({words.listed(row.hosts)})" if row.hosts else row.title
            yield own.says_tenant.format(tenant=who, spaces=words.listed(spaces))
    for place, each in enumerate(columns):
        if each.common and any(row.spaces[place] is None for row in rows):
            yield own.says_common.format(store=each.title, name=each.common)
    yield from (own.says_reads.format(reader=row.title) for row in rows if row.reads)
