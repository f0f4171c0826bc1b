"""``kmtopo explain``."""

from __future__ import annotations

import sys

from kmtopo.cli.session import Session
from kmtopo.texts import CODES


def explain(session: Session, code: str) -> None:
    """Prints the page of a code, offline."""
    from kmtopo.source import read_page

    wanted = code.upper() if code.upper() in CODES else _by_name(code)
    if wanted is None:
        raise session.refuse("no-code", name=code)
    sys.stdout.write(read_page(wanted, session.language) or _in_short(wanted, session.language))


def _in_short(code: str, language: str) -> str:
    """What the texts say of a code that has no page yet; placeholders stand for what a finding fills in."""
    from kmtopo.texts import text

    words = [text(code, entry, language, {}) for entry in ("summary", "help")]
    return f"# {code}: {CODES[code].name}\n\n" + "".join(f"{line}\n\n" for line in words if line)


def _by_name(name: str) -> str | None:
    return next((code for code, known in CODES.items() if known.name == name), None)
