"""Fixes: what diagnostics suggest, as edits of the sources that they point into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.diagnostics import Diagnostic
from kmtopo.source import Source, Span
from kmtopo.values import frozen

# What a finding calls the text that it points at.
_TOLD = ("key", "value")


@frozen
class Edit:
    """A new text for a stretch of a source, and what stands there now."""

    span: Span
    before: str
    after: str


def safe_edits(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> tuple[Edit, ...]:
    """Returns the edits that diagnostics suggest as safe, in the order of their places, none over another.

    Where two would change the same text, the first stands: the other is found again, or is none any more.
    """
    wanted = sorted(_wanted(diagnostics, sources), key=lambda edit: (edit.span, edit.after))
    chosen: list[Edit] = []
    for edit in wanted:
        last = chosen[-1].span if chosen else None
        if last is None or last.source != edit.span.source or last.end <= edit.span.start:
            chosen.append(edit)
    return tuple(chosen)


def fixed(source: Source, edits: Iterable[Edit]) -> str:
    """Returns a source's text after those of the edits that are its own."""
    parts: list[str] = []
    after = source.span(0, 0).start
    end = source.position(len(source.text))
    for edit in edits:
        if edit.span.source == source.name:
            parts += [source.slice(Span(source.name, after, edit.span.start)), edit.after]
            after = edit.span.end
    return "".join([*parts, source.slice(Span(source.name, after, end))])


def _wanted(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Source]) -> Iterator[Edit]:
    for found in diagnostics:
        span = found.primary.span if found.primary else None
        if span and span.source in sources and found.suggestion and found.suggestion.safe:
            before, after = sources[span.source].slice(span), found.suggestion.replacement
            if before != after and _is_what_is_meant(before, found):
                yield Edit(span, before, after)


def _is_what_is_meant(text: str, found: Diagnostic) -> bool:
    """Whether the text is the finding's word itself, and no alias, no escapes, no part of a table's heading."""
    told = next((found.values[name] for name in _TOLD if name in found.values), None)
    return told is not None and _unquoted(text) == _unquoted(told)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
