"""``kmtopo explain``."""

from __future__ import annotations

import sys

from kmtopo.cli.session import Exit, Session
from kmtopo.texts import CODES


def explain(session: Session, code: str) -> None:
    """Prints the page of a code, offline."""
    from kmtopo.source import read_page

    wanted = code.upper() if code.upper() in CODES else _by_name(code)
    if wanted is None:
        raise session.refuse("no-code", name=code)
    page = read_page(wanted, session.language)
    if page is None:
        raise session.refuse("no-code", Exit.MISSING, name=code)
    sys.stdout.write(page)


def _by_name(name: str) -> str | None:
    return next((code for code, known in CODES.items() if known.name == name), None)
