"""What the file itself demands: who may publish, what it may cost, and in ``denials`` who must not reach whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import chain

from kmtopo.addresses import Address
from kmtopo.checks.budgets import overspent, spendings
from kmtopo.checks.denials import denied
from kmtopo.checks.isolation import isolated
from kmtopo.diagnostics import Diagnostic, Label, Suggestion, Term, diagnose, did_you_mean
from kmtopo.graph.ends import INTERNET, NOUNS
from kmtopo.graph.graph import Graph
from kmtopo.graph.likeness import Difference, differences, excepted
from kmtopo.model.layered import Layer, settled
from kmtopo.model.policy import DenyEntry, PolicyEntry
from kmtopo.records import validated
from kmtopo.resolve.deployment import Container
from kmtopo.rule import Environments

SHOWN_DIFFERENCES = 5


def policies(environments: Environments) -> Iterator[Diagnostic]:
    """Checks each policy in the environments that it speaks of."""
    for layer in environments.policies:
        entry = validated(PolicyEntry, settled(layer.data))
        yield from _unknown(environments, layer, entry)
        if "environment" in layer.absent_keys():
            continue
        graphs = _graphs(environments, entry)
        if entry.deny is not None:
            yield from denied(layer, entry.deny, graphs)
        if entry.publish is not None and "publish" not in layer.absent_keys():
            yield from _publish(layer, entry.publish, graphs)
        for spending in spendings((layer,), environments.graphs):
            yield from overspent(spending)
        if entry.like is not None:
            yield from _like(environments, layer, entry.like, entry.except_ or (), graphs)
        if entry.isolate is not None:
            yield from isolated(layer, graphs)


def _graphs(environments: Environments, entry: PolicyEntry) -> list[Graph]:
    named = entry.environment
    return [g for name, g in sorted(environments.graphs.items()) if named is None or name == named]


def _unknown(environments: Environments, layer: Layer, entry: PolicyEntry) -> Iterator[Diagnostic]:
    """Names that nothing has: a policy about them would hold silently."""
    deny = entry.deny or DenyEntry()
    ends = _ends(environments)
    for side, words in (("from", deny.from_ or ()), ("to", deny.to or ())):
        for index, word in enumerate(words):
            if not _is_end(word, ends):
                known = {INTERNET, *chain.from_iterable(ends.values())}
                yield _unknown_name(Term("name"), word, known, layer.where.find(("deny", side, index)))
    for index, word in enumerate(entry.publish or ()):
        if word not in ends["containers"]:
            at = layer.where.find(("publish", index))
            yield _unknown_name(Term("container"), word, ends["containers"], at)
    for key, named in (("environment", entry.environment), ("like", entry.like)):
        if named is not None and environments.named and named not in environments.named:
            yield _unknown_name(Term("environment"), named, environments.named, layer.where.find((key,)))


def _ends(environments: Environments) -> dict[str, frozenset[str]]:
    """What may stand at the end of a way, by noun: also what an environment removes, and the copies of dedicated tenants."""
    ends = {noun: environments.names.get(noun, frozenset()) for noun in NOUNS}
    copies = (graph.deployment.containers for graph in environments.graphs.values())
    return {**ends, "containers": ends["containers"].union(*copies)}


def _is_end(word: str, ends: Mapping[str, Collection[str]]) -> bool:
    noun, dot, name = word.partition(".")
    if dot:
        return any(fnmatchcase(each, name) for each in ends.get(noun, ()))
    return word == INTERNET or any(fnmatchcase(each, word) for each in chain.from_iterable(ends.values()))


def _unknown_name(noun: Term, name: str, known: Iterable[str], at: Address) -> Diagnostic:
    close = did_you_mean(name, known)
    help_, fix = ("suggest", Suggestion(close)) if close else ("known", None)
    listed = ", ".join(sorted(known))
    return diagnose("KM301", at, help=help_, suggestion=fix, noun=noun, name=name, right=close or "", known=listed)


def _publish(layer: Layer, allowed: list[str], graphs: list[Graph]) -> Iterator[Diagnostic]:
    for graph in graphs:
        for container in graph.deployment.containers.values():
            if not {container.name, container.original} & set(allowed):
                yield from _published(layer, container)


def _published(layer: Layer, container: Container) -> Iterator[Diagnostic]:
    for publication in container.publications:
        if not publication.is_loopback:
            also = [Label(address=layer.where.find(("publish",)), text="policy")]
            allowed = ", ".join(settled(layer.data)["publish"])
            yield diagnose("KM509", publication.origin, also=also, name=container.name, allowed=allowed)


def _like(
    environments: Environments, layer: Layer, model: str, excepts: Iterable[str], graphs: list[Graph]
) -> Iterator[Diagnostic]:
    """Compares what runs: a reduced production runs what production runs."""
    for graph in graphs:
        environment = graph.deployment.environment
        if (
            model not in environments.graphs
            or environment.name == model
            or _is_unread(graph, environments.graphs[model])
        ):
            continue
        found = excepted(differences(environments.graphs[model], graph), excepts)
        if found:
            shown = ", ".join(_shown(each) for each in found[:SHOWN_DIFFERENCES])
            more = " …" if len(found) > SHOWN_DIFFERENCES else ""
            also = [Label(address=environment.address, part="key", text="environment")]
            at = layer.where.find(("like",))
            yield diagnose("KM560", at, also=also, name=environment.name, model=model, differences=shown + more)


def _is_unread(*graphs: Graph) -> bool:
    return any(c.absent for graph in graphs for c in graph.deployment.containers.values())


def _shown(each: Difference) -> str:
    return f"{each.sign} {each.address}" + (f" ({' → '.join(each.values)})" if each.values else "")
