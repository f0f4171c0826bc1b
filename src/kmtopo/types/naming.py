"""Names that two containers must agree on without asking each other: databases, users, secrets."""

from __future__ import annotations

from hashlib import sha256

from kmtopo.types.runtime import Secret, Setting
from kmtopo.types.stores import MIGRATION_SECRETS, TENANT_SECRETS

LONGEST_IDENTIFIER = 63


def identifier(*words: str) -> str:
    """Joins words to a name that PostgreSQL, MongoDB and a shell all take as it is, of at most 63 bytes.

    A longer one is cut and ends in a digest: PostgreSQL would cut it too, and let two names become one.
    """
    joined = "_".join(words).replace("-", "_")
    if len(joined) <= LONGEST_IDENTIFIER:
        return joined
    return f"{joined[:54]}_{sha256(joined.encode()).hexdigest()[:8]}"


def central_database(project: str, flavor: str) -> str:
    """Names the database that belongs to no single tenant, by the tenancy package's own word; without tenancy the only one."""
    if not flavor:
        return identifier(project)
    return identifier(project, "landlord" if flavor == "spatie" else "central")


def tenant_database(project: str, tenant: str, flavor: str) -> str:
    """Names a tenant's database: as stancl's package derives it by default, else after project and tenant."""
    return f"tenant{tenant}" if flavor == "stancl" else identifier(project, tenant)


def tenant_schema(tenant: str, flavor: str) -> str:
    """Names a tenant's schema within the application's database: stancl's package has one rule for both."""
    return f"tenant{tenant}" if flavor == "stancl" else identifier(tenant)


def key_prefix(project: str, environment: str, family: str) -> str:
    """Names what all keys of a family begin with in a store that has no databases of its own for it."""
    return f"{project}:{environment}:{family}:"


def administrator(project: str) -> str:
    """Names the user that owns a data store, used for provisioning and never by an application."""
    return identifier(project, "admin")


def application_user(project: str, family: str) -> str:
    """Names the user that the processes of one family share in every data store."""
    return identifier(project, family)


def migration_user(project: str, family: str) -> str:
    """Names the user that the one-shot process of a family changes the structure as."""
    return identifier(project, family, "migrate")


def application_key(setting: Setting) -> Secret:
    """Returns the key that encrypts a family's cookies and columns."""
    return Secret(_secret(setting.family, "app_key"), "app-key")


def previous_application_keys(setting: Setting) -> Secret:
    """Returns the keys that a family's cookies and columns may still be encrypted with."""
    return Secret(_secret(setting.family, "app_previous_keys"), "app-keys")


def administrator_password(store: str) -> Secret:
    """Returns the password of a store's owner; of a store that knows no users, its only password."""
    return Secret(_secret(store, "password"))


def application_password(store: str, family: str) -> Secret:
    """Returns the password of a family's user in a store."""
    return Secret(_secret(store, family, "password"))


def migration_password(store: str, family: str) -> Secret:
    """Returns the password of a family's one-shot process in a store."""
    return Secret(_secret(store, family, "migrate_password"))


def tenant_password(store: str, tenant: str, *, dedicated: bool) -> Secret:
    """Returns the password of a tenant's own user; those of pooled tenants lie in one folder, mounted whole."""
    name = _secret(tenant, store, "password")
    return Secret(name if dedicated else f"{TENANT_SECRETS}/{name}")


def tenant_migration_password(store: str, tenant: str, *, dedicated: bool) -> Secret:
    """Returns the password of the user that changes a tenant's structure; processes that only use it never see it."""
    name = _secret(tenant, store, "migrate_password")
    return Secret(name if dedicated else f"{MIGRATION_SECRETS}/{name}")


def certificate(proxy: str) -> tuple[str, str]:
    """Names the secrets that hold a proxy's own certificate and its key."""
    return _secret(proxy, "tls_certificate"), _secret(proxy, "tls_key")


def _secret(*words: str) -> str:
    return "_".join(words).replace("-", "_")
