"""The phase itself: a source becomes a document, or diagnostics that say why not."""

from __future__ import annotations

from yaml.error import YAMLError

from kmtopo.diagnostics import Diagnostic
from kmtopo.source import Source
from kmtopo.syntax.builder import Builder
from kmtopo.syntax.document import Document
from kmtopo.syntax.findings import Findings, Unreadable
from kmtopo.syntax.plainest import read_plainest
from kmtopo.syntax.problems import report_unreadable


def parse(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Reads one YAML 1.2 document, with all that is wrong with it as YAML, in the order of the text.

    There is no document where the text is empty or cannot be read to its end.
    """
    findings = Findings(source)
    document = _build(findings)
    return document, tuple(sorted(findings.diagnostics, key=lambda diagnostic: diagnostic.sort_key))


def _build(findings: Findings) -> Document | None:
    document = read_plainest(findings)
    if document is not None:
        return document
    try:
        document = Builder(findings).document()
    except Unreadable:
        return None
    except (YAMLError, UnicodeEncodeError) as error:
        report_unreadable(findings, error)
        return None
    if document is None or document.data is None:
        findings.add("KM117", 0, 0, name=findings.source.name)
        return None
    return document
