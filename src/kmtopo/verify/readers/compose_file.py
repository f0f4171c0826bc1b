"""Compose files: a stack is rebuilt from what Compose itself understands, or else from plain YAML and its documented rules."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kmtopo.verify.facts import Place, Said
from kmtopo.verify.readers.dotenv_file import read_env
from kmtopo.verify.readers.located import Located
from kmtopo.verify.readers.shell import exported
from kmtopo.verify.rebuilt import Service, Stack

Data = Mapping[str, Any]

_INTERPOLATION = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::?(?P<sign>[-?])(?P<rest>[^}]*))?\}")
_SIZE = re.compile(r"(?P<count>\d+(?:\.\d+)?)(?P<unit>[bkmgt]?)b?", re.IGNORECASE)
_UNITS = {"": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40}
_SWITCHES = ("read_only", "privileged", "network_mode", "user", "image", "pid", "ipc")


def read_stack(machine: str, files: Mapping[str, str], composed: Data | None) -> Stack:
    """Rebuilds the stack of one machine; ``composed`` is what Compose understands of it, None where there is no Compose.

    Raises:
        Unreadable: the file is no YAML.
    """
    file = f"{machine}/compose.yaml"
    located = Located(file, files[file])
    data = _each(_unescaped, composed) if composed is not None else _each(_interpolated, located.data)
    reader = _Reader(machine, file, files, located)
    services = data.get("services") or {}
    return Stack(
        machine,
        file,
        {name: reader.service(name, service) for name, service in sorted(services.items())},
        {name: reader.network(name, network or {}) for name, network in (data.get("networks") or {}).items()},
        reader.named("networks", data.get("networks") or {}),
        reader.named("volumes", data.get("volumes") or {}),
        {
            name: Said(posixpath.normpath(secret.get("file", "")), reader.at("secrets", name))
            for name, secret in (data.get("secrets") or {}).items()
        },
    )


class _Reader:
    """Knows the lines of one file while its parts are read."""

    def __init__(self, machine: str, file: str, files: Mapping[str, str], located: Located) -> None:
        self._machine, self._file, self._files, self._located = machine, file, files, located

    def at(self, *path: str) -> Place:
        return Place(self._file, self._located.line(*path))

    def named(self, section: str, names: Iterable[str]) -> dict[str, Said]:
        return {name: Said("", self.at(section, name)) for name in names}

    def network(self, name: str, network: Data) -> dict[str, Said]:
        subnets = [str(one.get("subnet")) for one in (network.get("ipam") or {}).get("config") or ()]
        return {
            "internal": Said(str(bool(network.get("internal"))).lower(), self.at("networks", name, "internal")),
            "subnet": Said(", ".join(subnets), self.at("networks", name, "ipam")),
        }

    def service(self, name: str, service: Data) -> Service:
        def at(*path: str) -> Place:
            return self.at("services", name, *path)

        def each(key: str) -> dict[str, Said]:
            return {one: Said("", at(key, one)) for one in _names(service.get(key))}

        environment = self._environment(name, service)
        return Service(
            name,
            at(),
            networks=each("networks"),
            ports={_port(one): Said("", at("ports", str(i))) for i, one in enumerate(service.get("ports") or ())},
            mounts={
                one["target"]: Said(_source(one), at("volumes", str(i)))
                for i, one in enumerate(service.get("volumes") or ())
            },
            secrets=each("secrets"),
            waits={on: Said(_wait(how), at("depends_on", on)) for on, how in _waits(service).items()},
            hosts={host: Said(ip, at("extra_hosts", host)) for host, ip in _hosts(service.get("extra_hosts"))},
            settings={key: Said(text, at(*path)) for key, text, path in _settings(service)},
            variables=_effective(service, environment, at("command")),
            command=tuple(map(str, service.get("command") or ())),
            texts=tuple(environment.values())
            + tuple(Said(str(word), at("command")) for word in service.get("command") or ()),
        )

    def _environment(self, name: str, service: Data) -> dict[str, Said]:
        """Its variables: env files in order, then what the service says itself."""
        written = self._located.data.get("services", {}).get(name, {})
        found: dict[str, Said] = {}
        for file in _names(written.get("env_file")):
            path = f"{self._machine}/{file}"
            found |= read_env(path, self._files[path]) if path in self._files else {}
        for key, value in _pairs(service.get("environment")):
            place = found[key].place if key in found else self.at("services", name, "environment", key)
            found[key] = Said(value, place)
        return found


def _effective(service: Data, environment: Mapping[str, Said], command: Place) -> dict[str, Said]:
    """The variables of the process: those that a shell makes of secrets, and those that name a secret's file."""
    words = [str(word) for word in service.get("command") or ()]
    known = {name: said.text for name, said in environment.items()}
    made = exported(words[2], known) if words[:2] == ["sh", "-c"] and len(words) > 2 else {}
    return dict(environment) | {name: Said(value, command) for name, value in made.items()}


