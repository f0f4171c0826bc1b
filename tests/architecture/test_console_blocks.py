"""What the documents show, happens: their ```console run blocks are run, and their outputs compared.

A line that starts with ``$ `` is a command, the lines below it are its output; ``...`` alone on a line stands for any
lines. The blocks of one document run in one shell, in a folder that has the repository's topology and examples.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console run\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "--- this command ended with"


@dataclass(frozen=True)
class Shown:
    """A command and the output that its document shows, "" for none."""

    command: str
    output: str


def documents() -> list[str]:
    paths = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("generators/*.md"),
        *ROOT.glob("examples/**/*.md"),
    ]
    return sorted(path.relative_to(ROOT).as_posix() for path in paths if BLOCK.search(path.read_text(encoding="utf-8")))


def shown(document: str) -> list[Shown]:
    text = "".join(BLOCK.findall(document))
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not parts[0], f"a block starts with output: {parts[0]!r}"
    return [Shown(*part.partition("\n")[::2]) for part in parts[1:]]


def ran(commands: list[str], folder: Path) -> list[tuple[str, int]]:
    """Runs the commands in one shell and returns output and exit status of each."""
    script = "\n".join(f"{command}\nprintf -- '{MARK} %d\\n' $?" for command in commands)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = {"PATH": path, "HOME": str(folder), "LANG": "en_US.UTF-8", "NO_COLOR": "1", "COLUMNS": "100"}
    result = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return [(output, int(status)) for output, status in re.findall(rf"(.*?){MARK} (\d+)\n", result.stdout, re.DOTALL)]


def matches(output: str, expected: str) -> bool:
    lines = (r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in expected.splitlines())
    return re.fullmatch("".join(lines), output) is not None


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("topology.yaml", "kmtopo.lock"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("build"))
    return tmp_path


def test_the_readme_shows_commands_that_run() -> None:
    assert "README.md" in documents()


def test_the_spanish_readme_shows_the_same_commands_in_its_language() -> None:
    english, spanish = (shown((ROOT / name).read_text(encoding="utf-8")) for name in ("README.md", "README.es.md"))

    assert spanish[0].command == "export LANG=es_HN.UTF-8"
    assert [each.command for each in spanish[1:]] == [each.command for each in english]


@pytest.mark.parametrize("name", documents())
def test_the_commands_of_a_document_run_as_shown(name: str, project: Path) -> None:
    expected = shown((ROOT / name).read_text(encoding="utf-8"))

    results = ran([each.command for each in expected], project)

    assert len(results) == len(expected)
    for each, (output, status) in zip(expected, results, strict=True):
        assert status == 0, f"$ {each.command}\n{output}"
        if each.output:
            assert matches(output, each.output), f"$ {each.command}\n{output}"
