"""W(T): the KMMotos stack with T tenants, 12 lines of YAML each."""

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


def topology(tenants: int) -> str:
    """Returns the topology of that many tenants."""
    items = (TENANT.format(number=number, zone=ZONES[number % len(ZONES)]) for number in range(1, tenants + 1))
    return STACK.read_text(encoding="utf-8") + "tenants:\n" + "".join(items)
