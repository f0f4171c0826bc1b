"""CI files keep to the schemas that their vendors publish, and their commands run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from topologies import ROOT

BIN = Path(sys.executable).parent
DOCUMENT = "# Deployment\n\n<!-- BEGIN KMTOPO containers -->\n<!-- END KMTOPO -->\n"


def loaded(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "command",
    [
        ("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"),
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", "examples/ci/github-workflow.yaml"),
        ("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "examples/ci/gitlab-ci.yml"),
        ("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"),
        ("pre-commit", "validate-config", "examples/ci/pre-commit-config.yaml"),
    ],
    ids=lambda command: command[-1],
)
def test_a_file_keeps_to_its_published_schema(command: tuple[str, ...], tmp_path: Path) -> None:
    ended = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that keeps its built files and a document, both up to date."""
    folder = tmp_path_factory.mktemp("clean")
    shutil.copyfile(ROOT / "examples" / "01-minimal" / "topology.yaml", folder / "topology.yaml")
    (folder / "docs").mkdir()
    (folder / "docs" / "deployment.md").write_text(DOCUMENT, encoding="utf-8")
    for command in ("kmtopo build", "kmtopo docs docs/deployment.md"):
        assert ran(command, folder).returncode == 0
    return folder


@pytest.fixture
def project(clean: Path, tmp_path: Path) -> Path:
    """A checkout of it."""
    return shutil.copytree(clean, tmp_path / "project")


def ran(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs a script as CI does, with the kmtopo of this checkout."""
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def action_steps() -> list[tuple[str, dict[str, str]]]:
    """The commands of the action but the installation, with the variables that they get."""
    given = {"topology": "topology.yaml", "documents": "docs/deployment.md"}
    steps = [
        step for step in loaded("action.yml")["runs"]["steps"] if "kmtopo " in step.get("run", "") and "env" in step
    ]
    values = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
    return [(step["run"], {name: values[said] for name, said in step["env"].items()}) for step in steps]


def gitlab_steps() -> list[tuple[str, dict[str, str]]]:
    job = loaded("examples/ci/gitlab-ci.yml")["topology"]
    return [(script, job["variables"]) for script in job["script"]]


def hook_steps() -> list[tuple[str, dict[str, str]]]:
    hooks = loaded(".pre-commit-hooks.yaml")
    return [(f"{hook['entry']}{' docs/deployment.md' if 'docs' in hook['id'] else ''}", {}) for hook in hooks]


@pytest.mark.parametrize("steps", [action_steps, gitlab_steps, hook_steps])
def test_the_commands_pass_where_all_is_up_to_date(steps: Any, project: Path) -> None:
    ended = [ran(script, project, **variables) for script, variables in steps()]

    assert len(ended) >= 3
    assert [each.returncode for each in ended] == [0] * len(ended)


@pytest.mark.parametrize("steps", [action_steps, gitlab_steps])
def test_the_commands_fail_where_only_the_topology_was_changed(steps: Any, project: Path) -> None:
    topology = project / "topology.yaml"
    topology.write_text(topology.read_text(encoding="utf-8").replace("postgres:17", "postgres:16"), encoding="utf-8")

    assert [ran(script, project, **variables).returncode for script, variables in steps()] == [0, 1, 1]


def test_hooks_fill_a_document_at_a_commit_that_changes_the_topology_alone(project: Path) -> None:
    """By pre-commit itself, with the hooks of this checkout and what the example says of them."""
    known = {hook["id"]: hook for hook in loaded(".pre-commit-hooks.yaml")}
    example = loaded("examples/ci/pre-commit-config.yaml")["repos"][0]["hooks"]
    hooks = [{**known[hook["id"]], **hook, "language": "system"} for hook in example]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    commit = "git -c user.name=t -c user.email=t@example.com commit -q -m first"
    variables = {"PRE_COMMIT_HOME": str(project.parent / "kept")}
    assert ran(f"git init -q && git add . && {commit}", project, **variables).returncode == 0
    clean = ran("pre-commit run --all-files", project, **variables)

    topology = project / "topology.yaml"
    topology.write_text(topology.read_text(encoding="utf-8").replace("postgres:17", "postgres:16"), encoding="utf-8")
    changed = ran("git add topology.yaml && pre-commit run", project, **variables)

    assert [clean.returncode, changed.returncode] == [0, 1]
    ended = [line.split(".")[0] for line in changed.stdout.splitlines() if line.endswith("Failed")]
    assert ended == ["kmtopo build --check", "kmtopo docs"]
    assert "postgres:16" in (project / "docs" / "deployment.md").read_text(encoding="utf-8")


def test_examples_name_hooks_and_inputs_that_there_are() -> None:
    hooks = {hook["id"] for hook in loaded(".pre-commit-hooks.yaml")}
    used = {hook["id"] for hook in loaded("examples/ci/pre-commit-config.yaml")["repos"][0]["hooks"]}
    steps = loaded("examples/ci/github-workflow.yaml")["jobs"]["topology"]["steps"]

    assert used <= hooks
    assert set(steps[1]["with"]) <= set(loaded("action.yml")["inputs"])
