"""W(T): the KMMotos stack with T tenants, 12 lines of YAML each; pooled, or each with containers of its own."""

from __future__ import annotations

from pathlib import Path

STACK = Path(__file__).with_name("stack.yaml")
ZONES = ("centro", "norte", "litoral", "sur")

TENANT = """\
  empresa-{number:05}:
    title: Empresa {number}
    zone: {zone}
    domain: empresa-{number:05}.example
    branches:
      - Sucursal Central
      - Sucursal Norte
      - Sucursal Sur
    limits:
      rate: 20/s
      body: 10MiB
      connections: 20
"""


# What carries dedicated tenants, however many: capacity is not what is measured.
_POOLED = {"placement: pooled": "placement: dedicated", "memory: 32GiB, disk: 480GiB": "memory: 64TiB, disk: 1024TiB"}


def topology(tenants: int, *, dedicated: bool = False) -> str:
    """Returns the topology of that many tenants; a dedicated one has four containers."""
    items = (TENANT.format(number=number, zone=ZONES[number % len(ZONES)]) for number in range(1, tenants + 1))
    stack = STACK.read_text(encoding="utf-8")
    for pooled, own in _POOLED.items() if dedicated else ():
        stack = stack.replace(pooled, own)
    return stack + "tenants:\n" + "".join(items)
