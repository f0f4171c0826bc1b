"""Diagnostics as text for people: header, frame, help, and a last line that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.diagnostics import Diagnostic, Label, Severity
from kmtopo.report.colors import Painter, colored, plain
from kmtopo.report.frame import Gutter, Mark, frame
from kmtopo.report.visible import visible
from kmtopo.report.words import help_text, label_text, summary
from kmtopo.source import Source
from kmtopo.texts import phrase


def render_text(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, Source],
    language: str,
    color: bool = False,
    width: int = 100,
) -> str:
    """Returns the diagnostics in the order of their places, with frames no wider than ``width`` cells; "" for none.

    Nothing from a file reaches the terminal as a control character.
    """
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    paint = colored if color else plain
    blocks = ["\n".join(_block(diagnostic, sources, language, paint, width)) for diagnostic in ordered]
    return "".join(f"{block}\n\n" for block in blocks) + (f"{count(ordered, language)}\n" if ordered else "")


def count(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """Returns how many findings of each severity there are: ``2 errors, 1 warning``."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counted = ((severity, severities.count(severity)) for severity in Severity)
    return ", ".join(_counted(severity, number, language) for severity, number in counted if number)


def _counted(severity: Severity, number: int, language: str) -> str:
    entry = f"{severity.value}s_one" if number == 1 else f"{severity.value}s"
    return phrase("report", entry, language, count=number)


def _block(
    diagnostic: Diagnostic, sources: Mapping[str, Source], language: str, paint: Painter, width: int
) -> Iterator[str]:
    severity = diagnostic.severity.value
    head = paint(f"{phrase('report', severity, language)}[{diagnostic.code}]", severity)
    yield head + paint(f": {summary(diagnostic, language)}", "strong")
    marks = list(_marks(diagnostic, language))
    gutter = Gutter.for_marks(marks, paint)
    yield from _frames(marks, sources, gutter, width)
    yield from _help(diagnostic, language, gutter)


def _marks(diagnostic: Diagnostic, language: str) -> Iterator[Mark]:
    """The primary place, then the others; a place that the pipeline could not locate has nothing to show."""
    if diagnostic.primary:
        yield from _mark(diagnostic, diagnostic.primary, diagnostic.severity.value, language)
    for label in diagnostic.secondary:
        yield from _mark(diagnostic, label, "frame", language)


def _mark(diagnostic: Diagnostic, label: Label, role: str, language: str) -> Iterator[Mark]:
    if label.span:
        yield Mark(label.span, label_text(diagnostic, label, language), role, label is diagnostic.primary)


def _frames(marks: list[Mark], sources: Mapping[str, Source], gutter: Gutter, width: int) -> Iterator[str]:
    names = dict.fromkeys(mark.span.source for mark in marks)
    for index, name in enumerate(names):
        here = [mark for mark in marks if mark.span.source == name]
        start = here[0].span.start
        yield gutter.arrow(":::" if index else "-->", f"{visible(name)}:{start.line}:{start.column}")
        if name in sources:
            yield from frame(sources[name], here, gutter, width)


def _help(diagnostic: Diagnostic, language: str, gutter: Gutter) -> Iterator[str]:
    first, *others = help_text(diagnostic, language).splitlines() or [""]
    if first:
        word = phrase("report", "help", language)
        sign = gutter.paint("=", "frame")
        yield f"{' ' * gutter.width} {sign} {gutter.paint(word, 'strong')}: {first}"
        yield from (" " * (gutter.width + len(word) + 5) + line for line in others)
