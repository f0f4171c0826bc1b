"""The topology as written: every entry validated by itself, so that a bad one costs only itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Term, diagnose
from kmtopo.model.canonical import canonical
from kmtopo.model.container import ContainerEntry
from kmtopo.model.entry import Entry
from kmtopo.model.environment import EnvironmentEntry
from kmtopo.model.hatches import MovedEntry, PatchEntry
from kmtopo.model.layered import Layer, Path, Where
from kmtopo.model.names import is_slug, slug_of
from kmtopo.model.needed import missing
from kmtopo.model.network import NetworkEntry
from kmtopo.model.policy import AcceptEntry, AssumptionEntry, DocsEntry, PolicyEntry
from kmtopo.model.problems import checked, known_keys, mistyped, unknown_key
from kmtopo.model.project import ProjectEntry
from kmtopo.model.tenant import TenancyEntry, TenantEntry, ZoneEntry
from kmtopo.model.vps import VpsEntry
from kmtopo.records import written
from kmtopo.source import Span
from kmtopo.syntax import Document
from kmtopo.values import frozen

LANGUAGE_VERSION = 1


NOUNS: dict[str, type[Entry]] = {
    "vps": VpsEntry,
    "networks": NetworkEntry,
    "containers": ContainerEntry,
    "zones": ZoneEntry,
    "tenants": TenantEntry,
}
LISTS: dict[str, type[Entry]] = {
    "policies": PolicyEntry,
    "assumptions": AssumptionEntry,
    "accept": AcceptEntry,
    "moved": MovedEntry,
    "patches": PatchEntry,
}
ROOT_KEYS = sorted(
    [
        *written(ProjectEntry),
        *NOUNS,
        *LISTS,
        "include",
        "tenancy",
        "environments",
        "docs",
        "defaults",
        "generators",
    ]
)
_OVERLAID = (*NOUNS, "tenancy")
_ENVIRONMENT_KEYS = frozenset(known_keys(EnvironmentEntry, ()))
_NONE: Mapping[str, Any] = {}


@frozen
class EnvironmentLayers:
    """An environment as written: its own keys, and what it lays over each noun (None removes the item)."""

    own: Layer
    overlays: Mapping[str, Mapping[str, Layer | None]]
    tenancy: Layer | None = None
    everything_on: tuple[str, Address] | None = None
    only_tenants: tuple[tuple[str, Address], ...] | None = None


@frozen
class Topology:
    """The whole file, canonical and checked. ``absent`` holds paths that could not be read."""

    document: Document
    project: Layer
    items: Mapping[str, Mapping[str, Layer]]
    environments: Mapping[str, EnvironmentLayers]
    tenancy: Layer | None = None
    defaults: Mapping[str, Layer] = field(default_factory=dict)
    lists: Mapping[str, tuple[Layer, ...]] = field(default_factory=dict)
    docs: Mapping[str, Any] = field(default_factory=dict)
    generators: Mapping[str, Any] = field(default_factory=dict)
    absent: frozenset[Path] = frozenset()

    def is_absent(self, noun: str, name: str = "") -> bool:
        """Whether an item, or its whole noun, stands in the file but could not be read."""
        return (noun,) in self.absent or (noun, name) in self.absent

    def items_of(self, noun: str) -> dict[str, Layer]:
        """The items of a noun by name, environments too: those of the base, else of the first environment that adds one."""
        if noun == "environments":
            return {name: layers.own for name, layers in self.environments.items()}
        found = dict(self.items[noun])
        for environment in self.environments.values():
            for name, layer in environment.overlays[noun].items():
                if layer is not None:
                    found.setdefault(name, layer)
        return found

    def names(self) -> Mapping[str, frozenset[str]]:
        """The names of all items by their noun, in the base and in any environment, read or not."""
        found: dict[str, set[str]] = {noun: set(items) for noun, items in self.items.items()}
        for environment in self.environments.values():
            for noun, items in environment.overlays.items():
                found.setdefault(noun, set()).update(items)
        for path in self.absent:
            if len(path) > 1:
                found.setdefault(str(path[0]), set()).add(str(path[1]))
        return {noun: frozenset(names) for noun, names in found.items()}

    def environment_names(self) -> frozenset[str]:
        """The names of all environments, read or not."""
        unread = {str(path[1]) for path in self.absent if len(path) > 1 and path[0] == "environments"}
        return frozenset({*self.environments, *unread})


def validate(document: Document) -> tuple[Topology, tuple[Diagnostic, ...]]:
    """Reads a document as a topology: all findings at once, each at its place."""
    reader = _Reader(document)
    topology = reader.topology()
    return topology, tuple(reader.found)


class _Reader:
    """Walks the document once and collects findings and absences on the way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Diagnostic] = []
        self.absent: set[Path] = set()

    def topology(self) -> Topology:
        data = self.document.data
        if not isinstance(data, Mapping):
            self._wrong(Term("mapping"), data, Address())
            data = _NONE
        self._root_keys(data)
        self._include(data.get("include"))
        if self.document.incomplete:
            # What could not be read may have said anything: nobody is to blame for missing it.
            self.absent |= {(noun,) for noun in (*NOUNS, "environments", "tenancy")}
        return Topology(
            document=self.document,
            project=self._project(data),
            items={noun: dict(self._items(noun, data.get(noun), Address.of(noun))) for noun in NOUNS},
            environments=dict(self._environments(data.get("environments"))),
            tenancy=self._single("tenancy", TenancyEntry, data.get("tenancy"), Address.of("tenancy")),
            defaults=dict(self._defaults(data.get("defaults"))),
            lists={noun: tuple(self._list(noun, data.get(noun))) for noun in LISTS},
            docs=self._docs(data.get("docs")),
            generators=self._raw("generators", data.get("generators")),
            absent=frozenset(self.absent),
        )

    def _root_keys(self, data: Mapping[str, Any]) -> None:
        for key in data:
            address = Address.of(key)
            if key not in ROOT_KEYS and not key.startswith("x-"):
                problem = unknown_key(key, ROOT_KEYS, self.document.span(address, "key"), address, data)
                self.found.append(problem)
                # The misspelt noun's items exist for the reader: whoever refers to them is not to blame.
                self.absent.add((problem.values.get("right") or problem.values.get("ours") or key,))

    def _include(self, listed: Any) -> None:
        at = Address.of("include")
        if not isinstance(listed, str | list | None):
            self._wrong(Term("list"), listed, at)
        for index, pattern in enumerate(listed if isinstance(listed, list) else ()):
            if not isinstance(pattern, str):
                self._wrong(Term("text"), pattern, at / index)

    def _project(self, data: Mapping[str, Any]) -> Layer:
        raw = {key: data[key] for key in written(ProjectEntry) if key in data}
        layer = self._checked(ProjectEntry, Layer(raw, Where(Address())))
        version = layer.data.get("kmtopo")
        if version != LANGUAGE_VERSION and ("kmtopo",) not in layer.absent:
            at = Address.of("kmtopo") if "kmtopo" in raw else Address()
            found = "" if version is None else str(version)
            self.found.append(diagnose("KM214", self._span(at), help="" if found else "missing", value=found))
        locale = layer.data.get("locale")
        if locale not in (None, "es", "en"):
            at = Address.of("locale")
            self.found.append(diagnose("KM204", self._span(at), help="allowed", value=str(locale), allowed="es, en"))
        if "name" not in layer.data and ("name",) not in layer.absent and (("name",) not in self.absent):
            self.found.append(diagnose("KM203", self._span(Address()), key="name", of=Term("topology")))
        return layer

    def _items(self, noun: str, data: Any, at: Address) -> Iterator[tuple[str, Layer]]:
        for name, value in self._mapping(noun, data, at):
            if value is None:
                value = _NONE
            layer = self._item(noun, name, value, at / name)
            if layer is not None:
                yield name, layer

    def _item(self, noun: str, name: str, value: Any, at: Address) -> Layer | None:
        if not isinstance(value, Mapping):
            self._wrong(Term("mapping"), value, at)
            self.absent.add((noun, name))
            return None
        if not is_slug(name):
            right = slug_of(name)
            self.found.append(
                diagnose("KM205", self.document.span(at, "key"), subject=at, value=name[:80], right=right)
            )
            self.absent.add((noun, name))
            return None
        layer = canonical(noun, value, Where(at), self.document.text)
        return self._checked(NOUNS[noun], layer)

    def _environments(self, data: Any) -> Iterator[tuple[str, EnvironmentLayers]]:
        at = Address.of("environments")
        for name, value in self._mapping("environments", data, at):
            here = at / name
            if value is None:
                value = _NONE
            if not isinstance(value, Mapping) or not is_slug(name):
                self._bad_environment(name, value, here)
                continue
            yield name, self._environment(value, here)

    def _bad_environment(self, name: str, value: Any, at: Address) -> None:
        self.absent.add(("environments", name))
        if not isinstance(value, Mapping):
            self._wrong(Term("mapping"), value, at)
            return
        span = self.document.span(at, "key")
        self.found.append(diagnose("KM205", span, subject=at, value=name[:80], right=slug_of(name)))

    def _environment(self, data: Mapping[str, Any], at: Address) -> EnvironmentLayers:
        overlaid = {key: data[key] for key in _OVERLAID if key in data}
        own = {key: value for key, value in data.items() if key not in _OVERLAID}
        self._environment_keys(data, own, at)
        own = {key: value for key, value in own.items() if key in _ENVIRONMENT_KEYS}
        layer = canonical("environments", own, Where(at), self.document.text)
        return EnvironmentLayers(
            own=self._checked(EnvironmentEntry, _with_sites(layer)),
            overlays={noun: dict(self._overlay(noun, overlaid.get(noun), at / noun)) for noun in NOUNS},
            tenancy=self._single("tenancy", TenancyEntry, overlaid.get("tenancy"), at / "tenancy"),
            everything_on=self._everything_on(overlaid.get("vps"), at / "vps"),
            only_tenants=self._only_tenants(overlaid.get("tenants"), at / "tenants"),
        )

    def _environment_keys(self, data: Mapping[str, Any], own: Mapping[str, Any], at: Address) -> None:
        known = sorted([*_ENVIRONMENT_KEYS, *_OVERLAID])
        for key in own:
            if key not in _ENVIRONMENT_KEYS:
                self.found.append(unknown_key(key, known, self.document.span(at / key, "key"), at / key, data))

    def _overlay(self, noun: str, data: Any, at: Address) -> Iterator[tuple[str, Layer | None]]:
        short = str if noun == "vps" else list
        if noun in ("vps", "tenants") and isinstance(data, short):
            return
        for name, value in self._mapping(noun, data, at):
            if value is None:
                yield name, None
                continue
            layer = self._item(noun, name, value, at / name)
            if layer is not None:
                yield name, layer

    def _everything_on(self, data: Any, at: Address) -> tuple[str, Address] | None:
        return (data, at) if isinstance(data, str) else None

    def _only_tenants(self, data: Any, at: Address) -> tuple[tuple[str, Address], ...] | None:
        if not isinstance(data, list):
            return None
        named = []
        for index, name in enumerate(data):
            if isinstance(name, str):
                named.append((name, at / index))
            else:
                self._wrong(Term("text"), name, at / index)
                self.absent.add(at.steps)
        return tuple(named)

    def _single(self, noun: str, entry: type[Entry], data: Any, at: Address) -> Layer | None:
        if data is None:
            return None
        if not isinstance(data, Mapping):
            self._wrong(Term("mapping"), data, at)
            self.absent.add((noun,))
            return None
        return self._checked(entry, canonical(noun, data, Where(at), self.document.text))

    def _defaults(self, data: Any) -> Iterator[tuple[str, Layer]]:
        at = Address.of("defaults")
        for noun, value in self._mapping("defaults", data, at):
            if noun not in NOUNS:
                span = self.document.span(at / noun, "key")
                self.found.append(unknown_key(noun, sorted(NOUNS), span, at / noun, data))
                continue
            layer = self._single(noun, NOUNS[noun], value, at / noun)
            if layer is not None:
                yield noun, layer

    def _list(self, noun: str, data: Any) -> Iterator[Layer]:
        at = Address.of(noun)
        if data is None:
            return
        if not isinstance(data, list):
            self._wrong(Term("list"), data, at)
            self.absent.add((noun,))
            return
        for index, value in enumerate(data):
            layer = self._single(noun, LISTS[noun], value, at / index)
            if layer is None:
                self.absent.add((noun, index))
                continue
            self.found += missing(noun, layer, self.document)
            yield layer

    def _docs(self, data: Any) -> Mapping[str, Any]:
        if data is None:
            return _NONE
        at = Address.of("docs")
        if not isinstance(data, Mapping):
            self._wrong(Term("mapping"), data, at)
            return _NONE
        prose = {key: value for key, value in data.items() if not isinstance(value, Mapping)}
        layers = {"": self._checked(DocsEntry, Layer(prose, Where(at)))}
        for name, value in data.items():
            if isinstance(value, Mapping):
                layers[name] = self._checked(DocsEntry, Layer(value, Where(at / name)))
        return layers

    def _raw(self, noun: str, data: Any) -> Mapping[str, Any]:
        return dict(self._mapping(noun, data, Address.of(noun)))

    def _mapping(self, noun: str, data: Any, at: Address) -> Iterator[tuple[str, Any]]:
        if data is None:
            return
        if not isinstance(data, Mapping):
            self._wrong(Term("mapping"), data, at)
            self.absent.add((noun,))
            return
        yield from data.items()

    def _checked(self, entry: type[Entry], layer: Layer) -> Layer:
        layer, found = checked(entry, layer, self.document)
        self.found += found
        return layer

    def _wrong(self, expected: Term, value: object, at: Address) -> None:
        self.found.append(mistyped(expected, value, self._span(at), at))

    def _span(self, at: Address) -> Span:
        return self.document.span(at)


def _with_sites(layer: Layer) -> Layer:
    """A mapping under ``domain`` names sites; they get a key of their own."""
    sites = layer.data.get("domain")
    if not isinstance(sites, Mapping):
        return layer
    data = {k: v for k, v in layer.data.items() if k != "domain"}
    data["sites"] = {k: [v] if isinstance(v, str) else v for k, v in sites.items()}
    place = layer.where.child("domain")
    parts = {k: Where(place.address / k, {0: place.child(k)}) for k, v in sites.items() if isinstance(v, str)}
    return Layer(data, Where(layer.where.address, {**layer.where.parts, "sites": Where(place.address, dict(parts))}))
