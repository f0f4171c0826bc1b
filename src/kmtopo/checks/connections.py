"""Rules about who can reach whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from kmtopo.addresses import Address
from kmtopo.checks.denials import breaks
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.cycles import call_cycles
from kmtopo.graph.graph import Edge, Graph, Relation
from kmtopo.resolve.deployment import Container
from kmtopo.resolve.machines import DEFAULT_NETWORK
from kmtopo.rule import Environments

SHOWN_PAIRS = 8


def unreachable_calls(environments: Environments) -> Iterator[Diagnostic]:
    """A declared call needs a network that both share; a job that is only waited for does not."""
    for _, graph in sorted(environments.graphs.items()):
        containers = graph.deployment.containers
        # What a line says is told once, however many copies have it from there: the way out takes time to find.
        for edge in {_said(edge, containers): edge for edge in reversed(graph.calls())}.values():
            caller, callee = containers[edge.source.name], containers[edge.target.name]
            if "uses" in caller.absent:
                continue
            if callee.is_external:
                if edge.network is None and "networks" not in caller.absent:
                    yield _no_way_out(edge, caller, callee)
                continue
            if edge.network is None and not callee.once and "networks" not in caller.absent | callee.absent:
                yield _unreachable(environments, graph, edge, caller, callee)


def _said(edge: Edge, containers: Mapping[str, Container]) -> tuple[Address, str, str, bool]:
    ends = [containers[end.name].original for end in (edge.source, edge.target)]
    return edge.origin, ends[0], ends[1], edge.network is None


def _no_way_out(edge: Edge, caller: Container, callee: Container) -> Diagnostic:
    at = caller.attachments[0].origin.parent if caller.attachments else caller.address
    also = [Label(address=at, text="caller")]
    networks = ", ".join(caller.networks)
    return diagnose("KM550", edge.origin, also=also, caller=caller.name, callee=callee.name, networks=networks)


def _unreachable(
    environments: Environments, graph: Graph, edge: Edge, caller: Container, callee: Container
) -> Diagnostic:
    also = [
        Label(address=c.attachments[0].origin.parent, text=text)
        for c, text in ((caller, "caller"), (callee, "callee"))
        if c.attachments
    ]
    # A proxy stays where it is, and what it routes to joins it; a caller joins what it calls.
    mover, host = (callee, caller) if edge.relation is Relation.ROUTES_TO else (caller, callee)
    broken = {network: breaks(environments, graph, mover.name, network) for network in [host.home, *host.networks]}
    network = next((n for n, policy in broken.items() if policy is None), host.home)
    between = [c.name for c in graph.deployment.containers.values() if _links(c, caller, callee)]
    help_ = "" if broken[network] is None else "denied" if between else "forbidden"
    return diagnose(
        "KM501",
        edge.origin,
        also=also,
        help=help_,
        caller=caller.name,
        callee=callee.name,
        caller_networks=", ".join(caller.networks),
        callee_networks=", ".join(callee.networks),
        mover=mover.name,
        network=network,
        policy=broken[network] or "",
        between=", ".join(between),
    )


def _links(container: Container, caller: Container, callee: Container) -> bool:
    """Whether a container is on a network of each."""
    return all(set(container.networks) & set(end.networks) for end in (caller, callee))


def undeclared_neighbours(environments: Environments) -> Iterator[Diagnostic]:
    """Containers that share a network but declare no call: true of every bridge, worth knowing."""
    silent: dict[Address, set[tuple[str, str]]] = {}
    for graph in environments.graphs.values():
        declared = {frozenset((e.source.name, e.target.name)) for e in graph.calls()}
        for name, network in graph.deployment.networks.items():
            near = (p for p in combinations(graph.members[name], 2) if frozenset(p) not in declared)
            silent.setdefault(network.address, set()).update(
                _originals(graph, pair) for pair in near if _on_one_machine(graph, pair)
            )
    for address, pairs in sorted(silent.items()):
        if pairs:
            shown = ", ".join(f"{a} ↔ {b}" for a, b in sorted(pairs)[:SHOWN_PAIRS])
            more = " …" if len(pairs) > SHOWN_PAIRS else ""
            yield _neighbours(address, len(pairs), shown + more)


def _originals(graph: Graph, pair: tuple[str, str]) -> tuple[str, str]:
    """What copies of dedicated tenants do among themselves is what the file's own containers do."""
    one, other = sorted(graph.deployment.containers[name].original for name in pair)
    return one, other


def _on_one_machine(graph: Graph, pair: tuple[str, str]) -> bool:
    return len({graph.deployment.containers[name].vps for name in pair}) == 1


def _neighbours(network: Address, count: int, pairs: str) -> Diagnostic:
    help_ = "one" if count == 1 else ""
    # Where no network is declared, the one that there is stands nowhere: its members do.
    at = Address.of("containers") if network.name == DEFAULT_NETWORK else network
    return diagnose(
        "KM502", at, part="key", subject=network, help=help_, network=network.name, count=count, pairs=pairs
    )


def call_cycle(graph: Graph) -> Iterator[Diagnostic]:
    """Containers that need one another in a circle never start."""
    for cycle in call_cycles(graph):
        names = [edge.source.name for edge in cycle]
        also = [Label(address=edge.origin, text="then") for edge in cycle[1:]]
        yield diagnose("KM401", cycle[0].origin, also=also, cycle=" → ".join([*names, names[0]]))
