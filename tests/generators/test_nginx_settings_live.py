"""What a topology may say beyond KMMotos, in a running Nginx: limits, sites, proxies in front and behind, cut prefixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import kmmotos_fake as kmmotos
from kmmotos_fake import BACKEND, HTTP_FRONTEND, MIB, at, of, proxy
from kmtopo.plugin import Graph, Host, Limits, Port, Rate, Tenant, Tls
from kmtopo_nginx import NginxOptions
from nginx_worlds import World, with_proxy, world, write
from realtools.nginx import Closed, gixy, relocate

OFF = Tls("off", at("pruebas", "tls"))
PUBLISHED = [("203.0.113.10", 8080, 80)]

Run = Callable[..., World]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs worlds until the test ends; gixy has nothing to say about any of them."""
    with ExitStack() as until_the_end:

        def start(graph: Graph, options: NginxOptions | None = None, name: str = "nginx") -> World:
            kmm = until_the_end.enter_context(world(graph, tmp_path / name, options, name))
            assert gixy(kmm.tree) == []
            return kmm

        yield start


def limited(**limits: Limits) -> Graph:
    """The test environment without TLS, its tenants named by letters, each with its own limits."""
    routes = {
        "/": HTTP_FRONTEND,
        "/api": {**BACKEND, "body": 2 * MIB},
        "/lento": {**BACKEND, "rate": Rate(Decimal(1))},
    }
    tenants = {slug: kmmotos.tenant(slug, f"{slug}.example", limits=limit) for slug, limit in limits.items()}
    return with_proxy(
        kmmotos.pruebas(),
        proxy(routes, publications=PUBLISHED),
        tls=OFF,
        tenants=tenants,
        hosts=hosts(*tenants.values()),
    )


def hosts(*tenants: Tenant) -> tuple[Host, ...]:
    return tuple(Host(name, t.host_origin, tenant=t.name) for t in tenants for name in t.hosts)


