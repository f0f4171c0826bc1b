"""The difference that a build would make, in the form that git and patch read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff

from kmtopo.writer.plan import Change, Plan

_LINE = re.compile(r"[^\n]*\n|[^\n]+").findall


def diff(plan: Plan) -> str:
    """Returns a unified diff of all changes; the manifest's own lines only where nothing else differs."""
    changes = [change for change in plan.changes if change.path != plan.manifest] or plan.changes
    text = "".join(line for change in changes for line in _lines(change))
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def text_diff(path: str, before: str, after: str) -> str:
    """Returns a unified diff of one text."""
    return "".join(_unified(before, after, f"a/{path}", f"b/{path}"))


def _lines(change: Change) -> Iterator[str]:
    if change.before == change.after:
        yield f"diff --git a/{change.path} b/{change.path}\nold mode 100644\nnew mode 100{change.mode:o}\n"
        return
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    new = "/dev/null" if change.after is None else f"b/{change.path}"
    yield from _unified(change.before, change.after, old, new)


def _unified(before: str | None, after: str | None, old: str, new: str) -> Iterator[str]:
    for line in unified_diff(_split(before), _split(after), old, new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(text: str | None) -> list[str]:
    # str.splitlines knows a dozen ends of lines; here only LF is one.
    return _LINE(text or "")
