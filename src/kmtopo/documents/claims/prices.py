"""A price a month that a sentence gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.documents.claims.asides import is_aside
from kmtopo.documents.claims.known import Known, stems
from kmtopo.documents.sentences import Sentence
from kmtopo.graph.cost import money
from kmtopo.source import Source
from kmtopo.types.runtime import Cost

_SIGN = r"US\$|USD|EUR|GBP|HNL|MXN|\$|€|£|dólares(?: americanos)?|dollars|euros|lempiras"
_NUMBER = r"\d(?:[\d.,]*\d)?"
_PRICE = re.compile(
    rf"(?<![\w.,])(?P<before>{_SIGN})?\s?(?P<low>{_NUMBER})"
    rf"(?:\s?(?:-|–|—|\ba\b|\bto\b|\by\b|\band\b)\s?(?:{_SIGN})?\s?(?P<high>{_NUMBER}))?"
    rf"\s?(?P<after>{_SIGN})?\s?(?:/|al|por|a|per|cada|each|every)?\s?(?:mes|month|mensual(?:es)?|monthly|mo)\b",
    re.IGNORECASE,
)
# What a price of the topology is paid for, or who pays it; others' services have prices, too.
_PAID_FOR = re.compile(
    r"\b(?:VPS|servidor(?:es)?|servers?|máquinas?|machines?|nubes?|clouds?|infraestructura|infrastructure|producción|production"
    r"|presupuesto|budget|facturas?|bills?|pagamos|pagan|we pay|costs? us|nos cuesta|ahorr\w+|sav(?:e|es|ed|ing|ings))\b",
    re.IGNORECASE,
)
# What is bought beside a machine.
_SERVICE = re.compile(
    r"\b(?:snapshots?|backups?|respaldos?|copias|soporte|support|direcci(?:ón|ones)|address(?:es)?|dominios?|domains?|licen[cs]\w+"
    r"|certifica\w+|correos?|mail|buz(?:ón|ones)|plan)\b",
    re.IGNORECASE,
)
# What is said of the subject between commas is no part of what costs.
_IN_PASSING = re.compile(r",\s*(?:which|who|whose|where|with|que|cuy[oa]s?|donde|con)\b[^,;:.]*(?=,)", re.IGNORECASE)
# Of something else each, or on top.
_BESIDES = re.compile(
    r"\s*,?\s*(?:(?:por|per|(?:for\s+|por\s+)?(?:each|every|cada))\s+(?!empresa|tenencia|tenant|company|mes|month)\w|aparte|apart|extra|adicional\w*|additional|más|more)",
    re.IGNORECASE,
)
_CURRENCIES = {
    "us$": "USD",
    "dollars": "USD",
    "€": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "lempiras": "HNL",
}


def prices(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    """One claim for each amount with a currency and a month, where the topology gives any price at all."""
    for found in _PRICE.finditer(sentence.prose):
        said = _cost(found)
        if said is None or not known.prices:
            continue
        if any(_is_alike(said, cost) for cost in known.costs):
            yield None
            continue
        if not _is_of_ours(sentence, known, found):
            continue
        at = sentence.span(source, found.start(), found.end())
        given = ", ".join(money(cost) for cost in known.prices)
        yield diagnose("KM856", at, price=found[0].strip(), known=given)


def _is_of_ours(sentence: Sentence, known: Known, found: re.Match[str]) -> bool:
    """Whether a price is told of what the topology gives prices of."""
    before = _IN_PASSING.sub("", sentence.prose[: found.start()])
    if is_aside(sentence, found.start()) or _SERVICE.search(before) or _BESIDES.match(sentence.prose, found.end()):
        return False
    said = stems(sentence.text)
    return bool(_PAID_FOR.search(sentence.text)) or any(title and title <= said for title in known.priced)


def _cost(found: re.Match[str]) -> Cost | None:
    sign = found["after"] or found["before"]
    if sign is None:
        return None
    low = _number(found["low"])
    high = _number(found["high"]) if found["high"] else low
    return Cost(low, high, _currency(sign))


def _currency(sign: str) -> str:
    """The code of a currency; "" for one that several countries call so."""
    plain = sign.lower()
    if plain == "$":
        return ""
    return "USD" if plain.startswith("dólares") else _CURRENCIES.get(plain, sign.upper())


def _number(text: str) -> Decimal:
    """A number whose thousands or decimals are parted by a point or a comma."""
    whole, mark, rest = text.rpartition("." if text.rfind(".") > text.rfind(",") else ",")
    is_decimal = mark and len(rest) != 3
    digits = re.sub(r"[.,]", "", whole if is_decimal else text)
    return Decimal(f"{digits}.{rest}" if is_decimal else digits)


def _is_alike(said: Cost, cost: Cost) -> bool:
    if said.currency not in ("", cost.currency):
        return False
    ends = (cost.low, cost.high)
    return (said.low, said.high) == ends or (said.low == said.high and said.low in ends)
