"""What installed packages add to kmtopo: entry points, read once and by themselves, loaded when they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar

from kmtopo.values import frozen

API_VERSION = 1
OURS = "kmtopo"
GENERATORS, TYPES, RULES = "generators", "types", "checks"
_PREFIX = "kmtopo."

T = TypeVar("T")


class Named(Protocol):
    """What a package registers one at a time: a generator, a type."""

    @property
    def name(self) -> str:
        """What it is registered as."""

    @property
    def api_version(self) -> int:
        """The plugin API that it is made for."""


N = TypeVar("N", bound=Named)


class PluginFault(Exception):
    """A package that cannot be used as it is: the code of the diagnostic that says so, which text, and what it needs."""

    def __init__(self, code: str, variant: str, values: Mapping[str, str]) -> None:
        super().__init__(code, variant, values)
        self.code, self.variant, self.values = code, variant, values


@frozen
class Plugin:
    """One entry point: ``name`` of a group is the object ``reference`` (``module:attribute``) of a package.

    ``rivals`` are other packages that register the name, too.
    """

    group: str
    name: str
    reference: str
    package: str
    version: str
    rivals: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it comes with kmtopo itself."""
        return self.package == OURS

    @property
    def module(self) -> str:
        """The module that the object is in."""
        return self.reference.partition(":")[0].strip()

    def folder(self, name: str) -> Path | None:
        """A folder of its import package, such as ``templates`` or ``pages``; None where it has none."""
        from importlib.util import find_spec

        spec = find_spec(self.module.partition(".")[0])
        within = [Path(place, name) for place in (spec and spec.submodule_search_locations) or ()]
        return next((folder for folder in within if folder.is_dir()), None)

    def load(self) -> object:
        """Imports the object.

        Raises:
            PluginFault: more than one package registers the name, or the import fails.
        """
        if self.rivals:
            self.fault("KM652", others=", ".join(self.rivals))
        try:
            return _found(self.reference)
        except Exception as error:  # noqa: BLE001 - a module may raise anything when it is imported
            self.fault("KM650", reason=_said(error))

    def load_as(self, kind: type[N]) -> N:
        """Imports the object, which has to be of this kind, of this plugin API, and called what it is registered as.

        Raises:
            PluginFault: it is not, or it cannot be imported.
        """
        loaded = self.load()
        if not isinstance(loaded, kind):
            self.fault("KM651", "kind", reference=self.reference, kind=kind.__name__)
        self.require(loaded.api_version)
        if loaded.name != self.name:
            self.fault("KM651", "name", own=loaded.name)
        return loaded

    def require(self, version: int) -> None:
        """Raises a PluginFault where the package is made for another plugin API."""
        if version != API_VERSION:
            self.fault("KM651", version=str(version), ours=str(API_VERSION))

    def fault(self, code: str, variant: str = "", **values: str) -> NoReturn:
        """Raises what is wrong with it."""
        known = {"noun": self.group, "name": self.name, "package": self.package}
        raise PluginFault(code, variant, known | values)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Runs code of the package: what it raises is its fault, and what kmtopo's own raises is a bug of kmtopo.

        Raises:
            PluginFault: the code raised something.
        """
        try:
            yield
        except PluginFault:
            raise
        except Exception as error:
            if self.is_ours:
                raise
            self.fault("KM654", reason=_said(error))

    def guarded(self, function: Callable[..., Any], result: type[T]) -> Callable[..., T]:
        """Returns the function, answered for by the package, as is that it returns what it should."""

        @wraps(function)
        def call(*arguments: Any) -> T:
            with self.answering():
                made = function(*arguments)
                if not isinstance(made, result):
                    raise TypeError(f"{function.__name__}() gave {type(made).__name__}, not {result.__name__}")
                return made

        return call


@cache
def plugins(group: str) -> Mapping[str, Plugin]:
    """Returns what is registered in ``kmtopo.<group>`` by all packages, by name, sorted; imports none of it."""
    found: dict[str, Plugin] = {}
    for plugin in sorted(_registered(), key=lambda each: (each.name, not each.is_ours, each.package)):
        if plugin.group == group:
            first = found.get(plugin.name)
            found[plugin.name] = _contested(first, plugin) if first else plugin
    return found


def import_packages() -> frozenset[str]:
    """Returns the import packages that everything registered for kmtopo is in, ours too; imports none of them."""
    return frozenset(plugin.module.partition(".")[0] for plugin in _registered())


def _contested(first: Plugin, other: Plugin) -> Plugin:
    packages = (*first.rivals, other.package)
    return Plugin(first.group, first.name, first.reference, first.package, first.version, packages)


@cache
def _registered() -> tuple[Plugin, ...]:
    """Entry points of all packages on the path.

    Not by ``importlib.metadata``: importing that takes longer than everything else that a small topology needs.
    """
    found: dict[str, tuple[Plugin, ...]] = {}
    for entry in sys.path:
        for file in sorted(Path(entry).glob("*-info/entry_points.txt")):
            package, _, version = file.parent.name.rpartition(".")[0].partition("-")
            # Of two installations of a package the first on the path is the one that is imported.
            name = package.lower().replace("_", "-").replace(".", "-")
            found.setdefault(name, tuple(_entries(_text(file), name, version)))
    return tuple(plugin for entries in found.values() for plugin in entries)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _entries(text: str, package: str, version: str) -> Iterator[Plugin]:
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[] ")
        elif group.startswith(_PREFIX) and "=" in line and not line.startswith(("#", ";")):
            name, _, reference = line.partition("=")
            yield Plugin(group.removeprefix(_PREFIX), name.strip(), reference.strip(), package, version)


def _found(reference: str) -> object:
    from importlib import import_module

    module, _, path = reference.partition("[")[0].partition(":")
    found: object = import_module(module.strip())
    for attribute in path.strip().split("."):
        found = getattr(found, attribute)
    return found


def _said(error: Exception) -> str:
    told = " ".join(str(error).split())
    return f"{type(error).__name__}: {told}" if told else type(error).__name__
