"""Where a build departs from what the language says: told at the end of every build, with each reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kmtopo.artifacts import Hatch
from kmtopo.cli.session import Session
from kmtopo.report.visible import visible
from kmtopo.templates import one_line

_MOST = 20


def tell_hatches(session: Session, hatches: Sequence[Hatch], out: Path) -> None:
    """Lists the patches of built files and the templates that replace a generator's; nothing where there are none."""
    if not hatches:
        return
    print()
    session.say("hatches", count=len(hatches))
    for hatch in hatches[:_MOST]:
        if hatch.kind == "template":
            session.say("hatch-template", file=visible(hatch.file), generator=hatch.file.split("/")[1])
        else:
            told = {"path": visible(hatch.path), "place": hatch.place, "why": visible(one_line(hatch.why))}
            session.say("hatch-patch", file=out / hatch.file, **told)
    if hatches[_MOST:]:
        session.say("missing-more", count=len(hatches) - _MOST)
