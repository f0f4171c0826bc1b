"""The writer: compares a tree with the disk, and makes the disk so, transactionally."""

from __future__ import annotations

from kmtopo.writer.commit import commit
from kmtopo.writer.comparison import plan
from kmtopo.writer.diff import diff
from kmtopo.writer.freshness import is_fresh
from kmtopo.writer.ground import ground
from kmtopo.writer.lock import Lock, hold
from kmtopo.writer.owners import owners
from kmtopo.writer.plan import Action, Change, Plan
from kmtopo.writer.recovery import recover
from kmtopo.writer.tree import Output, Scope, Tree

__all__ = [
    "Action",
    "Change",
    "Lock",
    "Output",
    "Plan",
    "Scope",
    "Tree",
    "commit",
    "diff",
    "ground",
    "hold",
    "is_fresh",
    "owners",
    "plan",
    "recover",
]
