"""What kmtopo builds, file for file: KMMotos in its three environments, every example, and dedicated tenants."""

from __future__ import annotations

from pathlib import Path

import pytest

import kmtopo
from kmtopo.diagnostics import Severity
from kmtopo.pipeline import Build
from kmtopo.testing import SAMPLES, assert_golden, tree_of
from topologies import KMMOTOS, ROOT, built

HERE = Path(__file__).parent
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/topology.yaml"))


def shown(build: Build) -> dict[str, str]:
    """Each picture once: the other two differ from the light one in colours, and tests of the generator see to them."""
    return {path: content for path, content in tree_of(build).items() if not path.endswith(".svg") or ".light." in path}


def test_kmmotos_builds_exactly_these_files(*, update_golden: bool) -> None:
    assert_golden(shown(built(KMMOTOS)), HERE / "kmmotos", update=update_golden)


def test_dedicated_tenants_beside_pooled_ones_and_without_build_exactly_these_files(*, update_golden: bool) -> None:
    """In ``production`` two of four tenants are dedicated, in ``development`` all are."""
    build = built(SAMPLES["silos"], generators=("compose", "diagram", "env", "nginx"))

    assert_golden(shown(build), HERE / "silos", update=update_golden)


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_an_example_is_strictly_clean_and_builds_exactly_these_files(folder: Path, *, update_golden: bool) -> None:
    build = kmtopo.compile(folder)

    assert [d for d in build.diagnostics if d.severity is not Severity.INFO] == []
    assert_golden(shown(build), HERE / folder.name, update=update_golden)


def test_a_difference_is_shown_as_a_diff(tmp_path: Path) -> None:
    assert_golden({"a/same": "1\n", "a/old": "2\n", "gone": "3\n"}, tmp_path, update=True)

    with pytest.raises(AssertionError) as shown:
        assert_golden({"a/same": "1\n", "a/old": "4\n", "new": "5\n"}, tmp_path)

    assert (
        str(shown.value)
        == f"""\
not what lies in {tmp_path.name}:
--- golden/a/old
+++ a/old
@@ -1 +1 @@
-2
+4
--- golden/gone
+++ nothing
@@ -1 +0,0 @@
-3
--- nothing
+++ new
@@ -0,0 +1 @@
+5
"""
    )


def test_an_update_leaves_exactly_the_files(tmp_path: Path) -> None:
    assert_golden({"a": "1\n", "b/c": "2\n"}, tmp_path, update=True)
    assert_golden({"b/c": "3\n"}, tmp_path, update=True)

    assert_golden({"b/c": "3\n"}, tmp_path)
