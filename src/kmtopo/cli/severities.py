"""What a run lets rules weigh: a warning or note may weigh more than in the catalogue, and nothing ever less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kmtopo.cli.session import Session
from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.texts import CODES

Weights = Mapping[str, Severity]


def weights(session: Session, errors: Iterable[str], warnings: Iterable[str]) -> dict[str, Severity]:
    """Reads ``--error`` and ``--warn``: what findings weigh, by code; where both name a rule, it is an error.

    A name that no rule has ends the command, and so does one of an error that would weigh less.
    """
    asked = [*((rule, Severity.WARNING) for rule in warnings), *((rule, Severity.ERROR) for rule in errors)]
    return {_code(session, rule, weight): weight for rule, weight in asked}


def weighed(found: Iterable[Diagnostic], weights: Weights) -> tuple[Diagnostic, ...]:
    """The findings in order, each as heavy as was asked for, or as it was."""
    changed = (replace(each, severity=_heavier(each.severity, weights.get(each.code))) for each in found)
    return tuple(sorted(changed, key=lambda each: each.sort_key))


def _heavier(own: Severity, asked: Severity | None) -> Severity:
    return min(own, asked or own, key=lambda severity: severity.rank)


def _code(session: Session, rule: str, weight: Severity) -> str:
    from kmtopo.checks.rulebook import code_of

    code = code_of(rule)
    if code is None:
        known = [*CODES, *(known.name for known in CODES.values())]
        raise session.refuse("unknown-rule", known=known, name=rule)
    if Severity(CODES[code].severity).rank < weight.rank:
        raise session.refuse("stays-error", name=rule)
    return code
