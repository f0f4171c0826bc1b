"""Hypothesis strategies: topologies that build, small enough to be read when one of them fails."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kmtopo.syntax.emit import emit

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_NETWORKS = ("data", "front", "middle")
_CONTAINERS = ("api", "cache", "jobs", "search", "web")
_COMPANIES = ("acme", "globex", "initech")
_PORT = 3000


def topologies() -> SearchStrategy[str]:
    """Texts of topologies without an error: up to three networks, five containers, three companies, two environments."""
    from hypothesis import strategies as st

    @st.composite
    def texts(draw: DrawFn) -> str:
        networks = draw(_some(_NETWORKS, at_least=1))
        containers = _containers(draw, networks)
        entry = draw(st.sampled_from(sorted(containers)))
        companies = draw(_some(_COMPANIES))
        return emit(_topology(networks, containers, entry, companies, draw(_some(("production", "test"), at_least=1))))

    return texts()


def _some(names: Iterable[str], at_least: int = 0) -> SearchStrategy[list[str]]:
    from hypothesis import strategies as st

    return st.lists(st.sampled_from(sorted(names)), min_size=at_least, unique=True).map(sorted)


def _containers(draw: DrawFn, networks: list[str]) -> dict[str, dict[str, Any]]:
    """Containers that call only those before them, so that no call runs in a circle, and only over a shared network."""
    made: dict[str, dict[str, Any]] = {}
    for name in draw(_some(_CONTAINERS, at_least=1)):
        joined = draw(_some(networks, at_least=1))
        near = [other for other in made if set(joined) & set(made[other]["networks"])]
        uses = draw(_some(near)) if near else []
        made[name] = {"type": "generic", "image": f"{name}:1.0.0", "port": _PORT, "networks": joined, "uses": uses}
    return made


def _topology(
    networks: list[str],
    containers: dict[str, dict[str, Any]],
    entry: str,
    companies: list[str],
    environments: list[str],
) -> dict[str, Any]:
    door = containers[entry]["networks"][0]
    proxy = {
        "type": "nginx",
        "image": "nginx:1.29.8-alpine",
        "networks": [door],
        "publish": ["80"],
        "routes": {"/": entry},
    }
    tenancy: dict[str, Any] = {
        "tenancy": {"flavor": "custom", "domain": "{tenant}.random.example"},
        "tenants": {name: {"title": name.title()} for name in companies},
    }
    return {
        "kmtopo": 1,
        "name": "random",
        "title": "Random",
        "vps": {f"in-{name}": {"title": name.title(), "address": "203.0.113.10"} for name in environments},
        "networks": {name: {"internal": name != door} for name in networks},
        "defaults": {"containers": {"resources": {"cpu": 1, "memory": "64MiB"}}},
        "containers": {**containers, "nginx": proxy},
        **(tenancy if companies else {}),
        "environments": {name: _environment(name, bool(companies)) for name in environments},
    }


def _environment(name: str, has_companies: bool) -> dict[str, Any]:
    domain = f"{{tenant}}.{name}.example" if has_companies else f"{name}.example"
    return {"vps": f"in-{name}", "domain": domain, "tls": False}
