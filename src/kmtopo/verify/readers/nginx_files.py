"""Nginx's configuration as crossplane reads it: servers, locations, upstreams and maps, and how a request goes through them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kmtopo.values import frozen
from kmtopo.verify.facts import Place
from kmtopo.verify.ground import Unreadable


@frozen
class Directive:
    """A directive with its arguments; ``block`` is None where it has none."""

    name: str
    arguments: tuple[str, ...]
    place: Place
    block: tuple[Directive, ...] | None = None

    def named(self, name: str) -> tuple[Directive, ...]:
        """The directives of a name that stand in its block."""
        return tuple(one for one in self.block or () if one.name == name)


@frozen
class Passing:
    """Where a request ends: ``protocol`` spoken with ``server``; ``chain`` are the blocks around it, outermost first.

    ``protocol`` is "" where Nginx answers by itself.
    """

    protocol: str
    server: str
    place: Place
    chain: tuple[Directive, ...]

    def setting(self, name: str) -> str:
        """The first argument of what a request gets here from a directive that blocks inherit, "" where none says it."""
        for block in reversed(self.chain):
            if found := block.named(name):
                return found[-1].arguments[0]
        return ""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers that go along: the innermost block that sets any sets them all."""
        for name in ("proxy_set_header", "fastcgi_param"):
            if self.protocol == ("fastcgi" if name == "fastcgi_param" else "http"):
                for block in reversed(self.chain):
                    if found := block.named(name):
                        return {one.arguments[0]: one.arguments[1] for one in found}
        return {}


class Configuration:
    """One Nginx."""

    def __init__(self, folder: Path, file: str) -> None:
        """Reads a main file, and what it includes.

        Raises:
            Unreadable: crossplane refuses it.
        """
        import crossplane

        payload = crossplane.parse(str(folder / file), check_ctx=False, check_args=False, strict=False)
        for error in payload["errors"]:
            place = Place(str(Path(error["file"]).relative_to(folder)), error.get("line") or 1)
            raise Unreadable(str(error["error"]).replace(f"{folder}/", ""), place)
        self._configs, self._folder = payload["config"], folder
        root = Directive("", (), Place(file), tuple(self._directives(payload["config"][0])))
        (self.http,) = root.named("http") or (Directive("http", (), Place(file), ()),)
        self.servers = self.http.named("server")
        self.upstreams = {one.arguments[0]: one for one in self.http.named("upstream")}
        self._maps = {one.arguments[1].lstrip("$"): one for one in self.http.named("map")}
        self._values = {name: _entries(one) for name, one in self._maps.items()}
        self._naming: dict[str, list[Directive]] = {}
        for server in self.servers:
            for name in names_of(server):
                self._naming.setdefault(name, []).append(server)

    def maps_of(self, source: str) -> Iterator[Directive]:
        """The entries of every map over a variable, without what is no value of it."""
        for one in self._maps.values():
            if one.arguments[0] == source:
                yield from (entry for entry in one.block or () if entry.name not in ("default", "hostnames"))

    def variable(self, text: str, host: str) -> str:
        """What a text with at most one variable becomes for a request to a host."""
        before, sign, name = text.partition("$")
        if not sign or name == "host":
            return before + (host if sign else "")
        if name not in self._maps:
            return text
        source, values = self.variable(self._maps[name].arguments[0], host), self._values[name]
        return before + self.variable(values.get(source, values.get("default", "")), host)

    def servers_of(self, host: str) -> tuple[Directive, ...]:
        """The servers that name a host."""
        return tuple(self._naming.get(host, ()))

    def passing(self, server: Directive, path: str, host: str) -> Passing:
        """Follows a request for a path."""
        location = _location(server.named("location"), path)
        chain = (self.http, server, location) if location else (self.http, server)
        for block in reversed(chain[1:]):
            for name, protocol in (("proxy_pass", "http"), ("fastcgi_pass", "fastcgi")):
                for one in block.named(name):
                    target = self.variable(one.arguments[0].removeprefix("http://"), host)
                    return Passing(protocol, self._server(target), one.place, chain)
        return Passing("", "", chain[-1].place, chain)

    def _server(self, target: str) -> str:
        upstream = self.upstreams.get(target)
        return ", ".join(one.arguments[0] for one in upstream.named("server")) if upstream else target

    def _directives(self, config: Mapping[str, Any]) -> Iterator[Directive]:
        yield from self._listed(config["parsed"], str(Path(config["file"]).relative_to(self._folder)))

    def _listed(self, parsed: Iterable[Mapping[str, Any]], file: str) -> Iterator[Directive]:
        for one in parsed:
            if "includes" in one:
                for index in one["includes"]:
                    yield from self._directives(self._configs[index])
            else:
                block = tuple(self._listed(one["block"], file)) if "block" in one else None
                yield Directive(one["directive"], tuple(one["args"]), Place(file, one["line"]), block)


def names_of(server: Directive) -> dict[str, Place]:
    """The hosts that a server names, with where it does."""
    return {name: one.place for one in server.named("server_name") for name in one.arguments if name not in ("_", "")}


def listens(server: Directive) -> dict[str, tuple[str, ...]]:
    """The ports that a server listens on, each with what else is said there."""
    return {one.arguments[0].rpartition(":")[2]: one.arguments[1:] for one in server.named("listen")}


def _entries(table: Directive) -> dict[str, str]:
    return {entry.name: entry.arguments[0] for entry in table.block or () if entry.arguments}


def _location(locations: Iterable[Directive], path: str) -> Directive | None:
    """Chooses by Nginx's own rules: an equal one, the longest prefix if it says ``^~``, the first pattern, the prefix."""
    best: tuple[int, Directive | None, bool] = (-1, None, False)
    patterns = []
    for one in locations:
        *sign, text = one.arguments
        kind = sign[0] if sign else ""
        if kind == "=" and text == path:
            return one
        if kind in ("~", "~*"):
            patterns.append((re.compile(text, re.IGNORECASE if kind == "~*" else 0), one))
        elif kind in ("", "^~") and path.startswith(text) and len(text) > best[0]:
            best = (len(text), one, kind == "^~")
    if not best[2]:
        for pattern, one in patterns:
            if pattern.search(path):
                return one
    return best[1]
