"""Clues in a text that is not YAML: what people's slips look like, found without a parser's help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from yaml.error import YAMLError
from yaml.events import StreamEndEvent
from yaml.reader import Reader

from kmtopo.syntax.events import open_events

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- +)*[\w.-]+(:)[^\s:]")
_CONTENT = re.compile(r"^ *(?P<content>[^\s#](?:[^\r\n]*[^\s])?)", re.MULTILINE)
# A quote without a partner reaches to the end: to try again behind it, and again, would take quadratic time.
_BRACKET = re.compile(
    r"(?<!\w)\"(?:[^\"\\]|\\(?s:.))*(?:\"|\Z)|(?<!\w)'[^']*(?:'|\Z)|(?<!\S)#.*|(?P<open>[\[{])|(?P<close>[\]}])"
)


def merge_conflict(text: str) -> int | None:
    """Returns where the first marker of an unresolved merge stands."""
    found = _CONFLICT.search(text)
    return found.start() if found else None


def unprintable(text: str) -> Iterator[re.Match[str]]:
    """Finds the characters that YAML allows nowhere, not even between quotes."""
    return Reader.NON_PRINTABLE.finditer(text)


def tab_in_indentation(text: str, at: int) -> int | None:
    """Returns the tab at a place, or else in the indentation of its line."""
    if text.startswith("\t", at):
        return at
    start = text.rfind("\n", 0, at) + 1
    first = start + len(text[start:]) - len(text[start:].lstrip(" "))
    return first if text.startswith("\t", first) else None


def colon_without_space(line: str) -> int | None:
    """Returns the column, from 0, of the colon in a line like ``name:value``."""
    found = _KEY_WITHOUT_SPACE.match(line)
    return found.start(1) if found else None


def line_before(text: str, at: int) -> tuple[int, str]:
    """Returns where the last line with any content above that of a place starts, and the line."""
    end = len(text[: text.rfind("\n", 0, at) + 1].rstrip())
    start = text.rfind("\n", 0, end) + 1
    return start, text[start:end]


def odd_line(text: str, start: int) -> int | None:
    """Returns where the content of a line above starts that is out of line with all around it, while this one is not.

    That is the nearest one that is not indented by whole steps, or whose neighbours on both sides stand elsewhere.
    """
    depths = [(len(m[0]) - len(m[0].lstrip(" ")), m.start("content")) for m in _CONTENT.finditer(text)]
    here = next((number for number, (_, at) in enumerate(depths) if at >= start), 0)
    step = _usual_step(depth for depth, _ in depths)
    if step is None or depths[here][0] % step:
        return None
    for number in range(here - 1, -1, -1):
        depth, at = depths[number]
        before = depths[number - 1][0] if number else 0
        is_alone = number == here - 1 and before == depths[here][0] != depth
        if depth % step or is_alone:
            return at
        if not depth:
            break
    return None


def _usual_step(depths: Iterable[int]) -> int | None:
    """By how much lines are indented further than the one above, where that happens more than once."""
    steps = Counter(below - above for above, below in pairwise(depths) if below > above)
    (step, count), *_ = [*steps.most_common(1), (0, 0)]
    return step if count > 1 else None


def line_further_left(text: str, start: int) -> tuple[int, int] | None:
    """Returns where the content of the nearest line above starts and ends that begins left of a line's content."""
    line_start = text.rfind("\n", 0, start) + 1
    column = start - line_start
    for found in reversed(list(_CONTENT.finditer(text, 0, line_start))):
        if found.start("content") - found.start() < column:
            return found.span("content")
    return None


def unclosed(text: str) -> list[int]:
    """Returns where the brackets without a partner stand, outermost first; quotes and comments are passed over."""
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        if found["open"]:
            opened.append(found.start())
        elif found["close"] and opened:
            opened.pop()
    return opened


def last_quoted(text: str) -> tuple[int, int] | None:
    """Returns where the last quoted text that a parser could read starts and ends."""
    events = open_events(text)
    last: tuple[int, int] | None = None
    try:
        while not isinstance(event := events.get_event(), StreamEndEvent):
            if getattr(event, "style", None) in ("'", '"'):
                last = event.start_mark.index, event.end_mark.index
    except YAMLError:
        pass
    return last
