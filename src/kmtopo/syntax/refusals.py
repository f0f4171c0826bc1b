"""Files that were not taken, as diagnostics."""

from __future__ import annotations

from typing import Any

from kmtopo.diagnostics import Diagnostic, Reason, diagnose, did_you_mean
from kmtopo.source import Refusal


def diagnose_refusal(refusal: Refusal) -> Diagnostic:
    """Makes the diagnostic of a file that was not taken, with the name that was most likely meant."""
    right = did_you_mean(refusal.values.get("name", ""), refusal.others)
    variant = refusal.variant
    if right:
        variant = "suggest"
    elif refusal.others:
        variant = "others"
    others = ", ".join(f"`{name}`" for name in refusal.others)
    values: dict[str, Any] = {**refusal.values, "right": right or "", "others": others}
    if "reason" in values:
        values["reason"] = Reason(values["reason"])
    return diagnose(refusal.code, refusal.span, help=variant, **values)
