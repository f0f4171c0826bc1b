"""The benchmarks run, and cost grows with its input, not faster. Seconds are nobody's promise."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_ten_times_the_tenants_cost_at_most_eleven_times() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--small"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr
    for what in ("200 to 2,000 tenants", "20 to 200 dedicated tenants"):
        assert len(re.findall(rf"from {what} .*(?:met|stretch)", result.stdout)) == 2
