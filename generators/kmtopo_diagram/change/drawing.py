"""The view of a change: the deployment picture of both sides, what became of each thing, and what changes in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kmtopo.plugin import Graph
from kmtopo_diagram.change.fate import Verdict
from kmtopo_diagram.change.listing import listing
from kmtopo_diagram.change.reading import FATES, compared
from kmtopo_diagram.change.union import without_anything
from kmtopo_diagram.change.words import ChangeWords, change_words
from kmtopo_diagram.deployment.drawing import best_sheet, body
from kmtopo_diagram.deployment.legend import entries_of
from kmtopo_diagram.deployment.picture import Picture
from kmtopo_diagram.deployment.sheet import Sheet
from kmtopo_diagram.ink.svg import Drawing, Element, text
from kmtopo_diagram.signs.fates import Fate, fate_mark
from kmtopo_diagram.signs.headings import MARGIN
from kmtopo_diagram.signs.legends import Entry, laid_out


def change(before: Graph | None, after: Graph, against: str) -> Drawing:
    """Draws what became of an environment, which is new where ``before`` is None."""
    picture, judged, left_out = compared(before or without_anything(after), after, against)
    return _drawing(best_sheet(picture), judged, left_out, change_words(after.deployment.project.locale))


def _drawing(sheet: Sheet, judged: Verdict, left_out: int, words: ChangeWords) -> Drawing:
    picture, room = sheet.picture, sheet.width - 2 * MARGIN
    y = sheet.height + 22
    said: list[Element] = []
    if left_out:
        said.append(text(sheet.width / 2, y + 4, words.left_out.counted(left_out), 12, fill="ink2", anchor="middle"))
        y += 24
    lines, height = listing(judged.told, words, MARGIN, y, room) if judged.told else ([], 0.0)
    said += lines
    entries = [*_fate_entries(picture, judged, words), *entries_of(sheet)]
    foot, legend_height = laid_out(entries, MARGIN, y + height, room)
    return Drawing(
        name=picture.name,
        width=sheet.width,
        height=y + height + legend_height,
        language=picture.words.language,
        title=f"{picture.project} · {picture.title}",
        description=picture.description,
        elements=(*body(sheet), *said, foot),
    )


def _fate_entries(picture: Picture, judged: Verdict, words: ChangeWords) -> Iterator[Entry]:
    used = {thing.fate for things in (picture.machines, picture.boxes(), picture.cards()) for thing in things}
    used |= {arrow.fate for arrow in picture.arrows} | {each.fate for each in judged.told}
    yield from (Entry(17, partial(_mark, fate), words.fates[fate]) for fate in FATES if fate in used)


def _mark(fate: Fate, x: float, y: float) -> Iterator[Element]:
    yield from fate_mark(fate, x + 8.5, y)
