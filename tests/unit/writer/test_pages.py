"""The pages of codes about writing, made to happen on a disk and compared with what is printed."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtopo.diagnostics import Diagnostic
from kmtopo.report import render_text
from kmtopo.source import read_page
from kmtopo.texts import LANGUAGES
from kmtopo.writer import Tree, commit, ground, hold, plan, recover
from writer_worlds import BUILD, build, hooked, tree

COMPOSE, NGINX = "produccion/principal/compose.yaml", "produccion/principal/nginx/nginx.conf"
BEFORE = tree({COMPOSE: "services: {}\n", NGINX: "events {}\n"})
AFTER = tree({COMPOSE: "services: {a: 1}\n", NGINX: "events { }\n"})

Found = tuple[Diagnostic, ...]


def refused(root: Path, number: int, wanted: Tree = BEFORE, at: str = "build") -> Found:
    def refuse(operation: str, place: str) -> None:
        if (operation, place) == ("rename", at):
            raise OSError(number, os.strerror(number))

    return commit(plan(root, BUILD, wanted), open_disk=hooked(refuse))


def file(root: Path, path: str) -> Path:
    (root / "build" / path).parent.mkdir(parents=True, exist_ok=True)
    return root / "build" / path


def failing(root: Path) -> list[Found]:
    (root / "other").mkdir()
    file(root / "other", COMPOSE).mkdir()
    return [refused(root, errno.EIO), plan(root / "other", BUILD, BEFORE).problems]


def linked(root: Path) -> list[Found]:
    file(root, "produccion").symlink_to("/srv/produccion")
    return [plan(root, BUILD, BEFORE).problems]


def edited(root: Path) -> list[Found]:
    for name in ("one", "two", "three"):
        (root / name).mkdir()
    build(root / "one", BEFORE)
    build(root / "two", BEFORE)
    file(root / "one", COMPOSE).write_text("mine\n", encoding="utf-8")
    file(root / "two", NGINX).write_text("mine\n", encoding="utf-8")
    file(root / "three", COMPOSE).write_text("mine\n", encoding="utf-8")
    return [
        build(root / "one", AFTER),
        build(root / "two", tree({COMPOSE: "services: {}\n"})),
        build(root / "three", BEFORE),
        crowded(root / "four"),
    ]


def crowded(root: Path) -> Found:
    (root / "docs").mkdir(parents=True)
    (root / "docs/guide.md").write_text("mine\n", encoding="utf-8")
    return commit(plan(root, Path("docs"), BEFORE))


def running(root: Path) -> list[Found]:
    now = iter((0.0, 11.0))
    with hold(root):
        return [(hold(root, clock=lambda: next(now)),)]


def foreign(root: Path) -> list[Found]:
    file(root, "manifest.json").write_text("<<<<<<< ours\n", encoding="utf-8")
    return [plan(root, BUILD, BEFORE).problems]


def not_ours(root: Path) -> list[Found]:
    return [ground(root, Path("/")), ground(root, Path(os.environ["HOME"])), ground(root, Path(".git/out"))]


class Cut(BaseException):
    """What a signal does to a process, as far as one process can show it."""


def cut(root: Path) -> list[Found]:
    found = []
    for operation, place in (("rename", "build"), ("rename", ".kmtopo/journal.json")):

        def stop(name: str, where: str, at: tuple[str, str] = (operation, place)) -> None:
            if (name, where) == at:
                raise Cut

        with pytest.raises(Cut):
            commit(plan(root, BUILD, AFTER if found else BEFORE), open_disk=hooked(stop))
        found.append(recover(root, BUILD))
    return found


TROUBLES: dict[str, Callable[[Path], list[Found]]] = {
    "KM701": failing,
    "KM702": lambda root: [refused(root, errno.ENOSPC)],
    "KM703": lambda root: [refused(root, errno.EROFS)],
    "KM704": linked,
    "KM705": edited,
    "KM706": running,
    "KM707": foreign,
    "KM708": lambda root: [refused(root, errno.EACCES)],
    "KM709": cut,
    "KM710": not_ours,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", TROUBLES)
def test_the_page_shows_what_is_printed(
    code: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/casa/ana")
    found = TROUBLES[code](tmp_path)

    assert [render_text(each, {}, language) for each in found] == shown_by(code, language)


def shown_by(code: str, language: str) -> list[str]:
    page = read_page(code, language)
    assert page is not None
    return re.findall(r"^```text output yaml none\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
