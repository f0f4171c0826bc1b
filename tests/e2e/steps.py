"""The steps of a document: files to write and commands to type, in the order in which they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLOCK = re.compile(r"^```(?:\w+ file (?P<path>\S+)|console step)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class File:
    """A file that the reader writes."""

    path: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command that the reader types, and what the document says that it prints; "" where it says nothing.

    ``...`` alone on a line stands for any lines, at the end of one for its rest.
    """

    line: str
    output: str

    def is_answered_by(self, printed: str) -> bool:
        """Whether a command that printed this did what the document says."""
        lines = (r"(?:.*\n)*?" if line == "..." else _shown(line) for line in self.output.splitlines())
        return not self.output or re.fullmatch("".join(lines), printed) is not None


def _shown(line: str) -> str:
    return re.escape(line.removesuffix("...")) + (r".*\n" if line.endswith("...") else r"\n")


def steps(document: str) -> Iterator[File | Command]:
    """Yields what a reader does who follows a document."""
    for block in BLOCK.finditer(document):
        if block["path"]:
            yield File(block["path"], block["text"])
        else:
            for command in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
                yield Command(*command.partition("\n")[::2])
