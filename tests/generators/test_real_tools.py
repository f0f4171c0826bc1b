"""What the whole compiler writes, accepted by the programs that will read it: Compose, its linter, Nginx and gixy."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kmtopo.pipeline import Build
from kmtopo.testing import SAMPLES, tree_of
from realtools import compose
from realtools.nginx import gixy, relocate
from topologies import DATA, KMMOTOS, ROOT, UNDRAWN, built

MINIMAL = (ROOT / "examples" / "01-minimal" / "topology.yaml").read_text(encoding="utf-8")
AGENCY = (DATA / "agencia-wordpress.yaml").read_text(encoding="utf-8")
TOPOLOGIES = {"agencia": AGENCY, "kmmotos": KMMOTOS, "minimal": MINIMAL, **SAMPLES}
BUILDS = {name: built(text, generators=UNDRAWN) for name, text in TOPOLOGIES.items()}
MACHINES = [
    (name, environment, vps)
    for name, build in BUILDS.items()
    for environment, graph in build.graphs.items()
    for vps in graph.deployment.vps
]
SUPPRESSION = re.compile(r"compose-lint|CL-\d{4}|nosec|noqa|ignore", re.IGNORECASE)
# What an operator says in .env, where a topology leaves a value to the target.
TARGET = {"FROM_TARGET": "value"}
LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True)
class Machine:
    """A machine's folder on disk, as ``kmtopo build`` would have it, and what it was built of."""

    build: Build
    environment: str
    vps: str
    folder: Path

    @property
    def text(self) -> str:
        return (self.folder / "compose.yaml").read_text(encoding="utf-8")

    def services(self) -> dict[str, dict[str, Any]]:
        services: dict[str, dict[str, Any]] = compose.read(self.folder, TARGET)["services"]
        return services


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    written = {}
    for name, build in BUILDS.items():
        written[name] = tmp_path_factory.mktemp(name) / "build"
        for path, content in tree_of(build).items():
            (written[name] / path).parent.mkdir(parents=True, exist_ok=True)
            (written[name] / path).write_text(content, encoding="utf-8", newline="")
    return written


@pytest.fixture(params=MACHINES, ids="/".join)
def machine(request: pytest.FixtureRequest, folders: dict[str, Path]) -> Machine:
    name, environment, vps = request.param
    return Machine(BUILDS[name], environment, vps, folders[name] / environment / vps)


def test_every_machine_of_kmmotos_is_tried() -> None:
    assert [machine for machine in MACHINES if machine[0] == "kmmotos"] == [
        ("kmmotos", "desarrollo", "local"),
        ("kmmotos", "produccion", "principal"),
        ("kmmotos", "pruebas", "principal"),
    ]


def test_compose_accepts_the_file(machine: Machine) -> None:
    assert compose.config(machine.folder, TARGET) == compose.Verdict(0, "")


def test_its_linter_finds_nothing_that_the_file_itself_does_not_hush(machine: Machine) -> None:
    verdict = compose.lint(machine.folder)

    assert verdict.code == 0, verdict.said
    assert SUPPRESSION.findall(machine.text) == []


def test_every_image_is_the_one_that_the_topology_names(machine: Machine) -> None:
    containers = machine.build.graphs[machine.environment].deployment.containers_on(machine.vps)

    assert {name: service["image"] for name, service in machine.services().items()} == {
        container.name: container.image for container in containers
    }
    assert "@sha256" not in machine.text


def test_a_port_binds_to_the_machines_address_or_the_one_that_was_written(machine: Machine) -> None:
    deployment = machine.build.graphs[machine.environment].deployment
    ours = deployment.vps[machine.vps].public_ip
    bound = [port["host_ip"] for service in machine.services().values() for port in service.get("ports", ())]

    assert bound
    assert {ip for ip in bound if ip not in LOOPBACK} <= {ours}


def test_only_development_publishes_a_store_and_on_loopback_alone(machine: Machine) -> None:
    deployment = machine.build.graphs[machine.environment].deployment
    stores = {c.name for c in deployment.containers.values() if c.is_store}
    services = machine.services()
    bound = {port["host_ip"] for name in stores & services.keys() for port in services[name].get("ports", ())}

    assert bound <= ({"127.0.0.1"} if deployment.environment.stage == "development" else set())


def test_every_service_is_hardened_limited_and_logs_within_bounds(machine: Machine) -> None:
    for name, service in machine.services().items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"memory", "pids"} <= service["deploy"]["resources"]["limits"].keys(), name
        assert {"max-file", "max-size"} <= service["logging"]["options"].keys(), name
        assert service.get("privileged") is None, name


def test_every_folder_and_file_that_compose_names_is_there(machine: Machine) -> None:
    for service in machine.services().values():
        binds = [Path(mount["source"]) for mount in service.get("volumes", ()) if mount["type"] == "bind"]
        assert [path for path in binds if path.is_relative_to(machine.folder) and not path.is_dir()] == []


def test_a_secret_is_a_slot_and_no_value_of_one_is_anywhere(machine: Machine) -> None:
    secrets = compose.read(machine.folder, TARGET).get("secrets", {})
    slots = machine.folder.parents[2] / "secrets" / machine.environment

    assert {name: Path(secret["file"]) for name, secret in secrets.items()} == {name: slots / name for name in secrets}
    used = {entry["source"] for service in machine.services().values() for entry in service.get("secrets", ())}
    assert used == secrets.keys()


def test_nginx_accepts_every_proxys_folder_without_a_warning_and_gixy_finds_nothing(
    machine: Machine, tmp_path: Path
) -> None:
    if not (machine.folder / "nginx").is_dir():
        return
    proxy = machine.build.graphs[machine.environment].deployment.containers["nginx"]
    copy = relocate(machine.folder / "nginx", tmp_path / "copy", {route.to: 9 for route in proxy.routes})
    verdict = copy.check()

    assert verdict.code == 0, verdict.said
    assert "[warn]" not in verdict.said
    assert gixy(machine.folder / "nginx") == []


def test_every_block_of_the_trace_leads_to_the_topology(machine: Machine) -> None:
    files = json.loads((machine.folder.parent / "trace.json").read_text(encoding="utf-8"))
    source = machine.build.source

    assert {f"{machine.vps}/compose.yaml", f"{machine.vps}/.env.example"} <= files.keys()
    for path, rows in files.items():
        lines = (machine.folder.parent / path).read_text(encoding="utf-8").splitlines()
        for number, address, place in rows:
            assert lines[number - 1].split(" from ")[1] == address
            name, line, _ = place.rsplit(":", 2)
            assert name == source.name
            assert source.line(int(line))
