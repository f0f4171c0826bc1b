"""What the file may say under ``generators.postgres``."""

from __future__ import annotations

from typing import Annotated

from kmtopo.plugin import Options, option

Timeout = Annotated[str, option(pattern=r"^(0|[1-9][0-9]{0,5}(ms|s|m|h))$", examples=["30s"])]
ExtensionName = Annotated[str, option(pattern=r"^[a-z][a-z0-9_-]{0,62}$", examples=["pgcrypto"])]

_UNITS = {"m": "min"}


class PostgresOptions(Options):
    """Options of the PostgreSQL generator: they hold for every database that it makes."""

    locale: str | None = option(
        None,
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,6}$",
        examples=["es-HN"],
        description="Language that texts are sorted by, through ICU; needs PostgreSQL 15. A database keeps the one it was made with.",
    )
    extensions: tuple[ExtensionName, ...] = option((), description="Extensions that every database has.")
    statement_timeout: Timeout = option(
        "30s",
        description="How long a statement of an application may take; 0 for any time. Migrations take their time.",
    )
    idle_in_transaction_session_timeout: Timeout = option(
        "60s", description="How long a session may do nothing within a transaction; 0 for any time."
    )


def in_server_units(timeout: str) -> str:
    """Writes a timeout as the server reads it, who calls minutes ``min``."""
    number = timeout.rstrip("hms")
    unit = timeout.removeprefix(number)
    return f"{number}{_UNITS.get(unit, unit)}"
