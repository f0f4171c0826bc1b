"""What end-to-end tests start: the wheel in an environment of its own, a browser, and a Docker daemon with images.

Nothing here skips: what cannot be started ends the run with exit status 3 and the reason.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from e2e import python313
from e2e.addresses import internet
from e2e.authority import authority
from e2e.builder import CATALOGUE, build
from e2e.daemon import daemon
from e2e.environments import MADE, Workshop, side_by_side
from e2e.installed import Installed
from e2e.machine import cannot_start
from e2e.stack import Stack

ROOT = Path(__file__).parents[2]
NOT_PROVEN = pytest.StashKey[tuple[str, ...]]()


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
def without(pytestconfig: pytest.Config) -> tuple[str, ...]:
    """The services that this machine cannot start: MongoDB's stand-in needs Python 3.13."""
    missing = () if python313.found() else ("mongo",)
    pytestconfig.stash[NOT_PROVEN] = missing
    return missing


@pytest.fixture(scope="session", autouse=True)
def environments(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Stack]]]:
    """Those environments that a test asks for: they start while the tests run that ask for none."""
    wanted = MADE.keys() & {name for item in request.session.items for name in item.fixturenames}
    if not wanted:
        yield {}
        return
    without = request.getfixturevalue("without")
    with daemon() as docker, internet(), ThreadPoolExecutor(1) as builder:
        images = builder.submit(build, docker, [name for name in CATALOGUE if name not in without])
        folder, source, installed = map(request.getfixturevalue, ("open_folder", "kmmotos", "installed"))
        workshop = Workshop(folder, source, installed, docker, without, authority(folder / "authority"))
        with side_by_side(wanted, images, workshop) as starting:
            yield starting


@pytest.fixture(scope="session")
def desarrollo(environments: dict[str, Future[Stack]]) -> Stack:
    """A developer's machine."""
    return environments["desarrollo"].result()


@pytest.fixture(scope="session")
def produccion(environments: dict[str, Future[Stack]]) -> Stack:
    """Production."""
    return environments["produccion"].result()


@pytest.fixture(scope="session")
def pruebas(environments: dict[str, Future[Stack]]) -> Stack:
    """The test environment, which leaks."""
    return environments["pruebas"].result()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's command."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return cannot_start("the browser", "no chromium on this machine, and apt-get could not bring it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the tests of environments for later: they have to start first."""
    items.sort(key=lambda item: bool(MADE.keys() & getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped end-to-end test is a proof that is missing: the run fails."""
    if _count(session.config, "skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure(config: pytest.Config) -> None:
    """Closes with the one line that people and CI read, after what is missing from it."""
    counts = {outcome: _count(config, outcome) for outcome in ("passed", "failed", "error", "skipped")}
    said = [f"{number} {outcome}" for outcome, number in counts.items() if number or outcome in ("passed", "skipped")]
    for name in config.stash.get(NOT_PROVEN, ()):
        print(f"not proven: {name}")
    print(", ".join(said))


def _count(config: pytest.Config, outcome: str) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get(outcome, ())) if reporter else 0
