"""The environments that are started, side by side: most of a start is waiting for the next look at a container's health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from e2e.addresses import on_loopback
from e2e.authority import Authority
from e2e.daemon import Docker
from e2e.installed import Installed
from e2e.project import Project, copied
from e2e.stack import Stack, started
from e2e.web import Door

ADDRESS = "203.0.113.10"  # of the VPS `principal`
TENANTS = (
    "central",
    "km-motos",
    "all-in-one",
    "km-cars",
    "grupo-km-motos-hn",
    "grupo-km-cars-hn",
    "grupo-todo-en-uno-hn",
)
NEWCOMER = "moto-sur"


@dataclass(frozen=True)
class Workshop:
    """What all environments are made with."""

    folder: Path
    source: Path
    installed: Installed
    docker: Docker
    without: tuple[str, ...]
    authority: Authority

    def stack(self, name: str, environment: str, vps: str, door: Door, change: Callable[[Project], None]) -> Stack:
        """Compiles a copy of the topology and returns what can be started."""
        project = copied(self.folder / name, self.source, self.installed, environment, vps)
        change(project)
        project.build()
        return Stack(self.docker, project, door, self.without)

    def certified(self, project: Project, pattern: str) -> None:
        """Puts a certificate of our authority where the proxy looks for its own."""
        project.secrets.mkdir(mode=0o700, parents=True)
        hosts = [pattern.format(tenant) for tenant in (*TENANTS, NEWCOMER)]
        self.authority.issue(hosts, *(project.secrets / f"nginx_tls_{part}" for part in ("certificate", "key")))


def desarrollo(workshop: Workshop) -> Stack:
    """A developer's machine, as it is generated."""
    return workshop.stack("desarrollo", "desarrollo", "local", Door("127.0.0.1", 8080), lambda _: None)


def produccion(workshop: Workshop) -> Stack:
    """Production. No Nginx to be had here has the ACME module, so the file says ``self-signed`` instead of ``acme``."""

    def change(project: Project) -> None:
        project.edit("tls: acme", "tls: self-signed")
        workshop.certified(project, "{}.kmmotos.hn")

    door = Door(ADDRESS, 443, workshop.authority.trust())
    return workshop.stack("produccion", "produccion", "principal", door, change)


# In the file this is what a hurried hand might do: the front end joins the data and is published for a look at it, and
# the data get out.
LEAK = """\
      nginx: {publish: ["8080:80", "8443:443"]}
      frontend: {networks: [comunicaciones, seguridad], publish: ["127.0.0.1:9000:8080"]}
    networks: {seguridad: {internal: false}}
"""


def leak(project: Project) -> None:
    """Makes the topology leak; its policies are still there, and refuse to have it built."""
    project.edit('      nginx: {publish: ["8080:80", "8443:443"]}\n', LEAK)


def pruebas(workshop: Workshop) -> Stack:
    """The test environment with one dedicated company.

    Its topology leaks on purpose elsewhere; the policies that would refuse it are taken out.
    """

    def change(project: Project) -> None:
        project.edit(
            "km-cars: {title: KM Cars, zone: norte}", "km-cars: {title: KM Cars, zone: norte, placement: dedicated}"
        )
        leak(project)
        project.cut("policies:\n", "assumptions:\n")
        workshop.certified(project, "{}.pruebas.kmmotos.hn")

    door = Door(ADDRESS, 8443, workshop.authority.trust())
    return workshop.stack("pruebas", "pruebas", "principal", door, change)


MADE: dict[str, Callable[[Workshop], Stack]] = {"desarrollo": desarrollo, "produccion": produccion, "pruebas": pruebas}


@contextmanager
def side_by_side(names: set[str], images: Future[None], workshop: Workshop) -> Iterator[dict[str, Future[Stack]]]:
    """Starts some environments in the background, and removes them afterwards with all their data."""
    made: list[Stack] = []

    def start(name: str) -> Stack:
        images.result()
        stack = MADE[name](workshop)
        made.append(stack)
        return started(stack)

    with on_loopback(ADDRESS), ThreadPoolExecutor(len(MADE)) as pool:
        try:
            yield {name: pool.submit(start, name) for name in sorted(names)}
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            with ThreadPoolExecutor(len(MADE)) as ends:
                list(ends.map(Stack.down, made))
