"""Where a patch's path leads in the data of a file, and what the data is to be afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kmtopo.addresses import Address, Step
from kmtopo.diagnostics import diagnose, did_you_mean
from kmtopo.patching.patch import Patch, Refused
from kmtopo.syntax import Document
from kmtopo.syntax.document import Entry

_SHOWN = 12


def route(document: Document, patch: Patch, name: str) -> list[Entry]:
    """Returns the root and the entries along a path: all of them, or all but a last one that is to be set anew.

    Raises:
        Refused: the path leads nowhere.
    """
    steps = patch.path.steps
    start, end = document.root
    along = [Entry("", document.data, start, start, end), *document.walk(steps)]
    is_new = len(along) == len(steps) and not patch.deletes and _takes(along[-1].value, steps[-1])
    if steps and (is_new or len(along) > len(steps)):
        return along
    raise _nowhere(patch, along[-1].value, len(along) - 1, name)


def _takes(container: Any, step: Step) -> bool:
    """Whether something new can be put there: a key, or what follows the last item."""
    if isinstance(container, dict):
        return isinstance(step, str)
    return isinstance(container, list) and step == len(container)


def _nowhere(patch: Patch, above: Any, depth: int, name: str) -> Refused:
    steps, at = patch.path.steps, patch.at / patch.key
    told: dict[str, Any] = {"path": str(patch.path) or '""', "file": name, "above": str(Address(steps[:depth])) or name}
    if isinstance(above, list):
        return Refused(diagnose("KM642", at, help="index", count=len(above), **told))
    if not isinstance(above, dict):
        return Refused(diagnose("KM642", at, help="scalar", **told))
    close = did_you_mean(str(steps[depth]), above) if steps else None
    if close:
        right = Address((*steps[:depth], close, *steps[depth + 1 :]))
        return Refused(diagnose("KM642", at, help="suggest", right=right, **told))
    known = ", ".join(list(above)[:_SHOWN]) + (" …" if len(above) > _SHOWN else "")
    return Refused(diagnose("KM642", at, help="" if known else "none", known=known, **told))


def with_value(data: Any, steps: Sequence[Step], value: Any) -> Any:
    """The data with a value at a path; what lies on the way is copied, the rest is the same."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(data, dict):
        return {**data, step: with_value(data.get(str(step)), rest, value)}
    index = int(step)
    inner = with_value(data[index] if index < len(data) else None, rest, value)
    return [*data[:index], inner, *data[index + 1 :]]


def without(data: Any, steps: Sequence[Step]) -> Any:
    """The data without what is at a path."""
    step, rest = steps[0], steps[1:]
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if key != step}
        return {**data, step: without(data[str(step)], rest)} if rest else kept
    index = int(step)
    inner = [without(data[index], rest)] if rest else []
    return [*data[:index], *inner, *data[index + 1 :]]
