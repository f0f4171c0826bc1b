"""The disk reaches every place without following a link, and keeps what stands there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kmtopo.writer.disk import Disk


def test_a_file_is_written_and_read_back_byte_for_byte(tmp_path: Path) -> None:
    data = os.urandom(200_000)

    with Disk(tmp_path) as disk:
        disk.create("a", data)
        assert disk.read("a") == data
        assert disk.read("a", len(data)) == data
        assert disk.read("a", len(data) * 2) == data
        disk.create("empty", b"")
        assert disk.read("empty", 0) == b""


def test_a_new_file_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine\n", encoding="utf-8")

    with Disk(tmp_path) as disk, pytest.raises(FileExistsError):
        disk.create("a", b"ours\n")

    assert (tmp_path / "a").read_text(encoding="utf-8") == "mine\n"


def test_a_link_on_the_way_is_told_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a").write_text("mine\n", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "a").symlink_to("real/a")

    with Disk(tmp_path) as disk:
        for act in (disk.look, disk.read, disk.delete, disk.flush_folder, lambda place: disk.create(place, b"")):
            with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
                act("link/a/deeper" if act == disk.flush_folder else "link/a")
            assert disk.place == "link"
        with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
            disk.read("a")

    assert (tmp_path / "real/a").read_text(encoding="utf-8") == "mine\n"


def test_what_is_absent_is_seen_once_it_is_there(tmp_path: Path) -> None:
    with Disk(tmp_path) as disk:
        assert disk.look("a/b/c") is None
        disk.make_folder("a")
        assert disk.look("a/b/c") is None
        disk.make_folder("a/b")
        disk.create("a/b/c", b"c")
        assert disk.look("a/b/c") is not None
        disk.rename_folder("a", "z")
        assert disk.look("a/b/c") is None
        assert disk.read("z/b/c") == b"c"


def test_an_empty_folder_can_be_removed_and_any_other_stays(tmp_path: Path) -> None:
    (tmp_path / "full/a").mkdir(parents=True)
    (tmp_path / "file").write_text("", encoding="utf-8")

    with Disk(tmp_path) as disk:
        assert disk.look("full/a/b") is None
        assert [disk.remove_folder(place) for place in ("full", "file", "absent", "full/a", "full")] == [
            False,
            False,
            False,
            True,
            True,
        ]
        with pytest.raises(FileNotFoundError):
            disk.create("full/a/b", b"")


def test_places_are_below_the_root_or_absolute(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()

    with Disk(tmp_path / "root") as disk:
        disk.create("inside", b"")
        disk.create(f"{tmp_path}/outside", b"")

    assert (tmp_path / "root/inside").exists()
    assert (tmp_path / "outside").exists()


def test_any_number_of_folders_is_reached_and_all_are_closed_again(tmp_path: Path) -> None:
    before = len(os.listdir("/dev/fd"))

    with Disk(tmp_path) as disk:
        for number in range(500):
            disk.make_folder(f"{number}")
            disk.create(f"{number}/a", b"", flush=False)
        open_now = len(os.listdir("/dev/fd"))

    assert open_now - before < 250
    assert len(os.listdir("/dev/fd")) == before
    assert all((tmp_path / f"{number}/a").exists() for number in range(500))


def test_flushing_reaches_folders_that_are_only_passed_through(tmp_path: Path) -> None:
    with Disk(tmp_path) as disk:
        disk.make_folder("a")
        disk.create("a/b", b"b")
        disk.flush_folder("a")
        disk.flush_folder("")
        disk.flush_all()

    assert (tmp_path / "a/b").read_bytes() == b"b"


class Replacing(Disk):
    """A disk on which somebody replaces each file just before it is looked at."""

    def look(self, place: str) -> os.stat_result | None:
        self.create(f"{place}.new", b"")
        self.rename(f"{place}.new", place)
        return super().look(place)


def test_a_lock_on_a_file_that_is_no_longer_there_is_none(tmp_path: Path) -> None:
    with Replacing(tmp_path) as disk:
        assert disk.lock("lock") is None
    with Disk(tmp_path) as disk:
        release = disk.lock("lock")
        assert release is not None
        release()