def statuses(kmm: World, count: int, path: str, *hosts: str) -> Counter[int]:
    """Asks each host so many times, all at once."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode() for host in hosts] * count
    with ExitStack() as connections:
        waiting = [connections.enter_context(closing(kmm.nginx.connect(80))) for _ in requests]
        for connection, request in zip(waiting, requests, strict=True):
            connection.sendall(request)
        return Counter(int(connection.recv(12)[-3:]) for connection in waiting)


def test_a_tenants_own_rate_is_its_ceiling_and_no_others(run: Run) -> None:
    kmm = run(limited(aa=Limits(), bb=Limits(rate=Rate(Decimal(1)))))

    # A burst of two above the first: one is served at once, one waits for its turn.
    assert statuses(kmm, 5, "/", "bb.example") == {200: 3, 429: 2}
    assert statuses(kmm, 5, "/", "aa.example") == {200: 5}


def test_a_routes_rate_holds_for_that_route_and_each_tenant_alone(run: Run) -> None:
    kmm = run(limited(aa=Limits(), bb=Limits()))

    assert statuses(kmm, 5, "/lento", "aa.example") == {200: 3, 429: 2}
    assert statuses(kmm, 1, "/lento/x", "bb.example") == {200: 1}
    assert statuses(kmm, 5, "/api", "aa.example") == {200: 5}


def test_a_tenants_rate_wins_over_the_routes(run: Run) -> None:
    kmm = run(limited(aa=Limits(rate=Rate(Decimal(500)))))

    assert statuses(kmm, 6, "/lento", "aa.example") == {200: 6}


def test_one_client_cannot_ask_for_more_than_the_usual_rate(run: Run) -> None:
    kmm = run(limited(aa=Limits()), NginxOptions(client_connections=1000))

    answers = statuses(kmm, 170, "/", "aa.example")

    # A burst of a hundred above the first, and what the seconds bring meanwhile.
    assert 101 <= answers[200] < 150
    assert answers[429] == 170 - answers[200]


def test_what_a_client_asks_of_one_company_does_not_count_for_another(run: Run) -> None:
    kmm = run(limited(aa=Limits(), bb=Limits()), NginxOptions(client_connections=1000))

    assert statuses(kmm, 80, "/", "aa.example", "bb.example") == {200: 160}


def test_a_clients_open_requests_are_counted(run: Run) -> None:
    kmm = run(limited(aa=Limits()), NginxOptions(client_connections=1))

    assert beside_an_open_request(kmm, "aa.example") == 429
    assert beside_an_open_request(kmm, "aa.example", sender="127.0.0.2") == 200


def test_a_tenants_body_limit_wins_over_the_routes_whether_smaller_or_larger(run: Run) -> None:
    kmm = run(limited(aa=Limits(), bb=Limits(body=MIB // 2), cc=Limits(body=3 * MIB)))

    def most(host: str, path: str) -> list[int]:
        sizes = [MIB // 2, MIB, 2 * MIB, 3 * MIB]
        return [size for size in sizes if kmm.ask(host, path, method="POST", body=b"x" * size).status == 200][-1:]

    assert [most("aa.example", path) for path in ("/", "/api")] == [[MIB], [2 * MIB]]
    assert [most("bb.example", path) for path in ("/", "/api")] == [[MIB // 2], [MIB // 2]]
    assert [most("cc.example", path) for path in ("/", "/api")] == [[3 * MIB], [3 * MIB]]


def test_a_tenants_connections_are_counted_by_client(run: Run) -> None:
    kmm = run(limited(aa=Limits(), bb=Limits(connections=1)))

    assert beside_an_open_request(kmm, "bb.example") == 429
    assert beside_an_open_request(kmm, "bb.example", sender="127.0.0.2") == 200
    assert beside_an_open_request(kmm, "aa.example") == 200


def beside_an_open_request(kmm: World, host: str, **more: str) -> int:
    with closing(kmm.nginx.connect(80)) as open_request:
        # The body never comes: the request stays open.
        open_request.sendall(f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\n".encode())
        return kmm.ask(host, **more).status


def test_only_a_trusted_proxy_may_say_who_the_client_is(run: Run) -> None:
    external = Tls("external", at("pruebas", "tls"), trusted=("127.0.0.1/32",))
    kmm = run(
        with_proxy(
            kmmotos.pruebas(), proxy({"/": HTTP_FRONTEND, "/api": BACKEND}, publications=PUBLISHED), tls=external
        )
    )
    claims = {
        "X-Forwarded-For": "198.51.100.9, 203.0.113.5, 127.0.0.1",
        "X-Forwarded-Proto": "https",
        "X-Tenant": "evil",
    }

    host = "central.pruebas.kmmotos.hn"

    def seen(path: str, sender: str) -> tuple[str, ...]:
        told = kmm.nginx.ask(host, path, headers=claims, sender=sender).told["headers"]
        names = ("host", "x-forwarded-for", "x-real-ip", "x-forwarded-proto", "x-forwarded-port", "x-tenant")
        return tuple(told[name] for name in names)

    for path in ("/", "/api"):
        assert seen(path, "127.0.0.1") == (host, "203.0.113.5", "203.0.113.5", "https", "443", "central")
        assert seen(path, "127.0.0.2") == (host, "127.0.0.2", "127.0.0.2", "http", "80", "central")


def test_php_knows_whether_the_clients_connection_was_safe(run: Run) -> None:
    external = Tls("external", at("pruebas", "tls"), trusted=("127.0.0.1/32",))
    kmm = run(with_proxy(kmmotos.pruebas(), proxy({"/": BACKEND}, publications=PUBLISHED), tls=external))

    def https(**headers: str) -> str | None:
        return kmm.nginx.ask("central.pruebas.kmmotos.hn", headers=headers).told["parameters"].get("HTTPS")

    assert https(**{"X-Forwarded-Proto": "https"}) == "on"
    assert https() is None


def test_a_proxy_that_publishes_nothing_believes_the_proxies_of_its_networks(run: Run) -> None:
    graph = kmmotos.produccion()
    segment = replace(graph.deployment.networks["comunicaciones"], subnet="127.0.0.0/30")
    inner = proxy({"/": HTTP_FRONTEND}, name="interno")
    kmm = run(with_proxy(graph, inner, networks={"comunicaciones": segment}), name="interno")
    claims = {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"}

    told = [
        kmm.nginx.ask("central.kmmotos.hn", headers=claims, sender=sender).told["headers"]
        for sender in ("127.0.0.2", "127.0.0.9")
    ]

    assert [(t["x-forwarded-for"], t["x-forwarded-proto"]) for t in told] == [
        ("198.51.100.9", "https"),
        ("127.0.0.9", "http"),
    ]


def test_sites_share_some_routes_and_have_others_of_their_own(run: Run) -> None:
    routes = {"/": HTTP_FRONTEND, "/api": BACKEND}
    office = kmmotos.Route("/", "backend", BACKEND["port"], of("nginx", "routes", "oficina/"), site="oficina")
    several = proxy(routes, publications=PUBLISHED)
    sites = (("oficina", "office.example"), ("tienda", "shop.example"), ("tienda", "*.shop.example"))
    kmm = run(
        with_proxy(
            kmmotos.pruebas(),
            replace(several, routes=(*several.routes, office)),
            tls=OFF,
            tenants={},
            hosts=tuple(Host(name, at("pruebas", "domain", site), site=site) for site, name in sites),
        )
    )

    def leads(host: str, path: str) -> tuple[str, str]:
        told = kmm.ask(host, path).told
        return told["from"], told["headers"].get("x-tenant", "")

    assert leads("office.example", "/") == ("backend", "")
    assert leads("office.example", "/api/x") == ("backend", "")
    assert leads("shop.example", "/") == ("frontend", "")
    assert leads("www.shop.example", "/api") == ("backend", "")
    with pytest.raises(Closed):
        kmm.ask("example")


def test_a_proxy_without_hosts_answers_everybody(run: Run) -> None:
    graph = with_proxy(
        kmmotos.pruebas(), proxy({"/": HTTP_FRONTEND}, publications=PUBLISHED), tls=OFF, tenants={}, hosts=()
    )
    kmm = run(graph)

    assert kmm.ask("whatever.example").told["headers"]["host"] == "whatever.example:8080"
    assert kmm.ask("203.0.113.10").status == 200


def test_a_proxy_without_hosts_ends_tls_for_everybody(run: Run) -> None:
    graph = kmmotos.pruebas()
    kmm = run(with_proxy(graph, graph.deployment.containers["nginx"], tenants={}, hosts=()))

    assert kmm.ask("whatever.example", "/api").told["from"] == "backend"
    assert kmm.nginx.ask("x.example", port=80).headers["location"] == "https://x.example:8443/"


def test_a_path_that_no_route_claims_is_not_found(run: Run) -> None:
    kmm = run(with_proxy(kmmotos.pruebas(), proxy({"/api/v1": BACKEND}, publications=PUBLISHED), tls=OFF))

    answers = {
        path: kmm.ask("central.pruebas.kmmotos.hn", path).status for path in ("/", "/api", "/api/v1", "/api/v12")
    }

    assert answers == {"/": 404, "/api": 404, "/api/v1": 200, "/api/v12": 404}


def test_the_longest_of_several_nested_paths_wins(run: Run) -> None:
    routes = {"/": HTTP_FRONTEND, "/a": BACKEND, "/a/b": HTTP_FRONTEND, "/a/b/c.d": BACKEND}
    kmm = run(with_proxy(kmmotos.pruebas(), proxy(routes, publications=PUBLISHED), tls=OFF))

    def leads(path: str) -> str:
        return kmm.ask("central.pruebas.kmmotos.hn", path).told["from"]

    expected = {"/a": "backend", "/a/x": "backend", "/a/b": "frontend", "/a/bc": "backend"}
    assert {path: leads(path) for path in expected} == expected
    assert (leads("/a/b/c.d/e"), leads("/a/b/cxd")) == ("backend", "frontend")


def test_a_route_with_strip_cuts_its_path_off_and_says_so(run: Run) -> None:
    routes = {
        "/": HTTP_FRONTEND,
        "/docs": {**HTTP_FRONTEND, "strip": True},
        "/php": {**BACKEND, "strip": True},
    }
    kmm = run(with_proxy(kmmotos.pruebas(), proxy(routes, publications=PUBLISHED), tls=OFF))

    def seen(path: str) -> tuple[str, str]:
        told = kmm.ask("central.pruebas.kmmotos.hn", path, headers={"X-Forwarded-Prefix": "/evil"}).told
        return told["uri"], told["headers"].get("x-forwarded-prefix", "")

    assert seen("/docs/gu%C3%ADa?x=1") == ("/gu%C3%ADa?x=1", "/docs")
    assert seen("/docs") == ("/", "/docs")
    assert seen("/php/ventas?x=1") == ("/ventas?x=1", "/php")
    assert seen("/phpx?y=/docs/") == ("/phpx?y=/docs/", "")


def test_a_containers_http_port_is_where_it_listens(run: Run) -> None:
    inner = proxy({"/": HTTP_FRONTEND}, publications=[("203.0.113.10", 80, 8000)])
    kmm = run(with_proxy(kmmotos.pruebas(), replace(inner, port=Port(8000)), tls=OFF))

    assert kmm.nginx.ask("central.pruebas.kmmotos.hn", port=8000).told["headers"]["x-forwarded-port"] == "80"


@pytest.mark.parametrize("tls", [OFF, Tls("acme", at("pruebas", "tls"))], ids=["off", "acme"])
def test_many_tenants_and_long_names_fit(tls: Tls, tmp_path: Path) -> None:
    labels = ".".join(["a" * 63] * 3)
    tenants = {f"t{n}": kmmotos.tenant(f"t{n}", f"t{n}.{labels}.example") for n in range(1100)}
    graph = kmmotos.produccion()
    deployment = replace(graph.deployment, tls=tls, tenants=tenants, hosts=hosts(*tenants.values()))
    tree = write(replace(graph, deployment=deployment), tmp_path / "generated")

    verdict = relocate(tree, tmp_path / "copy", {"backend": 9000, "frontend": 8080}).check()

    assert verdict.code == 0, verdict.said
    assert "[warn]" not in verdict.said
