"""Topologies whose Redis is provisioned: one server with one group of processes, or with two that share it."""

from __future__ import annotations

from kmtopo.pipeline import Build
from topologies import built

_APART = """\
kmtopo: 1
name: shop
vps: {main: {address: 203.0.113.10}}
defaults: {containers: {resources: {cpu: 0.5, memory: 512MiB}}}
containers:
  api: {type: laravel, image: "shop/api:1.0.0", uses: {redis: {for: [cache, queue, sessions]}}}
  jobs: {extends: api, process: queue}
  redis: {type: redis, image: "redis:7.4.5"}
environments:
  production: {title: Production, domain: shop.example, tls: external}
"""
_OFFICE = '  office: {type: laravel, image: "shop/office:1.0.0", uses: {redis: {for: [cache]}}}\n'

GENERATORS = ("redis",)


def alone() -> Build:
    """A server that one family of processes has to itself."""
    return built(_APART, generators=GENERATORS)


def shared() -> Build:
    """A server that two families share."""
    return built(_APART.replace("  redis:", f"{_OFFICE}  redis:", 1), generators=GENERATORS)


def several() -> Build:
    """Two servers on one machine."""
    cache = '  cache: {type: redis, image: "redis:7.4.5"}\n'
    text = _APART.replace("  redis: {type", f"{cache}  redis: {{type", 1)
    return built(text.replace("uses: {redis: {for: [cache, queue, sessions]}}", "uses: {redis: {}, cache: {}}"))


def files(build: Build) -> dict[str, str]:
    """What the generator wrote for the only environment, by path."""
    return {str(artifact.path): artifact.content for name, artifact in build.artifacts["production"] if name == "redis"}
