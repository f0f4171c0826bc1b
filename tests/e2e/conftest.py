"""What end-to-end tests start: the wheel in an environment of its own, a browser, and a Docker daemon with images.

Nothing here skips: what cannot be started ends the run with exit status 3 and the reason.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e import python313
from e2e.addresses import internet
from e2e.builder import CATALOGUE, build
from e2e.daemon import Docker, daemon
from e2e.installed import Installed
from e2e.machine import cannot_start

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="kmtopo-e2e-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="session")
def wheel(open_folder: Path) -> Path:
    """The wheel, built from the sdist: what is missing there would be missing for everyone."""
    command = [sys.executable, "-m", "build", "--outdir", open_folder, ROOT]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return next(open_folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, open_folder: Path) -> Installed:
    """The wheel and its dependencies in a clean environment."""
    environment = open_folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    command = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", wheel]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        cannot_start("the wheel", result.stderr.strip())
    return Installed(environment)


@pytest.fixture(scope="session")
def kmmotos(installed: Installed, open_folder: Path) -> Path:
    """The repository's own topology, built by the installed wheel in a folder of its own."""
    project = copied_project(open_folder / "kmmotos")
    result = installed.kmtopo("build", cwd=project)
    assert result.returncode == 0, result.stdout + result.stderr
    return project


def copied_project(folder: Path) -> Path:
    """Copies what the repository's architect wrote, and nothing that was built."""
    folder.mkdir()
    for name in ("topology.yaml", "kmtopo.lock"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="session")
def without() -> tuple[str, ...]:
    """The services that this machine cannot start: MongoDB's stand-in needs Python 3.13."""
    return () if python313.found() else ("mongo",)


@pytest.fixture(scope="session")
def docker(without: tuple[str, ...]) -> Iterator[Docker]:
    """A daemon that has all test images."""
    with daemon() as docker, internet():
        build(docker, [name for name in CATALOGUE if name not in without])
        yield docker


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's command."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return cannot_start("the browser", "no chromium on this machine, and apt-get could not bring it")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped end-to-end test is a proof that is missing: the run fails."""
    if _count(session.config, "skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """Closes with the one line that people and CI read, after what is missing from it."""
    counts = {outcome: _count(config, outcome) for outcome in ("passed", "failed", "error", "skipped")}
    said = [f"{number} {outcome}" for outcome, number in counts.items() if number or outcome in ("passed", "skipped")]
    if not python313.found():
        print("not proven: mongo")
    print(", ".join(said))


def _count(config: pytest.Config, outcome: str) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get(outcome, ())) if reporter else 0
