"""What the file may say under ``generators.nginx``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from kmtopo.plugin import Options, option

RateText = Annotated[str, option(pattern=r"^[1-9][0-9]{0,5}/s$", examples=["50/s"])]


class NginxOptions(Options):
    """Options of the Nginx generator. Limits apply outside ``stage: development`` to every tenant without its own."""

    client_rate: RateText = option("50/s", description="Requests that one client of a tenant may send.")
    tenant_rate: RateText = option("500/s", description="Requests that all clients of one tenant may send together.")
    client_connections: int = option(
        100, ge=1, le=65535, description="Requests of one client that may be open at once."
    )
    acme_directory: str = option(
        "https://acme-v02.api.letsencrypt.org/directory",
        pattern=r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?$",
        description="The ACME server that issues certificates.",
    )
    acme_contact: str | None = option(
        None, pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$", description="Where the ACME server writes to."
    )
    hsts_include_subdomains: bool = option(
        False, description="HSTS binds every subdomain too, also those served elsewhere."
    )
    post_quantum: bool = option(
        False, description="Offer X25519MLKEM768; needs an image linked to OpenSSL 3.5 or newer."
    )


def per_second(rate: str) -> Decimal:
    """Returns the number in ``50/s``."""
    return Decimal(rate.removesuffix("/s"))
