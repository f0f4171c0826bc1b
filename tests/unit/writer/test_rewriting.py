"""A file of the user's own gets a new text in one step, or keeps the old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo.diagnostics import Diagnostic
from kmtopo.source import Source
from kmtopo.writer.rewriting import rewrite

SOURCE = Source("topology.yaml", "año: 1\r\n")


def written(folder: Path, content: bytes = b"a\xc3\xb1o: 1\r\n") -> Path:
    path = folder / "topology.yaml"
    path.write_bytes(content)
    return path


def told(found: Diagnostic | None) -> tuple[str, str] | None:
    return (found.code, found.help) if found else None


def test_the_text_is_replaced_with_its_line_ends_mark_and_permissions(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfa\xc3\xb1o: 1\r\n")
    path.chmod(0o640)

    assert rewrite(tmp_path, SOURCE, "año: 2\r\n") is None
    assert path.read_bytes() == b"\xef\xbb\xbfa\xc3\xb1o: 2\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["topology.yaml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "project").mkdir()
    path = written(tmp_path / "real")
    link = tmp_path / "project" / "topology.yaml"
    link.symlink_to("../real/topology.yaml")

    assert rewrite(tmp_path / "project", SOURCE, "b: 2\n") is None
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "b: 2\n"
    assert [each.name for each in (tmp_path / "project").iterdir()] == ["topology.yaml"]


def test_what_somebody_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, b"new: 1\n")

    assert told(rewrite(tmp_path, SOURCE, "b: 2\n")) == ("KM701", "changed")
    assert path.read_bytes() == b"new: 1\n"


def test_what_is_left_of_a_run_that_was_killed_is_in_nobodys_way(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / ".topology.yaml.kmtopo-new").write_text("half", encoding="utf-8")

    assert rewrite(tmp_path, SOURCE, "b: 2\n") is None
    assert path.read_bytes() == b"b: 2\n"
    assert [each.name for each in tmp_path.iterdir()] == ["topology.yaml"]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert told(rewrite(tmp_path, SOURCE, "b: 2\n")) == ("KM701", "rewrite")


def test_a_protected_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    # Whoever runs the tests may be root, whom permissions do not keep out.
    monkeypatch.setattr("kmtopo.writer.rewriting.os.access", lambda *_: False)

    assert told(rewrite(tmp_path, SOURCE, "b: 2\n")) == ("KM708", "rewrite")
    assert path.read_bytes() == b"a\xc3\xb1o: 1\r\n"
