"""What authors of generators, rules and types test with: the conformance kit, findings, files, golden trees, topologies to try things on."""

from __future__ import annotations

from kmtopo.testing.conformance import RULES, Violation, installed, violations
from kmtopo.testing.golden import assert_golden, tree_of
from kmtopo.testing.outcomes import built, faults, findings, impurities
from kmtopo.testing.samples import SAMPLES
from kmtopo.testing.strategies import topologies

__all__ = [
    "RULES",
    "SAMPLES",
    "Violation",
    "assert_golden",
    "built",
    "faults",
    "findings",
    "impurities",
    "installed",
    "topologies",
    "tree_of",
    "violations",
]
