"""What pydantic-core finds, as diagnostics: at the right place, in our words, never twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args

from pydantic_core import ErrorDetails, ValidationError

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Suggestion, Term, diagnose, did_you_mean, is_misspelt
from kmtopo.model.layered import Layer, Path
from kmtopo.model.names import kind_of
from kmtopo.records import Record, types_of, validated, written
from kmtopo.source import Span
from kmtopo.syntax import Document

COMPOSE_WORDS = {
    "services": "containers",
    "ports": "publish",
    "expose": "port",
    "environment": "env",
    "env_file": "env",
    "depends_on": "uses",
    "deploy": "resources",
    "links": "uses",
}
_EXPECTED = {
    "dict_type": Term("mapping"),
    "model_type": Term("mapping"),
    "model_attributes_type": Term("mapping"),
    "list_type": Term("list"),
    "string_type": Term("text"),
    "tuple_type": Term("list"),
    "int_type": Term("integer"),
    "int_parsing": Term("integer"),
    "int_from_float": Term("integer"),
}
_ROUNDS = 4


def checked(entry: type[Record], layer: Layer, document: Document) -> tuple[Layer, list[Diagnostic]]:
    """Validates one entry by itself; what cannot be read is reported, left out and remembered as absent."""
    found: list[Diagnostic] = []
    for _ in range(_ROUNDS):
        try:
            read = validated(entry, layer.data)
            return Layer(layer.data, layer.where, layer.absent, read), found
        except ValidationError as error:
            details = error.errors(include_url=False)
            found += [_diagnostic(entry, layer, d, document) for d in details]
            layer = _without(layer, [_path(d) for d in details])
    return Layer({}, layer.where, layer.absent | {()}), found


def _path(detail: ErrorDetails) -> Path:
    loc = tuple(detail["loc"])
    return loc[:-1] if loc and loc[-1] == "[key]" else loc


def _without(layer: Layer, paths: Sequence[Path]) -> Layer:
    data: Any = layer.data
    # Later list items first, so that earlier indices stay true.
    for path in sorted(set(paths), key=lambda p: tuple((isinstance(s, str), s) for s in p), reverse=True):
        data = _pruned(data, path)
    return Layer(data or {}, layer.where, layer.absent | frozenset(paths))


def _pruned(data: Any, path: Path) -> Any:
    if not path:
        return None
    head, *rest = path
    if isinstance(data, Mapping) and head in data:
        inner = _pruned(data[head], tuple(rest)) if rest else None
        return {k: inner if k == head else v for k, v in data.items() if k != head or (rest and inner is not None)}
    if isinstance(data, list) and isinstance(head, int) and head < len(data):
        inner = _pruned(data[head], tuple(rest)) if rest else None
        return data[:head] + ([inner] if inner is not None else []) + data[head + 1 :]
    return data


def _diagnostic(entry: type[Record], layer: Layer, detail: ErrorDetails, document: Document) -> Diagnostic:
    path, kind = _path(detail), detail["type"]
    on_key = kind == "extra_forbidden" or detail["loc"][-1:] == ("[key]",)
    address = layer.where.find(path)
    span = document.span(address, "key" if on_key else "value")
    if kind == "extra_forbidden":
        return unknown_key(str(path[-1]), known_keys(entry, path[:-1]), span, address, _beside(layer.data, path))
    if kind.startswith("KM"):
        return _rejected(kind, detail["ctx"], span, address)
    if kind in _EXPECTED:
        return mistyped(_EXPECTED[kind], detail["input"], span, address)
    return _not_allowed(detail, span, address)


def mistyped(expected: Term, value: object, span: Span, address: Address) -> Diagnostic:
    """Reports a value that is of another kind than what stands here."""
    return diagnose("KM202", span, subject=address, help=expected, expected=expected, got=kind_of(value))


def _rejected(code: str, told: Mapping[str, Any], span: Span, address: Address) -> Diagnostic:
    values = {k: v for k, v in told.items() if k not in ("code", "help", "safe")}
    right = values.get("right")
    fix = Suggestion(_as_written(right), safe="safe" in told) if right else None
    return diagnose(code, span, subject=address, help=told["help"], suggestion=fix, **values)


def _as_written(right: str) -> str:
    """A value as it can stand in the file: one that would begin a mapping stands between quotes."""
    return f'"{right}"' if right.startswith("{") else right


def _not_allowed(detail: ErrorDetails, span: Span, address: Address) -> Diagnostic:
    value = detail["input"]
    if not isinstance(value, str):
        return mistyped(Term("text"), value, span, address)
    expected = str(detail.get("ctx", {}).get("expected", ""))
    allowed = [word.strip(" '") for word in expected.replace(" or ", ",").split(",") if word.strip()]
    close = did_you_mean(value, allowed)
    if close:
        return diagnose(
            "KM204", span, subject=address, help="suggest", value=value, suggestion=Suggestion(close), right=close
        )
    return diagnose("KM204", span, subject=address, help="allowed", value=value, allowed=", ".join(allowed))


def _beside(data: Any, path: Path) -> Collection[str]:
    """The keys of the mapping that a path's last step leads to a key of."""
    for step in path[:-1]:
        data = data[step]
    return tuple(data)


def unknown_key(
    key: str, known: Sequence[str], span: Span, address: Address, beside: Collection[str] = ()
) -> Diagnostic:
    """Reports a key that the language does not have here: misspelt, Compose's word for ours, or foreign.

    ``beside`` are the keys that stand beside it: it cannot have meant one of these.
    """
    ours = COMPOSE_WORDS.get(key)
    if ours in known:
        return diagnose("KM213", span, subject=address, key=key, ours=ours)
    close = did_you_mean(key, known)
    if close:
        fix = Suggestion(close, safe=close not in beside and is_misspelt(key, known))
        return diagnose("KM201", span, subject=address, help="suggest", key=key, right=close, suggestion=fix)
    return diagnose("KM201", span, subject=address, key=key, known=", ".join(known))


def known_keys(entry: type[Record], path: Path) -> list[str]:
    """The keys that the language knows at a place below an entry, sorted."""
    here = entry
    for step in path:
        name = written(here).get(str(step))
        here = (_record_in(types_of(here)[name]) if name else None) or here
    return sorted(written(here))


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(argument) for argument in get_args(annotation))
    return next((record for record in found if record), None)
