"""The environments beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kmtopo.plugin import Code, Graph, Piece, Table, Text, answers
from kmtopo_docs.names import published
from kmtopo_docs.quantities import cores, prices, size
from kmtopo_docs.words import Words, words_for


def environments(graph: Graph, graphs: Mapping[str, Graph]) -> Iterator[Piece]:
    """A column for each environment, the strictest first, as a reader of production expects."""
    words = words_for(graph.deployment.project.locale)
    order = {stage: number for number, (stage, _) in enumerate(reversed(words.stages))}
    shown = sorted(graphs.values(), key=lambda each: (order[each.deployment.environment.stage], _title(each)))
    columns = [tuple(_column(each, words)) for each in shown]
    if columns:
        rows = zip(_aspects(words), *columns, strict=True)
        yield Table((words.aspect, *map(_title, shown)), tuple(rows))


def _title(graph: Graph) -> str:
    return graph.deployment.environment.title


def _aspects(words: Words) -> tuple[str, ...]:
    sums = (words.memory_limits, words.cpu_limits, words.volumes)
    counted = (words.containers.many.capitalize(), words.tenants)
    return (words.stage, "VPS", words.domain, "TLS", words.published, *counted, *sums, words.cost)


def _column(graph: Graph, words: Words) -> Iterator[Text]:
    deployment = graph.deployment
    environment, asked = deployment.environment, answers(graph)
    yield dict(words.stages)[environment.stage]
    yield ", ".join(vps.title for vps in deployment.vps.values())
    hosts = deployment.host_pattern or ", ".join(host.name for host in deployment.hosts if host.tenant is None)
    yield Code(hosts) if hosts else ""
    yield Code(deployment.tls.mode)
    yield published(deployment.containers.values(), deployment.vps)
    yield str(sum(not each.is_external for each in deployment.containers.values()))
    yield str(len(deployment.tenants))
    own = [s for load in asked.capacity().values() for s in load.shares if s.environment == environment.name]
    yield size(sum(share.memory for share in own), words)
    yield cores(sum((share.cpu for share in own), start=Decimal(0)), words)
    yield size(sum(share.disk for share in own), words)
    yield prices(asked.cost(), words)
