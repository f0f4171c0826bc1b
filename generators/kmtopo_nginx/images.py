"""What an official Nginx image can do, read from its tag."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kmtopo.plugin import Container, Diagnostic, diagnose
from kmtopo_nginx.front import Front

Version = tuple[int, int, int]

_OFFICIAL = re.compile(
    r"(?:(?:docker\.io/)?library/|docker\.io/)?nginx:(?P<major>\d+)\.(?P<minor>\d+)(?:\.(?P<patch>\d+))?(?P<rest>[\w.-]*)"
).match
# A tag without a patch, such as 1.27, moves on to the last release of its branch.
_LAST = 999
_RESOLVES_SINCE: Version = (1, 27, 3)
_HAS_ACME_SINCE: tuple[Version, Version] = ((1, 28, 2), (1, 29, 5))


def findings(front: Front) -> Iterator[Diagnostic]:
    """Yields what this configuration needs and the image does not have; an unknown image is believed."""
    image = _OFFICIAL(front.container.image or "")
    if image is None:
        return
    version = (int(image["major"]), int(image["minor"]), int(image["patch"] or _LAST))
    if version < _RESOLVES_SINCE:
        yield _finding("KM610", front.container)
    elif front.uses_acme and ("slim" in image["rest"] or not _has_acme(version)):
        yield _finding("KM613", front.container)


def _has_acme(version: Version) -> bool:
    stable, mainline = _HAS_ACME_SINCE
    return version >= mainline or stable <= version < (1, 29, 0)


def _finding(code: str, container: Container) -> Diagnostic:
    return diagnose(code, container.address / "image", subject=container.address, image=container.image)
