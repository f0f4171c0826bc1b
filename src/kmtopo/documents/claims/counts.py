"""A count of a noun: ``6 empresas``, ``three networks``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.documents.claims.asides import is_aside
from kmtopo.documents.claims.known import Known
from kmtopo.documents.sentences import Sentence
from kmtopo.source import Source

_NOUNS = {
    "tenant": r"empresas|compañías|companies|tenants|tenencias|inquilinos",
    "container": r"contenedores|containers",
    "network": r"redes|networks",
    "environment": r"entornos|ambientes|environments",
    "vps": r"VPS",
    "zone": r"zonas|zones",
    "branch": r"sucursales|branches",
    "customer": r"clientes|clients|customers",
}
# Customers are tenants where they are hosted; others buy in a shop.
_HOSTED = re.compile(r"\b(?:aloja\w*|hospeda\w*|host(?:s|ed|ing)?)\s+(?:a\s+)?(?:los\s+|our\s+)?$", re.IGNORECASE)
_SPANISH = (
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho"
    " diecinueve veinte"
)
_ENGLISH = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty"
)
_NUMBERS = {word: number for words in (_SPANISH, _ENGLISH) for number, word in enumerate(words.split(), 2)}
_COUNT = re.compile(
    rf"(?<![\w.,$€-])(?P<number>\d{{1,5}}|{'|'.join(_NUMBERS)})\s+(?:Docker\s+)?(?P<noun>"
    + "|".join(f"(?P<{name}>{words})" for name, words in _NOUNS.items())
    + r")\b",
    re.IGNORECASE,
)
# Said of all there are.
_WHOLE = re.compile(
    r"\b(?:las|los|sus|nuestr[ao]s|the|our|its|all|tiene|hay|son|has|have|are|runs|corre|usa|uses|consta de|sirve a|serves"
    r"|compuesto por|consists of|comprises)\s+$",
    re.IGNORECASE,
)
# What there is in the end, though "with" tells of a part elsewhere.
_HAVING = re.compile(r"\b(?:(?:cuent|cont|qued)\w+ con|(?:end\w* up|left) with)\s+$", re.IGNORECASE)
# Said of a part, of more to come, or roughly: no number is wrong then.
_ROUGHLY = re.compile(
    r"\b(?:hasta|up to|above|below|under|beyond|within|at most|como máximo|a lo sumo"
    r"|por encima de|a partir de|menos de|más de|less than|fewer than|more than|over|at least|al menos|como mínimo|otr[ao]s|other"
    r"|another|additional|about|around|unas|unos|casi|nearly|cada|every|next|próximas|first|primer[ao]s|last|últim[ao]s"
    r"|only|solo|entre|between|of the|de las|de los|de sus|if|si|con|with)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s+(?:más|nuevas|nuevos|adicionales|more|new|additional|que|which|that|who|whose|where|donde)\b", re.IGNORECASE
)

# What tells a part from the whole: a plural adjective, as verbs do not end so, or what it is for and where.
_QUALIFIED = re.compile(r"\s+(?:\w{3,}s\b|(?:de|of|para|for)\s+(?!la|los|the|our))", re.IGNORECASE)
_SITUATED = re.compile(
    r"\s+(?:del?|of|para|for|en|in|on|at|behind|with|without|from|tras|con|sin|dentro|inside|outside|fuera)\b",
    re.IGNORECASE,
)
_OFTEN_A_PART = frozenset({"container", "network", "environment", "vps"})


def counts(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    """One claim for each number of a noun that the topology has any of."""
    for found in _COUNT.finditer(sentence.prose):
        before = sentence.prose[: found.start()]
        noun = _counted(found, before)
        right = known.counts.get(noun, ())
        number = _NUMBERS.get(found["number"].lower()) or int(found["number"])
        is_loose = _ROUGHLY.search(before) and not _HAVING.search(before)
        if not right or is_loose or _PART.match(sentence.prose, found.end()):
            continue
        if number in right:
            yield None
        elif not is_aside(sentence, found.start()) and (
            number > right[-1] or _is_whole(noun, before, sentence.prose, found.end())
        ):
            at = sentence.span(source, found.start(), found.end())
            yield diagnose("KM857", at, claim=found[0], known=", ".join(map(str, right)))


def _is_whole(noun: str, before: str, text: str, end: int) -> bool:
    """Whether a number is said of all there are, so that fewer are wrong, too."""
    is_part = _QUALIFIED.match(text, end) or (noun in _OFTEN_A_PART and _SITUATED.match(text, end))
    return bool(_WHOLE.search(before) or _HAVING.search(before)) and not is_part


def _counted(found: re.Match[str], before: str) -> str:
    """What is counted, by the name that the topology has for it; "" for what it may not know."""
    noun = next(name for name in _NOUNS if found[name])
    if noun != "customer":
        return noun
    return "tenant" if _HOSTED.search(before) else ""
