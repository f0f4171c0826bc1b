"""The verdict over all findings: located, told once, accepted where the file says so, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING

from kmtopo.diagnostics import Diagnostic, Label, Severity, Term, diagnose, did_you_mean, has_errors
from kmtopo.texts import CODES

if TYPE_CHECKING:
    from kmtopo.model.layered import Layer
    from kmtopo.model.topology import Topology
    from kmtopo.syntax import Document

# ``like`` and ``isolate`` speak of what would be built; a broken part makes environments differ, and proofs fail.
_OF_WHOLES = frozenset({"KM560", "KM561"})
# What could not be read, or was not generated, may be what an entry of ``accept`` is about.
_UNUSED = "KM521"
_NAME = re.compile(r"[a-z0-9-]+")


def verdict(
    found: Iterable[Diagnostic],
    document: Document | None,
    topology: Topology | None,
    copies: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Diagnostic, ...]:
    """Returns what is to be reported.

    An environment that inherits a mistake finds it again, and so does each of a container's ``copies`` (by name,
    with the original's): it is told once. Information is told once nothing is wrong any more, and what compares or
    proves whole environments once nothing else is.
    """
    entries = topology.lists.get("accept", ()) if topology else ()
    kept = list(_accepted(found, entries)) if entries else list(found)
    located = [_located(d, document) for d in kept] if document else kept
    once = {_identity(d, copies): d for d in reversed(located)}
    told = sorted(once.values(), key=lambda d: d.sort_key)
    if has_errors(d for d in told if d.code not in _OF_WHOLES):
        told = [d for d in told if d.code not in _OF_WHOLES | {_UNUSED}]
    return tuple(d for d in told if d.severity is not Severity.INFO) if has_errors(told) else tuple(told)


def _located(diagnostic: Diagnostic, document: Document) -> Diagnostic:
    primary = _label(diagnostic.primary, document) if diagnostic.primary else None
    secondary = tuple(_label(label, document) for label in diagnostic.secondary)
    here = primary.span if primary else None
    return replace(diagnostic, primary=primary, secondary=tuple(s for s in secondary if s.span != here))


def _label(label: Label, document: Document) -> Label:
    if label.span is not None or label.address is None:
        return label
    return replace(label, span=document.span(label.address, label.part))


def _identity(diagnostic: Diagnostic, copies: Mapping[str, str]) -> tuple[object, ...]:
    span = diagnostic.primary.span if diagnostic.primary else None
    values = sorted((k, _of_originals(v, copies)) for k, v in diagnostic.values.items() if k != "environment")
    return (diagnostic.code, span, tuple(values))


def _of_originals(value: str, copies: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: copies.get(found[0], found[0]), value) if copies else value


def _accepted(found: Iterable[Diagnostic], entries: Iterable[Layer]) -> Iterator[Diagnostic]:
    waiting = [entry for entry in entries if {"rule", "of", "why"} <= set(entry.data)]
    used: set[int] = set()
    for diagnostic in found:
        matching = [i for i, entry in enumerate(waiting) if _matches(entry, diagnostic)]
        used.update(matching)
        if not matching:
            yield diagnostic
    for index, entry in enumerate(waiting):
        if index not in used:
            yield _unused(entry)


def _matches(entry: Layer, diagnostic: Diagnostic) -> bool:
    if diagnostic.severity is not Severity.WARNING or entry.data["rule"] not in (diagnostic.code, diagnostic.name):
        return False
    of, subject = str(entry.data["of"]), str(diagnostic.subject or "")
    return fnmatchcase(subject, of) or subject.startswith((f"{of}.", f"{of}["))


def _unused(entry: Layer) -> Diagnostic:
    from kmtopo.checks.rulebook import code_of

    rule, at = str(entry.data["rule"]), entry.where.find(("rule",))
    if code_of(rule):
        return diagnose(_UNUSED, entry.where.address, rule=rule, of=entry.data["of"])
    warnings = {code: known.name for code, known in CODES.items() if known.severity == "warning"}
    close = did_you_mean(rule, {*warnings, *warnings.values()})
    help_ = "suggest" if close else "rule"
    return diagnose("KM301", at, help=help_, noun=Term("rule"), name=rule, right=close or "")
