"""What a word names in questions and policies: the containers behind it, and ``internet``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fnmatch import translate

from kmtopo.graph.graph import Graph

INTERNET = "internet"
NOUNS = ("containers", "networks", "vps", "tenants")
_WILD = frozenset("*?[")


def chosen(graph: Graph, words: Iterable[str], *, copies: bool = False) -> tuple[str, ...]:
    """The containers (and ``internet``) that words name, sorted.

    A word is a container, a network (its members), a machine (what it carries), a tenant (its own copies;
    of a pooled one the processes that serve it), ``internet``, or a glob over these. An address such as
    ``networks.comando`` names one noun only. What dedicated tenants have copies of stands for these where there
    is nothing else, with ``copies`` also beside it.
    """
    found: set[str] = set()
    for word in words:
        noun, dot, name = word.partition(".")
        found |= _named(graph, name, noun, copies) if dot else _named(graph, word, "", copies)
    return tuple(sorted(found))


def _named(graph: Graph, pattern: str, noun: str, copies: bool) -> set[str]:
    containers = graph.deployment.containers
    found: set[str] = set()
    if noun in ("", "containers"):
        found.update(_matching(containers, pattern))
        if copies or not found:
            found |= _copied(((c.name, c.original) for c in containers.values() if c.tenant), pattern)
    if noun in ("", "networks"):
        found |= _members(graph, pattern, copies)
    if noun in ("", "vps"):
        machines = _matching(graph.deployment.vps, pattern)
        found |= {c.name for c in containers.values() if c.vps in machines} if machines else set()
    if noun in ("", "tenants"):
        found |= _serving(graph, _matching(graph.deployment.tenants, pattern))
    if not noun and pattern == INTERNET:
        found.add(INTERNET)
    return found


def _matching(names: Collection[str], pattern: str) -> list[str]:
    """The names that a glob covers; it is translated once, and a mere name looked up, since names may be thousands."""
    if not _WILD.intersection(pattern):
        return [pattern] if pattern in names else []
    covers = re.compile(translate(pattern)).match
    return [name for name in names if covers(name)]


def _copied(copies: Iterable[tuple[str, str]], pattern: str) -> set[str]:
    """Of copies and what they are copies of, those of what a glob covers."""
    known = tuple(copies)
    originals = set(_matching({original for _, original in known}, pattern))
    return {name for name, original in known if original in originals} if originals else set()


def _members(graph: Graph, pattern: str, copies: bool) -> set[str]:
    networks = graph.deployment.networks
    named = set(_matching(networks, pattern))
    if copies or not named:
        named |= _copied(((n.name, n.address.name) for n in networks.values() if n.tenant), pattern)
    return {member for name in named for member in graph.members.get(name, ())}


def _serving(graph: Graph, tenants: Iterable[str]) -> set[str]:
    """The containers that serve tenants: their own copies, and of pooled ones the processes that serve all of these."""
    deployment = graph.deployment
    wanted = set(tenants)
    found = {c.name for c in deployment.containers.values() if c.tenant in wanted}
    return found if all(deployment.tenants[name].dedicated for name in wanted) else found.union(pooled(graph))


def pooled(graph: Graph) -> tuple[str, ...]:
    """The processes that serve several tenants at once: they call a store that keeps these apart."""
    deployment = graph.deployment
    if deployment.tenancy is None or all(t.dedicated for t in deployment.tenants.values()):
        return ()
    stores = {store.container for store in deployment.tenancy.stores}
    callers = (c for c in deployment.containers.values() if c.tenant is None and not c.is_store)
    return tuple(c.name for c in callers if any(call.to in stores for call in c.calls))


def names(graph: Graph) -> frozenset[str]:
    """All that a word may name."""
    deployment = graph.deployment
    return frozenset({INTERNET, *deployment.containers, *graph.members, *deployment.vps, *deployment.tenants})
