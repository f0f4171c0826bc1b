"""What tests of the command line share: a run's outcome, and the smallest topology."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from topologies import ROOT

HELLO = (ROOT / "examples" / "01-minimal" / "topology.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Outcome:
    """What a command line left: its exit code and what it printed."""

    code: int
    out: str
    err: str


Kmtopo = Callable[..., Outcome]
