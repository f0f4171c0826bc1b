"""A technology of the catalogue that a sentence says is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.documents.claims.asides import is_of_others
from kmtopo.documents.claims.known import Known
from kmtopo.documents.sentences import Sentence
from kmtopo.source import Source

# Before the word: it is denied, compared with, weighed or looked forward to; behind it: it was turned down.
_DENIED = re.compile(
    r"\b(?:no|not|ni|nor|nunca|never|sin|without|jamás|instead of|rather than|en (?:vez|lugar) de|frente a|versus|vs"
    r"|unlike|a diferencia de|alternativas?|alternatives?|descart\w+|rechaz\w+|reject\w+|discard\w+|reempla\w+|replac\w+"
    r"|sustitu\w+|migr\w+ (?:from|de|desde)|ya no|no longer|retir\w+|remov\w+|elimin\w+|dropp\w+|consider\w+|evalu\w+"
    r"|podr\w+|could|might|may|would|should|si |if |futur\w+|later|más adelante|algún día|previously|antes|formerly"
    r"|planned|planea\w+|prevé\w*|like|como)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_TURNED_DOWN = re.compile(
    r"^[^.;]{0,60}\b(?:descart\w+|rechaz\w+|reject\w+|discard\w+|not (?:used|needed|part)|no longer|ya no|no se (?:usa|necesita)"
    r"|no hace falta|retir\w+|removed|dropped|ruled out|ni siquiera|considered|consider(?:ó|aron|aba)|proposed|propuso|too |demasiado|would|podría|could|might|later|más adelante|futur\w+)\b",
    re.IGNORECASE,
)


def technologies(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    """One claim for each technology that is named and neither denied nor only weighed."""
    for technology in known.technologies:
        found = _pattern(technology.names).search(sentence.prose)
        if found is None or _is_set_aside(sentence, found):
            continue
        if technology.runs:
            yield None
            continue
        at = sentence.span(source, found.start(), found.end())
        yield diagnose("KM855", at, name=found[0], type=technology.type)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w/@.-])(?:{listed})(?![\w/@-]|\.\w)", re.IGNORECASE)


def _is_set_aside(sentence: Sentence, found: re.Match[str]) -> bool:
    before, behind = sentence.prose[: found.start()], sentence.prose[found.end() :]
    return bool(_DENIED.search(before) or _TURNED_DOWN.search(behind)) or is_of_others(sentence, found.start())
