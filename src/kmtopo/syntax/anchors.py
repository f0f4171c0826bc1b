"""Anchors and aliases: what ``*name`` stands for, within a budget."""

from __future__ import annotations

from typing import Any, NamedTuple

from kmtopo.syntax.findings import Findings, Unreadable

MAX_ALIASED_NODES = 1_000_000


class Anchored(NamedTuple):
    """What an alias stands for: the value, how many nodes it has, and a scalar's text as written."""

    value: Any
    nodes: int = 1
    written: str | None = None


class Anchors:
    """The anchors of one document, and how far its aliases have expanded it.

    The budget keeps a few lines of nested aliases from standing for billions of nodes: aliases
    share their value, but whatever walks the data walks it once an alias.
    """

    def __init__(self, findings: Findings) -> None:
        self.written: dict[int, str] = {}
        self._findings = findings
        self._known: dict[str, Anchored | None] = {}
        self._expanded = 0

    def open(self, name: str | None) -> None:
        """Notes that the value of an anchor has begun: until it is closed nothing can stand for it."""
        if name is not None:
            self._known[name] = None

    def close(self, name: str | None, anchored: Anchored) -> None:
        """Notes what an anchor's aliases stand for from here on."""
        if name is not None:
            self._known[name] = anchored

    def resolve(self, name: str, start: int, end: int) -> Anchored:
        """Returns what the alias at ``text[start:end]`` stands for: nothing, and a finding, where there is no such anchor.

        Raises:
            Unreadable: the budget is spent.
        """
        anchored = self._known.get(name)
        if anchored is None:
            variant = "inside" if name in self._known else ""
            self._findings.add("KM108", start, end, help=variant, name=name)
            return Anchored(None)
        self._expanded += anchored.nodes
        if self._expanded > MAX_ALIASED_NODES:
            self._findings.add("KM109", start, end, limit=MAX_ALIASED_NODES)
            raise Unreadable
        if anchored.written is not None:
            self.written[start] = anchored.written
        return anchored
