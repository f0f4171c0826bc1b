"""Certificates that a proxy signs for itself, by the ``openssl`` program: no key is ever a file of ours on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kmtopo.resolve.deployment import Deployment
from kmtopo.secrets.programs import answer, run

# As long as Apple's systems accept a certificate that somebody chose to trust.
_DAYS = 825
_SOON = 30
_LONGEST_NAME = 64
_EXTENSIONS = (
    "basicConstraints=critical,CA:FALSE",
    "keyUsage=critical,digitalSignature",
    "extendedKeyUsage=serverAuth",
)
_names = re.compile(r"DNS:([^,\s]+)").findall


def hosts_of(deployment: Deployment) -> tuple[str, ...]:
    """Names the hosts that a certificate of an environment is for: the patterns, then what no pattern covers."""
    names = {host.name for host in deployment.hosts}
    patterns = sorted({deployment.host_pattern or "", *(name for name in names if name.startswith("*."))} - {""})
    return (*patterns, *sorted(name for name in names if not covers(patterns, name)))


def covers(names: Iterable[str], host: str) -> bool:
    """Whether a certificate for these names is one for a host; a wildcard stands for exactly one label."""
    return any(name in (host, f"*.{host.partition('.')[2]}") for name in names)


def private_key() -> bytes:
    """Makes a key on the curve P-256."""
    return answer(("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"))


def certificate(key: bytes, hosts: Iterable[str]) -> bytes:
    """Makes a certificate for hosts that the key signs itself, good for 825 days."""
    names = tuple(hosts) or ("localhost",)
    subject = next((name for name in names if len(name) <= _LONGEST_NAME), "kmtopo")
    alternatives = "subjectAltName=" + ",".join(f"DNS:{name}" for name in names)
    extensions = [word for each in (alternatives, *_EXTENSIONS) for word in ("-addext", each)]
    request = ("openssl", "req", "-new", "-x509", "-config", "/dev/null", "-key", "/dev/stdin", "-sha256")
    return answer((*request, "-days", str(_DAYS), "-subj", f"/CN={subject}", *extensions), key, hidden=(key,))


def is_certificate(value: bytes) -> bool:
    """Whether a value is a certificate that can be read."""
    return run(("openssl", "x509", "-noout"), value).returncode == 0


def doubts(value: bytes, hosts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yields what speaks against a certificate, a word and a value: ``expired``, ``soon``, ``hosts``."""
    for word, seconds in (("expired", 0), ("soon", _SOON * 86_400)):
        if run(("openssl", "x509", "-noout", "-checkend", str(seconds)), value).returncode:
            yield word, str(_SOON)
            break
    names = _names(answer(("openssl", "x509", "-noout", "-text"), value).decode("utf-8", "replace"))
    bare = [host for host in hosts if not covers(names, host)]
    if bare:
        yield "hosts", ", ".join(bare)


def belong_together(value: bytes, key: bytes) -> bool:
    """Whether a certificate is one for a key."""
    of_key = run(("openssl", "pkey", "-pubout"), key)
    of_certificate = run(("openssl", "x509", "-noout", "-pubkey"), value)
    return of_key.returncode == 0 and of_key.stdout == of_certificate.stdout
