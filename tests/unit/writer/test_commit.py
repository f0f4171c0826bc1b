"""A commit does all that the plan says or nothing, and never what the plan does not say."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kmtopo.writer import Output, Tree, commit, hold, plan, recover
from writer_worlds import BUILD, build, contents, hooked, remembered, told, tree

COMPOSE, BACKEND = "produccion/compose.yaml", "produccion/env/backend.env"
BEFORE = tree({COMPOSE: "services: {}\n", BACKEND: "A=1\n"}, beside={"kmtopo.lock": "one\n"})
AFTER = tree(
    {COMPOSE: "services: {a: 1}\n", "produccion/nginx/nginx.conf": "events {}\n"}, beside={"kmtopo.lock": "two\n"}
)


def states(root: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of the last write of each file."""
    files = (path for path in root.rglob("*") if path.is_file() and ".kmtopo" not in path.parts)
    return {path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_the_disk_is_as_the_tree_says(tmp_path: Path) -> None:
    assert build(tmp_path, BEFORE) == ()
    assert build(tmp_path, AFTER) == ()

    assert contents(tmp_path) == {
        "build/manifest.json": """\
{
  "kmtopo": "1.0",
  "input": "aaaa",
  "files": {
    "produccion/compose.yaml": {"generator": "compose", "sha256": "9c007a120c6529fdd9b3fc1be46de42814f75258ec5d9945a934a91a506c45fd"},
    "produccion/nginx/nginx.conf": {"generator": "compose", "sha256": "b2496c33033eadfe85d1dcdfea8cb6af5fb63033d3fd08898a5fd76199aa5443"}
  }
}
""",
        "build/produccion/compose.yaml": "services: {a: 1}\n",
        "build/produccion/nginx/nginx.conf": "events {}\n",
        "kmtopo.lock": "two\n",
    }
    assert remembered(tmp_path) == [".gitignore", "lock", "stat.json"]
    assert (tmp_path / ".kmtopo/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    before = states(tmp_path)

    assert plan(tmp_path, BUILD, BEFORE).is_clean
    assert build(tmp_path, BEFORE) == ()
    assert states(tmp_path) == before


def test_only_what_changes_is_touched_and_folders_stay_the_same_folders(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    before, folder = states(tmp_path), (tmp_path / "build/produccion").stat().st_ino

    build(tmp_path, AFTER)

    after = states(tmp_path)
    assert {path for path in before if before[path] != after.get(path)} == {
        "build/manifest.json",
        "build/produccion/compose.yaml",
        "build/produccion/env/backend.env",
        "kmtopo.lock",
    }
    assert (tmp_path / "build/produccion").stat().st_ino == folder


def test_a_folder_that_a_deleted_file_leaves_empty_goes_and_one_with_anything_in_it_stays(tmp_path: Path) -> None:
    build(tmp_path, tree({"a/b/c/one": "1\n", "a/d/two": "2\n", "e/three": "3\n"}))
    (tmp_path / "build/a/mine").mkdir()

    build(tmp_path, tree({}))

    assert sorted(path for path in contents(tmp_path) if path != "build/manifest.json") == ["build/a/mine"]


def test_the_output_folder_stays_when_it_is_empty_but_for_the_manifest(tmp_path: Path) -> None:
    build(tmp_path, tree({"a": "1\n"}))
    build(tmp_path, tree({}))

    assert contents(tmp_path) == {
        "build/manifest.json": '{\n  "kmtopo": "1.0",\n  "input": "aaaa",\n  "files": {}\n}\n'
    }


def test_files_and_folders_can_be_read_by_everybody_whatever_the_umask(tmp_path: Path) -> None:
    script = Output("p/init/run.sh", "#!/bin/sh\n", "compose", mode=0o755)
    old = os.umask(0o077)
    try:
        build(tmp_path, Tree("1.0", "aaaa", (script, Output("p/init/a", "a\n", "compose"))))
    finally:
        os.umask(old)

    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "build").rglob("*")}
    assert modes == {"manifest.json": 0o644, "p": 0o755, "init": 0o755, "run.sh": 0o755, "a": 0o644}


def test_many_files_are_written_and_flushed_together(tmp_path: Path) -> None:
    operations: list[str] = []
    wanted = tree({f"p/{number}": f"{number}\n" for number in range(300)})

    assert commit(plan(tmp_path, BUILD, wanted), open_disk=hooked(lambda name, _: operations.append(name))) == ()

    assert operations.count("flush all") == 1
    assert plan(tmp_path, BUILD, wanted).is_clean


# Conflicts.


def edit(root: Path) -> None:
    (root / "build" / COMPOSE).write_text("mine\n", encoding="utf-8")
    (root / "build" / BACKEND).write_text("mine\n", encoding="utf-8")
    (root / "build/produccion/nginx").mkdir()
    (root / "build/produccion/nginx/nginx.conf").write_text("mine\n", encoding="utf-8")


def test_a_conflict_leaves_everything_as_it_is(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    edit(tmp_path)
    before = contents(tmp_path)

    problems = build(tmp_path, AFTER)

    assert told(problems) == [
        ("KM705", "", "build/produccion/compose.yaml"),
        ("KM705", "orphan", "build/produccion/env/backend.env"),
        ("KM705", "foreign", "build/produccion/nginx/nginx.conf"),
    ]
    assert contents(tmp_path) == before


def test_force_overwrites_and_deletes_what_was_edited(tmp_path: Path) -> None:
    for name in ("edited", "fresh"):
        (tmp_path / name).mkdir()
    build(tmp_path / "edited", BEFORE)
    edit(tmp_path / "edited")

    assert build(tmp_path / "edited", AFTER, force=True) == ()
    assert build(tmp_path / "fresh", AFTER) == ()

    assert contents(tmp_path / "edited") == contents(tmp_path / "fresh")


def test_force_does_not_overcome_what_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "build" / COMPOSE).mkdir(parents=True)

    assert told(build(tmp_path, BEFORE, force=True)) == [("KM701", "folder", "build/produccion/compose.yaml")]


def test_a_file_that_changes_between_plan_and_commit_is_kept(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    made = plan(tmp_path, BUILD, AFTER)
    (tmp_path / "build" / COMPOSE).write_text("saved just now\n", encoding="utf-8")
    before = contents(tmp_path)

    assert told(commit(made, force=True)) == [("KM705", "moved", "build/produccion/compose.yaml")]
    assert contents(tmp_path) == before
    assert plan(tmp_path, BUILD, BEFORE).conflicts


def test_a_folder_that_appears_between_plan_and_commit_is_kept(tmp_path: Path) -> None:
    made = plan(tmp_path, BUILD, BEFORE)

    def appear(operation: str, place: str) -> None:
        if (operation, place) == ("create", ".build.kmtopo-new/manifest.json"):
            (tmp_path / "build").mkdir()

    assert told(commit(made, open_disk=hooked(appear))) == [("KM705", "moved", "build")]
    assert contents(tmp_path) == {"build": "/"}


def test_the_second_of_two_builds_that_planned_at_the_same_time_finds_that_out(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    one, other = plan(tmp_path, BUILD, AFTER), plan(tmp_path, BUILD, tree({COMPOSE: "other\n"}))

    assert commit(one) == ()
    after = contents(tmp_path)

    assert {code for code, _, _ in told(commit(other))} == {"KM705"}
    assert contents(tmp_path) == after


def test_a_staged_file_of_a_forgotten_build_is_in_nobodys_way(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    (tmp_path / "build/produccion/.compose.yaml.kmtopo-new").symlink_to("/etc/passwd")
    (tmp_path / "build/produccion/.nginx.kmtopo-new").mkdir()

    assert build(tmp_path, AFTER) == ()
    assert contents(tmp_path)["build/produccion/compose.yaml"] == "services: {a: 1}\n"
    assert not list((tmp_path / "build").rglob("*.kmtopo-new"))


def test_the_callers_own_lock_serves_and_stays_held(tmp_path: Path) -> None:
    with hold(tmp_path) as lock:
        assert commit(plan(tmp_path, BUILD, BEFORE), lock=lock) == ()
        assert told((hold(tmp_path, patience=0.0),)) == [("KM706", "", "")]


# What the operating system refuses.

CODES = {
    errno.ENOSPC: "KM702",
    errno.EDQUOT: "KM702",
    errno.EROFS: "KM703",
    errno.EACCES: "KM708",
    errno.EPERM: "KM708",
    errno.EIO: "KM701",
}
FAILING = [
    ("create", ".kmtopo/staging.json"),
    ("flush folder", ".kmtopo"),
    ("make folder", "build/produccion/.nginx.kmtopo-new"),
    ("create", "build/produccion/.compose.yaml.kmtopo-new"),
    ("fill", "build/produccion/.nginx.kmtopo-new/nginx.conf"),
    ("fill", "build/.manifest.json.kmtopo-new"),
    ("rename", ".kmtopo/journal.json"),
    ("rename", "build/produccion/nginx"),
    ("rename", "build/produccion/compose.yaml"),
    ("delete", "build/produccion/env/backend.env"),
    ("rename", "build/manifest.json"),
]


@pytest.mark.parametrize("number", CODES, ids=errno.errorcode.get)
def test_each_refusal_has_its_code(number: int, tmp_path: Path) -> None:
    def refuse(name: str, where: str) -> None:
        raise OSError(number, os.strerror(number))

    problems = commit(plan(tmp_path, BUILD, BEFORE), open_disk=hooked(refuse))

    assert [(each.code, each.values["reason"]) for each in problems] == [(CODES[number], errno.errorcode[number])]


@pytest.mark.parametrize(("operation", "place"), FAILING)
def test_a_refusal_at_any_step_leaves_everything_as_it_was(operation: str, place: str, tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    before = contents(tmp_path)
    refused: list[str] = []

    def refuse(name: str, where: str) -> None:
        if (name, where) == (operation, place) and not refused:
            refused.append(where)
            raise OSError(errno.ENOSPC, "")

    problems = commit(plan(tmp_path, BUILD, AFTER), open_disk=hooked(refuse))

    path = place.replace("/.", "/").replace(".kmtopo-new", "") if place.startswith("build") else place
    assert told(problems) == [("KM702", "", path)]
    assert contents(tmp_path) == before
    assert remembered(tmp_path) == [".gitignore", "lock", "stat.json"]
    assert build(tmp_path, AFTER) == ()


def test_a_mode_that_was_changed_by_hand_comes_back_with_the_old_content(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    (tmp_path / "build" / COMPOSE).chmod(0o600)

    def refuse(name: str, where: str) -> None:
        if (name, where) == ("rename", "build/manifest.json"):
            raise OSError(errno.EBUSY, "")

    assert told(commit(plan(tmp_path, BUILD, AFTER), open_disk=hooked(refuse))) == [
        ("KM701", "", "build/manifest.json")
    ]
    assert (tmp_path / "build" / COMPOSE).stat().st_mode & 0o777 == 0o600


def test_a_disk_that_refuses_everything_from_some_moment_on_is_healed_by_the_next_build(tmp_path: Path) -> None:
    build(tmp_path, BEFORE)
    dead: list[str] = []

    def die(name: str, where: str) -> None:
        if dead or where == "build/produccion/compose.yaml":
            dead.append(where)
            raise OSError(errno.EROFS, "")

    assert told(commit(plan(tmp_path, BUILD, AFTER), open_disk=hooked(die))) == [
        ("KM703", "", "build/produccion/compose.yaml")
    ]
    assert (tmp_path / ".kmtopo/journal.json").exists()

    assert told(recover(tmp_path, BUILD)) == [("KM709", "", "build")]
    assert plan(tmp_path, BUILD, AFTER).is_clean


def test_what_cannot_be_remembered_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    def refuse(name: str, where: str) -> None:
        if "stat.json" in where:
            raise OSError(errno.ENOSPC, "")

    assert commit(plan(tmp_path, BUILD, BEFORE), open_disk=hooked(refuse)) == ()
    assert remembered(tmp_path) == [".gitignore", "lock"]
    assert plan(tmp_path, BUILD, BEFORE).is_clean
