"""Diagnostics: what kmtopo has to say about a topology, as values that are collected, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from difflib import SequenceMatcher, get_close_matches
from enum import Enum
from errno import errorcode
from types import MappingProxyType
from typing import Any, Literal

from kmtopo.addresses import Address
from kmtopo.packages import PluginFault
from kmtopo.source import Span
from kmtopo.texts import CODES
from kmtopo.values import frozen

Part = Literal["key", "value"]
_SLIP, _APART = 0.75, 0.1
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the build, a warning fails under ``--strict``."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Term(str):
    """A value of a diagnostic that is a word of kmtopo's own (``network``, ``mapping``): reports translate it."""

    __slots__ = ()


class Reason(str):
    """Why the operating system refused, by its own name (``ENOSPC``): a report has words for it."""

    __slots__ = ()

    @classmethod
    def of(cls, number: int | None) -> Reason:
        """Names an error number, "?" for one that this system does not know."""
        return cls(errorcode.get(number or 0, "?"))


@frozen
class Label:
    """A place that a diagnostic points at: by address until the pipeline locates it, by span from then on.

    ``text`` names an entry of the code's ``labels`` in the text tables ("first" -> "first here").
    """

    address: Address | None = None
    part: Part = "value"
    text: str = ""
    span: Span | None = None


@frozen
class Suggestion:
    """An edit that mends the problem: the new text for the span of the primary label.

    A ``safe`` one can only be what was meant, and gives nobody a right that the file did not give: no name
    of another item, no other value of a quantity.
    """

    replacement: str
    safe: bool = False


@frozen
class Diagnostic:
    """One finding. Its words are made in ``report`` from ``texts``, in the language that the reader asked for.

    ``help`` names which of the code's help texts applies; "" is the plain one.
    """

    code: str
    severity: Severity
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING, hash=False)
    primary: Label | None = None
    secondary: tuple[Label, ...] = ()
    subject: Address | None = None
    help: str = ""
    suggestion: Suggestion | None = None

    @property
    def name(self) -> str:
        """The stable word of the code, such as ``unknown-key``."""
        return CODES[self.code].name

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Orders by file, line, column, severity, code, values: the order in which reports print."""
        span = self.primary.span if self.primary else None
        place = (span.source, span.start.line, span.start.column) if span else ("", 0, 0)
        return (*place, self.severity.rank, self.code, sorted(self.values.items()))


def diagnose(
    code: str,
    at: Address | Span | None = None,
    *,
    part: Part = "value",
    also: Iterable[Label] = (),
    subject: Address | None = None,
    help: str = "",
    suggestion: Suggestion | None = None,
    severity: Severity | None = None,
    **values: object,
) -> Diagnostic:
    """Makes a diagnostic of a catalogued code.

    Args:
        code: ``KM201``; its severity comes from the catalogue unless one is given.
        at: where it points: an address of the file (located later) or a span.
        part: for an address, whether the key or its value is meant.
        also: further places worth showing.
        subject: what it is about, for ``accept``; the address of ``at`` where not given.
        help: which help text of the catalogue applies.
        suggestion: a machine-applicable edit of the primary span.
        severity: replaces the catalogue's.
        values: what the texts' placeholders need.
    """
    primary = Label(span=at) if isinstance(at, Span) else Label(address=at, part=part) if at else None
    return Diagnostic(
        code=code,
        severity=severity or Severity(CODES[code].severity),
        values=MappingProxyType({k: v if isinstance(v, Reason | Term) else str(v) for k, v in values.items()}),
        primary=primary,
        secondary=tuple(also),
        subject=subject or (at if isinstance(at, Address) else None),
        help=help,
        suggestion=suggestion,
    )


def faulty(fault: PluginFault, at: Address | Span | None = None) -> Diagnostic:
    """Makes a diagnostic of what is wrong with an installed package; ``at`` is where a file asks for it."""
    nouns = {"generators": Term("generator"), "types": Term("type"), "checks": Term("rules")}
    values: dict[str, Any] = {**fault.values, "noun": nouns[fault.values["noun"]]}
    return diagnose(fault.code, at, help=fault.variant, **values)


def unexpected(error: Exception) -> Diagnostic:
    """Makes a diagnostic of what nobody caught: the fault of a package, or a bug of kmtopo."""
    if isinstance(error, PluginFault):
        return faulty(error)
    notes = " ".join(getattr(error, "__notes__", ()))
    return diagnose("KM999", error=f"{type(error).__name__}: {error} {notes}".strip())


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Returns the known word that the given one most likely meant, or None where none is close."""
    close = get_close_matches(word.lower(), sorted(set(known)), n=1, cutoff=0.6)
    return close[0] if close else None


def is_misspelt(word: str, known: Iterable[str]) -> bool:
    """Tells whether a word can be nothing but a slip of the one known word that it is very close to."""
    near = get_close_matches(word.lower(), sorted(set(known)), n=2)
    first, second, *_ = [*(SequenceMatcher(None, word.lower(), each).ratio() for each in near), 0.0, 0.0]
    return first >= _SLIP and first - second >= _APART


def is_one_slip(word: str, known: str) -> bool:
    """Tells whether one letter too many, too few, wrong or swapped with its neighbour makes one word of the other."""
    if word == known or abs(len(word) - len(known)) > 1 or any(map(str.isdigit, word)):
        return False
    same = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    here, there = word[same:], known[same:]
    swapped = here[:2] == there[:2][::-1] and here[2:] == there[2:]
    return swapped or here[1:] == there or here == there[1:] or here[1:] == there[1:]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tells whether anything here stops a build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
