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
_KINDS = ("ports", "subnets")
_HEADER = """\
# What kmtopo allocated for this topology. Commit this file; build keeps it in step.
# To allocate an entry anew, delete its line.
"""


@frozen
class Lock:
    """Allocated values by what they are for: ``subnets["produccion.comando"]`` is ``10.64.1.0/24``."""

    subnets: Mapping[str, str] = field(default_factory=dict)
    ports: Mapping[str, int] = field(default_factory=dict)

    def text(self) -> str:
        """The file's content."""
        lines = [_HEADER, f"kmtopo-lock: {LOCK_VERSION}\n"]
        for kind, entries in (("ports", self.ports), ("subnets", self.subnets)):
            if entries:
                lines.append(f"{kind}:\n")
                lines += [f"  {key}: {entries[key]}\n" for key in sorted(entries)]
        return "".join(lines)


def read_lock(source: Source | None) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Reads a lock; one that is broken, or in which two entries claim the same, is reported at its line."""
    if source is None:
        return Lock(), ()
    document, found = parse(source)
    if document is None or found:
        return Lock(), found
    problems = list(_shape(document))
    if problems:
        return Lock(), tuple(problems)
    data = document.data or {}
    lock = Lock(dict(data.get("subnets") or {}), dict(data.get("ports") or {}))
    return lock, (*_bad_entries(document, lock), *_claimed_twice(document, lock))


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


def _claimed_twice(document: Document, lock: Lock) -> Iterator[Diagnostic]:
    for kind, entries in (("subnets", lock.subnets), ("ports", lock.ports)):
        first: dict[Any, str] = {}
        for key, value in entries.items():
            if value in first:
                also = Label(span=document.span(Address.of(kind, first[value])), text="first")
                yield diagnose("KM311", document.span(Address.of(kind, key)), also=[also], value=value, key=key)
            first.setdefault(value, key)


def _is_subnet(value: object) -> bool:
    try:
        ip_network(str(value))
    except ValueError:
        return False
    return isinstance(value, str)
