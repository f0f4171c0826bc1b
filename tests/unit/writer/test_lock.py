"""One build of a project at a time changes files; another one waits, and then says why it cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kmtopo.diagnostics import Diagnostic
from kmtopo.writer import Lock, hold
from writer_worlds import told


class Clock:
    """A clock that only goes on while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def held(root: Path) -> Lock:
    lock = hold(root)
    assert isinstance(lock, Lock)
    return lock


def test_a_second_build_waits_ten_seconds_and_gives_up(tmp_path: Path) -> None:
    clock = Clock()

    with held(tmp_path):
        refusal = hold(tmp_path, clock=clock, sleep=clock.sleep)

    assert isinstance(refusal, Diagnostic)
    assert (refusal.code, dict(refusal.values)) == ("KM706", {"seconds": "10"})
    assert 110.0 <= clock.now < 110.1


def test_a_second_build_goes_on_as_soon_as_the_first_has_ended(tmp_path: Path) -> None:
    clock, first = Clock(), held(tmp_path)

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if clock.now > 103:
            first.release()
            clock.now = -1000.0  # a second release would close somebody else's file

    second = hold(tmp_path, clock=clock, sleep=sleep)

    assert isinstance(second, Lock)
    second.release()


def test_a_build_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        hold(tmp_path)
        os._exit(0)
    os.waitpid(child, 0)

    held(tmp_path).release()


def test_two_projects_do_not_wait_for_each_other(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()

    with held(tmp_path / "one"), held(tmp_path / "other"):
        pass


def test_a_lock_whose_file_was_deleted_keeps_nobody_out(tmp_path: Path) -> None:
    with held(tmp_path):
        (tmp_path / ".kmtopo/lock").unlink()
        held(tmp_path).release()


@pytest.mark.parametrize("name", ["", "/lock", "/.gitignore"])
def test_a_symbolic_link_is_not_followed(name: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / f".kmtopo{name}"
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere / "new" if name else elsewhere)

    refusal = hold(tmp_path)

    assert list(elsewhere.iterdir()) == []
    if name != "/.gitignore":
        assert isinstance(refusal, Diagnostic)
        assert told((refusal,)) == [("KM704", "", f".kmtopo{name}")]
