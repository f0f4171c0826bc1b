"""A build that is killed at any moment leaves each file old or new, and the next command heals it.

A child process commits a tree of 60 files and kills itself before its n-th operation on the disk, half-written
files included; a few children are killed by the clock instead.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kmtopo.diagnostics import Diagnostic
from kmtopo.writer import Tree, commit, hold, plan, recover
from writer_worlds import BUILD, actions, build, contents, hooked, told, tree

MOMENTS = 50
PATHS = [f"p/{folder}/{number}.env" for folder in ("env", "nginx", "n/tenants") for number in range(20)]
BEFORE = tree({path: f"{path} before\n" * 20 for path in PATHS}, beside={"kmtopo.lock": "before\n"})
AFTER = tree(
    {
        **{path: f"{path} before\n" * 20 for path in PATHS[:10]},
        **{path: f"{path} after\n" * 30 for path in PATHS[10:45]},
        **{path.replace("p/n/", "p/new/"): f"{path} after\n" for path in PATHS[45:]},
    },
    beside={"kmtopo.lock": "after\n"},
)
EDITED = "build/p/env/15.env"
OWN = "build/p/env/mine.txt"
UNDONE, COMPLETED = [("KM709", "undone", "build")], [("KM709", "", "build")]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built, with a file of the user's in it."""
    root = tmp_path_factory.mktemp("before")
    build(root, BEFORE)
    (root / OWN).write_text("mine\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The contents that the second build leads to."""
    root = copy(before, tmp_path_factory.mktemp("after"))
    build(root, AFTER)
    return contents(root)


@pytest.fixture(scope="module")
def operations(before: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many operations on the disk the second build takes."""
    seen: list[str] = []
    root = copy(before, tmp_path_factory.mktemp("operations"))
    commit(plan(root, BUILD, AFTER), open_disk=hooked(lambda operation, _: seen.append(operation)))
    return len(seen)


def copy(project: Path, target: Path) -> Path:
    return Path(shutil.copytree(project, target / "project"))


def killed(act: Callable[[Callable[[str, str], None]], object], moment: int) -> bool:
    """Acts in a child process that kills itself before an operation; tells whether it came to that."""
    left = [moment]

    def kill(operation: str, place: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return ended_by_kill(child(lambda: act(kill)))


def child(act: Callable[[], object]) -> int:
    process = os.fork()
    if process == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return process


def ended_by_kill(process: int) -> bool:
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def assert_old_or_new(root: Path, before: dict[str, str], after: dict[str, str]) -> None:
    now = {path: text for path, text in contents(root).items() if ".kmtopo-new" not in path and text != "/"}
    for path in now.keys() | before.keys() | after.keys():
        assert now.get(path) in (before.get(path), after.get(path)), path


def assert_the_manifest_is_true(root: Path) -> None:
    below = root / "build"
    recorded = json.loads((below / "manifest.json").read_text(encoding="utf-8"))["files"]
    others = {"manifest.json", "p/env/mine.txt"}
    found = {path.relative_to(below).as_posix(): path for path in below.rglob("*") if path.is_file()}
    digests = {name: sha256(path.read_bytes()).hexdigest() for name, path in found.items() if name not in others}
    assert {name: entry["sha256"] for name, entry in recorded.items()} == digests


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_any_moment_a_build_heals(
    moment: int, before: Path, after: dict[str, str], operations: int, tmp_path: Path
) -> None:
    root, old = copy(before, tmp_path), contents(before)
    made = plan(root, BUILD, AFTER)

    assert killed(lambda kill: commit(made, open_disk=hooked(kill)), moment * (operations - 1) // (MOMENTS - 1))
    assert_old_or_new(root, old, after)
    found = told(recover(root, BUILD))

    assert (found, contents(root)) in (([], old), (UNDONE, old), (COMPLETED, after), ([], after))
    assert_the_manifest_is_true(root)
    assert build(root, AFTER) == ()
    assert contents(root) == after
    assert plan(root, BUILD, AFTER).is_clean


@pytest.mark.parametrize("moment", range(0, MOMENTS, 4))
def test_what_was_edited_after_the_kill_is_kept(
    moment: int, before: Path, after: dict[str, str], operations: int, tmp_path: Path
) -> None:
    root = copy(before, tmp_path)
    made = plan(root, BUILD, AFTER)
    assert killed(lambda kill: commit(made, open_disk=hooked(kill)), moment * (operations - 1) // (MOMENTS - 1))
    (root / EDITED).write_text("mine\n", encoding="utf-8")

    recover(root, BUILD)

    assert actions(plan(root, BUILD, AFTER)).pop(EDITED) == "conflict"
    assert told(build(root, AFTER)) == [("KM705", "", EDITED)]
    assert contents(root)[EDITED] == contents(root)[OWN] == "mine\n"
    assert build(root, AFTER, force=True) == ()
    assert contents(root) == after


@pytest.mark.parametrize("moment", range(10))
def test_killed_while_it_heals_a_build_heals_at_the_next_command(
    moment: int, before: Path, after: dict[str, str], operations: int, tmp_path: Path
) -> None:
    root = copy(before, tmp_path)
    made = plan(root, BUILD, AFTER)
    assert killed(lambda kill: commit(made, open_disk=hooked(kill)), operations * (40 + 5 * moment) // 100)

    killed(lambda kill: recover(root, BUILD, open_disk=hooked(kill)), 4 * moment)
    assert_old_or_new(root, contents(before), after)
    recover(root, BUILD)

    assert_the_manifest_is_true(root)
    assert build(root, AFTER) == ()
    assert contents(root) == after


def test_killed_by_the_clock_builds_heal_every_time(before: Path, after: dict[str, str], tmp_path: Path) -> None:
    root, dice = copy(before, tmp_path), random.Random(7)

    for _ in range(8):
        process = child(lambda: build_in_turns(root))
        time.sleep(dice.uniform(0.02, 0.15))
        os.kill(process, signal.SIGKILL)
        assert ended_by_kill(process)
        assert_old_or_new(root, contents(before), after)
        assert told(recover(root, BUILD)) in ([], UNDONE, COMPLETED)
        assert_the_manifest_is_true(root)

    assert build(root, AFTER) == ()
    assert contents(root) == after


def build_in_turns(root: Path) -> None:
    while True:
        for wanted in (AFTER, BEFORE):
            commit(plan(root, BUILD, wanted))


def test_builds_at_the_same_time_take_turns(before: Path, after: dict[str, str], tmp_path: Path) -> None:
    root = copy(before, tmp_path)

    processes = [child(lambda wanted=wanted: build_under_lock(root, wanted)) for wanted in (BEFORE, AFTER) * 3]
    for process in processes:
        assert os.waitpid(process, 0)[1] == 0

    assert contents(root) in (contents(before), after)
    assert_the_manifest_is_true(root)


def build_under_lock(root: Path, wanted: Tree) -> None:
    lock = hold(root)
    assert not isinstance(lock, Diagnostic)
    with lock:
        assert commit(plan(root, BUILD, wanted), lock=lock) == ()
