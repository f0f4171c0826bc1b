"""A tenant, environment, VPS or network that a sentence names, alone or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.diagnostics import Diagnostic, Term, diagnose
from kmtopo.documents.claims.asides import is_aside
from kmtopo.documents.claims.known import Known, folded, singular
from kmtopo.documents.sentences import Sentence
from kmtopo.source import Source

# A proper name: capitals, joined by small words where it goes on; of so many at the most that a long text is read in time.
PROPER = (
    r"(?-i:\b[A-ZÁÉÍÓÚÑÜ][\w-]{0,60}"
    r"(?:\s+(?:(?:de|del|la|las|los|en|of|the|and|y|e)\s+){0,3}[A-ZÁÉÍÓÚÑÜ\d][\w-]{0,60}){0,8})"
)
# A name of a machine, in the form that names have in a topology: nobody sets other words so.
_QUOTED = r"[`\"“«]+(?P<name>(?-i:[a-z][a-z0-9-]+))[`\"”»]+"
_SAID = rf"[`*\"“«]{{0,2}}(?!\w*_)(?P<name>{PROPER})"
_NOUNS = {
    "tenant": r"empresa|compañía|tenencia|tenant|company",
    "environment": r"entorno|ambiente|environment",
    "vps": r"VPS",
}
# Beside these a name of a machine is one; proper names stand beside others' servers, too, and networks' have a module of their own.
_MORE_NOUNS = {**_NOUNS, "vps": r"VPS|servidor|server|máquina|machine", "network": r"red|network"}
# Whatever stands behind a noun that is said of each, or that is part of a word, is no name of one.
_ONE = r"(?<![\w-])(?<!per )(?<!each )(?<!every )(?<!any )(?<!cada )(?<!por )"
_CALLED = r"(?:called\s+|named\s+|llamad[ao]\s+|denominad[ao]\s+)?"
_NO_OTHER = r"(?!\w|\s+(?:variable|file|column|field|key|header|parameter|table)s?\b)"


def _forms(noun: str) -> Iterator[str]:
    """How a sentence names something of a noun.

    English says the noun behind the name, too; an article tells then that the name is one, as every sentence begins
    with a capital. A name of a machine is quoted, and an article tells that what bears it is there.
    """
    if noun in _NOUNS:
        yield rf"{_ONE}(?:{_NOUNS[noun]})\s+(?:de\s+(?:la\s+)?|{_CALLED}){_SAID}"
        yield rf"\b(?:the|our|an?)\s+{_SAID}[`*\"”»]{{0,2}}\s+(?:{_NOUNS[noun]}){_NO_OTHER}"
    words = _MORE_NOUNS[noun]
    yield rf"\b(?:the|our|el|del|al|la|nuestr[ao])\s+(?:{words})\s+{_CALLED}{_QUOTED}{_NO_OTHER}"
    yield rf"\b(?:the|our)\s+{_QUOTED}\s+(?:{words}){_NO_OTHER}"


_FORMS = tuple((noun, re.compile(form, re.IGNORECASE)) for noun in _MORE_NOUNS for form in _forms(noun))
_TERMS = {
    "tenant": Term("tenant"),
    "environment": Term("environment"),
    "vps": Term("vps"),
    "network": Term("network"),
}
_LIST = re.compile(
    r"\b(?:empresas|compañías|companies|tenants|tenencias|inquilinos)\b[^.()]{0,60}[(:]\s*(?P<names>[^().]+)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r",\s*(?:and\s+|y\s+|e\s+)?|\s+and\s+|\s+y\s+")
# What begins with a capital and names nothing.
_COMMON = singular(
    "docker compose host bridge overlay default local kubernetes internet ubuntu debian linux windows python node java the this each and our your same"
)


def names(sentence: Sentence, known: Known, source: Source) -> Iterator[Diagnostic | None]:
    """One claim for each name beside its noun, and for each tenant of a list that has one of ours."""
    for noun, found in _found(sentence.text):
        if known.named[noun] and singular(found["name"]) - _COMMON:
            yield _judged(sentence, known, source, noun, found.span("name"))
    yield from _listed(sentence, known, source)


def _found(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Where a text names something, and of which noun; each place once."""
    told = set[tuple[int, int]]()
    for noun, form in _FORMS:
        for found in form.finditer(text):
            if found.span("name") not in told:
                told.add(found.span("name"))
                yield noun, found


def _judged(sentence: Sentence, known: Known, source: Source, noun: str, at: tuple[int, int]) -> Diagnostic | None:
    said = sentence.text[slice(*at)]
    # Another thing of the topology may be meant: a name is wrong where it is nobody's.
    if singular(said) & known.names or is_aside(sentence, at[0]):
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
    return diagnose("KM858", span, noun=_TERMS[noun], name=sentence.text[slice(*at)], known=listed)
