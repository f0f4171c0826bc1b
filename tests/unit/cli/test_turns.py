"""Builds of one project: one that was cut is healed before the next one reads, and two of them take turns."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from command_lines import HELLO, Kmtopo
from kmtopo import writer
from writer_worlds import hooked

KMTOPO = str(Path(sys.executable).with_name("kmtopo"))
HEALED = """\
note[KM709]: a build into `build` had been interrupted, and was completed now
  = help: go on: all its files are new

1 note
"""


def networks(*names: str) -> str:
    """The smallest example with networks of its own, everybody on the first one."""
    listed = "".join(f"  {name}: {{internal: false}}\n" for name in names)
    text = HELLO.replace("\ncontainers:\n", f"\nnetworks:\n{listed}\ncontainers:\n", 1)
    return text.replace("    image:", f"    networks: [{', '.join(names)}]\n    image:")


def allocated(folder: Path) -> dict[str, str]:
    lines = (folder / "kmtopo.lock").read_text(encoding="utf-8").splitlines()
    pairs = (line.strip().removeprefix("production.").split(": ") for line in lines if "production." in line)
    return dict(pairs)


def write(folder: Path, text: str) -> None:
    (folder / "topology.yaml").write_text(text, encoding="utf-8")


def killed_before(place: str, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Acts in a child process that kills itself before it puts a new file in the place of this one."""

    def kill(operation: str, at: str) -> None:
        if (operation, at) == ("rename", place):
            os.kill(os.getpid(), signal.SIGKILL)

    process = os.fork()
    if process == 0:
        monkeypatch.setattr(writer, "commit", partial(writer.commit, open_disk=hooked(kill)))
        act()
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(process, 0)[1])


def test_what_a_cut_build_allocated_is_known_to_the_next_one(
    hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(hello, networks("east"))
    kmtopo("build")
    write(hello, networks("east", "north", "west"))
    killed_before("kmtopo.lock", lambda: kmtopo("build"), monkeypatch)
    assert allocated(hello) == {"east": "10.64.0.0/24"}
    write(hello, networks("east", "west"))

    outcome = kmtopo("build")

    assert (outcome.code, outcome.err) == (0, HEALED)
    assert allocated(hello) == {"east": "10.64.0.0/24", "west": "10.64.2.0/24"}
    assert kmtopo("build", "--check").code == 0


def test_what_another_build_allocates_in_the_meantime_is_known_to_this_one(
    hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = writer.hold

    def late(folder: Path) -> object:
        """Another build has its turn first, and an editor saves."""
        monkeypatch.setattr(writer, "hold", hold)
        write(hello, networks("east", "north", "west"))
        assert kmtopo("build").code == 0
        write(hello, networks("east", "west"))
        return hold(folder)

    write(hello, networks("east"))
    monkeypatch.setattr(writer, "hold", late)

    outcome = kmtopo("build")

    assert (outcome.code, outcome.err) == (0, "")
    assert allocated(hello) == {"east": "10.64.0.0/24", "west": "10.64.2.0/24"}
    assert kmtopo("build", "--check").code == 0


def test_builds_at_the_same_time_take_turns(hello: Path, kmtopo: Kmtopo) -> None:
    command = [KMTOPO, "build"]

    processes = [subprocess.Popen(command, cwd=hello, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate()[0].splitlines()[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(said) == [
        "nothing to change: 29 files are up to date in build",
        "nothing to change: 29 files are up to date in build",
        "wrote build: 29 created, 0 changed, 0 deleted, 0 unchanged",
    ]
    assert kmtopo("build", "--check").code == 0


def test_a_build_that_has_no_turn_writes_nothing(hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch) -> None:
    other = writer.hold(hello)
    assert isinstance(other, writer.Lock)
    monkeypatch.setattr(writer, "hold", partial(writer.hold, patience=0))

    with other:
        outcome = kmtopo("build")

    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.startswith("error[KM706]: another build of this project is still running\n")
    assert not (hello / "build").exists()


def test_a_topology_in_error_takes_no_turn(hello: Path, kmtopo: Kmtopo) -> None:
    write(hello, HELLO.replace("type: static", "type: statik"))

    assert kmtopo("build").code == 1
    assert sorted(path.name for path in hello.iterdir()) == ["topology.yaml"]
