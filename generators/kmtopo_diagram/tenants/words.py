"""The words of the tenants' view, besides those of all pictures."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.plugin import frozen
from kmtopo_diagram.subject.words import Meaning, Noun


@frozen
class TenantWords:
    """What only the tenants' view says; ``own``, ``common`` and ``either`` name what they have in a store, by its kind."""

    view: str
    tenant_header: str
    host_header: str
    without_zone: str
    branch: Noun
    central: Noun
    pooled: Noun
    own_container: Noun
    more_hosts: Noun
    more_zones: Noun
    reads_all: str
    is_central: str
    is_dedicated: str
    own: Mapping[str, str]
    common: Mapping[str, str]
    either: Mapping[str, str]
    unnamed: str
    in_database: str
    own_store: str
    tiles_rule: str
    rows_elsewhere: str
    folded: str
    legend_central: Meaning
    legend_pooled: Meaning
    legend_dedicated: Meaning
    legend_tls: Meaning
    legend_host: Meaning
    legend_own: Meaning
    legend_common: Meaning
    legend_way: Meaning
    everybody: str
    apart_by_application: str
    legend_bus: Meaning
    says_zone: str
    says_tenant: str
    says_common: str
    says_reads: str


SPANISH = TenantWords(
    view="Tenencias",
    tenant_header="Tenencia",
    host_header="Dominio",
    without_zone="Sin zona",
    branch=Noun("sucursal", "sucursales"),
    central=Noun("central", "centrales"),
    pooled=Noun("compartida", "compartidas"),
    own_container=Noun("contenedor propio", "contenedores propios"),
    more_hosts=Noun("dominio más", "dominios más"),
    more_zones=Noun("zona más", "zonas más"),
    reads_all="lee los datos de todas",
    is_central="tenencia central",
    is_dedicated="dedicada",
    own={"database": "base propia", "schema": "esquema propio", "prefix": "prefijo propio", "shared": "base propia"},
    common={"database": "base común", "schema": "esquema común", "prefix": "prefijo común", "shared": "base común"},
    either={"database": "base", "schema": "esquema", "prefix": "prefijo", "shared": "base"},
    unnamed="lo crea la aplicación",
    in_database="en {database}",
    own_store="almacén propio",
    tiles_rule="cada tesela es una tenencia",
    rows_elsewhere="el detalle está en la vista de cada zona",
    folded="{shown} de {all} a la vista",
    legend_central=Meaning("tenencia central", "central"),
    legend_pooled=Meaning("tenencia en contenedores compartidos", "tenencia"),
    legend_dedicated=Meaning("tenencia dedicada: contenedores propios", "dedicada"),
    legend_tls=Meaning("dominio con TLS", "con TLS"),
    legend_host=Meaning("dominio sin TLS", "sin TLS"),
    legend_own=Meaning("datos aparte", "aparte"),
    legend_common=Meaning("común: los separa la aplicación", "común"),
    legend_way=Meaning("entra por su dominio a sus datos", "a sus datos"),
    everybody="Común a todas",
    apart_by_application="las separa la aplicación",
    legend_bus=Meaning("la central lee los datos de todas", "la central lee todo"),
    says_zone="{zone}: {tenants}.",
    says_tenant="{tenant}: {spaces}.",
    says_common="En {store} comparten {name}.",
    says_reads="{reader} lee los datos de todas.",
)

ENGLISH = TenantWords(
    view="Tenants",
    tenant_header="Tenant",
    host_header="Domain",
    without_zone="No zone",
    branch=Noun("branch", "branches"),
    central=Noun("central", "central"),
    pooled=Noun("pooled", "pooled"),
    own_container=Noun("container of its own", "containers of its own"),
    more_hosts=Noun("more domain", "more domains"),
    more_zones=Noun("more zone", "more zones"),
    reads_all="reads everybody's data",
    is_central="central tenant",
    is_dedicated="dedicated",
    own={"database": "own database", "schema": "own schema", "prefix": "own prefix", "shared": "own database"},
    common={
        "database": "common database",
        "schema": "common schema",
        "prefix": "common prefix",
        "shared": "common database",
    },
    either={"database": "database", "schema": "schema", "prefix": "prefix", "shared": "database"},
    unnamed="made by the application",
    in_database="in {database}",
    own_store="store of its own",
    tiles_rule="each tile is a tenant",
    rows_elsewhere="each zone's view has the details",
    folded="{shown} of {all} shown",
    legend_central=Meaning("central tenant", "central"),
    legend_pooled=Meaning("tenant in shared containers", "tenant"),
    legend_dedicated=Meaning("dedicated tenant: containers of its own", "dedicated"),
    legend_tls=Meaning("domain with TLS", "with TLS"),
    legend_host=Meaning("domain without TLS", "no TLS"),
    legend_own=Meaning("data apart", "apart"),
    legend_common=Meaning("common: the application separates", "common"),
    legend_way=Meaning("enters by its domain, to its data", "to its data"),
    everybody="Common to all",
    apart_by_application="the application separates",
    legend_bus=Meaning("the central tenant reads everybody's data", "the central tenant reads all"),
    says_zone="{zone}: {tenants}.",
    says_tenant="{tenant}: {spaces}.",
    says_common="In {store} they share {name}.",
    says_reads="{reader} reads everybody's data.",
)


def tenant_words(locale: str) -> TenantWords:
    """Returns the words of a locale such as ``es`` or ``es-HN``; other languages read English."""
    return SPANISH if locale.lower().startswith("es") else ENGLISH
