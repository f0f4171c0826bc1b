"""``init`` starts a topology and overwrites nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from command_lines import EXAMPLE, Kmtopo
from kmtopo.report import render_text
from kmtopo.texts import LANGUAGES
from kmtopo.writer.failures import failure


def test_what_it_starts_builds(folder: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("init")

    assert (outcome.code, outcome.out, outcome.err) == (0, "started topology.yaml: now run `kmtopo build`\n", "")
    assert (folder / "topology.yaml").read_text(encoding="utf-8") == EXAMPLE
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "/secrets/*\n!/secrets/*.sops.yaml\n/.kmtopo/\n"
    assert kmtopo("check", "--strict").code == 0


def test_the_command_that_it_names_can_be_pasted(folder: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("--lang", "es", "init", "a b/c", "--example", "minimal")

    assert outcome.out == "creado a b/c/topology.yaml: ahora ejecuta `kmtopo build 'a b/c/topology.yaml'`\n"
    assert sorted(path.name for path in (folder / "a b/c").iterdir()) == [".gitignore", "topology.yaml"]


def test_a_topology_that_is_there_stays(hello: Path, kmtopo: Kmtopo) -> None:
    (hello / "topology.yaml").write_text("mine\n", encoding="utf-8")

    outcome = kmtopo("init")

    assert (outcome.code, outcome.out) == (4, "")
    assert (
        outcome.err
        == """\
error[KM705]: `topology.yaml` is there already
  = help: name another folder, or move it away: `kmtopo init` overwrites nothing

1 error
"""
    )
    assert (hello / "topology.yaml").read_text(encoding="utf-8") == "mine\n"
    assert not (hello / ".gitignore").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"node_modules", b"node_modules\n/secrets/*\n!/secrets/*.sops.yaml\n/.kmtopo/\n"),
        (b"/.kmtopo/\nbuild/\n", b"/.kmtopo/\nbuild/\n/secrets/*\n!/secrets/*.sops.yaml\n"),
        (b"/secrets/\r\n/.kmtopo/\r\n", b"/secrets/\r\n/.kmtopo/\r\n"),
        (b"\xff\n", b"\xff\n/secrets/*\n!/secrets/*.sops.yaml\n/.kmtopo/\n"),
    ],
)
def test_lines_that_git_ignores_are_added_once(before: bytes, after: bytes, folder: Path, kmtopo: Kmtopo) -> None:
    (folder / ".gitignore").write_bytes(before)

    assert kmtopo("init").code == 0
    assert (folder / ".gitignore").read_bytes() == after


@pytest.mark.parametrize("name", ["file", "file/below", "dangling"])
def test_a_folder_that_cannot_be_is_told(name: str, folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "file").write_text("", encoding="utf-8")
    (folder / "dangling").symlink_to("nowhere/at/all")

    outcome = kmtopo("init", name)

    assert outcome.code == 1
    assert (
        outcome.err
        == f"""\
error[KM701]: `{name}` is a file where a folder has to be
  = help: move it away, or name another folder: `kmtopo init DIR`

1 error
"""
    )


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP, errno.ENOTDIR])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_to_init_is_helped_by_no_option_of_build(number: int, language: str) -> None:
    told = render_text([failure(OSError(number, ""), "new", by="init")], {}, language)

    assert "`kmtopo init DIR`" in told
    assert "`-o`" not in told


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_is_told(folder: Path, kmtopo: Kmtopo) -> None:
    folder.chmod(0o500)

    outcome = kmtopo("init", "new")

    assert outcome.code == 1
    assert outcome.err.startswith("error[KM708]: `new` cannot be changed: permission is missing\n")


def test_an_example_comes_with_what_it_includes(folder: Path, kmtopo: Kmtopo) -> None:
    assert kmtopo("init", "--example", "tenants").code == 0

    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "companies.csv", "topology.yaml"]
    assert kmtopo("check", "--strict").code == 0
