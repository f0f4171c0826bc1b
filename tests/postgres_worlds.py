"""Topologies whose PostgreSQL is provisioned: one shop, told in a few ways."""

from __future__ import annotations

from typing import Any

import yaml

from kmtopo.diagnostics import Severity
from kmtopo.pipeline import Build
from kmtopo.plugin import DataStore
from topologies import built

# Titles are free text: none of these may come near the server.
HOSTILE = (
    "'; DROP ROLE shop_admin; --",
    "\\! touch /tmp/hacked",
    '"; \\gexec $(id) `id` %I',
    "-- from containers.nobody",
)

_SHOP = """\
kmtopo: 1
name: shop
title: Shop
vps: {main: {address: 203.0.113.10}}
defaults: {containers: {resources: {cpu: 0.5, memory: 512MiB}}}
containers:
  app:
    type: laravel
    image: shop/app:1.0.0
    uses: {postgres: {}, migration: {}}
  jobs: {extends: app, process: queue, replicas: 2}
  migration: {extends: app, process: migrate, once: true, uses: {migration: null}}
  postgres: {type: postgres, image: "postgres:17.6", volumes: {data: 10GiB}}
tenancy: {flavor: stancl, domain: "{tenant}.shop.example", stores: {postgres: database}}
tenants:
  office: {title: Office, central: true, reads: all}
  north: {title: North}
  south-east: {title: South-East}
environments:
  production: {title: Production}
"""


def shop(**changes: Any) -> Build:
    """Compiles the shop, merged with what a test says; nothing of it may be in error."""
    build = compiled(**changes)
    assert [d for d in build.diagnostics if d.severity is Severity.ERROR] == []
    return build


def compiled(**changes: Any) -> Build:
    """Compiles the shop with the PostgreSQL generator alone, whatever is found."""
    data = yaml.safe_load(_SHOP)
    _merge(data, changes)
    return built(yaml.safe_dump(data, sort_keys=False), generators=("postgres",))


def store_of(build: Build) -> DataStore:
    """Who gets what in the shop's PostgreSQL."""
    (graph,) = build.graphs.values()
    return graph.deployment.data_stores["postgres"]


def files_of(build: Build) -> dict[str, str]:
    """The content of the files in the server's folder, by path below it."""
    (artifacts,) = build.artifacts.values()
    places = {a.path: a.content for name, a in artifacts if name == "postgres"}
    return {str(path.relative_to("main/postgres")): content for path, content in places.items()}


def _merge(data: dict[str, Any], changes: dict[str, Any]) -> None:
    for key, value in changes.items():
        if value is None:
            data.pop(key, None)
        elif isinstance(value, dict) and isinstance(data.get(key), dict):
            _merge(data[key], value)
        else:
            data[key] = value
