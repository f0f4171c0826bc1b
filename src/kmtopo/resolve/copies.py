"""Copies: what a dedicated tenant's containers are called, and an entry of the file as one of them says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from kmtopo.addresses import Step
from kmtopo.model.layered import Layer, Where, merge
from kmtopo.model.names import Derived

LONGEST_NAME = 63
_KEPT = 54


def derived(name: str, tenant: str) -> str:
    """Names a tenant's copy of a thing; a name too long for a host is cut, and ends in a digest of the whole."""
    whole = f"{name}-{tenant}"
    if len(whole) <= LONGEST_NAME:
        return Derived(whole)
    return Derived(f"{whole[:_KEPT]}-{sha256(whole.encode()).hexdigest()[:8]}")


def own_secret(name: str, tenant: str | None) -> str:
    """Names a tenant's own slot of a secret that the file names; what tenants share keeps the file's name."""
    return f"{name}_{tenant.replace('-', '_')}" if tenant else name


def copied(layer: Layer, tenant: str, containers: Iterable[str], limits: Layer) -> Layer:
    """The entry of a tenant's copy: what it calls, joins, mounts and reads is the tenant's own where it has that.

    ``containers`` are those of which there are copies; ``limits`` is the tenant's entry, whose ``resources`` win.
    """
    own = frozenset(containers)
    data, parts = dict(layer.data), dict(layer.where.parts)
    if isinstance(calls := data.get("uses"), Mapping):
        names = {name: derived(name, tenant) if name in own else name for name in calls}
        data["uses"], parts["uses"] = _renamed(calls, layer.where.child("uses"), names)
    if isinstance(routes := data.get("routes"), Mapping):
        data["routes"] = {path: _redirected(route, tenant, own) for path, route in routes.items()}
    if isinstance(volumes := data.get("volumes"), Mapping):
        names = {name: name if _is_bind(entry) else derived(name, tenant) for name, entry in volumes.items()}
        data["volumes"], parts["volumes"] = _renamed(volumes, layer.where.child("volumes"), names)
    for key, name_of in (("networks", derived), ("secrets", own_secret)):
        if isinstance(listed := data.get(key), list):
            data[key] = [name_of(name, tenant) for name in listed]
    copy = Layer(data, Where(layer.where.address, parts), layer.absent)
    return merge(copy, _only(limits, "resources")) if limits.data.get("resources") else copy


def joined(layer: Layer, more: Mapping[str, Iterable[str]]) -> Layer:
    """The entry of a container that joins the tenants' networks beside its own; ``more`` lists them by original."""
    names = list(layer.data["networks"])
    place = layer.where.child("networks")
    parts = dict(place.parts)
    for index, name in enumerate(layer.data["networks"]):
        for further in more.get(name, ()):
            # It joins them by the line that lets it join the original.
            parts[len(names)] = place.child(index)
            names.append(further)
    where = Where(layer.where.address, {**layer.where.parts, "networks": Where(place.address, parts)})
    return Layer({**layer.data, "networks": names}, where, layer.absent)


def attached(layer: Layer, network: str) -> Layer:
    """The entry of a container that names no network, since there is only this one."""
    if layer.data.get("networks"):
        return layer
    place = Where(layer.where.address / "networks", {0: Where(layer.where.address)})
    where = Where(layer.where.address, {**layer.where.parts, "networks": place})
    return Layer({**layer.data, "networks": [network]}, where, layer.absent)


def _renamed(entries: Mapping[str, Any], place: Where, names: Mapping[str, str]) -> tuple[dict[str, Any], Where]:
    parts: dict[Step, Where] = {new: place.child(old) for old, new in names.items()}
    return {names[name]: entry for name, entry in entries.items()}, Where(place.address, parts)


def _redirected(route: Any, tenant: str, own: frozenset[str]) -> Any:
    to = route.get("to") if isinstance(route, Mapping) else None
    return {**route, "to": derived(to, tenant)} if to in own else route


def _is_bind(entry: Any) -> bool:
    return isinstance(entry, Mapping) and bool(entry.get("bind"))


def _only(layer: Layer, key: str) -> Layer:
    return Layer({key: layer.data[key]}, Where(layer.where.address, {key: layer.where.child(key)}))
