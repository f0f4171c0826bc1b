"""One run of the command line: its language, its colours, and how it speaks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import TYPE_CHECKING, TextIO

from kmtopo.cli.words import word
from kmtopo.values import frozen

if TYPE_CHECKING:
    from kmtopo.diagnostics import Diagnostic
    from kmtopo.source import Source

_WIDEST = 100
_NARROWEST = 40
_MOST_NAMES = 12
_ERASE_LINE = "\r\x1b[2K"


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
    """Ends the command with an exit code; what there was to say has been said."""

    def __init__(self, code: Exit) -> None:
        super().__init__(code)
        self.exit_code = code


@frozen
class Session:
    """How this run speaks."""

    language: str = "en"
    color: str = "auto"
    debug: bool = False

    def say(self, key: str, **values: object) -> None:
        """Prints a result on standard output."""
        print(self.word(key, **values))

    def complain(self, key: str, **values: object) -> None:
        """Prints on standard error what a command cannot do."""
        print(f"kmtopo: {self.word(key, **values)}", file=sys.stderr)

    def word(self, key: str, **values: object) -> str:
        """A text of the command line in this run's language; no value acts on a terminal."""
        from kmtopo.report.visible import visible

        return word(key, self.language, **{name: visible(str(value)) for name, value in values.items()})

    def reason(self, error: OSError) -> str:
        """Says in this run's language why the operating system refused."""
        from kmtopo.diagnostics import Reason
        from kmtopo.texts import phrase

        name = Reason.of(error.errno)
        return phrase("reasons", name, self.language) or name

    @contextmanager
    def progress(self, key: str, **values: object) -> Iterator[None]:
        """Shows a person at a terminal what takes its time, for as long as it does."""
        if not sys.stderr.isatty():
            yield
            return
        print(self.word(key, **values), end="", file=sys.stderr, flush=True)
        try:
            yield
        finally:
            print(_ERASE_LINE, end="", file=sys.stderr, flush=True)

    def refuse(self, key: str, code: Exit = Exit.USAGE, known: Iterable[str] = (), **values: object) -> Stop:
        """Says why a command cannot go on, and returns what to raise.

        Where ``known`` has a name close to ``name`` among the values, that is suggested, else all are listed.
        """
        from kmtopo.diagnostics import did_you_mean

        names = list(known)
        close = did_you_mean(str(values.get("name", "")), names)
        hint = ""
        if close:
            hint = self.word("did-you-mean", name=close)
        elif names and len(names) <= _MOST_NAMES:
            hint = self.word("known", names=", ".join(names))
        print(f"kmtopo: {self.word(key, **values)}{hint}", file=sys.stderr)
        return Stop(code)

    def colored(self, stream: TextIO) -> bool:
        """Whether this stream gets colours: asked for, or a terminal without ``NO_COLOR``."""
        if self.color != "auto":
            return self.color == "always"
        return stream.isatty() and not os.environ.get("NO_COLOR")

    def report(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> None:
        """Prints diagnostics on standard error."""
        found = tuple(diagnostics)
        if found:
            from kmtopo.report import render_text

            color, width = self.colored(sys.stderr), _width(sys.stderr)
            sys.stderr.write(render_text(found, sources, self.language, color=color, width=width))


def silence() -> None:
    """Sends whatever is still buffered for standard output nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _width(stream: TextIO) -> int:
    """The cells of a line: as many as the terminal has, and no more than are easy to read."""
    if not stream.isatty():
        return _WIDEST
    try:
        return max(_NARROWEST, min(_WIDEST, os.get_terminal_size(stream.fileno()).columns or _WIDEST))
    except OSError:
        return _WIDEST
