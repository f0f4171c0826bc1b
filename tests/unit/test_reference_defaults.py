"""The defaults that the reference of the language names are those that hold."""

from __future__ import annotations

import runpy
from collections.abc import Mapping

import pytest

from kmtopo.model.schema import json_schema
from kmtopo.pipeline import Build
from topologies import ROOT, built

DEFAULTS: Mapping[str, Mapping[str, str]] = runpy.run_path(str(ROOT / "docs" / "defaults.py"))["DEFAULTS"]
SCHEMA = json_schema()

BARE = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.7}}
networks: {edge: {internal: false}, inner: {}}
containers:
  proxy: {type: nginx, image: "nginx:1.29.8", networks: [edge], publish: [80, 443], routes: {/: web}}
  web: {build: {}, port: 3000, networks: [edge, inner], uses: [app], healthcheck: {command: ["true"]}}
  app: {type: laravel, image: shop/app:1.0.0, networks: [inner]}
tenancy: {domain: "{tenant}.shop.example"}
tenants: {north: {}}
environments: {live: {}}
"""


@pytest.fixture(scope="module")
def bare() -> Build:
    made = built(BARE, generators=("nginx",))
    assert made.ok, made.diagnostics
    return made


def yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_default_is_of_a_key_that_there_is() -> None:
    keys = {"topology.yaml": SCHEMA["properties"], **{n: e["properties"] for n, e in SCHEMA["$defs"].items()}}

    assert {(name, key) for name, own in DEFAULTS.items() for key in own if key not in keys.get(name, {})} == set()


def test_what_stands_in_backticks_is_what_is_resolved(bare: Build) -> None:
    world = bare.deployments["live"]
    web, app, proxy = (world.containers[name] for name in ("web", "app", "proxy"))
    inner, tenancy, tenant = world.networks["inner"], world.tenancy, world.tenants["north"]
    (call,), (route,) = web.calls, proxy.routes
    assert tenancy is not None
    assert web.build is not None
    files = {str(a.path): a.content for _, a in bare.artifacts["live"]}
    nginx = files["main/nginx/nginx.conf"]
    assert "client_max_body_size 1m;" in nginx
    assert "proxy_read_timeout 60s;" in nginx
    assert "rate=50r/s" in nginx
    holds = {
        "topology.yaml": {"locale": world.project.locale, "pool": "10.64.0.0/12", "secrets": world.environment.secrets},
        "BuildEntry": {"context": web.build.context},
        "CallEntry": {"optional": call.optional},
        "ContainerEntry": {"type": web.type, "replicas": web.replicas, "once": web.once},
        "EnvironmentEntry": {"stage": world.environment.stage, "tls": world.tls.mode, "scale": web.replicas},
        "HealthcheckEntry": {"off": web.healthcheck is None},
        "LimitsEntry": {
            "rate": "generators.nginx.client_rate",
            "connections": "generators.nginx.client_connections",
        },
        "NetworkEntry": {"internal": inner.internal, "encrypted": inner.encrypted},
        "RouteEntry": {"websocket": route.websocket, "body": "1MiB", "timeout": "60s", "strip": route.strip},
        "ScaleEntry": {"cpu": 1, "memory": 1, "disk": 1},
        "TenancyEntry": {
            "flavor": tenancy.flavor,
            "placement": "dedicated" if tenant.dedicated else "pooled",
            "connections": tenancy.connections,
            "provisioning": tenancy.provisioning,
        },
        "TenantEntry": {"central": tenant.central},
        "TlsEntry": {"mode": world.tls.mode},
    }
    said = {
        name: {key: value.strip("`") for key, value in own.items() if value.startswith("`") and value.endswith("`")}
        for name, own in DEFAULTS.items()
    }

    assert {name: own for name, own in said.items() if own} == {
        name: {key: yaml(value) for key, value in own.items()} for name, own in holds.items()
    }
    assert app.process == "web"
    assert inner.subnet.startswith("10.64.")
