"""Titles on one line or two."""

from __future__ import annotations

from itertools import accumulate

from kmtopo_diagram.ink.metrics import Fitted, fit, sizes_from

_TITLE_SIZE = 14.5
_SMALLEST_TITLE = 13.0  # before a title is broken in two


def title_lines(
    title: str, room: float, largest: float = _TITLE_SIZE, smallest: float = _SMALLEST_TITLE
) -> tuple[Fitted, ...]:
    """Fits a title on one line if that keeps it large, else on two, else smaller and at last cut."""
    one = fit(title, room, sizes_from(largest, smallest), 600)
    if not one.is_cut:
        return (one,)
    if " " not in title:
        return (fit(title, room, sizes_from(largest), 600),)
    return tuple(fit(half, room, sizes_from(smallest), 600) for half in halves(title))


def halves(title: str) -> tuple[str, ...]:
    """Breaks a title where its halves are most equal; one word stays whole."""
    words = title.split(" ")
    if len(words) < 2:
        return (title,)
    lengths = list(accumulate(len(word) + 1 for word in words))
    cut = min(range(1, len(words)), key=lambda cut: abs(2 * lengths[cut - 1] - lengths[-1]))
    return " ".join(words[:cut]), " ".join(words[cut:])
