"""``kmtopo.lock``: what was allocated once and must not change: readable, sorted, one entry a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from ipaddress import ip_network
from typing import Any

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.source import Source
from kmtopo.syntax import Document, parse
from kmtopo.values import frozen

LOCK_VERSION = 1
_KINDS = ("databases", "ports", "subnets")
_HEADER = """\
# What kmtopo allocated for this topology. Commit this file; build keeps it in step.
# To allocate an entry anew, delete its line.
"""


@frozen
class Lock:
    """Allocated values by what they are for: ``subnets["produccion.comando"]`` is ``10.64.1.0/24``.

    ``databases["produccion.redis.backend"]`` is the first of the numbered databases that a family has in a store.
    ``is_unread``: there is a file, and it is broken; what it holds is not known.
    """

    subnets: Mapping[str, str] = field(default_factory=dict)
    ports: Mapping[str, int] = field(default_factory=dict)
    databases: Mapping[str, int] = field(default_factory=dict)
    is_unread: bool = field(default=False, compare=False)

    def text(self) -> str:
        """The file's content."""
        lines = [_HEADER, f"kmtopo-lock: {LOCK_VERSION}\n"]
        for kind, entries in self._entries():
            if entries:
                lines.append(f"{kind}:\n")
                lines += [f"  {key}: {entries[key]}\n" for key in sorted(entries)]
        return "".join(lines)

    def _entries(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        return ("databases", self.databases), ("ports", self.ports), ("subnets", self.subnets)

    def claims(self) -> Iterator[tuple[str, str, tuple[str, str]]]:
        """Yields each entry's kind and key, and what it claims: numbers of databases belong to one store."""
        for kind, entries in self._entries():
            for key, value in entries.items():
                yield kind, key, (key.rpartition(".")[0] if kind == "databases" else "", str(value))


def read_lock(source: Source | None) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Reads a lock; one that is broken, or in which two entries claim the same, is reported at its line."""
    if source is None:
        return Lock(), ()
    document, found = parse(source)
    if document is None or found:
        return Lock(is_unread=True), found
    problems = list(_shape(document))
    if problems:
        return Lock(is_unread=True), tuple(problems)
    data = document.data or {}
    databases, ports, subnets = (dict(data.get(kind) or {}) for kind in _KINDS)
    lock = Lock(subnets, ports, databases)
    bad = tuple(_bad_entries(document, lock))
    return Lock(is_unread=True) if bad else lock, (*bad, *_claimed_twice(document, lock))


def _shape(document: Document) -> Iterator[Diagnostic]:
    data = document.data
    if not isinstance(data, Mapping) or data.get("kmtopo-lock") != LOCK_VERSION:
        yield diagnose("KM310", document.span(Address()), help="version")
        return
    for kind, entries in data.items():
        at = Address.of(kind)
        if kind not in (*_KINDS, "kmtopo-lock"):
            yield diagnose("KM310", document.span(at, "key"), help="entry", value=kind)
        elif kind != "kmtopo-lock" and not isinstance(entries, Mapping | None):
            yield diagnose("KM310", document.span(at), help="entry", value=kind)


def _bad_entries(document: Document, lock: Lock) -> Iterator[Diagnostic]:
    for key, value in lock.subnets.items():
        if not _is_subnet(value):
            yield diagnose("KM310", document.span(Address.of("subnets", key)), help="entry", value=value)
    for key, port in lock.ports.items():
        if not isinstance(port, int) or isinstance(port, bool) or not 1 <= port <= 65535:
            yield diagnose("KM310", document.span(Address.of("ports", key)), help="entry", value=port)
    for key, number in lock.databases.items():
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            yield diagnose("KM310", document.span(Address.of("databases", key)), help="entry", value=number)


def _claimed_twice(document: Document, lock: Lock) -> Iterator[Diagnostic]:
    first: dict[tuple[str, tuple[str, str]], str] = {}
    for kind, key, claim in lock.claims():
        owner = first.setdefault((kind, claim), key)
        if owner != key:
            also = Label(span=document.span(Address.of(kind, owner)), text="first")
            yield diagnose("KM311", document.span(Address.of(kind, key)), also=[also], value=claim[1], key=key)


def _is_subnet(value: object) -> bool:
    try:
        ip_network(str(value))
    except ValueError:
        return False
    return isinstance(value, str)
