"""Names, hosts, ports and paths: what may stand where, checked once so that every format downstream is safe."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Annotated, Any, NoReturn

from kmtopo.diagnostics import Term
from kmtopo.model.quantities import reject
from kmtopo.records import Reader
from kmtopo.types.runtime import Port

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_SLUG = re.compile(SLUG + r"\Z").match
_SECRET = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z").match
_ENV_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z").match
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:\*\.)?(?:{_LABEL}\.)*({_LABEL})\Z").match
_IMAGE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/)?"
    r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*"
    r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?\Z"
).match
_PORT = re.compile(r"([0-9]{1,5})(?:/(tcp|udp|fastcgi|http))?\Z").match
_ROUTE = re.compile(r"(?:(?P<site>" + SLUG + r"))?(?P<path>/(?:[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*)?)\Z").match
_PATH = re.compile(r"/[A-Za-z0-9._@+-]+(?:/[A-Za-z0-9._@+-]+)*\Z").match
_SEGMENT = re.compile(r"[A-Za-z0-9._@+ -]+\Z").match
# What only a text that is odd is held against: compiled when the first one comes.
_SCHEME = r"[a-z]+://"
_BRACES = r"\{[^{}]*\}"
_CONTROL = r"[\x00-\x08\x0a-\x1f\x7f\x80-\x9f\u2028\u2029\ud800-\udfff]"
TENANT = "{tenant}"
_SOME_TENANT = "tenant0slug"
_KINDS = {
    str: Term("text"),
    bool: Term("boolean"),
    int: Term("integer"),
    float: Term("number"),
    dict: Term("mapping"),
    list: Term("list"),
}


def text(value: Any) -> str:
    """Accepts a text; anything else wants quotes."""
    if not isinstance(value, str):
        mistyped(Term("text"), value)
    return value


def mistyped(expected: Term, value: object) -> NoReturn:
    """Refuses a value that is of another kind than what stands here."""
    reject("KM202", help=expected, expected=expected, got=kind_of(value))


def kind_of(value: object) -> Term:
    """Names the kind of a value of the file."""
    return _KINDS.get(type(value), Term("nothing"))


def title(value: Any) -> str:
    """Accepts a text of one line for people to read."""
    line = text(value).strip()
    if not line or len(line) > 200 or _acts(line):
        reject("KM204", help="one-line", value=_shown(line))
    return line


def prose(value: Any) -> str:
    """Accepts running text; line breaks fold into spaces."""
    return title(" ".join(text(value).split())) if len(text(value)) <= 200 else _long(text(value))


def _long(value: str) -> str:
    line = " ".join(value.split())
    if _acts(line):
        reject("KM204", help="one-line", value=_shown(line))
    return line


def _acts(line: str) -> bool:
    """Whether something in it acts on a terminal; what is printable does not."""
    return not line.isprintable() and re.search(_CONTROL, line) is not None


def is_slug(value: Any) -> bool:
    """Tells whether a value is a name: 2 to 40 of ``a-z``, ``0-9`` and single inner dashes, a letter first."""
    return isinstance(value, str) and 2 <= len(value) <= 40 and bool(_SLUG(value))


class Derived(str):
    """A name that was made of others: it may be longer than one that is written."""

    __slots__ = ()


def slug(value: Any) -> str:
    """Accepts a name (see ``is_slug``), and one that was made of names."""
    if not isinstance(value, Derived) and not is_slug(value):
        reject("KM205", value=_shown(value), right=slug_of(str(value)))
    return str(value)


def slug_of(value: str) -> str:
    """Returns the nearest valid slug: ``KM Motos`` becomes ``km-motos``."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    joined = "-".join(words).lstrip("0123456789-")[:40].rstrip("-")
    return joined if len(joined) > 1 else "my-name"


def secret_name(value: Any) -> str:
    """Accepts the name of a secret: ``mail_password``."""
    if not isinstance(value, str) or not _SECRET(value) or not 2 <= len(value) <= 63:
        reject("KM205", help="secret", value=_shown(value), right=slug_of(str(value)).replace("-", "_"))
    return value


def env_key(value: Any) -> str:
    """Accepts the name of an environment variable."""
    if not isinstance(value, str) or not _ENV_KEY(value) or len(value) > 128:
        reject("KM216", value=_shown(value))
    return value


