"""Settings to equip containers in: production of a project that has tenants, unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kmtopo.types.runtime import Setting

MIB = 1024**2
PRODUCTION = Setting(
    project="km-motos",
    title="KM Motos: ventas",
    locale="es",
    environment="produccion",
    stage="production",
    name="backend",
    family="backend",
    type="laravel",
    image=None,
    process="",
    once=False,
    port=None,
    memory=None,
    cpu=None,
    peers=(),
    hosts=("central.kmmotos.hn",),
    https=True,
    tls_mode="acme",
    public_port=443,
    code_mounted=False,
    flavor="stancl",
    stores=(("postgres", "database"),),
    host_pattern="*.kmmotos.hn",
    family_folder="laravel",
)


@pytest.fixture
def setting() -> Callable[..., Setting]:
    """Makes a setting like production's with other values."""

    def make(**values: Any) -> Setting:
        return replace(PRODUCTION, **values)

    return make
