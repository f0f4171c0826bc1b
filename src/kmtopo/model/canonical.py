"""Short forms become long ones, so that later phases know one form of everything.

The rules are a table: noun, key, function. A value of an unexpected shape passes unchanged; the
model then says what is wrong with it, at the place where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kmtopo.addresses import Address, Step
from kmtopo.model.layered import Layer, Where

Placed = tuple[Any, Where]
Rule = Callable[[Any, Where, Callable[[Address], str]], Placed]
TextAt = Callable[[Address], str]


def canonical(noun: str, data: Mapping[str, Any], where: Where, text_at: TextAt) -> Layer:
    """Returns an entry in canonical form.

    Args:
        noun: which table of rules applies, such as ``containers``.
        data: the entry as written.
        where: where it stands.
        text_at: gives a scalar's text as written; env, image, command and publish keep it.
    """
    rules = RULES.get(noun, {})
    if rules.keys().isdisjoint(data):
        return Layer(data, where)
    result, parts = dict(data), dict(where.parts)
    for key in data:
        if key in rules and data[key] is not None:
            new_key, rule = rules[key]
            value, place = rule(data[key], where.child(key), text_at)
            del result[key]
            result[new_key] = value
            parts[new_key] = place
    return Layer(result, Where(where.address, parts))


def _as_list(value: Any, where: Where, _: TextAt) -> Placed:
    if isinstance(value, str):
        return [value], Where(where.address, {0: where})
    return value, where


def _as_texts(value: Any, where: Where, text_at: TextAt) -> Placed:
    """Scalars keep their text as written: ``443``, ``true``, ``1.10``."""
    if isinstance(value, list):
        return [_as_texts(v, where.child(i), text_at)[0] for i, v in enumerate(value)], where
    if isinstance(value, Mapping):
        return {k: _as_texts(v, where.child(k), text_at)[0] for k, v in value.items()}, where
    if value is None or isinstance(value, str):
        return value, where
    return text_at(where.address), where


def _publish(value: Any, where: Where, text_at: TextAt) -> Placed:
    if not isinstance(value, list | Mapping):
        return [_as_texts(value, where, text_at)[0]], Where(where.address, {0: where})
    return _as_texts(value, where, text_at)


def _names(value: Any, where: Where, _: TextAt) -> Placed:
    """A list of names is a mapping whose items say nothing more."""
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        return value, where
    parts: dict[Step, Where] = {v: where.child(i) for i, v in enumerate(value)}
    return {v: {} for v in value}, Where(where.address, parts)


def _calls(value: Any, where: Where, text_at: TextAt) -> Placed:
    value, where = _names(value, where, text_at)
    return _each(value, where, lambda v, w: _in_entry(v, w, "for", _as_list, text_at))


def _routes(value: Any, where: Where, _: TextAt) -> Placed:
    if isinstance(value, list) and all(isinstance(v, Mapping) and isinstance(v.get("path"), str) for v in value):
        parts: dict[Step, Where] = {v["path"]: where.child(i) for i, v in enumerate(value)}
        value = {v["path"]: {k: x for k, x in v.items() if k != "path"} for v in value}
        return value, Where(where.address, parts)
    return _each(value, where, lambda v, w: _wrapped(v, w, "to", str))


def _volumes(value: Any, where: Where, _: TextAt) -> Placed:
    return _each(value, where, lambda v, w: _wrapped(v, w, "size", str))


def _build(value: Any, where: Where, _: TextAt) -> Placed:
    return _wrapped(value, where, "context", str)


def _healthcheck(value: Any, where: Where, text_at: TextAt) -> Placed:
    if value is False:
        return {"off": True}, Where(where.address, {"off": where})
    return _in_entry(value, where, "command", _as_texts, text_at)


def _tls(value: Any, where: Where, _: TextAt) -> Placed:
    if value is False:
        return {"mode": "off"}, Where(where.address, {"mode": where})
    if isinstance(value, Mapping) and "certificate" in value and "mode" not in value:
        return {"mode": "files", **value}, where
    return _wrapped(value, where, "mode", str)


def _scale(value: Any, where: Where, _: TextAt) -> Placed:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"cpu": value, "memory": value}, Where(where.address, {"cpu": where, "memory": where})
    return value, where


def _deny(value: Any, where: Where, text_at: TextAt) -> Placed:
    value, where = _in_entry(value, where, "from", _as_list, text_at)
    return _in_entry(value, where, "to", _as_list, text_at)


def _each(value: Any, where: Where, rule: Callable[[Any, Where], Placed]) -> Placed:
    if not isinstance(value, Mapping):
        return value, where
    placed = {k: rule(v, where.child(k)) for k, v in value.items()}
    return {k: p[0] for k, p in placed.items()}, Where(where.address, {k: p[1] for k, p in placed.items()})


def _wrapped(value: Any, where: Where, key: str, kind: type) -> Placed:
    if isinstance(value, kind):
        return {key: value}, Where(where.address, {key: where})
    return value, where


def _in_entry(value: Any, where: Where, key: str, rule: Rule, text_at: TextAt) -> Placed:
    if not isinstance(value, Mapping) or key not in value:
        return value, where
    inner, place = rule(value[key], where.child(key), text_at)
    return {**value, key: inner}, Where(where.address, {**where.parts, key: place})


RULES: dict[str, dict[str, tuple[str, Rule]]] = {
    "containers": {
        "build": ("build", _build),
        "command": ("command", _as_texts),
        "env": ("env", _as_texts),
        "healthcheck": ("healthcheck", _healthcheck),
        "image": ("image", _as_texts),
        "publish": ("publish", _publish),
        "routes": ("routes", _routes),
        "uses": ("uses", _calls),
        "volumes": ("volumes", _volumes),
    },
    "tenants": {"domain": ("domain", _as_list)},
    "tenancy": {"domain": ("domain", _as_list)},
    "environments": {"scale": ("scale", _scale), "tls": ("tls", _tls), "domain": ("domain", _as_list)},
    "sites": {},
    "policies": {"deny": ("deny", _deny), "publish": ("publish", _as_list)},
}
