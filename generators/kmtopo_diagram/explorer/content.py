"""What the explorer knows of an environment: its things with their facts, the calls, what holds what, what fails with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from unicodedata import combining, normalize

from kmtopo.plugin import Address, Container, Deployment, Graph, Network, Places, Tenant, Vps, answers
from kmtopo_diagram.explorer.words import FACTS
from kmtopo_diagram.subject.protocols import protocol
from kmtopo_diagram.subject.quantities import decimal, price, size
from kmtopo_diagram.subject.tiers import is_public
from kmtopo_diagram.subject.words import Words, words_for

_INTERNET = "containers.internet"  # as every picture calls it
_MOST_SCENARIOS = 200  # beyond, only single points of failure: each is worked out by itself

Fact = tuple[str, str]


def environment_of(graph: Graph, places: Places) -> dict[str, Any]:
    """Returns everything about one environment, ready for JSON; an id is ``containers.backend``.

    What a thing holds, and what a scenario does, are lists of ids that are often the same: each stands once in ``lists``,
    elsewhere is its number.
    """
    lists: dict[tuple[str, ...], int] = {}

    def number(ids: Sequence[str]) -> int:
        return lists.setdefault(tuple(ids), len(lists))

    held = {id_: number(ids) for id_, ids in _holds(graph).items()}
    scenarios = {id_: {name: number(ids) for name, ids in told.items()} for id_, told in _scenarios(graph)}
    return {
        "title": graph.deployment.environment.title,
        "counts": _counts(graph.deployment),
        "things": dict(_things(graph, places)),
        "calls": list(_calls(graph)),
        "holds": held,
        "scenarios": scenarios,
        "copies": {ids[0]: number(ids) for ids in _copies(graph.deployment)},
        "lists": list(lists),
    }


def _counts(deployment: Deployment) -> str:
    words = words_for(deployment.project.locale)
    nouns = ((words.container, deployment.containers), (words.tenant, deployment.tenants))
    return ", ".join(noun.counted(len(things)) for noun, things in nouns if things)


def _things(graph: Graph, places: Places) -> Iterator[tuple[str, dict[str, Any]]]:
    deployment = graph.deployment
    if _doors(deployment):
        yield _INTERNET, _of_internet(words_for(deployment.project.locale))
    words, names = words_for(deployment.project.locale), FACTS[deployment.project.locale]
    for vps in deployment.vps.values():
        yield f"vps.{vps.name}", _thing("vps", vps.title, "", vps.address, _of_vps(vps, words), names, places)
    for network in deployment.networks.values():
        says = names["internal" if network.internal else "open"]
        about = " · ".join(filter(None, [network.purpose, says]))
        facts = _of_network(network)
        yield f"networks.{network.name}", _thing("network", network.title, about, network.address, facts, names, places)
    for container in deployment.containers.values():
        kind = "external" if container.is_external else "container"
        about = " · ".join(filter(None, [container.kind, container.purpose, names["once"] if container.once else ""]))
        facts = _of_container(container, deployment, words)
        told = _thing(kind, container.title, about, container.address, facts, names, places)
        if container.tenant:  # a copy's address is its original's
            told["search"] += f" {_plain(container.name)}"
        yield f"containers.{container.name}", told | {"note": container.kind, "owner": _owner(container, deployment)}
    for zone in deployment.zones.values():
        facts = [("city", zone.city or "")]
        yield f"zones.{zone.name}", _thing("zone", zone.title, "", zone.address, facts, names, places)
    for tenant in deployment.tenants.values():
        about = names["central"] if tenant.central else ""
        facts = _of_tenant(tenant, deployment, names)
        yield f"tenants.{tenant.name}", _thing("tenant", tenant.title, about, tenant.address, facts, names, places)


def _owner(container: Container, deployment: Deployment) -> str:
    """Whose copy it is, "" of what nobody has to himself."""
    tenant = deployment.tenants.get(container.tenant or "")
    return tenant.title if tenant else ""


def _copies(deployment: Deployment) -> Iterator[list[str]]:
    """What is drawn once for all dedicated tenants: the one that is drawn before the others."""
    things = [("containers", c.tenant, c.original, c.name) for c in deployment.containers.values()]
    things += [("networks", n.tenant, str(n.address), n.name) for n in deployment.networks.values()]
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for noun, tenant, original, name in things:
        if tenant:
            found.setdefault((noun, original), []).append((tenant, f"{noun}.{name}"))
    drawn = min((copy[0] for copies in found.values() for copy in copies), default="")
    for copies in map(sorted, found.values()):
        if copies[0][0] == drawn and len(copies) > 1:
            yield [id_ for _, id_ in copies]


def _doors(deployment: Deployment) -> list[Container]:
    """Whoever the Internet calls; nobody where a container has its name in the pictures."""
    containers = deployment.containers
    return [] if _INTERNET.removeprefix("containers.") in containers else list(filter(is_public, containers.values()))


def _of_internet(words: Words) -> dict[str, Any]:
    return {
        "kind": "entrance",
        "title": words.internet,
        "says": "",
        "facts": [],
        "at": "",
        "search": _plain(words.internet),
        "note": "",
    }


def _thing(
    kind: str,
    title: str,
    says: str,
    at: Address,
    facts: list[Fact],
    names: Mapping[str, str],
    places: Places,
) -> dict[str, Any]:
    told = [(names[name], value) for name, value in facts if value]
    found = " ".join([title, says, str(at), *(value for _, value in told)])
    return {"kind": kind, "title": title, "says": says, "facts": told, "at": places(at), "search": _plain(found)}


def _plain(text: str) -> str:
    """As one types what one looks for: small letters without accents."""
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter)).lower()


def _of_vps(vps: Vps, words: Words) -> list[Fact]:
    capacity = vps.capacity
    return [
        ("address", vps.public_ip or ""),
        ("private_address", vps.private_ip or ""),
        ("os", vps.os or ""),
        ("engine", vps.engine or ""),
        ("cpu", decimal(capacity.cpu, words) if capacity.cpu else ""),
        ("memory", size(capacity.memory, words) if capacity.memory else ""),
        ("disk", size(capacity.disk, words) if capacity.disk else ""),
        ("cost", price(vps.cost, words) if vps.cost else ""),
    ]


def _of_network(network: Network) -> list[Fact]:
    return [("subnet", network.subnet)]


def _of_container(container: Container, deployment: Deployment, words: Words) -> list[Fact]:
    port = container.port
    volumes = [f"{m.volume} ({size(m.size, words)})" if m.size else m.volume for m in container.mounts if m.volume]
    networks = [deployment.networks[name].title for name in container.networks if name in deployment.networks]
    published = [f"{p.host_ip}:{p.host_port}" for p in container.publications]
    return [
        ("image", container.image or ""),
        ("host", container.host),
        ("port", f"{port.number} {protocol(container)}" if port else ""),
        ("published", ", ".join(published)),
        ("cpu", decimal(container.cpu, words) if container.cpu is not None else ""),
        ("memory", size(container.memory, words) if container.memory is not None else ""),
        ("replicas", str(container.replicas) if container.replicas > 1 else ""),
        ("volumes", ", ".join(volumes)),
        ("networks", ", ".join(networks)),
        ("tenant", _owner(container, deployment)),
        ("vps", deployment.vps[container.vps].title if container.vps in deployment.vps else ""),
    ]


def _of_tenant(tenant: Tenant, deployment: Deployment, names: Mapping[str, str]) -> list[Fact]:
    zone = deployment.zones.get(tenant.zone or "")
    return [
        ("zone", zone.title if zone else ""),
        ("branches", ", ".join(tenant.branches)),
        ("hosts", ", ".join(tenant.hosts)),
        ("placement", names["dedicated" if tenant.dedicated else "pooled"]),
    ]


def _calls(graph: Graph) -> Iterator[dict[str, Any]]:
    """One entry for all calls of a pair: optional only where each of them is. Visitors call by published ports."""
    for door in _doors(graph.deployment):
        ports = ", ".join(str(p.host_port) for p in door.publications if not p.is_loopback)
        yield {"source": _INTERNET, "target": f"containers.{door.name}", "note": ports, "optional": False}
    pairs: dict[tuple[str, str], bool] = {}
    for edge in graph.calls():
        ends = str(edge.source), str(edge.target)
        pairs[ends] = pairs.get(ends, True) and edge.optional
    for (source, target), optional in pairs.items():
        server = graph.deployment.containers[target.removeprefix("containers.")]
        note = f"{protocol(server)} {server.port.number}" if server.port else ""
        yield {"source": source, "target": target, "note": note, "optional": optional}


def _holds(graph: Graph) -> dict[str, list[str]]:
    """Who is on a machine or a network, who serves a tenant, who lies in a zone."""
    deployment = graph.deployment
    held = {f"vps.{name}": [f"containers.{c.name}" for c in deployment.containers_on(name)] for name in deployment.vps}
    held |= {f"networks.{name}": [f"containers.{c}" for c in members] for name, members in graph.members.items()}
    by_tenant: dict[str | None, list[Container]] = {}
    for container in deployment.containers.values():
        by_tenant.setdefault(container.tenant, []).append(container)
    for tenant in deployment.tenants.values():
        own = by_tenant.get(tenant.name, [])
        copied = {container.address for container in own}
        shared = [container for container in by_tenant.get(None, []) if container.address not in copied]
        held[f"tenants.{tenant.name}"] = [f"containers.{name}" for name in sorted(c.name for c in own + shared)]
        if tenant.zone:
            held.setdefault(f"zones.{tenant.zone}", []).append(f"tenants.{tenant.name}")
    return held


def _scenarios(graph: Graph) -> Iterator[tuple[str, dict[str, list[str]]]]:
    asked, deployment = answers(graph), graph.deployment
    machines = [f"vps.{name}" for name in deployment.vps if deployment.containers_on(name)]
    containers = list(deployment.containers)
    if len(containers) > _MOST_SCENARIOS:
        containers = [point.name for point in asked.weak_points()]
    for id_ in chain(machines, (f"containers.{name}" for name in containers)):
        found = asked.impact(id_)
        yield (
            id_,
            {
                "down": [f"containers.{name}" for name in found.down],
                "degraded": [f"containers.{name}" for name in found.degraded],
                "cut_off": [f"containers.{name}" for name in found.cut_off],
                "tenants_down": [f"tenants.{name}" for name in found.tenants_down],
                "tenants_degraded": [f"tenants.{name}" for name in found.tenants_degraded],
            },
        )
