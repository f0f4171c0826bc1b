"""Whatever is compiled, its files say what its graph says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from kmtopo.testing.strategies import topologies
from kmtopo.verify import verify
from topologies import UNDRAWN, built


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=topologies())
def test_what_is_built_of_any_topology_is_verified(text: str) -> None:
    build = built(text, generators=UNDRAWN)

    for name, artifacts in build.artifacts.items():
        files = {str(artifact.path): artifact.content for _, artifact in artifacts}
        assert list(verify(files, build.deployments[name], None)) == []
