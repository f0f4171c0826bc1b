"""A city: hundreds of containers on one machine or several, and as many tenants as one likes; what pictures are measured with."""

from __future__ import annotations

from typing import Any

from kmtopo.syntax.emit import emit

Tree = dict[str, Any]
STORES = {"postgres": "postgres:17.6", "redis": "redis:7.4.5"}


def city(containers: int, machines: int, tenants: int, calls: int = 2) -> str:
    """Returns a pooled topology of that size: on each machine services behind a proxy, each calling ``calls`` others."""
    names = [f"vps-{number}" for number in range(machines)]
    share = containers // machines
    made: dict[str, Tree] = {}
    for place, name in enumerate(names):
        made |= _district(
            place, name, share if place else containers - share * (machines - 1), calls, shared=machines > 1
        )
    return emit(
        {
            "kmtopo": 1,
            "name": "ciudad",
            "title": "Ciudad",
            "locale": "es",
            "vps": {
                name: {
                    "address": f"203.0.113.{10 + place}",
                    "private_address": f"10.0.0.{10 + place}",
                    "capacity": {"cpu": 512, "memory": "4096GiB", "disk": "40000GiB"},
                    "cost": "250 USD/month",
                }
                for place, name in enumerate(names)
            },
            "networks": {
                "frente": {"title": "Red de Frente", "internal": False},
                "medio": {"title": "Red de Servicios"},
                "datos": {"title": "Red de Datos"},
            },
            "containers": made,
            "zones": {f"zona-{number}": {"title": f"Zona {number}"} for number in range(8)},
            "tenancy": {"flavor": "custom", "domain": "{tenant}.ciudad.example"},
            "tenants": {
                f"empresa-{number:04}": {"title": f"Empresa {number}", "zone": f"zona-{number % 8}"}
                for number in range(tenants)
            },
            "environments": {"produccion": {"title": "Producción", "stage": "production", "tls": False}},
        }
    )


def _district(place: int, machine: str, count: int, calls: int, *, shared: bool) -> dict[str, Tree]:
    """One machine: two stores, services that call one store and those before them, a proxy before the first of them."""
    common: Tree = {"vps": machine, "resources": {"cpu": 0.5, "memory": "256MiB"}}
    stores = {f"d{place}-{kind}": kind for kind in STORES}
    made: dict[str, Tree] = {
        name: {
            "type": kind,
            "image": STORES[kind],
            "port": 20000 + 10 * place + number,
            "networks": ["datos"],
            **common,
        }
        for number, (name, kind) in enumerate(stores.items())
    }
    for number in range(count - 3):
        before = [f"d{place}-s{number - step * step:03}" for step in range(1, calls) if number >= step * step]
        elsewhere = [f"d{place - 1}-s{number:03}"] if shared and place and number % 8 == 0 else []
        made[f"d{place}-s{number:03}"] = {
            "type": "generic",
            "image": "servicio:1.0.0",
            "title": f"Servicio {place}.{number}",
            "port": 30000 + 300 * place + number,
            "networks": ["frente", "medio", "datos"] if number % 5 == 0 else ["medio", "datos"],
            "uses": {name: {} for name in (*before, *elsewhere, sorted(stores)[number % 2])},
            **common,
        }
    made[f"d{place}-nginx"] = {
        "type": "nginx",
        "image": "nginx:1.29.8-alpine",
        "networks": ["frente"],
        "publish": [80],
        "routes": {
            f"/{number}" if number else "/": f"d{place}-s{number:03}" for number in range(0, min(count - 3, 20), 5)
        },
        **common,
    }
    return made
