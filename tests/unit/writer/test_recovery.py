"""A build that was cut is completed or undone by the next command, and what somebody did in between stays."""

from __future__ import annotations

import errno
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from kmtopo.writer import commit, hold, plan, recover
from writer_worlds import BUILD, actions, build, contents, hooked, remembered, told, tree

BEFORE = tree({"p/a": "a1\n", "p/b": "b1\n", "p/gone/c": "c1\n"}, beside={"kmtopo.lock": "one\n"})
AFTER = tree({"p/a": "a2\n", "p/b": "b2\n", "p/new/d": "d2\n"}, beside={"kmtopo.lock": "two\n"})


class Cut(BaseException):
    """What a signal does to a process, as far as one process can show it."""


def cut(root: Path, operation: str, place: str, *, wanted: object = AFTER, out: Path = BUILD) -> None:
    """Commits until just before an operation."""

    def stop(name: str, where: str) -> None:
        if (name, where) == (operation, place):
            raise Cut

    with pytest.raises(Cut):
        commit(plan(root, out, wanted), open_disk=hooked(stop))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    build(tmp_path, BEFORE)
    return tmp_path


@pytest.fixture
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("after")
    build(root, AFTER)
    return contents(root)


def test_where_nothing_was_cut_nothing_happens(tmp_path: Path) -> None:
    assert recover(tmp_path, BUILD) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("operation", "place"),
    [
        ("create", ".kmtopo/staging.json"),
        ("fill", ".kmtopo/staging.json"),
        ("make folder", "build/p/.new.kmtopo-new"),
        ("fill", "build/p/.a.kmtopo-new"),
        ("rename", ".kmtopo/journal.json"),
    ],
)
def test_cut_before_a_file_was_replaced_a_build_is_undone(operation: str, place: str, project: Path) -> None:
    before = contents(project)
    cut(project, operation, place)

    found = recover(project, BUILD)

    assert told(found) == ([] if operation == "create" else [("KM709", "undone", "build")])
    assert contents(project) == before
    assert remembered(project) == [".gitignore", "lock", "stat.json"]


@pytest.mark.parametrize(
    ("operation", "place"),
    [
        ("rename", "build/p/new"),
        ("rename", "build/p/b"),
        ("delete", "build/p/gone/c"),
        ("rename", "build/manifest.json"),
        ("remove folder", "build/p/gone"),
        ("delete", ".kmtopo/journal.json"),
    ],
)
def test_cut_later_a_build_is_completed(operation: str, place: str, project: Path, after: dict[str, str]) -> None:
    cut(project, operation, place)

    assert told(recover(project, BUILD)) == [("KM709", "", "build")]
    assert contents(project) == after
    assert plan(project, BUILD, AFTER).is_clean
    assert recover(project, BUILD) == ()


def test_a_first_build_is_completed_too(tmp_path: Path, after: dict[str, str]) -> None:
    cut(tmp_path, "rename", "build")
    assert contents(tmp_path)[".build.kmtopo-new/p/a"] == "a2\n"

    assert told(recover(tmp_path, BUILD)) == [("KM709", "", "build")]
    assert contents(tmp_path) == after


def test_what_was_edited_in_between_stays(project: Path) -> None:
    cut(project, "rename", "build/p/a")
    (project / "build/p/a").write_text("mine\n", encoding="utf-8")
    (project / "build/p/gone/c").write_text("mine\n", encoding="utf-8")
    (project / "build/p/gone/other").write_text("mine\n", encoding="utf-8")

    assert told(recover(project, BUILD)) == [("KM709", "", "build")]

    kept = {path: text for path, text in contents(project).items() if text == "mine\n"}
    assert sorted(kept) == ["build/p/a", "build/p/gone/c", "build/p/gone/other"]
    assert contents(project)["build/p/b"] == "b2\n"
    assert not list(project.rglob("*.kmtopo-new"))
    assert actions(plan(project, BUILD, AFTER)) == {"build/p/a": "conflict"}


def test_a_folder_that_was_made_in_between_stays_and_the_next_build_fills_it(
    project: Path, after: dict[str, str]
) -> None:
    cut(project, "rename", "build/p/new")
    (project / "build/p/new").mkdir()
    (project / "build/p/new/mine").write_text("mine\n", encoding="utf-8")

    assert told(recover(project, BUILD)) == [("KM709", "", "build")]
    assert actions(plan(project, BUILD, AFTER)) == {"build/p/new/d": "create"}
    assert build(project, AFTER) == ()
    assert contents(project) == {**after, "build/p/new/mine": "mine\n"}


