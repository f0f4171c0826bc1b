"""Each fault that is seeded into one built file is named, at that file."""

from __future__ import annotations

import pytest

from kmtopo.report.words import summary
from kmtopo.verify import told, verify
from seeded_faults import FAULTS, Fault
from topologies import KMMOTOS, UNDRAWN, built

BUILD = built(KMMOTOS, generators=UNDRAWN)


def files_of(environment: str) -> dict[str, str]:
    return {str(artifact.path): artifact.content for _, artifact in BUILD.artifacts[environment]}


def said(fault: Fault) -> tuple[str, ...]:
    """Code, built file and line, and the words of everything that is found, each once."""
    files = fault.seeded(files_of(fault.environment))
    lines = []
    for finding in verify(files, BUILD.deployments[fault.environment], None):
        place, words = finding.place, summary(told(finding, "build", files), "en")
        line = files[place.file].split("\n")[place.line - 1].strip()
        words = words.replace(f"`build/{place.file}:{place.line}`", "HERE")
        lines.append(f"{finding.subject.code} {place.file} | {line} | {words}")
    return tuple(dict.fromkeys(lines))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_named_at_its_file(fault: Fault) -> None:
    found = said(fault)

    assert found == fault.told
    assert any(f" {fault.file} | " in line for line in found)


@pytest.mark.parametrize("environment", BUILD.deployments)
def test_a_tree_without_faults_is_passed_over_in_silence(environment: str) -> None:
    assert list(verify(files_of(environment), BUILD.deployments[environment], None)) == []


def test_a_file_that_is_not_there_is_told_by_whoever_needs_it() -> None:
    files = files_of("produccion")
    del files["principal/redis/users.acl"]

    found = verify(files, BUILD.deployments["produccion"], None)

    (finding,) = (one for one in found if one.subject.code == "KM755")
    words = summary(told(finding, "build", files), "es")
    assert words == f"en `build/principal/compose.yaml:{finding.place.line}`, a `redis` le falta el archivo `users.acl`"


def test_a_machine_without_its_compose_file_lacks_its_services() -> None:
    files = {"trace.json": "{}\n"}

    found = [told(one, "build", files) for one in verify(files, BUILD.deployments["produccion"], None)]

    assert [one.values["wanted"] for one in found] == sorted(BUILD.deployments["produccion"].containers)
    assert {one.code for one in found} == {"KM759"}


def test_a_finding_points_at_the_line_of_the_topology_behind_it() -> None:
    (fault,) = (one for one in FAULTS if one.name == "a host that leads to another tenant at the proxy")
    files = fault.seeded(files_of(fault.environment))

    (finding,) = verify(files, BUILD.deployments[fault.environment], None)

    diagnostic = told(finding, "build", files)
    assert diagnostic.primary
    assert str(diagnostic.primary.address) == "tenancy.domain"
