"""YAML's event parsers: libyaml where PyYAML was built with it, else the same events in pure Python."""

from __future__ import annotations

from typing import Any

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

try:
    from yaml.cyaml import CParser
except ImportError:
    CParser = None


class PureParser(Reader, Scanner, Parser):
    """PyYAML's own parser, some twenty times slower than libyaml's."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def open_events(text: str) -> Any:
    """Returns a parser whose ``get_event`` gives one event after another; it raises ``YAMLError`` where it cannot read."""
    return PureParser(text) if CParser is None else CParser(text)
