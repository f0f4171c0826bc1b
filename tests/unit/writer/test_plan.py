"""A plan says what a build would do to each file, and touches none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtopo.addresses import Address
from kmtopo.writer import Action, Output, Scope, Tree, plan
from writer_worlds import BUILD, actions, build, contents, told, tree

COMPOSE, BACKEND = "produccion/compose.yaml", "produccion/env/backend.env"
BEFORE = {COMPOSE: "services: {}\n", BACKEND: "A=1\n"}


def write(root: Path, path: str, text: str) -> None:
    (root / "build" / path).parent.mkdir(parents=True, exist_ok=True)
    (root / "build" / path).write_text(text, encoding="utf-8")


def remove(root: Path, path: str) -> None:
    (root / "build" / path).unlink()


CASES: dict[str, tuple[Callable[[Path], object], dict[str, str], dict[str, str]]] = {
    "nothing has changed": (lambda root: None, BEFORE, {}),
    "a file is new": (
        lambda root: None,
        {**BEFORE, "produccion/trace.json": "{}\n"},
        {"build/produccion/trace.json": "create"},
    ),
    "a file was deleted by hand": (
        lambda root: remove(root, COMPOSE),
        BEFORE,
        {"build/produccion/compose.yaml": "create"},
    ),
    "a content is new": (
        lambda root: None,
        {**BEFORE, BACKEND: "A=2\n"},
        {"build/produccion/env/backend.env": "change"},
    ),
    "a file is no longer wanted": (
        lambda root: None,
        {COMPOSE: "services: {}\n"},
        {"build/produccion/env/backend.env": "delete"},
    ),
    "a file is no longer wanted and is gone": (
        lambda root: remove(root, BACKEND),
        {COMPOSE: "services: {}\n"},
        {},
    ),
    "a file was edited": (
        lambda root: write(root, BACKEND, "A=mine\n"),
        BEFORE,
        {"build/produccion/env/backend.env": "conflict"},
    ),
    "a file was edited to what is wanted now": (
        lambda root: write(root, BACKEND, "A=2\n"),
        {**BEFORE, BACKEND: "A=2\n"},
        {},
    ),
    "a file that is no longer wanted was edited": (
        lambda root: write(root, BACKEND, "A=mine\n"),
        {COMPOSE: "services: {}\n"},
        {"build/produccion/env/backend.env": "conflict"},
    ),
    "somebody else's file is in the way": (
        lambda root: write(root, "produccion/trace.json", "mine\n"),
        {**BEFORE, "produccion/trace.json": "{}\n"},
        {"build/produccion/trace.json": "conflict"},
    ),
    "somebody else's file is just what is wanted": (
        lambda root: write(root, "produccion/trace.json", "{}\n"),
        {**BEFORE, "produccion/trace.json": "{}\n"},
        {},
    ),
    "somebody else's file is in nobody's way": (
        lambda root: write(root, "produccion/mine.txt", "mine\n"),
        BEFORE,
        {},
    ),
    "the manifest was deleted and a content is new": (
        lambda root: remove(root, "manifest.json"),
        {**BEFORE, BACKEND: "A=2\n"},
        {"build/produccion/env/backend.env": "conflict"},
    ),
}


@pytest.mark.parametrize(("happens", "wanted", "expected"), CASES.values(), ids=CASES)
def test_each_file_is_compared_with_what_was_written_last(
    happens: Callable[[Path], object], wanted: dict[str, str], expected: dict[str, str], tmp_path: Path
) -> None:
    assert build(tmp_path, tree(BEFORE)) == ()
    happens(tmp_path)
    before = contents(tmp_path)

    made = plan(tmp_path, BUILD, tree(wanted))

    assert (actions(made), made.problems) == (expected, ())
    assert contents(tmp_path) == before


def test_a_first_plan_creates_everything_and_makes_no_folder(tmp_path: Path) -> None:
    made = plan(tmp_path, BUILD, tree({COMPOSE: "services: {}\n"}, beside={"kmtopo.lock": "pool: 1\n"}))

    assert [(change.path, change.action, change.after) for change in made.changes] == [
        (
            "build/manifest.json",
            Action.CREATE,
            """\
{
  "kmtopo": "1.0",
  "input": "aaaa",
  "files": {
    "produccion/compose.yaml": {"generator": "compose", "sha256": "fa6ccea1ca4e3a031d9e99f25cc05db803aa9bac642c000ddab14f6d9da54b52"}
  }
}
""",
        ),
        ("build/produccion/compose.yaml", Action.CREATE, "services: {}\n"),
        ("kmtopo.lock", Action.CREATE, "pool: 1\n"),
    ]
    assert not made.is_clean
    assert os.listdir(tmp_path) == []


def test_a_file_beside_the_output_folder_is_never_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "kmtopo.lock").write_text("merged: by hand\n", encoding="utf-8")

    made = plan(tmp_path, BUILD, tree({}, beside={"kmtopo.lock": "pool: 1\n"}))

    assert actions(made) == {"kmtopo.lock": "change"}


def test_what_was_not_asked_for_is_left_alone_and_stays_in_the_manifest(tmp_path: Path) -> None:
    files = {"pruebas/compose.yaml": "p\n", "pruebas/nginx.conf": "n\n", "produccion/compose.yaml": "p\n"}
    generators = {"pruebas/nginx.conf": "nginx"}
    build(tmp_path, tree(files, generators=generators))
    write(tmp_path, "produccion/compose.yaml", "edited\n")
    manifest = contents(tmp_path)["build/manifest.json"]

    scope = Scope(environments=frozenset({"pruebas"}), generators=frozenset({"compose"}))
    made = plan(tmp_path, BUILD, tree({"pruebas/compose.yaml": "p\n"}, scope=scope))
    emptied = plan(tmp_path, BUILD, tree({}, scope=scope))

    assert made.is_clean
    assert actions(emptied) == {"build/pruebas/compose.yaml": "delete"}
    after = next(change.after for change in emptied.changes if change.path == emptied.manifest)
    assert after == manifest.replace(line_of(manifest, "pruebas/compose.yaml"), "").replace("},\n  }", "}\n  }")


def line_of(manifest: str, path: str) -> str:
    return next(line for line in manifest.splitlines(keepends=True) if f'"{path}"' in line)


def test_an_environment_that_the_topology_has_no_more_is_deleted_by_a_whole_build(tmp_path: Path) -> None:
    build(tmp_path, tree({"pruebas/compose.yaml": "p\n", "produccion/compose.yaml": "p\n"}))

    made = plan(tmp_path, BUILD, tree({"produccion/compose.yaml": "p\n"}))

    assert actions(made) == {"build/pruebas/compose.yaml": "delete"}


def test_a_file_that_moves_to_another_generator_is_no_conflict(tmp_path: Path) -> None:
    build(tmp_path, tree({COMPOSE: "a\n"}, generators={COMPOSE: "swarm"}))
    scope = Scope(generators=frozenset({"compose"}))

    made = plan(tmp_path, BUILD, tree({COMPOSE: "b\n"}, scope=scope))

    assert (actions(made), made.problems) == ({"build/produccion/compose.yaml": "change"}, ())


def test_the_right_to_run_is_given_and_not_taken(tmp_path: Path) -> None:
    script = "produccion/backup.sh"
    runnable = Tree("1.0", "aaaa", (Output(script, "#!/bin/sh\n", "compose", mode=0o755),))
    plain = Tree("1.0", "aaaa", (Output(script, "#!/bin/sh\n", "compose"),))
    build(tmp_path, plain)

    given = plan(tmp_path, BUILD, runnable)
    build(tmp_path, runnable)
    taken = plan(tmp_path, BUILD, plain)

    assert actions(given) == {"build/produccion/backup.sh": "change"}
    assert (tmp_path / "build" / script).stat().st_mode & 0o777 == 0o755
    assert actions(taken) == {}


def test_a_content_that_is_no_text_survives_in_the_plan(tmp_path: Path) -> None:
    write(tmp_path, COMPOSE, "")
    (tmp_path / "build" / COMPOSE).write_bytes(b"\xff\x00\r\n")

    (conflict,) = plan(tmp_path, BUILD, tree({COMPOSE: "a\n"})).conflicts

    assert conflict.before is not None
    assert conflict.before.encode("utf-8", "surrogateescape") == b"\xff\x00\r\n"


def test_origins_stand_in_the_manifest_as_addresses(tmp_path: Path) -> None:
    output = Output(
        COMPOSE, "a\n", "compose", origins=(Address.parse("containers.backend"), Address.parse("policies[2]"))
    )

    build(tmp_path, Tree("1.0", "aaaa", (output,)))

    assert '"origins": ["containers.backend", "policies[2]"]' in contents(tmp_path)["build/manifest.json"]


# What stands in the way.


@pytest.mark.parametrize(
    "path",
    ["../outside", "/etc/passwd", "a/../b", "a//b", "", "a/", "./a", "a\\b", "a\nb", ".git/hooks/x", ".kmtopo/lock"],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str, tmp_path: Path) -> None:
    made = plan(tmp_path, BUILD, tree({path: "a\n"}))

    assert [(problem.code, problem.values["path"]) for problem in made.problems] == [("KM602", path)]
    assert made.changes == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p/Compose.yaml", "p/compose.yaml"),
        ("p/straße", "p/STRASSE"),
        ("p/\u00e9", "p/e\u0301"),
        ("p/nginx", "p/nginx/nginx.conf"),
        ("p/NGINX/deep/er/nginx.conf", "p/nginx"),
    ],
)
def test_paths_that_some_file_system_takes_for_one_are_refused(one: str, other: str, tmp_path: Path) -> None:
    made = plan(tmp_path, BUILD, tree({one: "a\n", other: "b\n"}))

    assert [problem.code for problem in made.problems] == ["KM603"]
    assert {made.problems[0].values["path"], made.problems[0].values["other"]} == {one, other}


def test_the_same_path_twice_is_refused(tmp_path: Path) -> None:
    outputs = (Output("p/a", "1\n", "compose"), Output("p/a", "2\n", "nginx"))

    made = plan(tmp_path, BUILD, Tree("1.0", "aaaa", outputs))

    assert [(each.code, each.values["generator"]) for each in made.problems] == [("KM603", "nginx")]


def test_the_manifest_and_what_other_builds_keep_are_taken(tmp_path: Path) -> None:
    build(tmp_path, tree({"pruebas/a": "a\n"}))
    scope = Scope(environments=frozenset({"produccion"}))

    made = plan(tmp_path, BUILD, tree({"Manifest.json": "x\n", "Pruebas/A": "b\n"}, scope=scope))

    assert [problem.code for problem in made.problems] == ["KM603", "KM603"]


def test_a_file_in_the_root_cannot_take_the_place_of_the_one_beside(tmp_path: Path) -> None:
    made = plan(tmp_path, Path(), tree({"kmtopo.lock": "x\n"}, beside={"kmtopo.lock": "y\n"}))

    assert [problem.code for problem in made.problems] == ["KM603"]


@pytest.mark.parametrize("link", ["build", "build/produccion", "build/produccion/compose.yaml", "build/manifest.json"])
def test_a_symbolic_link_on_the_way_is_refused(link: str, tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / link).parent.mkdir(parents=True)
    (project / link).symlink_to(elsewhere)

    made = plan(project, BUILD, tree(BEFORE))

    assert told(made.problems) == [("KM704", "", link)]
    assert list(elsewhere.iterdir()) == []


def test_a_link_to_the_project_itself_is_the_users_choice(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    assert build(tmp_path / "link", tree({COMPOSE: "a\n"})) == ()
    assert contents(tmp_path / "real")["build/produccion/compose.yaml"] == "a\n"


def test_a_folder_or_a_pipe_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "build" / COMPOSE).mkdir(parents=True)
    (tmp_path / "build/produccion/env").mkdir()
    os.mkfifo(tmp_path / "build" / BACKEND)

    made = plan(tmp_path, BUILD, tree(BEFORE))

    assert told(made.problems) == [
        ("KM701", "folder", "build/produccion/compose.yaml"),
        ("KM701", "special", "build/produccion/env/backend.env"),
    ]


def test_a_file_in_the_place_of_a_folder_is_refused_once(tmp_path: Path) -> None:
    write(tmp_path, "produccion", "mine\n")

    made = plan(tmp_path, BUILD, tree(BEFORE))

    assert told(made.problems) == [("KM701", "file", "build/produccion")]


def test_a_file_that_nobody_wants_may_have_become_something_else(tmp_path: Path) -> None:
    build(tmp_path, tree(BEFORE))
    remove(tmp_path, BACKEND)
    (tmp_path / "build" / BACKEND).mkdir()

    made = plan(tmp_path, BUILD, tree({COMPOSE: "services: {}\n"}))

    assert (actions(made), made.problems) == ({}, ())


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{}",
        "[]",
        "<<<<<<< ours\n",
        '{"index.html": {"file": "assets/index.js"}}',
        '{"kmtopo": "1.0", "input": "", "files": {"../../etc/passwd": {"sha256": "a", "generator": "compose"}}}',
        '{"kmtopo": "1.0", "input": "", "files": {"a": {"sha256": 1, "generator": "compose"}}}',
        '{"kmtopo": "1.0", "input": "", "files": {"a": "b"}}',
        "[" * 100_000,
    ],
)
def test_a_manifest_that_is_not_ours_stops_everything(manifest: str, tmp_path: Path) -> None:
    write(tmp_path, "manifest.json", manifest)

    made = plan(tmp_path, BUILD, tree(BEFORE))

    assert told(made.problems) == [("KM707", "", "build/manifest.json")]
    assert made.changes == ()


def test_an_output_folder_elsewhere_goes_by_its_whole_path(tmp_path: Path) -> None:
    project, out = tmp_path / "project", tmp_path / "out" / "deep"
    project.mkdir()

    made = plan(project, out, tree({COMPOSE: "a\n"}, beside={"kmtopo.lock": "l\n"}))

    assert [change.path for change in made.changes] == [
        f"{out}/manifest.json",
        f"{out}/produccion/compose.yaml",
        "kmtopo.lock",
    ]
