"""A tenant, environment or VPS that a sentence names, alone or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Term, diagnose
from kmtopo.documents.claims.asides import is_aside
from kmtopo.documents.claims.known import Known, folded, stems
from kmtopo.documents.sentences import Sentence
from kmtopo.source import Source

# A proper name: capitals, joined by small words where it goes on; of so many at the most that a long text is read in time.
PROPER = (
    r"(?-i:\b[A-ZÁÉÍÓÚÑÜ][\w-]{0,60}"
    r"(?:\s+(?:(?:de|del|la|las|los|en|of|the|and|y|e)\s+){0,3}[A-ZÁÉÍÓÚÑÜ\d][\w-]{0,60}){0,8})"
)
_SAID = rf"[`*\"“«]{{0,2}}(?P<name>{PROPER})"
_NOUNS = {
    "tenant": r"(?:la |the )?(?:empresa|compañía|tenencia|tenant|company)",
    "environment": r"(?:el |the )?(?:entorno|ambiente|environment)",
    "vps": r"(?:el |the )?VPS",
}
_NAMED = {
    noun: re.compile(rf"\b{words}\s+(?:de\s+(?:la\s+)?|called\s+|named\s+|llamad[ao]\s+)?{_SAID}", re.IGNORECASE)
    for noun, words in _NOUNS.items()
}
# English names first and says the noun behind; a name needs an article, since every sentence begins with a capital.
_BEFORE = {
    noun: re.compile(
        rf"\b(?:the|our|an?)\s+{_SAID}[`*\"”»]{{0,2}}\s+{words}\b(?!\s+(?:variable|file)s?\b)", re.IGNORECASE
    )
    for noun, words in {"tenant": "tenant", "environment": "environment", "vps": "VPS"}.items()
}
_LIST = re.compile(
    r"\b(?:empresas|compañías|companies|tenants|tenencias|inquilinos)\b[^.()]{0,60}[(:]\s*(?P<names>[^().]+)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r",\s*(?:and\s+|y\s+|e\s+)?|\s+and\s+|\s+y\s+")
# What begins with a capital and names nothing.
_COMMON = stems(
    "docker compose kubernetes internet ubuntu debian linux windows python node java the this each and our your same"
)


def names(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    """One claim for each name behind its noun, and for each tenant of a list that has one of ours."""
    for noun, behind in _NAMED.items():
        for found in (*behind.finditer(sentence.text), *_BEFORE[noun].finditer(sentence.text)):
            if known.named[noun] and stems(found["name"]) - _COMMON:
                yield _judged(sentence, known, source, noun, found.span("name"))
    yield from _listed(sentence, known, source)


def _judged(sentence: Sentence, known: Known, source: Source, noun: str, at: tuple[int, int]) -> Diagnostic | None:
    said = sentence.text[slice(*at)]
    # Another thing of the topology may be meant: a name is wrong where it is nobody's.
    if stems(said) & known.words or stems(said) <= _COMMON or is_aside(sentence.text[: at[0]]):
        return None
    return _finding(sentence, known, source, noun, at)


def _listed(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    titles = {folded(word) for pair in known.named["tenant"].items() for word in pair}
    for found in _LIST.finditer(sentence.text):
        at, items = found.start("names"), []
        for part in _SEPARATOR.split(found["names"]):
            start = sentence.text.index(part, at)
            at = start + len(part)
            items.append((start, at))
        ours = [folded(sentence.text[slice(*item)].strip(" *_`")) in titles for item in items]
        if any(ours):
            yield from (
                None if is_ours else _finding(sentence, known, source, "tenant", item)
                for item, is_ours in zip(items, ours, strict=True)
                if is_ours or sentence.text[item[0]].isupper()
            )


def _finding(sentence: Sentence, known: Known, source: Source, noun: str, at: tuple[int, int]) -> Diagnostic:
    listed = ", ".join(sorted(known.named[noun].values()))
    span = sentence.span(source, *at)
    words = {"tenant": Term("tenant"), "environment": Term("environment"), "vps": "VPS"}
    return diagnose("KM858", span, noun=words[noun], name=sentence.text[slice(*at)], known=listed)
