"""Places stay below their folder, whatever a path says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtopo.writer.places import folders_above, is_safe, is_within, place_of, staged, under, unstaged

SEGMENTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
SAFE = st.lists(st.text("aB.é-_ 1", min_size=1, max_size=12).filter(lambda name: name.strip(".")), min_size=1).map(
    "/".join
)
PATHS = st.lists(st.one_of(SEGMENTS, st.sampled_from(["..", ".", "", ".git", "a", "b.kmtopo-new"]))).map("/".join)


@pytest.mark.parametrize(
    ("out", "place"),
    [
        ("build", "build"),
        ("a/b", "a/b"),
        (".", ""),
        ("a/../build/", "build"),
        ("link/build", "link/build"),
        ("../other", "{base}/other"),
        ("..", "{base}"),
        ("{base}/project/build", "build"),
        ("{base}/elsewhere/out", "{base}/elsewhere/out"),
        ("{base}/shortcut/build", "build"),
        ("/", "/"),
    ],
)
def test_an_output_folder_is_below_the_project_or_absolute(out: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "project/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "shortcut").symlink_to("project")

    assert place_of(tmp_path / "project", Path(out.format(base=tmp_path))) == place.format(base=tmp_path)


def test_a_project_behind_a_link_is_the_same_project(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "shortcut").symlink_to("project")

    assert place_of(tmp_path / "shortcut", Path("build")) == "build"
    assert place_of(tmp_path / "shortcut", tmp_path / "project/build") == "build"
    assert place_of(tmp_path / "shortcut", tmp_path / "shortcut/build") == "build"


@pytest.mark.parametrize(
    "path",
    [
        "compose.yaml",
        "produccion/principal/.env.example",
        "docs/guía de operación.md",
        "a..b",
        "...",
        "a/.hidden",
        "x" * 240,
        ("x" * 60 + "/") * 20 + "x",
    ],
)
def test_an_ordinary_path_is_safe(path: str) -> None:
    assert is_safe(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/a",
        "a/",
        "..",
        "a/..",
        "../a",
        "a//b",
        "a\0b",
        "a\u2028b",
        "C:\\a",
        "a/.GIT/b",
        ".kmtopo/x",
        ".a.kmtopo-new",
        "x" * 241,
        "é" * 130,
    ],
)
def test_a_path_that_leads_elsewhere_or_means_something_else_is_not_safe(path: str) -> None:
    assert not is_safe(path)


@given(PATHS)
def test_a_safe_path_has_only_names_that_stay_where_they_are(path: str) -> None:
    if is_safe(path):
        assert not {"", ".", "..", ".git"} & set(path.split("/"))
        assert is_within(under("build", path), "build")
        assert is_within(under("", path), "")
        assert is_within(under("/", path), "/")


@given(SAFE)
def test_a_staged_place_leads_back_to_its_own(path: str) -> None:
    assert is_safe(path)
    assert unstaged(staged(path)) == path
    assert unstaged(path) == path
    assert unstaged(f"{staged('build')}/{path}") == f"build/{path}"
    assert not is_safe(staged(path))


def test_the_folders_above_a_place_come_nearest_first() -> None:
    assert list(folders_above("a/b/c")) == ["a/b", "a"]
    assert list(folders_above("/a/b/c")) == ["/a/b", "/a"]
    assert list(folders_above("a")) == []
