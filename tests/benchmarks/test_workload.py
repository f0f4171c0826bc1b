"""W(T) has the size that the goals speak of."""

from __future__ import annotations

import yaml

from benchmarks.workload import topology


def test_a_tenant_of_the_workload_is_twelve_lines_of_yaml() -> None:
    few, many = topology(7), topology(1_007)

    assert many.count("\n") - few.count("\n") == 12 * 1_000
    assert len(yaml.safe_load(few)["tenants"]) == 7
