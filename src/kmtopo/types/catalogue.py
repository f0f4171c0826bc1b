"""The catalogue: every container type that a topology can name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kmtopo.types.generic import EXTERNAL, GENERIC, STORE
from kmtopo.types.laravel import LARAVEL
from kmtopo.types.mailpit import MAILPIT
from kmtopo.types.mongodb import MONGODB
from kmtopo.types.nginx import NGINX
from kmtopo.types.postgres import POSTGRES
from kmtopo.types.redis import REDIS
from kmtopo.types.runtime import ContainerType
from kmtopo.types.static import STATIC

Catalogue = Mapping[str, ContainerType]

_BUILT_IN = (EXTERNAL, GENERIC, LARAVEL, MAILPIT, MONGODB, NGINX, POSTGRES, REDIS, STATIC, STORE)


def catalogue() -> Catalogue:
    """Returns the types by name, sorted."""
    return MappingProxyType({each.name: each for each in sorted(_BUILT_IN, key=lambda each: each.name)})
