"""What tests of the command line share: a run's outcome, and the smallest topology."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from topologies import ROOT

EXAMPLE = (ROOT / "examples" / "01-minimal" / "topology.yaml").read_text(encoding="utf-8")
# With one picture: what commands say of a build stays the same however many views there are.
HELLO = EXAMPLE + "\ngenerators: {diagram: {views: [deployment]}}\n"


@dataclass(frozen=True)
class Outcome:
    """What a command line left: its exit code and what it printed."""

    code: int
    out: str
    err: str


Kmtopo = Callable[..., Outcome]
