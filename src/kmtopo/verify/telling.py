"""What verification found, as diagnostics: the built line in words, the topology's line as the place."""

from __future__ import annotations

from collections.abc import Container, Mapping

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Term, diagnose
from kmtopo.trace import opening
from kmtopo.verify.facts import Finding, Place


def told(finding: Finding, folder: str, files: Mapping[str, str], overridden: Container[str] = ()) -> Diagnostic:
    """Makes the diagnostic of a finding; ``folder`` is what messages call the environment's folder.

    ``overridden`` are files that patches or templates of the project have changed: what they say is nobody else's doing.
    """
    subject, place = finding.subject, finding.place
    return diagnose(
        subject.code,
        finding.origin or _origin(place, files),
        help=finding.kind,
        place=f"{folder}/{place.file}:{place.line}",
        what=subject.what,
        of=subject.of,
        built=finding.built,
        wanted=finding.wanted,
        advice=Term("overridden") if place.file in overridden else Term("generated"),
    )


def _origin(place: Place, files: Mapping[str, str]) -> Address | None:
    """What opened the block that a line belongs to."""
    address = opening(files.get(place.file, ""), place.line)
    return Address.parse(address) if address else None
