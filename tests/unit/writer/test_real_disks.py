"""A file system that is really full, or really read-only, ends in a diagnostic and changes nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kmtopo.writer import commit, plan, recover
from writer_worlds import BUILD, contents, told, tree

BEFORE = tree({"p/a": "a1\n", "p/b": "b1\n"})


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 64 KiB, where this user may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)):
        pytest.skip("this user may not mount file systems")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def mounted(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def test_a_full_disk_keeps_the_old_tree(small: Path) -> None:
    assert commit(plan(small, BUILD, BEFORE)) == ()
    before = contents(small)
    large = tree({"p/a": "a" * 30_000, "p/b": "b" * 30_000, "p/new/c": "c" * 30_000})

    problems = commit(plan(small, BUILD, large))

    assert [code for code, _, _ in told(problems)] == ["KM702"]
    assert contents(small) == before
    assert recover(small, BUILD) == ()
    assert commit(plan(small, BUILD, tree({"p/a": "a2\n"}))) == ()


def test_a_disk_that_is_full_from_the_start_keeps_nothing(small: Path) -> None:
    (small / "ballast").write_bytes(b"\0" * 65_536)

    problems = commit(plan(small, BUILD, BEFORE))

    assert [code for code, _, _ in told(problems)] == ["KM702"]
    assert not (small / "build").exists()


def test_a_read_only_file_system_can_be_looked_at_but_not_written(small: Path) -> None:
    assert commit(plan(small, BUILD, BEFORE)) == ()
    assert mounted("-o", "remount,ro", str(small))

    assert recover(small, BUILD) == ()
    assert plan(small, BUILD, BEFORE).is_clean
    assert commit(plan(small, BUILD, BEFORE)) == ()
    assert told(commit(plan(small, BUILD, tree({"p/a": "a2\n"})))) == [("KM703", "", ".kmtopo/lock")]


def test_a_project_that_was_never_built_on_a_read_only_file_system_says_so(small: Path) -> None:
    assert mounted("-o", "remount,ro", str(small))

    assert told(commit(plan(small, BUILD, BEFORE))) == [("KM703", "", ".kmtopo")]


def test_a_file_that_a_container_has_mounted_by_itself_is_told_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("a1\n", encoding="utf-8")
    assert commit(plan(tmp_path, BUILD, BEFORE)) == ()
    target = tmp_path / "build/p/b"
    if not mounted("--bind", str(target), str(target)):
        pytest.skip("this user may not mount file systems")
    try:
        before = contents(tmp_path)
        problems = commit(plan(tmp_path, BUILD, tree({"p/a": "a2\n", "p/b": "b2\n"})))
        assert told(problems) == [("KM701", "", "build/p/b")]
        assert contents(tmp_path) == before
    finally:
        subprocess.run(["umount", str(target)], check=True)
