"""``kmtopo env diff``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from kmtopo.cli.questions import asked, tell_whole
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.graph.likeness import Difference, differences
from kmtopo.report.visible import visible


def compare(session: Session, left: str, right: str, file: Path, *, exit_code: bool, format: str) -> None:
    """Prints how two environments differ, by the reason that an architect would give."""
    world = asked(session, file, [left, right], format)
    found = differences(world.graphs[left], world.graphs[right])
    if format == "json":
        tell_whole({"left": left, "right": right, "differences": [_shape(each) for each in found]})
    elif not found:
        session.say("alike", left=left, right=right)
    else:
        print(f"{left} → {right}")
        for aspect, group in groupby(found, key=lambda each: each.aspect):
            print(_heading(session, aspect))
            _say(list(group))
    if found and exit_code:
        raise Stop(Exit.PROBLEM)


def _heading(session: Session, aspect: str) -> str:
    words = {
        "scale": session.word("aspect-scale"),
        "domain": session.word("aspect-domain"),
        "tenants": session.word("aspect-tenants"),
        "tls": session.word("aspect-tls"),
        "ports": session.word("aspect-ports"),
        "rest": session.word("aspect-rest"),
    }
    return words[aspect]


def _say(found: list[Difference]) -> None:
    width = max(len(str(each.address)) for each in found)
    for each in found:
        print(f"  {each.sign} {visible(str(each.address)):<{width}}  {visible(' → '.join(each.values))}".rstrip())


def _shape(each: Difference) -> dict[str, Any]:
    """``aspect, address, left, right``; None where a side has no such thing."""
    return {
        "aspect": each.aspect,
        "address": str(each.address),
        "left": each.left or None,
        "right": each.right or None,
    }
