"""Where the data of each tenant lies: databases, logins, and the files that hold the passwords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtopo.plugin import DataStore, Login, Space, secret_path
from kmtopo_laravel.families import Family
from kmtopo_laravel.php import entry, inline
from kmtopo_laravel.words import GENERAL, Words

_Spaces = Mapping[str | None, Space]


class Places:
    """The data of an application and of its tenants, in the stores that it calls.

    The first PostgreSQL and the first MongoDB are those that Laravel's own variables speak of; of any other store
    a tenant's entry says more under ``stores``.
    """

    def __init__(self, family: Family, words: Words) -> None:
        self._family, self._words = family, words
        known = {kind: [s for s in family.stores() if self._kind(s) == kind] for kind in ("postgres", "mongodb")}
        self._own = {kind: stores[0] for kind, stores in known.items() if stores}
        first = {kind: _spaces(store) for kind, store in self._own.items()}
        self._sql, self._documents = first.get("postgres", {}), first.get("mongodb", {})
        self._others = [
            (store.container, kind, _spaces(store)) for kind, stores in known.items() for store in stores[1:]
        ]

    def own(self) -> list[str]:
        """Says where the data that belongs to no single tenant is."""
        entries: list[str] = []
        for kind, store in self._own.items():
            account = self._family.account(store)
            if account and kind == "postgres":
                logins = (account.login, *([account.migration] if account.migration else []))
                entries += self._database(account.space, logins, GENERAL)
            elif account:
                entries.append(entry("mongodb_database", account.space.name))
        return entries

    def of(self, tenant: str) -> list[str]:
        """Says where a tenant's data is, and who logs in there."""
        space = self._sql.get(tenant)
        entries = self._database(space, space.logins, self._words) if space else []
        return entries + self._beside(tenant, logins=True)

    def readable(self, tenant: str) -> list[str]:
        """Says where a tenant's data is, for somebody who logs in as himself."""
        space = self._sql.get(tenant)
        entries = self._database(space, (), self._words) if space else []
        return entries + self._beside(tenant, logins=False)

    def _beside(self, tenant: str, *, logins: bool) -> list[str]:
        space = self._documents.get(tenant)
        entries = [entry("mongodb_database", space.name)] if space else []
        stores = []
        for name, kind, spaces in self._others:
            if other := spaces.get(tenant):
                users = other.logins if logins and kind == "postgres" else ()
                stores.append(inline(name, self._database(other, users, GENERAL)))
        return [*entries, inline("stores", stores)] if stores else entries

    def _database(self, space: Space, logins: Iterable[Login], words: Words) -> list[str]:
        entries = [entry(words.database, space.name if words.schema is None else space.database)]
        if words.schema is not None and space.name != space.database:
            entries.append(entry(words.schema, space.name))
        for login in logins:
            who = [entry(words.username, login.name), entry(words.password, secret_path(login.secret))]
            entries += [inline("migrate", who)] if login.right == "migrate" else who
        return entries

    def _kind(self, store: DataStore) -> str:
        return self._family.deployment.containers[store.container].type


def _spaces(store: DataStore) -> _Spaces:
    return {space.tenant: space for space in store.spaces}
