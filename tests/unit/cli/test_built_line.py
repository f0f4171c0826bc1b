"""``show BUILT_FILE:LINE``: from a line of a built file back to the topology."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_lines import Kmtopo

SERVER = Path("build/production/server")


@pytest.fixture
def built(hello: Path, kmtopo: Kmtopo) -> Path:
    """A folder in which everything was built."""
    assert kmtopo("build").code == 0
    return hello


def line_of(file: Path, text: str) -> int:
    """The number of the first line with this text."""
    return next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text in line)


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("compose.yaml", "hello/api:1.0.0", "topology.yaml:30:3  containers.api\n"),
        ("compose.yaml", "hello/site:1.0.0", "topology.yaml:25:3  containers.site\n"),
        ("env/api.env", "DATABASE_HOST", "topology.yaml:37:7  containers.api.env.DATABASE_HOST\n"),
        ("nginx/servers.conf", "hello.example", "topology.yaml:49:5  environments.production.domain\n"),
        ("../diagrams/deployment.dot", "postgres", "topology.yaml:40:3  containers.postgres\n"),
    ],
)
def test_a_line_leads_to_its_block(name: str, text: str, shown: str, built: Path, kmtopo: Kmtopo) -> None:
    file = SERVER / name
    line = line_of(file, text)

    outcome = kmtopo("show", f"{file}:{line}")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == shown


def test_every_line_of_every_built_text_leads_somewhere(built: Path, kmtopo: Kmtopo) -> None:
    files = [path for path in (built / "build").rglob("*") if path.is_file() and path.suffix != ".json"]

    for file in files:
        for line in (1, len(file.read_text(encoding="utf-8").splitlines())):
            outcome = kmtopo("show", f"{file}:{line}")
            assert outcome.code == 0, f"{file}:{line}"
            assert outcome.out.startswith("topology.yaml:"), f"{file}:{line}"


def test_it_works_from_any_folder(built: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built / SERVER)

    assert kmtopo("show", f"compose.yaml:{line_of(Path('compose.yaml'), 'hello/api')}").out == (
        "topology.yaml:30:3  containers.api\n"
    )


def test_the_place_is_that_of_now(built: Path, kmtopo: Kmtopo) -> None:
    line = line_of(built / SERVER / "compose.yaml", "hello/api")
    text = (built / "topology.yaml").read_text(encoding="utf-8")
    (built / "topology.yaml").write_text(f"# one more line\n{text}", encoding="utf-8")

    assert kmtopo("show", f"{SERVER}/compose.yaml:{line}").out == "topology.yaml:31:3  containers.api\n"


def test_copied_to_its_machine_a_file_still_names_its_address(
    built: Path, kmtopo: Kmtopo, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = tmp_path_factory.mktemp("machine")
    shutil.copytree(built / "build/production", machine / "production")
    monkeypatch.chdir(machine)
    place = f"production/server/compose.yaml:{line_of(Path('production/server/compose.yaml'), 'hello/api')}"

    assert kmtopo("show", place).out == "topology.yaml:30:3  containers.api\n"
    (machine / "production/trace.json").write_text('{"a": [[1], 2], "b": 3}', encoding="utf-8")
    assert kmtopo("show", place).out == "containers.api\n"
    (machine / "production/trace.json").unlink()
    assert kmtopo("show", place).out == "containers.api\n"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("build/production/server/compose.yaml:0", "`build/production/server/compose.yaml` has "),
        ("build/production/server/compose.yaml:99999", "`build/production/server/compose.yaml` has "),
        ("build/nothing.yaml:3", "`build/nothing.yaml` cannot be read: it is not there"),
        ("build:3", "`build` cannot be read: it is a folder"),
        ("build/manifest.json:3", "no part of the topology is known to be behind `build/manifest.json`"),
        ("topology.yaml:3", "no part of the topology is known to be behind `topology.yaml`"),
        ("binary:1", "no part of the topology is known to be behind `binary`"),
    ],
)
def test_a_line_that_leads_nowhere_is_told(what: str, said: str, built: Path, kmtopo: Kmtopo) -> None:
    (built / "binary").write_bytes(b"\xff\xfe")

    outcome = kmtopo("show", what)

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"kmtopo: {said}")


def test_a_comment_that_only_looks_like_ours_does_no_harm(folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "mine.conf").write_text("# from ]]not-an-address\x1b[31m\n", encoding="utf-8")

    assert kmtopo("show", "mine.conf:1").out == "]]not-an-address␛[31m\n"
