"""Diagnostics as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from kmtopo.diagnostics import Diagnostic, Label, Severity
from kmtopo.report.words import help_text, label_text, message
from kmtopo.source import Source, Span, read_page
from kmtopo.texts import CODES

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "kmtopoFinding/v1"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "%SRCROOT%"
_SENTENCE = re.compile(r".+?[.:](?=\s|\Z)|.+")


def render_sarif(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source], language: str, folder: str, version: str
) -> str:
    """Returns a log of one run of a version of kmtopo, with a final newline.

    ``folder`` leads from the repository's root to the project.

    Rules are the codes that were found, in the order of codes; results stand in the order of their places.
    Columns count code points, regions end before their ``endColumn``. A finding keeps its fingerprint while
    it moves within its file, whatever the language.
    """
    import json

    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    codes = sorted({diagnostic.code for diagnostic in ordered})
    rules = [_rule(code, language) for code in codes]
    run = {
        "tool": {"driver": {"name": "kmtopo", "version": version, "language": language, "rules": rules}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": [_Result(found, sources, language, folder).shape(codes.index(found.code)) for found in ordered],
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, language: str) -> dict[str, Any]:
    known = CODES[code]
    rule = {
        "id": code,
        "name": known.name,
        "defaultConfiguration": {"level": _LEVELS[Severity(known.severity)]},
    }
    page = read_page(code, language)
    return rule | _explained(page) if page else rule


def _explained(page: str) -> dict[str, Any]:
    """What a rule's page says: its first sentence, its first paragraph, and all of it."""
    _, paragraph, *_ = [*page.split("\n\n"), ""]
    told = " ".join(paragraph.split())
    first = _SENTENCE.match(told)
    return {
        "shortDescription": {"text": _text(first[0] if first else told)},
        "fullDescription": {"text": _text(told)},
        "help": {"text": _text(page), "markdown": _text(page)},
    }


class _Result:
    """One diagnostic on its way to a result."""

    def __init__(self, found: Diagnostic, sources: Mapping[str, Source], language: str, folder: str) -> None:
        self.found, self.sources, self.language, self.folder = found, sources, language, folder

    def shape(self, rule: int) -> dict[str, Any]:
        found = self.found
        shape: dict[str, Any] = {
            "ruleId": found.code,
            "ruleIndex": rule,
            "level": _LEVELS[found.severity],
            "message": {"text": _text(message(found, self.language))},
            "locations": list(self._location(found.primary)),
            "partialFingerprints": {FINGERPRINT: _fingerprint(found)},
        }
        related = [place for label in found.secondary for place in self._related(label)]
        if related:
            shape["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(related, 1)]
        return shape | self._fixes()

    def _location(self, label: Label | None) -> Iterator[dict[str, Any]]:
        subject = self.found.subject
        named = {"logicalLocations": [{"fullyQualifiedName": str(subject)}]} if subject and str(subject) else {}
        if label and label.span:
            yield {"physicalLocation": self._place(label.span), **named}
        elif named:
            yield named

    def _related(self, label: Label) -> Iterator[dict[str, Any]]:
        if label.span:
            told = label_text(self.found, label, self.language)
            yield {"physicalLocation": self._place(label.span)} | ({"message": {"text": _text(told)}} if told else {})

    def _place(self, span: Span) -> dict[str, Any]:
        source = self.sources.get(span.source)
        snippet = {"snippet": {"text": source.slice(span)}} if source else {}
        return {"artifactLocation": self._file(span), "region": _region(span) | snippet}

    def _file(self, span: Span) -> dict[str, str]:
        path = f"{self.folder}/{span.source}" if self.folder else span.source
        return {"uri": quote(path.encode("utf-8", "surrogateescape")), "uriBaseId": _BASE}

    def _fixes(self) -> dict[str, Any]:
        fix, primary = self.found.suggestion, self.found.primary
        if fix is None or primary is None or primary.span is None:
            return {}
        replacement = {"deletedRegion": _region(primary.span), "insertedContent": {"text": fix.replacement}}
        change = {"artifactLocation": self._file(primary.span), "replacements": [replacement]}
        described = {"description": {"text": _text(help_text(self.found, self.language) or fix.replacement)}}
        return {"fixes": [{**described, "artifactChanges": [change]}]}


def _region(span: Span) -> dict[str, Any]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _fingerprint(found: Diagnostic) -> str:
    """What stays the same when lines move: the code, the file, what it is about, and the values that it tells."""
    from hashlib import sha256

    file = found.primary.span.source if found.primary and found.primary.span else ""
    parts = (found.code, file, str(found.subject or ""), *(f"{k}={v}" for k, v in sorted(found.values.items())))
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _text(words: str) -> str:
    """Words as a message: braces would be placeholders, ``](`` a link."""
    return words.replace("{", "{{").replace("}", "}}").replace("](", "\\](")
