"""The repository says nothing about the machines it was made on, and its lock serves everyone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

MACHINE_PATH = re.compile(r"(?<![\w.}-])/(?:home|Users|root|work|workspace)/\w+")
PACKAGE_INDEX = re.compile(r"pypi\.org|pythonhosted|index-url|find-links|trusted-host|registry\.npmjs", re.IGNORECASE)
OUTSIDE = re.compile(r"\.\./shared\b")

Texts = dict[str, str]


@pytest.fixture(scope="module")
def lock(texts: Texts) -> dict[str, Any]:
    return tomllib.loads(texts["uv.lock"])


def found(pattern: re.Pattern[str], texts: Texts, *exempt: str) -> list[str]:
    """Lists ``path:line: match`` in every file but the exempt ones."""
    here = Path(__file__).relative_to(Path(__file__).parents[2]).as_posix()
    return [
        f"{path}:{number}: {match[0]}"
        for path, text in texts.items()
        if path not in {here, *exempt}
        for number, line in enumerate(text.splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def test_no_file_holds_a_path_of_somebodys_machine(texts: Texts) -> None:
    assert found(MACHINE_PATH, texts) == []


def test_no_file_reaches_outside_the_repository(texts: Texts) -> None:
    assert found(OUTSIDE, texts) == []


def test_only_the_lock_names_a_package_index(texts: Texts) -> None:
    assert found(PACKAGE_INDEX, texts, "uv.lock") == []


def test_the_lock_names_the_public_index_alone(texts: Texts) -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", texts["uv.lock"]))

    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_the_lock_answers_what_pyproject_asks(texts: Texts, lock: dict[str, Any]) -> None:
    settings = tomllib.loads(texts["pyproject.toml"])
    metadata = next(package for package in lock["package"] if package["name"] == "kmtopo")["metadata"]

    assert asked(settings["project"]["dependencies"]) <= answered(metadata["requires-dist"])
    assert asked(settings["dependency-groups"]["dev"]) == answered(metadata["requires-dev"]["dev"])


def asked(requirements: list[str]) -> set[tuple[str, str]]:
    parsed = map(Requirement, requirements)
    return {(requirement.name.lower(), str(requirement.specifier)) for requirement in parsed}


def answered(entries: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(entry["name"], str(SpecifierSet(entry.get("specifier", "")))) for entry in entries}
