"""Several files are one document: what a topology includes, and how its parts come together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kmtopo.addresses import Step
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.source import Inclusion, Source
from kmtopo.syntax.document import Document, Owner
from kmtopo.syntax.parser import parse

INCLUDE = "include"
# Nouns whose items may come from several files; what is not here stands in one file as a whole.
MAPPINGS = ("vps", "networks", "containers", "zones", "tenants", "environments", "generators")
LISTS = ("policies", "assumptions", "accept", "moved", "patches")
# What only the topology itself says, and a part may repeat for an editor's sake.
VERSION = "kmtopo"

_says_include = re.compile(r"^[\"']?include[\"']?[ \t]*:", re.MULTILINE).search


def inclusions(root: Source) -> tuple[Inclusion, ...]:
    """Returns what a topology includes; what is wrong with the list is reported when it is validated."""
    # The word is found sooner than a line that begins with it, and most files do not have it.
    if INCLUDE not in root.text or not _says_include(root.text):
        return ()
    document, _ = parse(root)
    if document is None or not isinstance(document.data, dict):
        return ()
    listed = document.data.get(INCLUDE)
    if isinstance(listed, str):
        return (Inclusion(listed, document.span((INCLUDE,))),)
    patterns = enumerate(listed if isinstance(listed, list) else ())
    return tuple(Inclusion(p, document.span((INCLUDE, i))) for i, p in patterns if isinstance(p, str))


def combine(root: Document, parts: Iterable[Document | None]) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Lays parts beside a topology: items join their nouns, lists go on, everything else may stand in one file only.

    A part is None where it could not be read.
    """
    parts = tuple(parts)
    if not isinstance(root.data, dict):
        return root, ()
    found: list[Diagnostic] = []
    whole = _Whole(root, found)
    for part in parts:
        if part is not None:
            whole.add(part)
    incomplete = any(part is None or not isinstance(part.data, dict) for part in parts)
    made = replace(root, data=whole.data, owners=whole.owners, written=root.data, incomplete=incomplete)
    return made, tuple(found)


class _Whole:
    """The document as far as it is put together; remembers which part each entry came from."""

    def __init__(self, root: Document, found: list[Diagnostic]) -> None:
        self.root, self.found = root, found
        self.data: dict[str, Any] = dict(root.data)
        self.owners: dict[tuple[Step, ...], Owner] = {}

    def add(self, part: Document) -> None:
        if not isinstance(part.data, dict):
            self.found.append(diagnose("KM119", part.span(()), name=part.source.name))
            return
        for noun, value in part.data.items():
            if noun == INCLUDE:
                self.found.append(diagnose("KM120", part.span((noun,), "key"), root=self.root.source.name))
            elif noun in MAPPINGS and _fits(self.data, noun, value, dict):
                self._join(noun, value, part)
            elif noun in LISTS and _fits(self.data, noun, value, list):
                self._go_on(noun, value, part)
            elif noun not in self.data:
                self.data[noun] = value
                self.owners[noun,] = Owner(part, (noun,))
            elif not (noun == VERSION and value == self.data[noun]) and not noun.startswith("x-"):
                self._conflict((noun,), part)

    def _join(self, noun: str, items: Mapping[str, Any], part: Document) -> None:
        self._open(noun, part)
        joined = dict(self.data.get(noun) or {})
        for name, value in items.items():
            if name in joined:
                self._conflict((noun, name), part)
            else:
                joined[name] = value
                self.owners[noun, name] = Owner(part, (noun, name))
        self.data[noun] = joined

    def _open(self, noun: str, part: Document) -> None:
        """A noun that the topology does not have stands where the first part begins it."""
        if noun not in self.data:
            self.owners[noun,] = Owner(part, (noun,))

    def _go_on(self, noun: str, items: list[Any], part: Document) -> None:
        self._open(noun, part)
        before = list(self.data.get(noun) or [])
        for index in range(len(items)):
            self.owners[noun, len(before) + index] = Owner(part, (noun, index))
        self.data[noun] = [*before, *items]

    def _conflict(self, steps: tuple[Step, ...], part: Document) -> None:
        owner = self.owners.get(steps) or self.owners.get(steps[:1]) or Owner(self.root, steps)
        there = owner.document.span(owner.steps + steps[len(owner.steps) :], "key")
        label = Label(span=there, text="first")
        self.found.append(diagnose("KM121", part.span(steps, "key"), also=[label], key=steps[-1], file=there.source))


def _fits(data: Mapping[str, Any], noun: str, value: Any, kind: type) -> bool:
    """Whether both sides are of the kind that can be joined; where one is not, validation says so."""
    return isinstance(value, kind) and isinstance(data.get(noun) or kind(), kind)
