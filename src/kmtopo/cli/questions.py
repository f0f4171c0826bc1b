"""What all questions to a topology have in common: the graphs that answer, what words name, how places are shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kmtopo import pipeline
from kmtopo.addresses import Address
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Part, Severity
from kmtopo.report.visible import visible
from kmtopo.values import frozen

if TYPE_CHECKING:
    from kmtopo.graph.graph import Graph
    from kmtopo.pipeline import Build
    from kmtopo.syntax import Document

SHAPE = 1
FORMATS = ("text", "json")


@frozen
class Asked:
    """The worlds that a question is put to, by environment; what they were compiled from, and the file that places are in."""

    graphs: Mapping[str, Graph]
    build: Build
    document: Document

    def place(self, address: Address, part: Part = "value") -> str:
        """Where an address stands, as ``topology.yaml:12:5``."""
        span = self.document.span(address, part)
        return f"{visible(span.source)}:{span.start.line}:{span.start.column}"

    def position(self, address: Address) -> dict[str, Any]:
        """Where an address stands, for programs."""
        span = self.document.span(address)
        return {
            "address": str(address),
            "file": span.source,
            "line": span.start.line,
            "column": span.start.column,
        }


def asked(session: Session, file: Path, environments: Iterable[str] | None, format: str) -> Asked:
    """Compiles what a question needs: no rule is run, since the answer may be why one is broken."""
    if format not in FORMATS:
        raise session.refuse("bad-choice", known=FORMATS, name=format)
    build = compiled(session, read(session, file), environments, phases=pipeline.ASKING)
    if not build.understood or build.document is None:
        session.report([d for d in build.diagnostics if d.severity is Severity.ERROR], sources(build))
        raise Stop(Exit.PROBLEM)
    return Asked({name: build.graphs[name] for name in environments or sorted(build.graphs)}, build, build.document)


def named(session: Session, graphs: Mapping[str, Graph], words: Iterable[str]) -> None:
    """Ends the command where a word names nothing in any of the environments."""
    from kmtopo.graph.ends import chosen, names

    for word in words:
        if not any(chosen(graph, [word]) for graph in graphs.values()):
            known = sorted(frozenset().union(*map(names, graphs.values())))
            raise session.refuse("no-name", known=known, name=word)


def tell(answers: Iterable[Any]) -> None:
    """Prints answers for programs: ``version`` and ``answers``, one for each environment."""
    tell_whole({"answers": list(answers)})


def tell_whole(answer: Mapping[str, Any]) -> None:
    """Prints one answer about all environments for programs, with its ``version``."""
    json.dump({"version": SHAPE, **answer}, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
