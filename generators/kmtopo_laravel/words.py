"""What the packages for tenancy call things: columns of their table of tenants, and the application of nobody in particular."""

from __future__ import annotations

from kmtopo.plugin import frozen


@frozen
class Words:
    """The keys of one package. ``has_many_hosts``: it knows a list of them for each tenant.

    ``schema`` is None where the package says ``database`` of a schema, too.
    """

    name: str
    hosts: str
    has_many_hosts: bool
    database: str
    schema: str | None
    username: str
    password: str
    central: str


GENERAL = Words("id", "domains", True, "database", "schema", "username", "password_file", "central")
# stancl/tenancy 3 and 4: attributes of its Tenant, where `tenancy_db_…` are the connection's.
_STANCL = Words(
    *("id", "domains", True, "tenancy_db_name", None, "tenancy_db_username", "tenancy_db_password_file", "central")
)
# spatie/laravel-multitenancy: columns of its Tenant.
_SPATIE = Words("name", "domain", False, "database", "schema", "username", "password_file", "landlord")


def words_of(flavor: str) -> Words:
    """Returns the words of a flavor of tenancy; whoever wrote its own gets the plainest."""
    return {"stancl": _STANCL, "spatie": _SPATIE}.get(flavor, GENERAL)
