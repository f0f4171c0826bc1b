"""Names that two containers must agree on without asking each other: databases, users, secrets."""

from __future__ import annotations

from hashlib import sha256

from kmtopo.types.runtime import Secret, Setting

LONGEST_IDENTIFIER = 63


def identifier(*words: str) -> str:
    """Joins words to a name that PostgreSQL, MongoDB and a shell all take as it is, of at most 63 bytes.

    A longer one is cut and ends in a digest: PostgreSQL would cut it too, and let two names become one.
    """
    joined = "_".join(words).replace("-", "_")
    if len(joined) <= LONGEST_IDENTIFIER:
        return joined
    return f"{joined[:54]}_{sha256(joined.encode()).hexdigest()[:8]}"


def central_database(setting: Setting) -> str:
    """Names the database that belongs to no single tenant; without tenancy it is the only one."""
    return identifier(setting.project, "central") if setting.stores else identifier(setting.project)


def administrator(setting: Setting) -> str:
    """Names the user that owns a data store, used for provisioning and never by an application."""
    return identifier(setting.project, "admin")


def application_user(setting: Setting) -> str:
    """Names the user that the processes of one family share in every data store."""
    return identifier(setting.project, setting.family)


def application_key(setting: Setting) -> Secret:
    """Returns the key that encrypts a family's cookies and columns."""
    return Secret(_secret(setting.family, "app_key"))


def administrator_password(store: str) -> Secret:
    """Returns the password of a store's owner; of a store that knows no users, its only password."""
    return Secret(_secret(store, "password"))


def application_password(store: str, setting: Setting) -> Secret:
    """Returns the password of a family's user in a store."""
    return Secret(_secret(store, setting.family, "password"))


def certificate(proxy: str) -> tuple[str, str]:
    """Names the secrets that hold a proxy's own certificate and its key."""
    return _secret(proxy, "tls_certificate"), _secret(proxy, "tls_key")


def _secret(*words: str) -> str:
    return "_".join(words).replace("-", "_")
