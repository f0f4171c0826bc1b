"""``kmtopo explain``."""

from __future__ import annotations

import sys

from kmtopo.cli.session import Session
from kmtopo.source import read_page
from kmtopo.texts import CODES, text


def explain(session: Session, code: str) -> None:
    """Prints the page of a code, offline; a code's name serves as well, in any case."""
    wanted = code.strip().lower()
    found = _by_word().get(wanted) or _of_packages(session).get(wanted)
    if found is None:
        raise session.refuse("no-code", known=_by_word(), name=code)
    sys.stdout.write(read_page(found, session.language) or _in_short(found, session.language))


def _by_word() -> dict[str, str]:
    return {known.name: code for code, known in CODES.items()} | {code.lower(): code for code in CODES}


def _of_packages(session: Session) -> dict[str, str]:
    """The codes with those of installed packages; says what keeps a package's rules from being known."""
    from kmtopo.checks.rulebook import rulebook
    from kmtopo.diagnostics import faulty

    session.report([faulty(fault) for fault in rulebook().faults], {})
    return _by_word()


def _in_short(code: str, language: str) -> str:
    """What the texts say of a code that has no page yet; placeholders stand for what a finding fills in."""
    words = [text(code, entry, language, {}) for entry in ("summary", "help")]
    return f"# {code}: {CODES[code].name}\n\n" + "".join(f"{line}\n\n" for line in words if line)
