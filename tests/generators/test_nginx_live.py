"""KMMotos's Nginx folders as they are compiled, accepted by the real Nginx and seen to do what they promise."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

import pytest

from kmmotos_fake import MIB
from nginx_worlds import World, world
from realtools.nginx import Closed, differences, gixy
from topologies import KMMOTOS, checked

ENVIRONMENTS = ("produccion", "pruebas", "desarrollo")
SECURE = ("produccion", "pruebas")

# Where a path leads: the longest prefix by whole segments.
PATHS = {
    "/": "frontend",
    "/index.html": "frontend",
    "/api": "backend",
    "/api/": "backend",
    "/api/ventas/7?mes=2": "backend",
    "/apix": "frontend",
    "/API": "frontend",
    "/sanctum/csrf-cookie": "backend",
    "/sanctums": "frontend",
    "/storage/fotos/moto.jpg": "backend",
    "/otra/api": "frontend",
    "/.well-known/security.txt": "frontend",
}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, World]]:
    folder, graphs = tmp_path_factory.mktemp("kmmotos"), checked(KMMOTOS).graphs
    with ExitStack() as stack:
        yield {name: stack.enter_context(world(graphs[name], folder / name)) for name in ENVIRONMENTS}


@pytest.fixture(params=ENVIRONMENTS)
def kmm(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    return worlds[request.param]


@pytest.fixture(params=SECURE)
def secure(request: pytest.FixtureRequest, worlds: dict[str, World]) -> World:
    return worlds[request.param]


def a_host(kmm: World) -> str:
    return kmm.graph.deployment.hosts[-1].name


def test_nginx_accepts_the_folder_without_a_warning(kmm: World) -> None:
    verdict = kmm.nginx.copy.check()

    assert verdict.code == 0
    assert "[warn]" not in verdict.said


def test_gixy_finds_nothing(kmm: World) -> None:
    assert gixy(kmm.tree) == []


def test_gixy_reads_the_included_files_too(worlds: dict[str, World], tmp_path: Path) -> None:
    spoilt = shutil.copytree(worlds["produccion"].tree, tmp_path / "spoilt")
    headers, locations = spoilt / "proxy_headers", spoilt / "locations" / "all.conf"
    headers.write_text(headers.read_text().replace("Host $host", "Host $http_host"))
    locations.write_text(locations.read_text().replace("http://frontend", "http://frontend/$uri"))

    assert gixy(spoilt) == [
        "MEDIUM host_spoofing proxy_headers:3",
        "HIGH http_splitting locations/all.conf:24",
        "MEDIUM proxy_pass_normalized locations/all.conf:24",
    ]


def test_a_copy_that_differs_in_more_than_addresses_is_noticed(worlds: dict[str, World], tmp_path: Path) -> None:
    tree = worlds["pruebas"].tree
    altered = shutil.copytree(worlds["pruebas"].nginx.copy.folder, tmp_path / "altered")
    locations = altered / "locations" / "all.conf"
    locations.write_text(locations.read_text().replace("client_max_body_size 20m", "client_max_body_size 30m"))

    place = ("http", "server", "location", "~", "^/api(?:/|$)", "client_max_body_size")
    assert differences(tree, altered) == [f"{(*place, '20m')} became {(*place, '30m')}"]


def test_every_company_reaches_the_right_application_under_its_own_name(kmm: World) -> None:
    for host in kmm.graph.deployment.hosts:
        answers = {path: kmm.ask(host.name, path) for path in PATHS}

        assert {path: answer.told["from"] for path, answer in answers.items()} == PATHS
        assert {answer.told["headers"]["x-tenant"] for answer in answers.values()} == {host.tenant}
        assert {path: answer.told["uri"] for path, answer in answers.items()} == {path: path for path in PATHS}


def test_php_runs_one_script_whatever_the_path(kmm: World) -> None:
    for path in ("/api/x.php", "/storage/../api/evil.php/a", "/api/index.php"):
        told = kmm.ask(a_host(kmm), path).told["parameters"]

        assert told["SCRIPT_FILENAME"] == "/var/www/html/public/index.php"
        assert told["SCRIPT_NAME"] == "/index.php"
        assert told["REQUEST_URI"] == path


def test_a_request_body_arrives(kmm: World) -> None:
    assert kmm.ask(a_host(kmm), "/api/ventas", method="POST", body=b"x" * 2 * MIB).told["body"] == 2 * MIB
    assert kmm.ask(a_host(kmm), "/", method="POST", body=b"x" * 1000).told["body"] == 1000


def test_a_body_above_the_limit_of_its_route_is_refused(kmm: World) -> None:
    def posts(path: str, size: int) -> int:
        return kmm.ask(a_host(kmm), path, method="POST", headers={"Content-Length": str(size)}).status

    assert posts("/api/ventas", 20 * MIB + 1) == 413
    assert posts("/", MIB + 1) == 413


def test_what_a_client_claims_about_itself_is_overwritten(kmm: World) -> None:
    claims = {
        "X-Tenant": "central",
        "X-Forwarded-For": "198.51.100.66",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-Port": "1",
        "X-Forwarded-Prefix": "/evil",
        "X-Real-IP": "198.51.100.66",
        "X-Request-Id": "evil",
        "Forwarded": "for=198.51.100.66",
        "Proxy": "http://evil.example",
    }
    host, deployment = kmm.graph.deployment.hosts[-1], kmm.graph.deployment
    port = {"produccion": "443", "pruebas": "8443", "desarrollo": "8080"}[deployment.environment.name]
    authority = host.name if port == "443" else f"{host.name}:{port}"

    for path in ("/", "/api"):
        told = kmm.ask(host.name, path, headers=claims).told["headers"]

        assert len(told.pop("x-request-id")) == 32
        assert {name: told.get(name.lower(), "") for name in ("Host", *claims) if name != "X-Request-Id"} == {
            "Host": authority,
            "X-Tenant": host.tenant,
            "X-Forwarded-For": "127.0.0.1",
            "X-Forwarded-Host": authority,
            "X-Forwarded-Proto": "https" if deployment.tls.is_ours else "http",
            "X-Forwarded-Port": port,
            "X-Forwarded-Prefix": "",
            "X-Real-IP": "127.0.0.1",
            "Forwarded": "",
            "Proxy": "",
        }


def test_a_client_cannot_have_a_header_dropped_on_the_way(kmm: World) -> None:
    told = kmm.ask(a_host(kmm), "/", headers={"Connection": "X-Tenant"}).told["headers"]

    assert "connection" not in told
    assert told["x-tenant"] == kmm.graph.deployment.hosts[-1].tenant


def test_a_request_line_that_names_another_company_than_the_header_is_one_companys_alone(kmm: World) -> None:
    first, last = kmm.graph.deployment.hosts[0], kmm.graph.deployment.hosts[-1]

    told = kmm.ask(last.name, f"http://{first.name}/api").told["headers"]

    assert told["x-tenant"] == first.tenant
    assert told["host"].partition(":")[0] == first.name


def test_a_host_that_nobody_declared_gets_no_answer(kmm: World) -> None:
    for host in ("evil.example", f"x.{a_host(kmm)}", "127.0.0.1"):
        with pytest.raises(Closed):
            kmm.nginx.ask(host, port=80)


def test_a_name_that_nobody_declared_gets_no_certificate(secure: World) -> None:
    with pytest.raises(ssl.SSLError, match="unrecognized name"):
        secure.nginx.ask("evil.example", port=443, sni="evil.example")


def test_a_foreign_host_over_a_known_name_is_misdirected(secure: World) -> None:
    assert secure.nginx.ask("evil.example", port=443, sni=a_host(secure)).status == 421


def test_browsers_may_speak_http_2(secure: World) -> None:
    with secure.nginx.connect(443, a_host(secure), alpn=("h2", "http/1.1")) as connection:
        assert connection.selected_alpn_protocol() == "h2"


@pytest.mark.parametrize(("environment", "port"), [("produccion", ""), ("pruebas", ":8443")])
def test_plain_http_leads_to_the_published_port_of_https(environment: str, port: str, worlds: dict[str, World]) -> None:
    host = a_host(worlds[environment])

    answer = worlds[environment].nginx.ask(host, "/api/x%20y?a=1&b=%0d%0a", port=80, method="POST")

    assert answer.status == 308
    assert answer.headers["location"] == f"https://{host}{port}/api/x%20y?a=1&b=%0d%0a"


def test_only_production_binds_browsers_to_https(worlds: dict[str, World]) -> None:
    promised = {name: kmm.ask(a_host(kmm)).headers.get("strict-transport-security") for name, kmm in worlds.items()}

    assert promised == {"produccion": "max-age=63072000", "pruebas": None, "desarrollo": None}


def test_every_answer_carries_the_security_headers_and_hides_what_runs(kmm: World) -> None:
    for path in ("/", "/api"):
        headers = kmm.ask(a_host(kmm), path).headers

        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert headers["server"] == "nginx"
        assert "x-powered-by" not in headers


def test_an_application_that_stops_is_a_502_and_is_found_again(kmm: World) -> None:
    for path, name in (("/", "frontend"), ("/api", "backend")):
        kmm.applications[name].stop()
        assert kmm.ask(a_host(kmm), path).status == 502

        kmm.applications[name].start()
        assert answered_within(kmm, path, seconds=15) == name


def answered_within(kmm: World, path: str, seconds: int) -> str | None:
    until = monotonic() + seconds
    while monotonic() < until:
        answer = kmm.ask(a_host(kmm), path)
        if answer.status == 200:
            return answer.told["from"]
        sleep(0.05)
    return None


@pytest.mark.parametrize(("environment", "expected"), [("produccion", 404), ("pruebas", 404), ("desarrollo", 200)])
def test_hidden_files_are_refused_where_no_developer_needs_them(
    environment: str, expected: int, worlds: dict[str, World]
) -> None:
    kmm = worlds[environment]

    assert {kmm.ask(a_host(kmm), path).status for path in ("/.env", "/a/.git/config", "/%2eenv")} == {expected}


def test_vites_websocket_passes_and_answers(worlds: dict[str, World]) -> None:
    kmm = worlds["desarrollo"]

    assert shaken(kmm, "/", "websocket") == (b"HTTP/1.1 101 Switching Protocols\r\n", b"echo hola\n")


def test_nothing_but_a_websocket_may_switch_protocols(worlds: dict[str, World]) -> None:
    assert shaken(worlds["desarrollo"], "/", "h2c")[0] == b"HTTP/1.1 200 OK\r\n"


def test_production_switches_no_protocol(worlds: dict[str, World]) -> None:
    assert shaken(worlds["produccion"], "/", "websocket")[0] == b"HTTP/1.1 200 OK\r\n"


def shaken(kmm: World, path: str, protocol: str) -> tuple[bytes, bytes]:
    """Asks to switch protocols; returns the status line, and what came back for a line sent then."""
    host = a_host(kmm)
    secure = kmm.graph.deployment.tls.is_ours
    with (
        kmm.nginx.connect(443 if secure else 80, host if secure else None) as connection,
        connection.makefile("rwb") as stream,
    ):
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n\r\n"
        stream.write(request.encode())
        stream.flush()
        status = stream.readline()
        while stream.readline() not in (b"\r\n", b""):
            pass
        if b" 101 " not in status:
            return status, b""
        stream.write(b"hola\n")
        stream.flush()
        return status, stream.readline()


def test_each_request_is_one_line_of_json_whatever_the_client_sends(kmm: World) -> None:
    hostile = 'a"; } \\ {"status":200} \x01 ñ é'.encode().decode("latin-1")
    kmm.ask(a_host(kmm), '/api/log?"quoted"=1', headers={"User-Agent": hostile})

    line = kmm.nginx.logged("/api/log")

    assert line["agent"] == 'a"; } \\ {"status":200} \x01 ñ é'
    assert line["uri"] == '/api/log?"quoted"=1'
    assert line["tenant"] == kmm.graph.deployment.hosts[-1].tenant
    assert (line["status"], line["upstream_status"]) == (200, "200")
    assert float(line["upstream_seconds"]) >= 0


def test_the_containers_own_health_check_is_answered_and_not_logged(kmm: World) -> None:
    answer = kmm.nginx.ask("127.0.0.1", "/healthz", port=8081)

    assert (answer.status, answer.body) == (200, "ok\n")
    assert [line for line in kmm.nginx.requests() if line["uri"] == "/healthz"] == []
