"""Every input is read once, from the project's folder only, and what is not taken says why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtopo import source
from kmtopo.source import Position, Project, Refusal, Source, Span, read_page, read_project


def refusals(project: Project) -> list[tuple[str, str, dict[str, str]]]:
    return [(refusal.code, refusal.variant, dict(refusal.values)) for refusal in project.refusals]


def test_a_topology_and_the_lock_beside_it_are_read_by_names_without_their_folder(tmp_path: Path) -> None:
    (tmp_path / "topology.yaml").write_text("name: é\n", encoding="utf-8")
    (tmp_path / "kmtopo.lock").write_text("{}\n", encoding="utf-8")

    project = read_project(tmp_path / "topology.yaml")

    assert project.folder == tmp_path
    assert project.root == Source("topology.yaml", "name: é\n")
    assert project.lock == Source("kmtopo.lock", "{}\n")
    assert project.refusals == ()
    assert sorted(project.sources) == ["kmtopo.lock", "topology.yaml"]


def test_a_folder_stands_for_its_topology(tmp_path: Path) -> None:
    (tmp_path / "topology.yaml").write_text("name: x\n", encoding="utf-8")

    assert read_project(tmp_path) == read_project(tmp_path / "topology.yaml")


def test_a_missing_file_names_the_others_of_its_folder(tmp_path: Path) -> None:
    for name in ("topologia.yaml", "compose.yml", "notes.md"):
        (tmp_path / name).write_text("", encoding="utf-8")

    project = read_project(tmp_path)

    assert project.root is None
    assert project.refusals == (Refusal("KM115", {"name": "topology.yaml"}, others=("compose.yml", "topologia.yaml")),)


@pytest.mark.parametrize("path", ["nowhere/topology.yaml", "topology.yaml/deeper", "\0", "a" * 5_000])
def test_a_path_that_leads_nowhere_is_a_refusal(tmp_path: Path, path: str) -> None:
    (tmp_path / "topology.yaml").write_text("", encoding="utf-8")

    assert [refusal.code for refusal in read_project(tmp_path / path).refusals] in (["KM115"], ["KM116"])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "topology.yaml")

    assert refusals(read_project(tmp_path)) == [("KM116", "special", {"name": "topology.yaml"})]


@pytest.mark.parametrize(
    ("number", "variant", "reason"), [(13, "permission", "EACCES"), (5, "", "EIO"), (999_999, "", "?")]
)
def test_a_file_that_the_system_does_not_give_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, variant: str, reason: str
) -> None:
    def refused(_: Path) -> bytes:
        raise OSError(number, "no")

    monkeypatch.setattr(source, "_content", refused)

    assert refusals(read_project(tmp_path / "topology.yaml")) == [
        ("KM116", variant, {"name": "topology.yaml", "reason": reason})
    ]


@pytest.mark.parametrize(
    ("content", "variant", "byte", "place"),
    [
        (b"name: x\ntitle: caf\xe9\n", "", "0xE9", Position(2, 11)),
        (b"\xef\xbb\xbfa: \xc3\xa9\xff\n", "", "0xFF", Position(1, 5)),
        ("name: x\n".encode("utf-16"), "utf16", "0xFF", Position(1, 1)),
        (b"a: \xed\xa0\x80\n", "", "0xED", Position(1, 4)),
    ],
)
def test_a_byte_that_is_not_utf_8_is_located(
    tmp_path: Path, content: bytes, variant: str, byte: str, place: Position
) -> None:
    (tmp_path / "topology.yaml").write_bytes(content)

    project = read_project(tmp_path)

    assert project.root is None
    assert refusals(project) == [("KM111", variant, {"byte": byte})]
    (refusal,) = project.refusals
    assert refusal.span == Span("topology.yaml", place, Position(place.line, place.column + 1))
    assert list(project.sources) == ["topology.yaml"]


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE_MIB", 1)
    (tmp_path / "topology.yaml").write_bytes(b"#" * (1 << 20))
    assert read_project(tmp_path).refusals == ()

    (tmp_path / "topology.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    assert refusals(read_project(tmp_path)) == [("KM113", "", {"name": "topology.yaml", "limit": "1"})]


def test_the_topology_itself_may_be_a_link_but_what_lies_beside_it_must_stay_in_the_folder(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "project"
    elsewhere.mkdir()
    folder.mkdir()
    (elsewhere / "real.yaml").write_text("name: x\n", encoding="utf-8")
    (folder / "topology.yaml").symlink_to(elsewhere / "real.yaml")
    (folder / "kmtopo.lock").symlink_to(elsewhere / "real.yaml")

    project = read_project(folder)

    assert project.root == Source("topology.yaml", "name: x\n")
    assert project.lock is None
    assert refusals(project) == [("KM118", "", {"name": "kmtopo.lock"})]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "topology.yaml").write_text("", encoding="utf-8")
    (tmp_path / "real.lock").write_text("{}\n", encoding="utf-8")
    (tmp_path / "kmtopo.lock").symlink_to("real.lock")

    assert read_project(tmp_path).lock == Source("kmtopo.lock", "{}\n")


def test_a_page_is_found_by_code_and_language_and_others_are_not() -> None:
    english, spanish = read_page("KM101", "en"), read_page("KM101", "es")

    assert english is not None
    assert spanish is not None
    assert english != spanish
    assert read_page("KM000", "en") is None
    assert read_page("KM101", "fr") is None


@pytest.mark.parametrize(
    ("index", "line", "column"), [(0, 1, 1), (2, 1, 3), (3, 2, 1), (5, 3, 1), (7, 4, 1), (8, 4, 2)]
)
def test_lines_end_at_lf_crlf_and_cr(index: int, line: int, column: int) -> None:
    assert Source("x", "é\r\n😀\nz\ry").position(index) == Position(line, column)


@given(st.text(), st.data())
def test_a_span_slices_to_what_it_was_made_of(text: str, data: st.DataObject) -> None:
    whole = Source("x", text)
    start = data.draw(st.integers(0, len(whole.text)))
    end = data.draw(st.integers(start, len(whole.text)))

    assert whole.slice(whole.span(start, end)) == whole.text[start:end]


@given(st.text("ab\r\n", max_size=20))
def test_lines_are_those_of_the_text(text: str) -> None:
    whole = Source("x", text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    assert [whole.line(number + 1) for number in range(len(lines))] == lines
    assert whole.line(0) == whole.line(len(lines) + 1) == ""


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "topology.yaml"
    file.write_bytes(content)

    project = read_project(file)

    assert (project.root is None) == bool(project.refusals)
