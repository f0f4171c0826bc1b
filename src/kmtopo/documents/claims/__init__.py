"""The four kinds of claim: technologies, prices, counts, and names with the descriptions of networks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kmtopo.diagnostics import Diagnostic
from kmtopo.documents.claims.counts import counts
from kmtopo.documents.claims.known import Known
from kmtopo.documents.claims.names import names
from kmtopo.documents.claims.networks import networks
from kmtopo.documents.claims.prices import prices
from kmtopo.documents.claims.technologies import technologies
from kmtopo.documents.sentences import Sentence
from kmtopo.source import Source

# Each yields a claim for every one that a sentence makes: None where the topology bears it out, else the finding.
Kind = Callable[[Sentence, Known, Source], Iterator[Diagnostic | None]]
KINDS: tuple[Kind, ...] = (technologies, prices, counts, names, networks)

__all__ = ["KINDS", "Kind", "Known"]
