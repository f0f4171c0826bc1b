"""What has to be there before a start is named to the last file, and fits on a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo.cli.missing_files import missing, tell_missing
from kmtopo.cli.session import Session

TENANTS = [f"secrets/live/tenants/t{number:04}_postgres_password" for number in range(1000)]


def told(places: list[str], folder: Path, capsys: pytest.CaptureFixture[str], language: str = "en") -> str:
    tell_missing(Session(language), missing(places, folder), Path())
    return capsys.readouterr().out


def make(folder: Path, *places: str) -> None:
    for place in places:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).touch()


def test_what_is_there_is_not_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, "secrets/live/app_key")

    assert told(["secrets/live/app_key"], tmp_path, capsys) == ""


def test_a_few_files_have_a_line_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, "secrets/live/app_key")

    assert told(["secrets/live/db_password", "secrets/live/app_key", "certificates/shop.pem"], tmp_path, capsys) == (
        "  missing before the start: certificates/shop.pem\n  missing before the start: secrets/live/db_password\n"
    )


def test_many_files_of_a_folder_stand_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, *TENANTS[:40], *TENANTS[51:])

    assert (
        told(TENANTS, tmp_path, capsys)
        == """\
  missing before the start, in secrets/live/tenants/:
    t0040_postgres_password, t0041_postgres_password, t0042_postgres_password,
    t0043_postgres_password, t0044_postgres_password, t0045_postgres_password,
    t0046_postgres_password, t0047_postgres_password, t0048_postgres_password,
    t0049_postgres_password, t0050_postgres_password
"""
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "  missing before the start: all 1000 files of secrets/live/tenants/, {} to {}\n"),
        ("es", "  falta antes del arranque: los 1000 archivos de secrets/live/tenants/, de {} a {}\n"),
    ],
)
def test_a_large_folder_of_which_everything_is_missing_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, line: str
) -> None:
    assert told(TENANTS, tmp_path, capsys, language) == line.format(
        "t0000_postgres_password", "t0999_postgres_password"
    )


def test_one_of_many_that_is_there_has_all_others_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, TENANTS[0])
    out = told(TENANTS, tmp_path, capsys)

    assert [place for place in TENANTS[1:] if Path(place).name not in out] == []
    assert Path(TENANTS[0]).name not in out
