"""The order of the language: in which order the keys of a mapping stand, by what the mapping is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any, get_args, get_origin

from kmtopo.addresses import Step
from kmtopo.model.container import RouteEntry
from kmtopo.model.environment import EnvironmentEntry
from kmtopo.model.policy import DocsEntry
from kmtopo.model.project import ProjectEntry
from kmtopo.model.tenant import TenancyEntry
from kmtopo.model.topology import LISTS, NOUNS
from kmtopo.records import Record, types_of, written
from kmtopo.values import frozen

ROOT = (
    *written(ProjectEntry),
    "include",
    "vps",
    "networks",
    "defaults",
    "containers",
    "zones",
    "tenancy",
    "tenants",
    "environments",
    "policies",
    "assumptions",
    "accept",
    "docs",
    "moved",
    "patches",
    "generators",
)
# Where an environment's own keys and its overlays are not apart: what it is and has, then what differs.
ENVIRONMENT = ("title", "stage", "extends", "vps", "domain", "tls", "scale", "secrets", "tenants")
_MERGE = "<<"
# In the list form of `routes` a route says its path itself.
_FIRST: Mapping[type[Record], tuple[str, ...]] = {RouteEntry: ("path",)}


@frozen
class Form:
    """What a value is: an entry whose keys have an order, or a collection of ``items`` that stay as written."""

    keys: tuple[str, ...] = ()
    inner: Mapping[str, Form] = field(default_factory=dict)
    items: Form | None = None

    def of(self, step: Step) -> Form:
        """The form of the value under a key, or at an index."""
        inner = self.inner.get(step) if isinstance(step, str) else None
        return inner or self.items or _FREE

    def sorted(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys of a mapping in order: a merge first, then known ones, then all others as they stood."""
        if not self.keys:
            return keys
        rank = {key: number for number, key in enumerate((_MERGE, *self.keys))}
        return tuple(sorted(keys, key=lambda key: rank.get(key, len(rank))))


_FREE = Form()


@lru_cache(maxsize=1)
def topology_form() -> Form:
    """Returns the form of a whole topology."""
    nouns: dict[str, Form] = {noun: Form(items=_entry(entry)) for noun, entry in NOUNS.items()}
    tenancy, prose = _entry(TenancyEntry), _entry(DocsEntry)
    own = _entry(EnvironmentEntry)
    keys = dict.fromkeys((*ENVIRONMENT, *own.keys, "networks", "containers", "zones", "tenancy"))
    environment = Form(tuple(keys), {**own.inner, **nouns, "tenancy": tenancy})
    lists = {noun: Form(items=_entry(entry)) for noun, entry in LISTS.items()}
    inner: dict[str, Form] = {
        **nouns,
        **lists,
        "tenancy": tenancy,
        "environments": Form(items=environment),
        "defaults": Form(tuple(NOUNS), {noun: _entry(entry) for noun, entry in NOUNS.items()}),
        "docs": Form(prose.keys, items=prose),
    }
    return Form(ROOT, inner)


def _entry(entry: type[Record]) -> Form:
    names, types = written(entry), types_of(entry)
    inner = {key: _form(types[name]) for key, name in names.items()}
    return Form((*_FIRST.get(entry, ()), *names), {key: form for key, form in inner.items() if form})


def _form(annotation: Any) -> Form | None:
    """The form of what a type describes; None where it holds no entries."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _entry(annotation)
    held = [form for form in map(_form, get_args(annotation)) if form]
    if not held:
        return None
    return Form(items=held[0]) if get_origin(annotation) in (dict, list) else held[0]
