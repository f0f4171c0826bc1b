"""A network that a sentence names or describes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.documents.claims.known import Known, folded, stems
from kmtopo.documents.claims.names import PROPER
from kmtopo.documents.sentences import Sentence
from kmtopo.source import Source

_KINDS = r"interna|externa|privada|pública|local|virtual|internal|external|private|public"
_OF = re.compile(
    rf"\b(?:red|network)\s+(?:(?:{_KINDS})\s+)?(?:de|of)\s+(?:la\s+|los\s+|las\s+|the\s+)?[`*\"“«]{{0,2}}(?P<name>{PROPER})",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?P<name>{PROPER})(?:['\u2019]s)?\s+(?:(?:{_KINDS})\s+)?network\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"[`*_]{0,2}(?P<name>[^:`*_]{3,60})[`*_]{0,2}\s*:[`*_]{0,2}\s+(?P<description>.{20,})", re.DOTALL
)
_COMMON = stems(
    "the this each our all any internal external private public docker bridge overlay default network red local"
)
# Words as short as this tell nothing; fewer of the others are no description.
_SHORTEST, _FEWEST = 5, 3
_LONG = re.compile(rf"\w{{{_SHORTEST},}}")


def networks(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    """One claim for each network with a proper name, and one where a network of ours is described by its name."""
    if not known.named["network"]:
        return
    for found in (*_OF.finditer(sentence.text), *_BEFORE.finditer(sentence.text)):
        said = stems(found["name"]) - _COMMON
        if said:
            yield None if said & known.words else _finding(sentence, source, found.span())
    yield from _described(sentence, known, source)


def _described(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    found = _DESCRIBED.match(sentence.text)
    titles = {folded(title) for title in known.named["network"].values()}
    if found and folded(found["name"].strip()) in titles:
        own = stems(found["name"])
        words = stems(" ".join(_LONG.findall(found["description"]))) - own
        is_backed = bool(words & known.words) or len(words) < _FEWEST
        yield None if is_backed else _finding(sentence, source, found.span("description"))


def _finding(sentence: Sentence, source: Source, at: tuple[int, int]) -> Diagnostic:
    return diagnose("KM859", sentence.span(source, *at))
