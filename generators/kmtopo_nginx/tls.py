"""TLS: Mozilla's intermediate guideline, and where certificates come from."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import secret_path
from kmtopo_nginx import names
from kmtopo_nginx.directives import Node, block, directive, origin
from kmtopo_nginx.front import Front
from kmtopo_nginx.sizes import acme_zone

ACME_MODULE = "/usr/lib/nginx/modules/ngx_http_acme_module.so"
ISSUER = "letsencrypt"

_CIPHERS = (
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
)
_CURVES = "X25519:prime256v1:secp384r1"
_TWO_YEARS = 63072000


def everywhere(front: Front) -> Iterator[Node]:
    """Yields protocols, ciphers and the issuer of certificates."""
    if not front.ends_tls:
        return
    yield origin(front.deployment.tls.origin)
    yield directive("ssl_protocols", "TLSv1.2", "TLSv1.3")
    yield directive("ssl_ciphers", ":".join(_CIPHERS))
    yield directive("ssl_ecdh_curve", f"X25519MLKEM768:{_CURVES}" if front.options.post_quantum else _CURVES)
    yield directive("ssl_prefer_server_ciphers", "off")
    yield directive("ssl_session_timeout", "1d")
    yield directive("ssl_session_cache", "shared:kmtopo_tls:10m")
    if front.uses_acme:
        yield directive("acme_shared_zone", f"zone=kmtopo_acme:{acme_zone(len(front.owners))}")
        yield block("acme_issuer", ISSUER, holds=_issuer(front))


def of_server(front: Front) -> Iterator[Node]:
    """Yields ``tls.conf``: what every server block with TLS includes."""
    yield origin(front.deployment.tls.origin)
    yield directive("http2", "on")
    certificate, key = _certificate(front)
    yield directive("ssl_certificate", certificate)
    yield directive("ssl_certificate_key", key)
    if front.uses_acme:
        yield directive("ssl_certificate_cache", "max=2")


def strict_transport(front: Front) -> Iterator[Node]:
    """Yields HSTS for answers over TLS: outside production it is empty, and an empty header is not sent."""
    if not front.ends_tls:
        return
    scope = "; includeSubDomains" if front.options.hsts_include_subdomains else ""
    lasting = (directive("on", f"max-age={_TWO_YEARS}{scope}"),)
    is_production = front.deployment.environment.stage == "production"
    rows = (directive("default", ""), *(lasting if is_production else ()))
    yield block("map", "$https", "$kmtopo_hsts", holds=rows)
    yield directive("add_header", "Strict-Transport-Security", "$kmtopo_hsts", "always")


def _issuer(front: Front) -> Iterator[Node]:
    yield directive("uri", front.options.acme_directory)
    if front.options.acme_contact:
        yield directive("contact", front.options.acme_contact)
    yield directive("state_path", names.file(_state(front)))
    yield directive("accept_terms_of_service")


def _state(front: Front) -> str:
    paths = {volume.name: volume.path for volume in front.container.runtime.volumes}
    return paths[f"{front.container.name}-acme"]


def _certificate(front: Front) -> tuple[str, str]:
    if front.uses_acme:
        return "$acme_certificate", "$acme_certificate_key"
    if front.deployment.tls.mode == "files":
        certificate, key = front.container.runtime.files
        return names.file(certificate.target), names.file(key.target)
    return _secret(front, "_tls_certificate"), _secret(front, "_tls_key")


def _secret(front: Front, slot: str) -> str:
    """The path of the proxy's own secret for this."""
    return names.file(secret_path(next(name for name in front.container.secrets if name.endswith(slot))))
