"""``tenants.php``: whom an application serves, and where each tenant's data is; a block for each tenant.

It is written as text: with ten thousand tenants a tree of values would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterable

from kmtopo.plugin import Tenant
from kmtopo_laravel.families import Family
from kmtopo_laravel.php import OPENING, entry, listed, origin, quoted
from kmtopo_laravel.places import Places
from kmtopo_laravel.words import words_of

_STEP = "    "
# Prefixes that an application has for itself; a tenant's lie within them.
_PREFIXES = (("CACHE_PREFIX", "cache_prefix"), ("REDIS_PREFIX", "redis_prefix"))


def tenants(family: Family) -> str:
    """Returns the list of the tenants that an application serves, and of what its central part may read."""
    return _List(family).text()


class _List:
    """Writes the tenants of one application; what all of them have in common is worked out once."""

    def __init__(self, family: Family) -> None:
        deployment, tenancy = family.deployment, family.deployment.tenancy
        self._family = family
        self._flavor = tenancy.flavor if tenancy else ""
        self._central = next((t for t in deployment.tenants.values() if t.central and not t.dedicated), None)
        self._others = [tenant for tenant in deployment.tenants.values() if not tenant.central]
        self._words = words_of(self._flavor)
        self._places = Places(family, self._words)
        found = ((key, family.setting(variable)) for variable, key in _PREFIXES)
        self._prefixes = [entry(key, prefix) for key, prefix in found if prefix is not None]

    def text(self) -> str:
        """Returns the whole file."""
        pooled = [(t, f"{_STEP * 2}{origin(t.address)}\n") for t in self._others if not t.dedicated]
        named = [(self._central, f"{_STEP * 2}{origin(self._central.address)}\n")] if self._central else []
        hosts = (_hosts(tenant, mark) for tenant, mark in [*named, *pooled])
        served = (_block(tenant.name, mark, self._served(tenant)) for tenant, mark in pooled)
        return "".join(
            (
                f"{OPENING}{origin(self._family.deployment.environment.address)}\n\nreturn [\n",
                f"{_STEP}'flavor' => {quoted(self._flavor)},\n",
                self._own(),
                self._read(),
                _section("hosts", hosts),
                _section("tenants", served),
                "];\n",
            )
        )

    def _own(self) -> str:
        """Writes what belongs to no tenant in particular, and the central one's hosts."""
        tenant = self._central
        entries = [entry("id", tenant.name), entry("title", tenant.title)] if tenant else []
        entries.append(f"'domains' => {listed(tenant.hosts if tenant else ())}")
        if tenant and tenant.reads_all:
            entries.append(entry("reads", "all"))
        mark = f"{_STEP}{origin(tenant.address if tenant else self._family.first.address)}\n"
        return _block(self._words.central, mark, [*entries, *self._places.own()], _STEP)

    def _read(self) -> str:
        """Writes the tenants that have applications of their own, where the central one reads them, too."""
        if not self._central or not self._central.reads_all:
            return ""
        return _section(
            "dedicated",
            (
                _block(t.name, f"{_STEP * 2}{origin(t.address)}\n", self._identity(t) + self._places.readable(t.name))
                for t in self._others
                if t.dedicated
            ),
        )

    def _served(self, tenant: Tenant) -> list[str]:
        # A slug needs no care: it goes on before the mark that ends the prefix.
        name = tenant.name
        prefixes = [f"{prefix[:-1]}tenant_{name}_{prefix[-1]}" for prefix in self._prefixes]
        return self._identity(tenant) + self._places.of(name) + prefixes

    def _identity(self, tenant: Tenant) -> list[str]:
        words = self._words
        hosts = listed(tenant.hosts) if words.has_many_hosts else quoted(tenant.hosts[0])
        return [entry(words.name, tenant.name), entry("title", tenant.title), f"'{words.hosts}' => {hosts}"]


def _section(name: str, rows: Iterable[str]) -> str:
    return f"{_STEP}'{name}' => [\n{''.join(rows)}{_STEP}],\n"


def _hosts(tenant: Tenant, mark: str) -> str:
    name = quoted(tenant.name)
    return mark + "".join([f"{_STEP * 2}{quoted(host)} => {name},\n" for host in tenant.hosts])


def _block(name: str, mark: str, entries: Iterable[str], indent: str = _STEP * 2) -> str:
    rows = f",\n{indent}{_STEP}".join(entries)
    return f"{mark}{indent}{quoted(name)} => [\n{indent}{_STEP}{rows},\n{indent}],\n"
