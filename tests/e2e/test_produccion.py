"""KMMotos in production: the generated tree runs on the address of its VPS, with certificates that clients check.

One thing differs from what the owner deploys: ``tls: acme`` says ``self-signed``, because no Nginx to be had here has
the ACME module; and the slot of the certificate holds one of an authority that the clients trust.
"""

from __future__ import annotations

import pytest

from e2e import proofs_of_documents, proofs_of_networks, proofs_of_tenants, python313
from e2e.environments import ADDRESS, NEWCOMER, TENANTS
from e2e.eventually import eventually
from e2e.operator import operator
from e2e.proofs import judged
from e2e.proofs_of_tenants import Company
from e2e.web import Door

pytestmark = pytest.mark.e2e

WITHOUT = () if python313.found() else ("mongo",)
COMPANIES = tuple(tenant for tenant in TENANTS if tenant != "central")
PROOFS = [
    *proofs_of_networks.proofs(ADDRESS, (80, 443), WITHOUT),
    *proofs_of_tenants.proofs(map(Company, COMPANIES)),
    *proofs_of_tenants.proofs_of_keys(),
    *([] if WITHOUT else proofs_of_documents.proofs()),
]


def host(tenant: str) -> str:
    return f"{tenant}.kmmotos.hn"


@pytest.fixture(scope="module")
def verdicts(produccion):
    return judged(produccion, PROOFS)


@pytest.fixture(scope="module")
def admin(produccion, open_folder):
    return operator(produccion, open_folder / "operator")


def test_only_images_are_replaced(produccion):
    assert produccion.project.differences() == []


def test_everything_that_is_generated_starts(produccion):
    states = {(c["Name"], c["State"], c["Health"] or c["ExitCode"]) for c in produccion.containers()}

    one_each = {"backend", "frontend", "mongo", "nginx", "postgres", "programador", "redis"} - set(WITHOUT)
    names = ["cola-1", "cola-2", *(f"{service}-1" for service in one_each)]
    well = {(f"kmmotos-produccion-{name}", "running", "healthy") for name in names}
    assert states == well | {("kmmotos-produccion-migracion-1", "exited", 0)}


@pytest.mark.parametrize("proof", PROOFS, ids=str)
def test_it_is_proven_that(proof, verdicts):
    assert verdicts[proof.name].against_twin == [], "the twin: what must be possible is not"
    assert verdicts[proof.name].against_claim == []


@pytest.mark.parametrize("tenant", TENANTS)
def test_each_host_reaches_the_application_as_its_tenant_whatever_a_client_claims(tenant, produccion):
    assert produccion.door.ask(host(tenant), "/api/request", **{"X-Tenant": "central"}).json == {
        "environment": "production",
        "host": host(tenant),
        "scheme": "https",
        "named": tenant,
        "tenant": tenant,
    }


@pytest.mark.parametrize("tenant", TENANTS)
def test_each_host_shows_the_built_page(tenant, produccion):
    answer = produccion.door.ask(host(tenant), "/sales/today")

    assert (answer.status, "built front end" in answer.body) == (200, True)


def test_a_host_of_nobody_gets_no_certificate(produccion):
    answer = produccion.door.ask("nobody.kmmotos.hn", "/")

    assert (answer.status, "UNRECOGNIZED_NAME" in answer.body.upper()) == (0, True), answer.body


def test_plain_http_leads_to_tls(produccion):
    answer = Door(ADDRESS, 80).ask(host("km-motos"), "/api/request?page=2")

    assert (answer.status, answer.headers["location"]) == (308, "https://km-motos.kmmotos.hn/api/request?page=2")


def test_each_host_reaches_its_own_database_through_nginx_and_php(produccion):
    sold = {tenant: produccion.door.ask(host(tenant), "/api/sales", "POST", tenant).json for tenant in TENANTS}

    roles = {tenant: f"tenant{tenant.replace('-', '_')}_app" for tenant in COMPANIES}
    assert sold == {
        "central": {"database": "kmmotos_central", "role": "kmmotos_backend", "sales": ["central"]},
        **{t: {"database": f"tenant{t}", "role": roles[t], "sales": [t]} for t in COMPANIES},
    }
    consolidated = produccion.door.ask(host("central"), "/api/consolidated").json
    assert consolidated == {tenant: [tenant] for tenant in COMPANIES}


if "mongo" not in WITHOUT:

    def test_each_host_reaches_its_own_reports(produccion):
        kept = {tenant: produccion.door.ask(host(tenant), "/api/reports", "POST", tenant).json for tenant in TENANTS}

        assert kept == {
            "central": {"database": "kmmotos_central", "reports": ["central"]},
            **{tenant: {"database": f"tenant{tenant}", "reports": [tenant]} for tenant in COMPANIES},
        }


