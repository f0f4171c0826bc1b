"""A company with containers of its own beside pooled ones: in the test environment, `km-cars` is dedicated."""

from __future__ import annotations

import pytest

from e2e import proofs_of_dedication, python313
from e2e.proofs import judged

pytestmark = pytest.mark.e2e

WITHOUT = () if python313.found() else ("mongo",)
PROOFS = list(proofs_of_dedication.proofs(WITHOUT))


@pytest.fixture(scope="module")
def verdicts(pruebas):
    return judged(pruebas, PROOFS)


@pytest.mark.parametrize("proof", PROOFS, ids=str)
def test_it_is_proven_that(proof, verdicts):
    assert verdicts[proof.name].against_twin == [], "the twin: what must be possible is not"
    assert verdicts[proof.name].against_claim == []


def test_each_host_reaches_its_own_database_dedicated_or_pooled(pruebas):
    tenants = ("central", "km-motos", "km-cars")
    hosts = {tenant: f"{tenant}.pruebas.kmmotos.hn" for tenant in tenants}
    sold = {tenant: pruebas.door.ask(host, "/api/sales", "POST", tenant).json for tenant, host in hosts.items()}

    assert sold == {
        "central": {"database": "kmmotos_central", "role": "kmmotos_backend", "sales": ["central"]},
        "km-motos": {"database": "tenantkm-motos", "role": "tenantkm_motos_app", "sales": ["km-motos"]},
        "km-cars": {"database": "tenantkm-cars", "role": "tenantkm_cars_app", "sales": ["km-cars"]},
    }
    consolidated = pruebas.door.ask(hosts["central"], "/api/consolidated").json
    assert consolidated == {"km-motos": ["km-motos"], "km-cars": ["km-cars"]}
