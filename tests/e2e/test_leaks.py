"""The negative control: a topology that leaks on purpose turns exactly the matching claims red, and no other."""

from __future__ import annotations

import pytest

from e2e import proofs_of_dedication, proofs_of_documents, proofs_of_networks, proofs_of_tenants, python313
from e2e.environments import ADDRESS, leak
from e2e.project import copied
from e2e.proofs import judged, red
from e2e.proofs_of_dedication import CARS
from e2e.proofs_of_tenants import Company

pytestmark = pytest.mark.e2e

WITHOUT = () if python313.found() else ("mongo",)
PROOFS = [
    *proofs_of_networks.proofs(ADDRESS, (8080, 8443), WITHOUT),
    *proofs_of_tenants.proofs((Company("km-motos"), CARS)),
    *proofs_of_tenants.proofs_of_keys(),
    *proofs_of_dedication.proofs(WITHOUT),
    *([] if WITHOUT else proofs_of_documents.proofs()),
]

# What no topology can say: somebody gives a role too much by hand.
WIDER = {
    "postgres": "psql -X -q -U kmmotos_admin -d postgres -c 'GRANT CONNECT ON DATABASE \"tenantkm-cars\" TO tenantkm_motos_app'",
    "redis": (
        'REDISCLI_AUTH="$(cat /run/secrets/redis_password)" redis-cli --user kmmotos_admin'
        " ACL SETUSER kmmotos_backend '~*' +keys"
    ),
}


@pytest.fixture(scope="module")
def verdicts(pruebas):
    for service, command in WIDER.items():
        given = pruebas.run(service, "sh", "-c", command)
        assert given.returncode == 0, given.stderr
    return judged(pruebas, PROOFS)


def test_the_policies_refuse_a_topology_that_leaks(installed, kmmotos, tmp_path):
    project = copied(tmp_path / "leaking", kmmotos, installed, "pruebas", "principal")
    assert installed.kmtopo("check", "--env", "pruebas", cwd=project.folder).returncode == 0

    leak(project)

    refused = installed.kmtopo("check", "--env", "pruebas", cwd=project.folder)
    assert refused.returncode == 1
    assert "frontend" in refused.stderr + refused.stdout


def test_every_twin_is_possible(verdicts):
    assert {name: v.against_twin for name, v in verdicts.items() if v.against_twin} == {}


def test_exactly_the_claims_that_leak_are_red(verdicts):
    stores = {"mongo", "postgres"} - set(WITHOUT)
    assert red(verdicts) == {
        *(f"frontend does not reach {store}" for store in stores),
        *(f"{store} has no way out" for store in stores),
        "only nginx publishes",
        "km-motos enters no other database",
        "redis takes nothing that is not the application's",
    }
