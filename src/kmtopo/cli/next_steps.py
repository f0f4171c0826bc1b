"""Tells the operator what to do on a machine that runs already, in an order that does no harm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from kmtopo.cli.session import Session

if TYPE_CHECKING:
    from kmtopo.lifecycle import Reason, Steps

_MOST_NAMES = 8


def tell_steps(session: Session, due: Steps, folder: Path, filling: str = "") -> None:
    """Prints the steps for one machine; ``filling`` is the command that puts its secrets in place, where it has one."""
    session.say("steps-there" if due.is_elsewhere else "steps-here", machine=due.machine, path=quote(str(folder)))
    if filling:
        session.say("step", command=filling, reasons=session.word("step-fills"))
    for step in due.steps:
        reasons = "; ".join(_reason(session, reason) for reason in step.reasons)
        session.say("step" if step.command else "step-by-itself", command=step.command or "", reasons=reasons)
    if due.notice:
        names, tenants = _listed(session, due.notice.names), _listed(session, due.tenants)
        session.say(due.notice.word, names=names, tenants=tenants)
    if due.untouched:
        session.say("untouched", names=_listed(session, due.untouched))


def _reason(session: Session, reason: Reason) -> str:
    return session.word(reason.word, names=_listed(session, reason.names))


def _listed(session: Session, names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} {session.word('and-more', count=more)}" if more > 0 else shown
