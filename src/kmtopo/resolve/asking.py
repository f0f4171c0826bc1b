"""What is asked of a container's type: code of another package may answer, and may fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kmtopo.diagnostics import Diagnostic, faulty
from kmtopo.packages import PluginFault
from kmtopo.resolve.drafts import Draft

T = TypeVar("T")


def answered(draft: Draft, ask: Callable[[], T], found: list[Diagnostic]) -> T | None:
    """Returns what the type says; None where its package fails, which is reported where the container names the type."""
    try:
        return ask()
    except PluginFault as fault:
        found.append(faulty(fault, draft.origin("type")))
        return None
