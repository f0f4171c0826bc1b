"""A build that has been done is told from one that has not, without reading its files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtopo.writer import Scope, is_fresh, plan
from writer_worlds import BUILD, build, tree

FILES = {"p/a": "a1\n", "p/b": "b1\n"}


def fresh(root: Path, *, inputs: str = "aaaa", out: Path = BUILD) -> bool:
    return is_fresh(root, out, version="1.0", inputs=inputs)


def rewrite(root: Path, path: str, text: str) -> None:
    (root / path).write_text(text, encoding="utf-8")


def break_record(root: Path, text: str) -> None:
    (root / ".kmtopo/stat.json").write_text(text, encoding="utf-8")


def test_a_whole_build_is_fresh_until_something_happens(tmp_path: Path) -> None:
    assert not fresh(tmp_path)
    build(tmp_path, tree(FILES, beside={"kmtopo.lock": "l\n"}))

    assert fresh(tmp_path)
    assert not fresh(tmp_path, inputs="bbbb")
    assert not fresh(tmp_path, out=Path("other"))


@pytest.mark.parametrize(
    "happens",
    [
        lambda root: rewrite(root, "build/p/a", "a2\n"),
        lambda root: rewrite(root, "build/manifest.json", "{}"),
        lambda root: rewrite(root, "kmtopo.lock", "merged\n"),
        lambda root: (root / "build/p/a").unlink(),
        lambda root: ((root / "build/p/a").unlink(), (root / "build/p/a").symlink_to("b")),
        lambda root: break_record(root, ""),
        lambda root: break_record(root, '{"out": "build", "build": "1.0 aaaa", "files": [1]}'),
        lambda root: break_record(root, '{"out": "build", "build": "1.0 aaaa", "files": {"build/p/a": 1}}'),
        lambda root: (root / ".kmtopo/stat.json").unlink(),
    ],
)
def test_whatever_happens_to_a_file_is_noticed(happens: Callable[[Path], object], tmp_path: Path) -> None:
    build(tmp_path, tree(FILES, beside={"kmtopo.lock": "l\n"}))

    happens(tmp_path)

    assert not fresh(tmp_path)


def test_a_file_that_was_only_touched_is_read_and_found_the_same(tmp_path: Path) -> None:
    build(tmp_path, tree(FILES))
    (tmp_path / "build/p/a").touch()

    assert fresh(tmp_path)


def test_an_edit_in_the_same_tick_as_the_record_is_noticed(tmp_path: Path) -> None:
    build(tmp_path, tree(FILES))
    record, edited = tmp_path / ".kmtopo/stat.json", tmp_path / "build/p/a"
    now = record.stat().st_mtime_ns
    edited.write_text("a2\n", encoding="utf-8")
    os.utime(edited, ns=(now, now))
    known = json.loads(record.read_text(encoding="utf-8"))
    known["files"]["build/p/a"][:3] = [3, now, edited.stat().st_ino]
    record.write_text(json.dumps(known), encoding="utf-8")
    os.utime(record, ns=(now, now))

    assert not fresh(tmp_path)
    assert plan(tmp_path, BUILD, tree(FILES)).conflicts


def test_a_part_of_a_build_is_never_fresh_but_keeps_what_is_known_of_the_rest(tmp_path: Path) -> None:
    build(tmp_path, tree(FILES))
    part = Scope(environments=frozenset({"p"}))

    build(tmp_path, tree({**FILES, "p/a": "a2\n"}, scope=part))
    assert not fresh(tmp_path)

    whole = tree({**FILES, "p/a": "a2\n"})
    assert plan(tmp_path, BUILD, whole).is_clean
    build(tmp_path, whole)
    assert fresh(tmp_path)


def test_a_clean_build_remembers_what_it_has_read(tmp_path: Path) -> None:
    build(tmp_path, tree(FILES))
    (tmp_path / ".kmtopo/stat.json").unlink()

    build(tmp_path, tree(FILES))

    assert fresh(tmp_path)


def test_files_that_are_known_are_not_read_again(tmp_path: Path) -> None:
    build(tmp_path, tree(FILES))
    file = tmp_path / "build/p/a"
    os.utime(file, ns=(0, 0))
    build(tmp_path, tree(FILES))

    # Only a program that hides its traces could do this; that nobody notices shows that nobody reads.
    file.write_text("a2\n", encoding="utf-8")
    os.utime(file, ns=(0, 0))

    assert plan(tmp_path, BUILD, tree(FILES)).is_clean
    assert fresh(tmp_path)
