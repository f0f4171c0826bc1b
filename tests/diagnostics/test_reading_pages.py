"""Pages of codes that no text can show, made to happen on a disk and compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtopo import source
from kmtopo.report import render_text
from kmtopo.source import read_page, read_project
from kmtopo.syntax import diagnose_refusal, parse
from kmtopo.texts import LANGUAGES

Trouble = Callable[[Path, pytest.MonkeyPatch], None]


def another_encoding(folder: Path, _: pytest.MonkeyPatch) -> None:
    (folder / "topology.yaml").write_bytes("name: shop\ntitle: Café\n".encode("latin-1"))


def too_large(folder: Path, patch: pytest.MonkeyPatch) -> None:
    (folder / "topology.yaml").write_text("#", encoding="utf-8")
    patch.setattr(source, "_content", lambda _: bytes((source.LARGEST_FILE_MIB << 20) + 1))


def misspelt(folder: Path, _: pytest.MonkeyPatch) -> None:
    (folder / "topologia.yaml").write_text("", encoding="utf-8")


def forbidden(folder: Path, patch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bytes:
        raise PermissionError(13, "no")

    patch.setattr(source, "_content", refused)


def leading_out(folder: Path, _: pytest.MonkeyPatch) -> None:
    (folder / "topology.yaml").write_text("", encoding="utf-8")
    (folder / "kmtopo.lock").symlink_to("/dev/null")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("KM111", another_encoding),
        ("KM113", too_large),
        ("KM115", misspelt),
        ("KM116", forbidden),
        ("KM118", leading_out),
    ],
)
def test_the_page_shows_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, trouble: Trouble, language: str
) -> None:
    trouble(tmp_path, monkeypatch)
    project = read_project(tmp_path)

    report = render_text(map(diagnose_refusal, project.refusals), project.sources, language)

    assert report == shown_by(code, language)


@pytest.mark.parametrize(("language", "title"), [("en", "Shop"), ("es", "Tienda")])
def test_the_page_of_control_characters_shows_what_is_printed(language: str, title: str) -> None:
    text = source.Source("topology.yaml", f"name: x\ntitle: \x1b[31m{title}\n")

    assert render_text(parse(text)[1], {text.name: text}, language) == shown_by("KM112", language)


def shown_by(code: str, language: str) -> str:
    found = re.search(
        r"^```text output yaml none\n(.*?)^```$", read_page(code, language) or "", re.MULTILINE | re.DOTALL
    )
    assert found is not None
    return found[1]
