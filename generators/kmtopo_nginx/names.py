"""The last gate before a name of the topology becomes Nginx syntax: a whitelist for each kind of name.

The front end has refused whatever is refused here, so that a ``ValueError`` means a bug.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?"
# A name that was cut may have two hyphens in a row.
_SLUG = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*\Z").match
_HOST = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})*\Z").match
_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*)?\Z").match
_FILE = re.compile(r"(?!.*\.\.(?:/|\Z))(?:/[A-Za-z0-9._@+-]+)+\Z").match
_MAP_WORDS = frozenset({"default", "hostnames", "include", "volatile"})


def slug(name: str) -> str:
    """Returns a tenant's, a site's or a container's name."""
    return _checked(_SLUG, name, "a slug")


def host(name: str) -> str:
    """Returns a host name in lower case; one leading ``*.`` is allowed."""
    return _checked(_HOST, name, "a host")


def map_key(name: str) -> str:
    """Returns a host as the left side of a ``map``, where some words mean something else."""
    return f"\\{name}" if host(name) in _MAP_WORDS else name


def path(name: str) -> str:
    """Returns the path of a route."""
    return _checked(_PATH, name, "a path")


def file(name: str) -> str:
    """Returns the absolute path of a file or folder inside the container."""
    return _checked(_FILE, name, "a file")


def cidr(name: str) -> str:
    """Returns a block of addresses, or one address."""
    return str(ipaddress.ip_network(name, strict=False))


def _checked(matches: Callable[[str], object], name: str, kind: str) -> str:
    if not matches(name):
        raise ValueError(f"not {kind}: {name!r}")
    return name
