"""The runs: each subject in turn with the floor, so that both see the same machine."""

from __future__ import annotations

import marshal
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from benchmarks.city import city
from benchmarks.processes import Cost, middle, run
from benchmarks.workload import topology

HERE = Path(__file__).parent
ROOT = HERE.parent
KMTOPO = Path(sys.executable).with_name("kmtopo")
# All generators are on, and there is nothing to draw.
NO_PICTURES = "generators: {diagram: {views: []}}\n"
BUILD = (KMTOPO, "build", "-e", "produccion")


@dataclass(frozen=True, slots=True)
class Against:
    """What a subject cost, and what the floor cost in the same minutes."""

    subject: Cost
    floor: Cost

    @property
    def multiple(self) -> float:
        """How many floors the subject's CPU time is."""
        return self.subject.cpu / self.floor.cpu


@dataclass
class Bench:
    """A folder on tmpfs and the programs that are measured there."""

    folder: Path
    rounds: int
    _fresh: int = field(default=0, init=False)

    def against_floor(self, tenants: int, subject: Callable[[], Cost]) -> Against:
        """Measures the subject and the floor of W(tenants) in turns; the first turn only warms up."""
        floor = self.floor(tenants)
        turns = [(subject(), floor()) for _ in range(self.rounds + 1)][1:]
        return Against(middle([turn[0] for turn in turns]), middle([turn[1] for turn in turns]))

    def floor(self, tenants: int) -> Callable[[], Cost]:
        """Returns the floor of W(tenants): parse it, and write what the handwritten script writes for it."""
        workload = self.workload(tenants)
        packed = workload.with_suffix(".files")
        if not packed.exists():
            self.handwritten(tenants)()
            packed.write_bytes(marshal.dumps(_contents(self.folder / "handwritten")))
        return self._writing("floor", [sys.executable, HERE / "floor.py", workload, packed])

    def handwritten(self, tenants: int) -> Callable[[], Cost]:
        """Returns the whole job of the handwritten script on W(tenants)."""
        return self._writing("handwritten", [sys.executable, HERE / "handwritten.py", self.workload(tenants)])

    def kmtopo(self, *arguments: str, pictures: bool = True) -> Callable[[], Cost]:
        """Returns a command on KMMotos, each time in a fresh project."""
        return lambda: run([KMTOPO, *arguments], self.kmmotos(pictures=pictures))

    def build(self, tenants: int, *, dedicated: bool = False) -> Callable[[], Cost]:
        """Returns the first build of W(tenants), one environment, without pictures."""
        return lambda: run(BUILD, self.project(self.workload(tenants, dedicated=dedicated), pictures=False))

    def against_compose(self, tenants: int) -> Against:
        """Measures the first build of W(tenants), each with containers of its own, and Compose's check of the result."""
        turns = []
        for _ in range(self.rounds):
            project = self.project(self.workload(tenants, dedicated=True), pictures=False)
            ours = run(BUILD, project)
            (built,) = project.glob("build/produccion/*/compose.yaml")
            turns.append((ours, run([compose(), "-f", built, "config", "-q"], project)))
        return Against(middle([turn[0] for turn in turns]), middle([turn[1] for turn in turns]))

    def project(self, *written: Path, pictures: bool = True) -> Path:
        """Makes a fresh project's folder of what an architect wrote, who may want no pictures."""
        shutil.rmtree(self.folder / f"project-{self._fresh}", ignore_errors=True)
        self._fresh += 1
        project = self.folder / f"project-{self._fresh}"
        project.mkdir()
        for path in written:
            shutil.copy(path, project / ("kmtopo.lock" if path.suffix == ".lock" else "topology.yaml"))
        if not pictures:
            with (project / "topology.yaml").open("a", encoding="utf-8") as topology:
                topology.write(NO_PICTURES)
        return project

    def kmmotos(self, *, pictures: bool = True) -> Path:
        """Makes a fresh project's folder of the repository's own topology."""
        written = (path for path in (ROOT / "topology.yaml", ROOT / "kmtopo.lock") if path.exists())
        return self.project(*written, pictures=pictures)

    def workload(self, tenants: int, *, dedicated: bool = False) -> Path:
        """Returns the file of W(tenants)."""
        path = self.folder / f"w-{tenants}{'-dedicated' * dedicated}.yaml"
        if not path.exists():
            path.write_text(topology(tenants, dedicated=dedicated), encoding="utf-8")
        return path

    def city(self, containers: int, machines: int, tenants: int) -> Path:
        """Returns the file of a city of that size."""
        path = self.folder / f"city-{containers}-{machines}-{tenants}.yaml"
        if not path.exists():
            path.write_text(city(containers, machines, tenants), encoding="utf-8")
        return path

    def _writing(self, name: str, command: list[str | Path]) -> Callable[[], Cost]:
        def fresh() -> Cost:
            target = self.folder / name
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir()
            return run([*command, target], self.folder)

        return fresh


def compose() -> Path:
    """Returns the program of Compose that the wheel brings."""
    spec = find_spec("compose")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("docker-compose")


def touched(before: dict[Path, tuple[int, int]], project: Path) -> list[Path]:
    """Lists the built files that are no longer the ones in the snapshot."""
    after = snapshot(project)
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def snapshot(project: Path) -> dict[Path, tuple[int, int]]:
    """Returns inode and modification time of every file of the build, and of the lock."""
    paths = [project / "kmtopo.lock", *(project / "build").rglob("*")]
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths if path.is_file()}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
