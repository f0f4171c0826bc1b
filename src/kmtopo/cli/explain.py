"""``kmtopo explain``."""

from __future__ import annotations

import sys

from kmtopo.cli.session import Session
from kmtopo.source import read_page
from kmtopo.texts import CODES, text


def explain(session: Session, code: str) -> None:
    """Prints the page of a code, offline; a code's name serves as well, in any case."""
    codes = {known.name: code for code, known in CODES.items()} | {code.lower(): code for code in CODES}
    wanted = codes.get(code.strip().lower())
    if wanted is None:
        raise session.refuse("no-code", known=codes, name=code)
    sys.stdout.write(read_page(wanted, session.language) or _in_short(wanted, session.language))


def _in_short(code: str, language: str) -> str:
    """What the texts say of a code that has no page yet; placeholders stand for what a finding fills in."""
    words = [text(code, entry, language, {}) for entry in ("summary", "help")]
    return f"# {code}: {CODES[code].name}\n\n" + "".join(f"{line}\n\n" for line in words if line)
