"""A network that a sentence names or describes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.documents.claims.known import Known, folded, singular, stems
from kmtopo.documents.claims.names import PROPER
from kmtopo.documents.sentences import Sentence
from kmtopo.source import Source

_KINDS = r"interna|externa|privada|pública|local|virtual|internal|external|private|public"
_OF = re.compile(
    rf"\b(?:red|network)\s+(?:(?:{_KINDS})\s+)?(?:del?|of)\s+(?:la\s+|los\s+|las\s+|the\s+)?[`*\"“«]{{0,2}}(?P<name>{PROPER})",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?P<name>{PROPER})(?:['\u2019]s)?\s+(?:(?:{_KINDS})\s+)?network\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"[`*_]{0,2}(?P<name>[^:`*_]{3,60})[`*_]{0,2}\s*:[`*_]{0,2}\s+(?P<description>.{20,})", re.DOTALL
)
_COMMON = stems(
    "the this each our all any internal external private public docker compose bridge overlay default host network red local internet wifi lan wan vpn"
)
# Words as short as this tell nothing; fewer of the others are no description.
_SHORTEST, _FEWEST = 5, 3
_LONG = re.compile(rf"\w{{{_SHORTEST},}}")


def networks(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    """One claim for each network with a proper name, and one where a network of ours is described by its name."""
    if not known.named["network"]:
        return
    for found in _called(sentence.text):
        yield None if _is_ours(found, known) else _finding(sentence, source, found.span())
    yield from _described(sentence, known, source)


def _called(text: str) -> Iterator[re.Match[str]]:
    """Where a text names a network by a name of its own."""
    for found in (*_OF.finditer(text), *_BEFORE.finditer(text)):
        # Every sentence begins with a capital.
        is_grammar = not text[: found.start("name")].strip(' *_#`"“«') and " " not in found["name"]
        if not is_grammar and stems(found["name"]) - _COMMON:
            yield found


def _is_ours(found: re.Match[str], known: Known) -> bool:
    return bool((stems(found["name"]) - _COMMON) & known.networks or singular(found["name"]) & known.names)


def _described(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    found = _DESCRIBED.match(sentence.text)
    titles = {folded(title) for title in known.named["network"].values()}
    if found and folded(found["name"].strip()) in titles:
        words = stems(" ".join(_LONG.findall(found["description"]))) - stems(found["name"])
        is_backed = len(words & known.words) >= _needed(sentence, known, len(words)) or len(words) < _FEWEST
        yield None if is_backed else _finding(sentence, source, found.span("description"))


def _needed(sentence: Sentence, known: Known, words: int) -> int:
    """How many words of a description have to be the topology's.

    One, as a rule; half of them in a list about a network that is not ours, where our names may have been borrowed.
    """
    is_foreign = any(not _is_ours(found, known) for found in _called(sentence.lead))
    return max(1, (words + 1) // 2) if is_foreign else 1


def _finding(sentence: Sentence, source: Source, at: tuple[int, int]) -> Diagnostic:
    return diagnose("KM859", sentence.span(source, *at))
