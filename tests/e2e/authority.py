"""A certificate authority of the test's own, so that clients check certificates as browsers do."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from e2e.machine import program, run

WHAT = "a certificate authority"
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class Authority:
    """A folder with the authority's key and certificate."""

    folder: Path

    def trust(self) -> ssl.SSLContext:
        """What a client needs that trusts this authority and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "authority.pem"))

    def issue(self, hosts: Iterable[str], certificate: Path, key: Path) -> None:
        """Writes a certificate for some hosts, and its key."""
        names = ",".join(f"DNS:{host}" for host in hosts)
        request = self.folder / f"{certificate.parent.name}.request"  # several may be issued at once
        subject = ("-subj", "/CN=proxy", "-addext", f"subjectAltName={names}")
        _openssl("req", "-new", *KEY, *subject, "-keyout", key, "-out", request)
        ours = ("-CA", self.folder / "authority.pem", "-CAkey", self.folder / "authority.key")
        words = ("-req", "-in", request, *ours, "-days", "2", "-copy_extensions", "copy", "-out", certificate)
        _openssl("x509", *words)
        for path in (certificate, key):
            path.chmod(0o444)


def authority(folder: Path) -> Authority:
    """Makes an authority in a folder of its own."""
    folder.mkdir()
    made = ("-keyout", folder / "authority.key", "-out", folder / "authority.pem")
    _openssl("req", "-x509", *KEY, "-subj", "/CN=kmtopo end-to-end tests", "-days", "2", *made)
    return Authority(folder)


def _openssl(*words: str | Path) -> None:
    run(program("openssl", WHAT), *words, what=WHAT)
