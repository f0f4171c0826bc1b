"""A generator is a folder, an entry point and a line in the import contracts: all three or none."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folders(root: Path) -> list[str]:
    return sorted(path.parent.name for path in root.glob("generators/*/__init__.py"))


def test_every_folder_is_registered_and_every_registration_has_its_folder(folders: list[str]) -> None:
    built_in = [
        point for point in entry_points(group="kmtopo.generators") if point.dist and point.dist.name == "kmtopo"
    ]

    registered = sorted(point.module.partition(".")[0] for point in built_in)

    assert registered == folders, (
        'a generator needs its line under [project.entry-points."kmtopo.generators"] and one re-install: make build'
    )


def test_every_folder_stands_under_the_import_contracts(folders: list[str], root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contracts = {contract["name"]: contract for contract in settings["contracts"]}
    everything = ["kmtopo", *folders]

    assert settings["root_packages"] == everything
    assert (
        contracts["only source, writer, secrets, layout, testing and cli touch the world"]["source_modules"]
        == everything
    )
    assert contracts["generators know kmtopo.plugin and nothing else of kmtopo"]["source_modules"] == folders
    assert contracts["generators do not know one another"]["modules"] == folders
    assert contracts["the core knows no generator"]["forbidden_modules"] == folders
