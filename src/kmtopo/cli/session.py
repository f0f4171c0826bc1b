"""One run of the command line: its language, its colours, and how it speaks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TextIO

from kmtopo.cli.words import word

if TYPE_CHECKING:
    from kmtopo.diagnostics import Diagnostic
    from kmtopo.source import Source


class Exit(IntEnum):
    """What the process says when it ends."""

    OK = 0
    PROBLEM = 1
    USAGE = 2
    MISSING = 3
    CONFLICT = 4
    BUG = 70
    INTERRUPTED = 130


class Stop(Exception):
    """Ends a command with an exit code; what there is to say has been said."""

    def __init__(self, code: Exit) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Session:
    """How this run speaks."""

    language: str = "en"
    color: str = "auto"
    debug: bool = False

    def say(self, key: str, **values: object) -> None:
        """Prints a result on standard output."""
        print(word(key, self.language, **values))

    def word(self, key: str, **values: object) -> str:
        """A text of the command line in this run's language."""
        return word(key, self.language, **values)

    def note(self, key: str, **values: object) -> None:
        """Prints progress on standard error, for a person at a terminal only."""
        if sys.stderr.isatty():
            print(word(key, self.language, **values), file=sys.stderr)

    def refuse(self, key: str, code: Exit = Exit.USAGE, **values: object) -> Stop:
        """Says why a command cannot go on, and returns what to raise."""
        print(f"kmtopo: {word(key, self.language, **values)}", file=sys.stderr)
        return Stop(code)

    def colored(self, stream: TextIO) -> bool:
        """Whether this stream gets colours: asked for, or a terminal without ``NO_COLOR``."""
        if self.color != "auto":
            return self.color == "always"
        return stream.isatty() and not os.environ.get("NO_COLOR")

    def report(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> None:
        """Prints diagnostics on standard error."""
        from kmtopo.report import render_text

        found = tuple(diagnostics)
        if found:
            color = self.colored(sys.stderr)
            sys.stderr.write(render_text(found, sources, self.language, color=color))