def _each(change: Callable[[str], str], value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _each(change, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_each(change, inner) for inner in value]
    return change(value) if isinstance(value, str) else value


def _unescaped(text: str) -> str:
    return text.replace("$$", "$")


def _interpolated(text: str) -> str:
    """What Compose makes of a text on a machine that sets nothing but what it must."""

    def one(found: re.Match[str]) -> str:
        if found["name"] is None:
            return "$"
        return f"<env {found['name']}>" if found["sign"] != "-" else found["rest"]

    return _INTERPOLATION.sub(one, text)


def _names(value: Any) -> Iterator[str]:
    """The names in a list of texts or of mappings with a ``source`` or ``path``, or the keys of a mapping."""
    for one in value or ():
        yield str(one.get("source") or one.get("path")) if isinstance(one, Mapping) else str(one)


def _pairs(value: Any) -> Iterator[tuple[str, str]]:
    items = value.items() if isinstance(value, Mapping) else (one.partition("=")[::2] for one in value or ())
    return ((str(key), "" if inner is None else str(inner)) for key, inner in items)


def _hosts(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        yield from ((str(host), str(ip)) for host, ip in value.items())
    else:
        yield from (re.split("[=:]", one, maxsplit=1) for one in value or ())  # type: ignore[misc]


def _port(one: Data) -> str:
    return f"{one.get('host_ip', '0.0.0.0')}:{one.get('published')}->{one['target']}/{one.get('protocol', 'tcp')}"  # noqa: S104


def _source(one: Data) -> str:
    kind, source = one.get("type", "volume"), str(one.get("source", ""))
    if kind == "bind":
        plain = posixpath.normpath(source)
        source = plain if plain.startswith((".", "/")) else f"./{plain}"
    return f"{kind} {source}{' read-only' if one.get('read_only') else ''}"


def _waits(service: Data) -> Mapping[str, Any]:
    value = service.get("depends_on") or {}
    return value if isinstance(value, Mapping) else {name: {"condition": "service_started"} for name in value}


def _wait(how: Data) -> str:
    return f"{str(how['condition']).removeprefix('service_')}{', restarts with it' if how.get('restart') else ''}"


def _settings(service: Data) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Single values: key, text, and where each stands."""
    for key in _SWITCHES:
        if service.get(key):
            yield key, str(service[key]).lower() if service[key] is True else str(service[key]), (key,)
    for key in ("cap_add", "cap_drop", "security_opt", "devices"):
        if service.get(key):
            yield key, ", ".join(sorted(map(str, service[key]))), (key,)
    deploy = service.get("deploy") or {}
    limits = (deploy.get("resources") or {}).get("limits") or {}
    yield "replicas", str(deploy.get("replicas") or 1), ("deploy", "replicas")
    if "cpus" in limits:
        yield "cpus", f"{Decimal(str(limits['cpus'])).normalize():f}", ("deploy", "resources", "limits", "cpus")
    if "memory" in limits:
        yield "memory", str(_bytes(str(limits["memory"]))), ("deploy", "resources", "limits", "memory")


def _bytes(text: str) -> int:
    found = _SIZE.fullmatch(text)
    return int(Decimal(found["count"]) * (1 << _UNITS[found["unit"].lower()])) if found else -1
