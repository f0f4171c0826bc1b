"""Compose itself and our own rules rebuild the same stack of every file that the compiler writes."""

from __future__ import annotations

import pytest

from kmtopo.testing import SAMPLES
from kmtopo.verify import compose_program, verify
from kmtopo.verify.ground import composed, laid_out
from kmtopo.verify.readers.compose_file import read_stack
from realtools.compose import PROGRAM
from seeded_faults import FAULTS, Fault
from topologies import DATA, KMMOTOS, UNDRAWN, built

TEXTS = {
    "agencia": (DATA / "agencia-wordpress.yaml").read_text(encoding="utf-8"),
    "kmmotos": KMMOTOS,
    "two machines": (DATA / "saas-dos-vps.yaml").read_text(encoding="utf-8"),
    **SAMPLES,
}
BUILDS = {name: built(text, generators=UNDRAWN) for name, text in TEXTS.items()}
STACKS = [
    (name, environment, vps)
    for name, build in BUILDS.items()
    for environment, deployment in build.deployments.items()
    for vps in deployment.vps
]
PROGRAM_ = (str(PROGRAM),)


def files_of(name: str, environment: str) -> dict[str, str]:
    return {str(artifact.path): artifact.content for _, artifact in BUILDS[name].artifacts[environment]}


@pytest.mark.parametrize(("name", "environment", "vps"), STACKS)
def test_compose_and_our_rules_agree(name: str, environment: str, vps: str) -> None:
    files = files_of(name, environment)

    with laid_out(files) as folder:
        theirs = read_stack(vps, files, composed(PROGRAM_, folder, vps))

    ours = read_stack(vps, files, None)
    assert theirs.services.keys() == ours.services.keys()
    for service in ours.services:
        assert theirs.services[service] == ours.services[service]
    assert theirs == ours


@pytest.mark.parametrize("name", BUILDS)
def test_it_is_silent_with_compose(name: str) -> None:
    for environment, deployment in BUILDS[name].deployments.items():
        assert list(verify(files_of(name, environment), deployment, PROGRAM_)) == []


@pytest.mark.parametrize(
    "fault", [one for one in FAULTS if "compose.yaml" in one.file][:6], ids=lambda fault: fault.name
)
def test_a_fault_is_named_with_compose_too(fault: Fault) -> None:
    files = fault.seeded(files_of("kmmotos", fault.environment))
    deployment = BUILDS["kmmotos"].deployments[fault.environment]

    assert list(verify(files, deployment, PROGRAM_)) == list(verify(files, deployment, None)) != []


def test_what_compose_refuses_is_told_in_its_own_words() -> None:
    files = files_of("kmmotos", "produccion")
    files["principal/compose.yaml"] = files["principal/compose.yaml"].replace(
        "    image: redis:7.4.5\n", "    imagen: x\n"
    )

    (finding,) = verify(files, BUILDS["kmmotos"].deployments["produccion"], PROGRAM_)

    assert (finding.subject.code, finding.place.file) == ("KM750", "principal/compose.yaml")
    assert "imagen" in finding.built


def test_compose_is_found_where_its_package_is_installed() -> None:
    assert compose_program() is not None
