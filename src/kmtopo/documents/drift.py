"""Drift: what a document claims, held against the topology; four kinds of claim and no others, and no prose is changed."""

from __future__ import annotations

from kmtopo.diagnostics import Diagnostic
from kmtopo.documents.claims import KINDS, Known
from kmtopo.documents.sentences import sentences
from kmtopo.markup.formats import Format
from kmtopo.pipeline import Build
from kmtopo.source import Source
from kmtopo.values import frozen


@frozen
class Drift:
    """How many claims were looked at, and those that the topology does not bear out."""

    claims: int
    found: tuple[Diagnostic, ...]


def drift(source: Source, format: Format, build: Build) -> Drift:
    """Looks at technologies, prices, counts and names in the sentences of a document."""
    known = Known(build)
    claims = [
        claim for sentence in sentences(source, format) for kind in KINDS for claim in kind(sentence, known, source)
    ]
    return Drift(len(claims), tuple(claim for claim in claims if claim is not None))
