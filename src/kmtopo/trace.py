"""The trace: which line of a built file came from which line of the topology."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact
from kmtopo.syntax import Document

TRACE = PurePosixPath("trace.json")

_OPENING = re.compile(r"\s*(?:#|--|//|%%) from (\S+)$").match


def trace(artifacts: Iterable[Artifact], document: Document) -> Artifact:
    """Makes ``trace.json`` of the comment lines that open blocks.

    Its shape: ``{path: [[line, address, "topology.yaml:48:3"], …]}``; a block reaches to the next one.
    """
    files = {str(a.path): blocks for a in artifacts if (blocks := list(_blocks(a.content, document)))}
    body = ",\n".join(f"  {json.dumps(path)}: [\n{_rows(files[path])}\n  ]" for path in sorted(files))
    return Artifact(TRACE, f"{{\n{body}\n}}\n" if body else "{}\n")


def _rows(blocks: list[tuple[int, str, str]]) -> str:
    # One block a line, so that a change of the topology reads well in a diff.
    return ",\n".join(f"    {json.dumps(list(block), ensure_ascii=False)}" for block in blocks)


def _blocks(content: str, document: Document) -> Iterator[tuple[int, str, str]]:
    if " from " not in content:
        return
    for number, line in enumerate(content.split("\n"), start=1):
        opening = _OPENING(line)
        if opening:
            span = document.span(Address.parse(opening[1]), "key")
            yield number, opening[1], f"{span.source}:{span.start.line}:{span.start.column}"
