"""KMMotos in production: the generated tree runs on the address of its VPS, with certificates that clients check.

One thing differs from what the owner deploys: ``tls: acme`` says ``self-signed``, because no Nginx to be had here has
the ACME module; and the slot of the certificate holds one of an authority that the clients trust.
"""

from __future__ import annotations

import pytest

from e2e.addresses import on_loopback
from e2e.authority import authority
from e2e.eventually import eventually
from e2e.project import copied
from e2e.proofs import judged
from e2e.proofs_of_networks import proofs
from e2e.stack import Stack, running
from e2e.web import Door

pytestmark = pytest.mark.e2e

ADDRESS = "203.0.113.10"
DOMAIN = "kmmotos.hn"
TENANTS = [
    "central",
    "km-motos",
    "all-in-one",
    "km-cars",
    "grupo-km-motos-hn",
    "grupo-km-cars-hn",
    "grupo-todo-en-uno-hn",
]
HOSTS = {tenant: f"{tenant}.{DOMAIN}" for tenant in TENANTS}
PROOFS = list(proofs({f"{ADDRESS}:80", f"{ADDRESS}:443"}))


@pytest.fixture(scope="module")
def ours(open_folder):
    return authority(open_folder / "authority")


@pytest.fixture(scope="module")
def project(installed, kmmotos, open_folder, ours):
    project = copied(open_folder / "produccion", kmmotos, installed, "produccion", "principal")
    project.edit("tls: acme", "tls: self-signed")
    project.secrets.mkdir(mode=0o700, parents=True)
    certificate, key = (project.secrets / name for name in ("nginx_tls_certificate", "nginx_tls_key"))
    ours.issue([*HOSTS.values(), f"km-sur.{DOMAIN}"], certificate, key)
    project.build()
    return project


@pytest.fixture(scope="module")
def stack(project, docker, without, ours):
    with on_loopback(ADDRESS), running(Stack(docker, project, Door(ADDRESS, 443, ours.trust()), without)) as stack:
        yield stack


@pytest.fixture(scope="module")
def verdicts(stack):
    return judged(stack, PROOFS)


def test_only_images_are_replaced(project):
    assert project.differences() == []


def test_everything_that_is_generated_starts(stack, without):
    states = {(c["Name"], c["State"], c["Health"] or c["ExitCode"]) for c in stack.containers()}

    names = [
        "backend-1",
        "cola-1",
        "cola-2",
        "frontend-1",
        "mongo-1",
        "nginx-1",
        "postgres-1",
        "programador-1",
        "redis-1",
    ]
    here = [name for name in names if name.removesuffix("-1") not in without]
    well = {(f"kmmotos-produccion-{name}", "running", "healthy") for name in here}
    assert states == well | {("kmmotos-produccion-migracion-1", "exited", 0)}


@pytest.mark.parametrize("proof", PROOFS, ids=str)
def test_it_is_proven_that(proof, verdicts):
    assert verdicts[proof.name].against_twin == [], "the twin: what must be possible is not"
    assert verdicts[proof.name].against_claim == []


@pytest.mark.parametrize("tenant", TENANTS)
def test_each_host_reaches_the_application_as_its_tenant(tenant, stack):
    assert stack.door.ask(HOSTS[tenant], "/api/request", **{"X-Tenant": "central"}).json == {
        "environment": "production",
        "host": HOSTS[tenant],
        "scheme": "https",
        "named": tenant,
        "tenant": tenant,
    }


@pytest.mark.parametrize("tenant", TENANTS)
def test_each_host_shows_the_built_page(tenant, stack):
    answer = stack.door.ask(HOSTS[tenant], "/sales/today")

    assert (answer.status, "built front end" in answer.body) == (200, True)


def test_a_host_of_nobody_gets_no_certificate(stack):
    answer = stack.door.ask(f"nobody.{DOMAIN}", "/")

    assert (answer.status, "UNRECOGNIZED_NAME" in answer.body.upper()) == (0, True), answer.body


def test_plain_http_leads_to_tls(stack):
    answer = Door(ADDRESS, 80).ask(HOSTS["km-motos"], "/api/request?page=2")

    assert (answer.status, answer.headers["location"]) == (308, f"https://{HOSTS['km-motos']}/api/request?page=2")


def test_a_stopped_backend_does_not_stop_nginx_and_a_restarted_one_is_found(stack):
    def answers() -> tuple[int, int]:
        host = HOSTS["km-motos"]
        return stack.door.ask(host, "/").status, stack.door.ask(host, "/api/request").status

    assert answers() == (200, 200)
    before = stack.addresses("backend")
    stack.compose("rm", "--stop", "--force", "backend")
    page, application = answers()
    assert page == 200
    assert application in (502, 504)
    with stack.occupied("comunicaciones", before["comunicaciones"]):
        stack.up()
        assert stack.addresses("backend")["comunicaciones"] != before["comunicaciones"]
        eventually(answers, (200, 200))
    assert stack.inspect("nginx")["RestartCount"] == 0