def test_when_everything_was_deleted_in_between_nothing_comes_back(project: Path) -> None:
    cut(project, "rename", "build/p/a")
    for path in sorted((project / "build").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (project / "build").rmdir()

    assert told(recover(project, BUILD)) == [("KM709", "", "build")]
    assert contents(project) == {"kmtopo.lock": "two\n"}
    assert build(project, AFTER) == ()


def test_staged_files_that_were_cleaned_away_in_between_leave_the_old_ones(project: Path) -> None:
    cut(project, "rename", "build/p/a")
    for path in project.rglob("*.kmtopo-new"):
        if path.is_file():
            path.unlink()

    assert told(recover(project, BUILD)) == [("KM709", "", "build")]
    assert build(project, AFTER) == ()


def test_a_symbolic_link_that_appeared_in_between_is_not_followed(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a").write_text("a1\n", encoding="utf-8")
    cut(project, "rename", "build/p/a")
    (project / "build/p").rename(project / "build/moved")
    (project / "build/p").symlink_to(elsewhere)

    assert told(recover(project, BUILD)) == [("KM704", "", "build/p")]
    assert (elsewhere / "a").read_text(encoding="utf-8") == "a1\n"

    (project / "build/p").unlink()
    (project / "build/moved").rename(project / "build/p")
    assert told(recover(project, BUILD)) == [("KM709", "", "build")]


def test_a_build_into_another_folder_of_the_project_is_ended_by_any_command(project: Path) -> None:
    cut(project, "rename", "other", out=Path("other"))

    assert told(recover(project, BUILD)) == [("KM709", "", "other")]
    assert plan(project, Path("other"), AFTER).is_clean


def test_a_build_into_a_folder_elsewhere_is_ended_by_a_command_that_names_the_folder(tmp_path: Path) -> None:
    project, out = tmp_path / "project", tmp_path / "out"
    project.mkdir()
    cut(project, "rename", str(out), out=out)

    assert recover(project, BUILD) == ()
    assert told(recover(project, out)) == [("KM709", "", str(out))]
    assert plan(project, out, AFTER).is_clean


def test_a_commit_without_a_recovery_before_it_ends_the_other_build_first(project: Path, after: dict[str, str]) -> None:
    other = plan(project, BUILD, tree({"p/a": "a3\n"}))
    cut(project, "rename", "build/p/b")

    assert {(code, variant) for code, variant, _ in told(commit(other))} == {("KM705", "moved")}
    assert contents(project) == after


def test_a_build_that_still_runs_is_waited_for(project: Path) -> None:
    cut(project, "rename", "build/p/a")

    with hold(project) as lock:
        assert told(recover(project, BUILD, lock=lock)) == [("KM709", "", "build")]


def test_a_disk_that_refuses_leaves_the_journal_for_later(project: Path) -> None:
    cut(project, "rename", "build/p/a")

    def refuse(name: str, where: str) -> None:
        raise OSError(errno.EROFS, "")

    assert [code for code, _, _ in told(recover(project, BUILD, open_disk=hooked(refuse)))] == ["KM703"]
    assert told(recover(project, BUILD)) == [("KM709", "", "build")]


# Journals that no build wrote.


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def journal(out: str, *steps: tuple[str, str | None, str | None], folders: tuple[str, ...] = ()) -> str:
    return json.dumps({"out": out, "folders": folders, "steps": steps})


FOREIGN = {
    "cut short": '{"out": "build", "fol',
    "something else": "[1]",
    "not text": "\udcff",
    "up": journal("build", ("build/../precious", digest("mine\n"), None)),
    "up and out": journal("..", ("../precious", digest("mine\n"), None)),
    "deep": journal("build", ("other/precious", digest("mine\n"), None)),
    "absolute": journal("/", ("/etc/hostname", None, None)),
    "no text": journal("build", (1, None, None)),
    "folders": journal("build", folders=("other",)),
}


@pytest.mark.parametrize("name", ["staging.json", "journal.json"])
@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_journal_that_no_build_wrote_is_removed_and_not_obeyed(name: str, text: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    for folder in (root / ".kmtopo", root / "other", root / "build"):
        folder.mkdir(parents=True)
    for place in (tmp_path / "precious", root / "precious", root / "other/precious"):
        place.write_text("mine\n", encoding="utf-8")
    (root / ".kmtopo" / name).write_bytes(os.fsencode(text))
    before = contents(tmp_path)

    variant = "unreadable" if name == "journal.json" else "undone"
    assert told(recover(root, BUILD)) == [("KM709", variant, "build")]
    assert contents(tmp_path) == before
    assert not (root / ".kmtopo" / name).exists()


def test_a_journal_that_is_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".kmtopo").mkdir()
    (tmp_path / ".kmtopo/journal.json").symlink_to("/etc/passwd")

    assert told(recover(tmp_path, BUILD)) == [("KM704", "", ".kmtopo/journal.json")]
