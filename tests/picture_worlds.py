"""Topologies for pictures, by a seed or by size: the smallest, the widest, and names in letters that no table has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from benchmarks.workload import topology as workload
from kmtopo.syntax.emit import emit

Tree = dict[str, Any]

SIZES = (1, 2, 5, 9, 14, 16, 25, 40)
TENANTS = (0, 0, 3, 24, 25, 100)
TITLES = (
    "Servicio de Autenticación y Autorización",  # 40 letters, two of them accented
    "Ñandú, pingüino y camión",
    "サービス管理",
    "数据分析与报告生成平台",
    "خدمة المصادقة",
    "שירות הזמנות והתראות",
    "Übergrößenträger",
    "Ω ≤ ∑ ∞",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "Donaudampfschifffahrtsgesellschaftskapit",
    "Cafe\u0301 Zu\u0308rich, n\u0303andu\u0301 e ingenieri\u0301a",  # letters and marks that combine with them
    "Z\u0338\u0322\u031b\u0356a\u0338\u0322\u031b\u0356l\u0338\u0322g\u0338o\u0356",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 Familias \U0001f1ed\U0001f1f3 \U0001f44d\U0001f3fd",
    "\ufdfd \u2e3b \u27f5 \U00012031",  # letters much wider than they are high
    "सेवा प्रमाणीकरण और प्राधिकरण",
    "บริการยืนยันตัวตนและการอนุญาต",
    "שירות abc 123 הזמנות (x) והתראות",
    "ze\u200bro\u200dwidth\ufeffs\u00adoft",
    "\u202egnp.exe\u202c \u2066apart",
    "<b>&\"'</b> ]]> <!-- -- {{ x }} %% #35; href=x url(y)",
    "",
    "",
    "",
)
_STORES = {"postgres": "postgres:17.6", "redis": "redis:7.4.5", "mongodb": "mongo:8.0.13"}
_KEPT = {"postgres": ("database", "schema", "shared"), "mongodb": ("database", "shared"), "redis": ("prefix", "shared")}
_LONG = "a-service-whose-name-has-forty-letters"  # 38, and two digits follow


def random_world(seed: int) -> str:
    """Returns a topology that builds: of one container, or of forty on five networks, on up to four machines."""
    return emit(_world(seed))


def edited_world(seed: int) -> str:
    """Returns the same topology after some edits: things came, went, have other titles, and cost something else."""
    tree, dice = _world(seed), Random(f"edits of {seed}")
    containers, networks = tree["containers"], tree["networks"]
    old = sorted(containers.keys() - {"entrada"})
    for place in range(dice.randint(0, 3)):
        containers[f"nuevo-{place}"] = _container(dice, containers, sorted(networks), sorted(tree["vps"]))
    idle = [name for name in old if name not in _called(containers)]
    for name in dice.sample(idle, min(len(idle), dice.randint(0, 3))):
        del containers[name]
        tree.get("tenancy", {}).get("stores", {}).pop(name, None)
    for things in (containers, networks, tree["vps"], tree.get("tenants", {})):
        for name in dice.sample(sorted(things), min(len(things), dice.randint(0, 2))):
            things[name]["title"] = _title(dice, "Otro")
    if "tenants" in tree:
        tree["tenants"]["recien-llegada"] = {"title": _title(dice, "Recién llegada")}
    return emit(tree)


def _world(seed: int) -> Tree:
    tree, dice = _plain_world(seed), Random(f"details of {seed}")
    _add_details(tree, dice)
    return tree


def _add_details(tree: Tree, dice: Random) -> None:
    """What some worlds have besides: jobs, data that is kept apart by tenant, branches, little capacity, other stages."""
    containers = tree["containers"]
    tree["environments"]["produccion"]["stage"] = dice.choice(("production", "production", "test", "development"))
    called = {
        name for each in containers.values() for name in (*each.get("uses", ()), *each.get("routes", {}).values())
    }
    for name in sorted(containers.keys() - called - {"entrada"}):
        if containers[name]["type"] == "generic" and dice.random() < 0.2:
            containers[name] = {k: v for k, v in containers[name].items() if k not in ("port", "replicas")}
            containers[name]["once"] = True
    for name, machine in tree["vps"].items():
        here = sum(each.get("replicas", 1) for each in containers.values() if each.get("vps") == name)
        if dice.random() < 0.3:
            machine["capacity"] = {"cpu": 1 + here // 8, "memory": f"{128 * here + 1280}MiB", "disk": "90GiB"}
    if "tenants" in tree:
        stores = [name for name, each in containers.items() if each["type"] in _KEPT and dice.random() < 0.5][:4]
        if stores:
            tree["tenancy"]["stores"] = {name: dice.choice(_KEPT[containers[name]["type"]]) for name in stores}
        for tenant in tree["tenants"].values():
            if dice.random() < 0.2:
                tenant["branches"] = [_title(dice, f"Sucursal {place}") for place in range(dice.randint(1, 4))]
        if dice.random() < 0.4:
            next(iter(tree["tenants"].values())).update(central=True, reads="all")


def _called(containers: Mapping[str, Tree]) -> set[str]:
    return {name for each in containers.values() for name in (*each.get("uses", ()), *each.get("routes", {}).values())}


def _plain_world(seed: int) -> Tree:
    dice = Random(seed)
    networks = [f"red-{number}" for number in range(dice.randint(1, 5))]
    machines = [f"vps-{number}" for number in range(dice.choice((1, 1, 1, 2, 4)))]
    containers = _containers(dice, dice.choice(SIZES), networks, machines)
    tenants = _tenants(dice, dice.choice(TENANTS))
    return {
        "kmtopo": 1,
        "name": "world",
        "title": _title(dice, "Mundo"),
        "locale": dice.choice(("es", "en")),
        "vps": {name: _machine(dice, name, place) for place, name in enumerate(machines)},
        "networks": {
            name: {"title": _title(dice, f"Red {place}"), "internal": place > 0} for place, name in enumerate(networks)
        },
        "containers": containers,
        **tenants,
        "environments": {
            "produccion": {"title": _title(dice, "Producción"), "stage": "production", **_domain(tenants)}
        },
    }


def _domain(tenants: Tree) -> Tree:
    return {"tls": False} if tenants else {"tls": False, "domain": "mundo.example"}


def _title(dice: Random, plain: str) -> str:
    return dice.choice(TITLES) or plain


def _machine(dice: Random, name: str, place: int) -> Tree:
    return {
        "title": _title(dice, name),
        "address": f"203.0.113.{10 + place}",
        "private_address": f"10.0.0.{10 + place}",
        "capacity": {"cpu": 64, "memory": "512GiB", "disk": "4000GiB"},
        **dice.choice(({}, {"cost": "250 USD/month"}, {"os": "Debian 12", "cost": "80-120 USD/month"})),
    }


def _containers(dice: Random, count: int, networks: Sequence[str], machines: Sequence[str]) -> dict[str, Tree]:
    """Containers that call only those before them, over a network that they share; the last is the way in."""
    made: dict[str, Tree] = {}
    for place in range(count - 1):
        name = f"{_LONG}{place:02}" if dice.random() < 0.15 else f"c{place:02}"
        made[name] = _container(dice, made, networks, machines)
    door = networks[0]
    sites = [name for name, each in made.items() if _is_site(each, door, machines[0])]
    made["entrada"] = _entry(dice, door, machines[0], sites)
    return made


def _is_site(container: Tree, network: str, machine: str) -> bool:
    return (
        container["type"] == "generic"
        and "port" in container
        and container["vps"] == machine
        and network in container["networks"]
    )


def _container(dice: Random, made: dict[str, Tree], networks: Sequence[str], machines: Sequence[str]) -> Tree:
    joined = sorted(dice.sample(networks, dice.randint(1, min(3, len(networks)))))
    common: Tree = {
        "title": _title(dice, f"Servicio {len(made)}"),
        "vps": dice.choice(machines),
        "networks": joined,
        "resources": {"cpu": 0.25, "memory": "128MiB"},
    }
    if dice.random() < 0.2:
        kind = dice.choice(sorted(_STORES))
        volumes = {f"datos-{len(made)}": "4GiB"}
        return {"type": kind, "image": _STORES[kind], "port": 5000 + len(made), **common, "volumes": volumes}
    if dice.random() < 0.1:
        return {"type": "external", "title": common["title"], "host": f"api-{len(made)}.example"}
    # Systems of others are reached over the one network that has a way out.
    near = [name for name, other in made.items() if set(joined) & set(other.get("networks", networks[:1]))]
    uses = dice.sample(near, min(len(near), dice.choice((0, 1, 1, 2, 3))))
    return {
        "type": "generic",
        "image": "servicio:1.0.0",
        **common,
        **({"port": 3000 + len(made)} if dice.random() < 0.8 else {}),
        **({"replicas": 3} if dice.random() < 0.1 else {}),
        "uses": {name: {"optional": dice.random() < 0.3} for name in sorted(uses)},
    }


def _entry(dice: Random, network: str, machine: str, sites: Sequence[str]) -> Tree:
    """A proxy before some of the sites, or where there are none, a page of its own."""
    chosen = [name for name in sites if dice.random() < 0.5][:6]
    proxy: Tree = {"type": "nginx", "image": "nginx:1.29.8-alpine", "publish": [80]}
    proxy["routes"] = {f"/{name}" if place else "/": name for place, name in enumerate(chosen)}
    alone: Tree = {"type": "generic", "image": "sitio:1.0.0", "port": 8080, "publish": ["80:8080"]}
    return {
        **(proxy if chosen else alone),
        "vps": machine,
        "networks": [network],
        "resources": {"cpu": 0.5, "memory": "256MiB"},
    }


def _tenants(dice: Random, count: int) -> Tree:
    """Tenants, in zones or without, that all look alike to the containers."""
    if not count:
        return {}
    zones = [f"zona-{number}" for number in range(dice.choice((0, 1, 4)))]
    return {
        "tenancy": {"flavor": "custom", "domain": "{tenant}.mundo.example"},
        **({"zones": {name: {"title": _title(dice, name)} for name in zones}} if zones else {}),
        "tenants": {
            f"empresa-{number:03}": {
                "title": _title(dice, f"Empresa {number}"),
                **({"zone": dice.choice(zones)} if zones and dice.random() < 0.9 else {}),
            }
            for number in range(count)
        },
    }


def dedicated_world(seed: int) -> str:
    """Returns the first user's stack with containers of its own for each of a few tenants."""
    return workload(Random(seed).choice((1, 2, 7, 30)), dedicated=True)
