"""``make bench``: prints every goal beside what was measured, and exits 1 where one is missed."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.measure import KMTOPO, Against, Bench, snapshot, touched
from benchmarks.processes import Cost, middle, run
from benchmarks.report import Row, table

QUESTIONS = (
    "reach internet postgres -e produccion",
    "matrix -e produccion",
    "impact redis -e produccion",
    "impact -e produccion",
    "cost",
    "capacity",
    "env diff produccion produccion",
)
VIEWS = ("deployment", "networks", "matrix", "tenants", "failures")
TMPFS = Path("/dev/shm")  # noqa: S108 - speed of disks is not what is measured


def main() -> int:
    """Measures, prints the table, and returns the exit status."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--small", action="store_true", help="few tenants, few rounds, growth alone is asserted")
    parser.add_argument("--rounds", type=int, help="how often each subject runs (default 5, with --small 3)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kmtopo-bench-", dir=TMPFS if TMPFS.is_dir() else None) as folder:
        bench = Bench(Path(folder), chosen.rounds or (3 if chosen.small else 5))
        rows = list(small(bench) if chosen.small else full(bench))
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} CPUs; CPU seconds of whole processes, medians; in {TMPFS}"
    )
    print(table(rows))
    return 0 if all(row.met for row in rows) else 1


def full(bench: Bench) -> Iterator[Row]:
    """Measures every goal there is."""
    yield from start(bench)
    yield from kmmotos(bench)
    thousand = against(bench, 1_000)
    ten_thousand = against(bench, 10_000)
    yield in_floors("one environment of W(1,000), without pictures", thousand, 5.8, 2.4, script(bench, 1_000))
    yield in_floors("one environment of W(10,000), without pictures", ten_thousand, 4.1, 2.7, script(bench, 10_000))
    yield Row("its peak memory", ten_thousand.subject.memory, 200, 130, "MiB")
    yield from unchanged(bench, 10_000)
    yield from questions(bench, 10_000)
    yield from growth("from 1,000 to 10,000 tenants", thousand.subject, ten_thousand.subject)
    yield from dedicated(bench)
    yield from views(bench)


def small(bench: Bench) -> Iterator[Row]:
    """Measures growth alone, on sizes that a busy machine can bear."""
    few, many = (middle([bench.build(tenants)() for _ in range(bench.rounds)]) for tenants in (200, 2_000))
    yield from growth("from 200 to 2,000 tenants", few, many)
    few, many = (middle([bench.build(n, dedicated=True)() for _ in range(bench.rounds)]) for n in (20, 200))
    yield from growth("from 20 to 200 dedicated tenants", few, many)


def start(bench: Bench) -> Iterator[Row]:
    """Measures how long one waits for nothing."""
    yield in_floors("kmtopo --help", bench.against_floor(7, bench.kmtopo("--help")), 4, 2)


def kmmotos(bench: Bench) -> Iterator[Row]:
    """Measures the first user's daily commands."""
    without = bench.kmtopo("build", pictures=False)
    cases: tuple[tuple[str, Callable[[], Cost], float, float], ...] = (
        ("check KMMotos", bench.kmtopo("check"), 7.5, 4),
        ("build KMMotos, 3 environments, without pictures", without, 15, 8),
        ("build KMMotos, 3 environments, with pictures", bench.kmtopo("build"), 37, 22),
    )
    for what, command, goal, stretch in cases:
        yield in_floors(what, bench.against_floor(7, command), goal, stretch)


def unchanged(bench: Bench, tenants: int) -> Iterator[Row]:
    """Measures a build that has nothing to do, and counts the files that it touched all the same."""
    project = bench.project(bench.workload(tenants))
    rebuild = partial(run, [KMTOPO, "build"], project)
    rebuild()
    before = snapshot(project)
    yield in_floors(f"no-change rebuild of W({tenants:,})", bench.against_floor(tenants, rebuild), 1.4, 0.7)
    yield Row("files that it touched", len(touched(before, project)), 0, 0, "files")


def questions(bench: Bench, tenants: int) -> Iterator[Row]:
    """Measures each question to W(tenants), which compiles it first; a comparison compiles and builds both sides."""
    project = bench.project(bench.workload(tenants))
    (project / "before").mkdir()
    shutil.copy(bench.workload(tenants - 1), project / "before" / "topology.yaml")

    def cpu(line: str) -> float:
        return middle([run([KMTOPO, *line.split()], project) for _ in range(bench.rounds)]).cpu

    for line in QUESTIONS:
        seconds = cpu(line)
        yield Row(f"{line.partition(' -')[0]} of W({tenants:,})", seconds, 3, 2, "s", cpu=seconds)
    compared = cpu("diff --against before")
    yield Row(f"diff of W({tenants:,}), in checks of it", compared / cpu("check"), 2.3, 2, "x", cpu=compared)


def dedicated(bench: Bench) -> Iterator[Row]:
    """Measures 1,000 containers against Compose, which only checks them."""
    measured = bench.against_compose(250)
    cpu, share = measured.subject.cpu, measured.multiple
    yield Row("1,000 containers of dedicated tenants, in checks by Compose", share, 1 / 4, 1 / 8, "x", cpu=cpu)


def views(bench: Bench) -> Iterator[Row]:
    """Measures each view of 200 containers and 1,000 tenants; the process compiles them first."""
    for machines in (1, 8):
        project = bench.project(bench.city(200, machines, 1_000))
        for view in VIEWS:
            command: list[str | Path] = [KMTOPO, "graph", "-e", "produccion", "--view", view, "-o", f"{view}.svg"]
            seconds = middle([run(command, project) for _ in range(bench.rounds)]).cpu
            where = f"{machines} machine{'s' * (machines > 1)}"
            yield Row(f"graph --view {view} of 200 containers, {where}", seconds, 2, 1, "s", cpu=seconds)


def growth(what: str, few: Cost, many: Cost) -> Iterator[Row]:
    """Compares ten times the tenants: more than eleven times the cost would be more than linear."""
    yield Row(f"time, {what}", many.cpu / few.cpu, 11, 9, "x")
    yield Row(f"memory, {what}", many.memory / few.memory, 11, 9, "x")


def against(bench: Bench, tenants: int) -> Against:
    """Measures the first build of W(tenants) against its floor."""
    return bench.against_floor(tenants, bench.build(tenants))


def script(bench: Bench, tenants: int) -> float:
    """Returns how many floors the handwritten script takes for W(tenants)."""
    return bench.against_floor(tenants, bench.handwritten(tenants)).multiple


def in_floors(what: str, measured: Against, goal: float, stretch: float, beside: float | None = None) -> Row:
    """Makes the row of a goal that is a multiple of the floor."""
    return Row(
        what, measured.multiple, goal, stretch, "x", floor=measured.floor.cpu, cpu=measured.subject.cpu, beside=beside
    )


if __name__ == "__main__":
    raise SystemExit(main())