def flag(value: Any) -> bool:
    """Accepts ``true`` and ``false``; other words for them are refused with the right one."""
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word in ("yes", "on", "y"):
        reject("KM206", safe=True, value=value, right="true")
    if word in ("no", "off", "n"):
        reject("KM206", safe=True, value=value, right="false")
    mistyped(Term("boolean"), value)


def count(value: Any) -> int:
    """Accepts a whole number from 1 to 1000."""
    if not isinstance(value, int) or isinstance(value, bool):
        mistyped(Term("integer"), value)
    if not 1 <= value <= 1000:
        reject("KM204", help="count", value=value)
    return value


def domain(value: Any) -> str:
    """Accepts a host name and returns it in lower case, with A-labels for Unicode (IDNA 2008)."""
    given = text(value)
    return _host(given) or _no_host(given, _meant(given), _host)


def _host(given: str) -> str | None:
    """The host's canonical spelling; None where it is no host name."""
    name = given.lower().removesuffix(".")
    if not name.isascii():
        name = _a_labels(name)
    found = _HOST(name)
    return name if found and len(name) <= 253 and not found[1].isdigit() else None


def _a_labels(name: str) -> str:
    import idna

    try:
        return idna.encode(name, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        return ""


def _meant(given: str) -> str:
    """Returns a host as it was probably meant: without scheme, port and path, its dots single, ``-`` for ``_``."""
    host = given.strip().lower()
    scheme = re.match(_SCHEME, host)
    host = re.split(r"[/:]", host[scheme.end() :] if scheme else host)[0]
    return re.sub(r"\.{2,}", ".", re.sub(r"[_\s]+", "-", host)).strip(".-")


def _no_host(given: str, right: str, read: Callable[[str], str | None]) -> NoReturn:
    fits = read(right) is not None
    reject("KM208", help="right" if fits else "", value=_shown(given), right=right if fits else None)


def host(value: Any) -> str:
    """Accepts where a system is found: a host name, or an IP address."""
    given = text(value)
    return _address(given) or domain(given)


def _address(given: str) -> str | None:
    try:
        return str(ip_address(given))
    except ValueError:
        return None


def domain_pattern(value: Any) -> str:
    """Accepts a host name in which ``{tenant}`` stands for the slug of a tenant."""
    given = text(value)
    return _pattern(given) or _no_host(given, _meant(re.sub(_BRACES, TENANT, given)), _pattern)


def _pattern(given: str) -> str | None:
    name = _host(given.replace(TENANT, _SOME_TENANT))
    return name.replace(_SOME_TENANT, TENANT) if name else None


def ip(value: Any) -> str:
    """Accepts an IP address."""
    return _address(text(value)) or reject("KM209", help="ip", value=_shown(value))


def subnet(value: Any) -> str:
    """Accepts a network in CIDR form without host bits, such as ``10.20.0.0/24``."""
    given = text(value)
    try:
        return str(ip_network(given))
    except ValueError:
        right = _network_around(given)
        return reject("KM209", help="right" if right else "cidr", value=_shown(given), right=right)


def _network_around(given: str) -> str | None:
    """The network that an address with host bits lies in."""
    try:
        return str(ip_network(given, strict=False))
    except ValueError:
        return None


def image(value: Any) -> str:
    """Accepts an image reference: ``registry/name:tag@sha256:…``."""
    given = text(value)
    if not _IMAGE(given) or len(given) > 255:
        name, colon, tag = given.strip().removeprefix("https://").partition(":")
        right = f"{name.lower()}{colon}{tag}"
        reject(
            "KM210", help="right" if _IMAGE(right) else "", value=_shown(given), right=right if _IMAGE(right) else None
        )
    return given


def port(value: Any) -> Port:
    """Reads where a container listens: ``3000``, ``9000/fastcgi``, ``3478/udp``."""
    found = _PORT(str(value))
    if not found or isinstance(value, bool) or not 1 <= int(found[1]) <= 65535:
        reject("KM211", help="port", value=_shown(value))
    if found[2] == "udp":
        return Port(int(found[1]), "udp", "udp")
    return Port(int(found[1]), found[2] or "")


def publish(value: Any) -> tuple[str | None, int | None, int, str]:
    """Reads Compose's short form ``[IP:][HOST:]CONTAINER[/udp]``.

    Returns address, host port (None: to be allocated), container port, transport.
    """
    given = str(value)
    rest, _, transport = given.partition("/")
    address, host, container = _publish_parts(rest)
    if transport not in ("", "tcp", "udp") or not _is_port(container) or (host and not _is_port(host)):
        reject("KM211", help="publish", value=_shown(given))
    host_port = int(container) if host is None else int(host) if host else None
    return (ip(address) if address else None, host_port, int(container), transport or "tcp")


def _publish_parts(rest: str) -> tuple[str, str | None, str]:
    if rest.startswith("["):
        address, _, rest = rest[1:].partition("]:")
    elif rest.count(":") == 2:
        address, _, rest = rest.partition(":")
    else:
        address = ""
    host, colon, container = rest.rpartition(":")
    return address, host if colon else None, container


def _is_port(word: str) -> bool:
    return word.isascii() and word.isdigit() and 1 <= int(word) <= 65535


def route_path(value: Any) -> str:
    """Accepts a path such as ``/api``, or ``site/api`` where the environment has several sites."""
    if not isinstance(value, str) or not _ROUTE(value) or ".." in value or len(value) > 200:
        reject("KM212", help="route", value=_shown(value))
    return value


def container_path(value: Any) -> str:
    """Accepts an absolute path inside a container."""
    given = text(value)
    if not _PATH(given) or ".." in given or len(given) > 255:
        reject("KM212", help="container", value=_shown(given))
    return given


def project_path(value: Any) -> str:
    """Accepts a path relative to the topology's folder."""
    given = text(value)
    if len(given) > 255 or not all(map(_SEGMENT, given.removesuffix("/").split("/"))):
        reject("KM212", help="project", value=_shown(given))
    return given


def given_path(value: Any) -> str:
    """Accepts a file that the operator has: absolute on the machine, or relative to the topology's folder."""
    return container_path(value) if text(value).startswith("/") else project_path(value)


def _shown(value: Any) -> str:
    line = str(value)
    return line if len(line) <= 80 else line[:79] + "…"


def _string(**schema: Any) -> dict[str, Any]:
    return {"type": "string", **schema}


NAME = _string(pattern=f"^{SLUG}$".replace("(?:", "("), minLength=2, maxLength=40)
NAMES: dict[str, Any] = {"type": "array", "items": NAME}

Slug = Annotated[str, Reader(slug, NAME)]
SecretName = Annotated[str, Reader(secret_name, _string(pattern="^[a-z][a-z0-9]*(_[a-z0-9]+)*$"))]
EnvKey = Annotated[str, Reader(env_key, _string(pattern="^[A-Za-z_][A-Za-z0-9_]*$"))]
Text = Annotated[str, Reader(text, _string())]
Title = Annotated[str, Reader(title, _string(maxLength=200))]
Prose = Annotated[str, Reader(prose, _string())]
Flag = Annotated[bool, Reader(flag, {"type": "boolean"})]
Count = Annotated[int, Reader(count, {"type": "integer", "minimum": 1, "maximum": 1000})]
Domain = Annotated[str, Reader(domain, _string(examples=["www.example.com"]))]
DomainPattern = Annotated[str, Reader(domain_pattern, _string(examples=["{tenant}.example.com"]))]
HostName = Annotated[str, Reader(host, _string(examples=["smtp.example.com"]))]
Ip = Annotated[str, Reader(ip, _string(examples=["203.0.113.10"]))]
Subnet = Annotated[str, Reader(subnet, _string(examples=["10.20.0.0/24"]))]
Image = Annotated[str, Reader(image, _string(examples=["postgres:17.6"]))]
PortText = Annotated[Port, Reader(port, {"type": ["integer", "string"], "examples": [3000, "9000/fastcgi"]})]
PUBLISHED = {"type": ["integer", "string"], "examples": [443, "127.0.0.1:8080:80"]}
Publish = Annotated[tuple[str | None, int | None, int, str], Reader(publish, PUBLISHED)]
RoutePath = Annotated[str, Reader(route_path, _string(examples=["/api"]))]
ContainerPath = Annotated[str, Reader(container_path, _string(examples=["/var/www/html"]))]
GivenPath = Annotated[str, Reader(given_path, _string(examples=["certificates/shop.pem", "/etc/ssl/shop.pem"]))]
ProjectPath = Annotated[str, Reader(project_path, _string(examples=["../backend"]))]
