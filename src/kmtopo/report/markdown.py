"""Text inside Markdown: nothing in it begins anything, whoever wrote it."""

from __future__ import annotations

import re

from kmtopo.report.visible import visible

_SIGN = re.compile(r"[\\`*_\[\]<>#!|~&$]|@|://")
_FENCES = re.compile(r"`+")


def plain(text: str) -> str:
    """Text for a line, heading or cell; what GitHub would link or call is cut by an empty comment."""
    return _SIGN.sub(_escaped, visible(text))


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    # Mentions and addresses are looked for in what is shown, where a backslash is gone.
    return f"{sign}<!-- -->" if sign in ("@", "://") else f"\\{sign}"


def code(text: str) -> str:
    """A code span, in a table, too; there is no escape in it but that of a cell's border."""
    shown = visible(text).replace("|", "\\|")
    fence = "`" * (max(map(len, _FENCES.findall(shown)), default=0) + 1)
    edge = " " if shown.startswith("`") or shown.endswith("`") or not shown.strip() else ""
    return f"{fence}{edge}{shown}{edge}{fence}"