def test_a_flush_of_the_cache_leaves_sessions_and_jobs(produccion):
    def held(what: str) -> dict[str, str]:
        return {tenant: produccion.door.ask(host(tenant), f"/api/{what}").json["value"] for tenant in TENANTS}

    own = {tenant: tenant for tenant in TENANTS}
    for tenant in TENANTS:
        produccion.door.ask(host(tenant), "/api/session", "POST", tenant)
        produccion.door.ask(host(tenant), "/api/cache", "POST", tenant)
    assert (held("session"), held("cache")) == (own, own)

    produccion.door.ask(host("km-motos"), "/api/cache", "DELETE")

    assert (held("session"), held("cache")) == (own, dict.fromkeys(TENANTS, False))


def test_a_job_is_done_in_the_database_of_the_company_that_queued_it(produccion):
    def sales(tenant: str) -> list[str]:
        return produccion.door.ask(host(tenant), "/api/sales").json["sales"]

    others = {tenant: sales(tenant) for tenant in TENANTS if tenant != "km-cars"}
    before = sales("km-cars")

    produccion.door.ask(host("km-cars"), "/api/jobs", "POST", "by a worker")

    eventually(lambda: sales("km-cars"), [*before, "by a worker"])
    assert {tenant: sales(tenant) for tenant in others} == others


def test_a_stopped_backend_does_not_stop_nginx_and_a_restarted_one_is_found(produccion):
    def answers() -> tuple[int, int]:
        return tuple(produccion.door.ask(host("km-motos"), path).status for path in ("/", "/api/request"))

    assert answers() == (200, 200)
    before = produccion.addresses("backend")["comunicaciones"]
    produccion.compose("rm", "--stop", "--force", "backend")
    page, application = answers()
    assert page == 200
    assert application in (502, 504)

    with produccion.occupied("comunicaciones", before):
        produccion.compose("up", "--detach", "backend")
        assert produccion.addresses("backend")["comunicaciones"] != before
        eventually(answers, (200, 200))

    assert produccion.inspect("nginx")["RestartCount"] == 0


def test_a_broken_configuration_is_never_taken_over(produccion, admin):
    """What follows stands on the printed step: it must test the file that it reloads."""
    servers = produccion.project.tree / "nginx/servers.conf"
    whole = servers.read_text()
    step = "docker compose exec nginx nginx -c /etc/kmtopo/nginx/nginx.conf -t"
    assert admin.run(step).returncode == 0

    servers.write_text("server { listen }")
    refused = admin.run(step)
    servers.write_text(whole)

    assert (refused.returncode, "servers.conf:1" in refused.stderr) == (1, True), refused.stderr


def test_a_company_added_to_the_running_stack_restarts_nothing_of_the_others(produccion, admin):
    def lives() -> dict[str, tuple[str, str]]:
        found = {c["Name"]: c for c in produccion.containers()}
        return {name: (c["ID"], c["CreatedAt"]) for name, c in found.items() if c["State"] == "running"}

    assert produccion.door.ask(host(NEWCOMER), "/").status == 0
    sessions = {tenant: produccion.door.ask(host(tenant), "/api/session").body for tenant in TENANTS}
    before, started = lives(), {s: produccion.inspect(s)["State"]["StartedAt"] for s in ("nginx", "backend")}

    produccion.project.edit("  km-cars: {title", f"  {NEWCOMER}: {{title: Moto Sur, zone: sur}}\n  km-cars: {{title")
    admin.follow(produccion.project.build())

    # Former workers of Nginx and the cache of PHP have a moment of their own.
    eventually(lambda: {produccion.door.ask(host(NEWCOMER), "/api/sales").status for _ in range(8)}, {200})
    answer = produccion.door.ask(host(NEWCOMER), "/api/sales", "POST", "first")
    assert answer.json == {"database": "tenantmoto-sur", "role": "tenantmoto_sur_app", "sales": ["first"]}
    assert lives() == before
    assert {s: produccion.inspect(s)["State"]["StartedAt"] for s in started} == started
    assert {tenant: produccion.door.ask(host(tenant), "/api/session").body for tenant in TENANTS} == sessions
    verdicts = judged(produccion, proofs_of_tenants.proofs((Company(NEWCOMER), Company("km-motos"))))
    assert {name: v for name, v in verdicts.items() if v.against_claim or v.against_twin} == {}
