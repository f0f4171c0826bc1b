"""What a container runs of its image: one of its type's processes, or nothing that can be chosen."""

from __future__ import annotations

import pytest

from topologies import checked, told

TOPOLOGY = """\
kmtopo: 1
name: shop
vps: {main: {}}
containers:
  app: {%s, image: shop/app:1.0.0, resources: {cpu: 1, memory: 1GiB}}
environments:
  production: {%s}
"""


def found(container: str, environment: str = "") -> list[tuple[str, int, int]]:
    return [each for each in told(checked(TOPOLOGY % (container, environment))) if each[0] < "KM5"]


@pytest.mark.parametrize("process", ["web", "queue", "scheduler", "migrate"])
def test_laravel_has_processes(process: str) -> None:
    assert found(f"type: laravel, process: {process}") == []


@pytest.mark.parametrize("kind", ["nginx", "static", "postgres", "mongodb", "redis", "mailpit", "generic"])
def test_no_other_type_has_any(kind: str) -> None:
    volumes = ", volumes: {data: 1GiB}" if kind in ("postgres", "mongodb") else ""
    place = ("KM204", 5, len(f"  app: {{type: {kind}, ") + 1)
    assert place in found(f"type: {kind}, process: queue{volumes}")
    assert place not in found(f"type: {kind}{volumes}")


def test_a_container_without_a_type_has_none() -> None:
    assert found("process: queue") == [("KM204", 5, 9)]


@pytest.mark.parametrize(("kind", "code"), [("laravell", "KM219"), ("[laravel]", "KM202")])
def test_what_a_type_that_cannot_be_read_runs_is_not_asked(kind: str, code: str) -> None:
    assert found(f"type: {kind}, process: queue") == [(code, 5, 15)]


def test_an_environment_that_changes_the_type_removes_the_process() -> None:
    changed = "containers: {app: {type: generic%s}}"
    assert found("type: laravel, process: queue", changed % "") == [("KM204", 5, 24)]
    assert found("type: laravel, process: queue", changed % ", process: null") == []
