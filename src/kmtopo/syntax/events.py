"""YAML's event parsers: libyaml where PyYAML was built with it, else the same events in pure Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol

from yaml.error import MarkedYAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner


class Events(Protocol):
    """Gives one event of a text after another."""

    def get_event(self) -> Any:
        """Returns the next event; raises ``YAMLError`` where the text cannot be read on."""


class PureEvents(Reader, Scanner, Parser):
    """PyYAML's own parser, some twenty times slower than libyaml's, made as strict about escapes as that one."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:
        """Returns the next event; raises ``YAMLError`` where the text cannot be read on."""
        try:
            event: Any = super().get_event()  # type: ignore[no-untyped-call]
        except (ValueError, OverflowError):
            raise _bad_escape(self.get_mark()) from None
        if re.search("[\ud800-\udfff]", getattr(event, "value", None) or ""):
            raise _bad_escape(event.start_mark)
        return event


def _bad_escape(mark: Any) -> MarkedYAMLError:
    problem = "found invalid Unicode character escape code"
    return MarkedYAMLError("while scanning a quoted scalar", mark, problem, mark)


def _fastest() -> Callable[[str], Events]:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return PureEvents
    return CParser


# Takes a text; one that no encoding can hold raises ``UnicodeEncodeError`` or ``YAMLError``.
open_events = _fastest()
