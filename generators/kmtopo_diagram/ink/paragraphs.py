"""Words on several short lines: the largest step of a ladder at which they fit, cut where none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kmtopo.plugin import frozen
from kmtopo_diagram.ink.metrics import Weight, fit, widest

Step = tuple[float, Weight]


@frozen
class Paragraph:
    """Lines of one size and weight; ``is_cut``: letters are missing."""

    lines: tuple[str, ...]
    size: float
    weight: Weight
    is_cut: bool = False

    @property
    def width(self) -> float:
        """The width of its longest line in whichever font needs more, px."""
        return max(widest(line, self.size, self.weight) for line in self.lines)


def paragraph(text: str, room: float, most: int, steps: Sequence[Step]) -> Paragraph:
    """Breaks text at its spaces into at most so many lines."""
    for size, weight in steps:
        lines = filled(text.split(" "), room, size, weight)
        if len(lines) <= most and all(widest(line, size, weight) <= room for line in lines):
            return Paragraph(tuple(lines), size, weight)
    size, weight = steps[-1]
    lines = filled(text.split(" "), room, size, weight)
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines
    cut = tuple(fit(line, room, (size,), weight).text for line in kept)
    return Paragraph(cut, size, weight, is_cut=True)


def filled(words: Iterable[str], room: float, size: float, weight: Weight) -> list[str]:
    """Puts words on lines as long as they fit; a word that is too long has a line of its own."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and widest(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
