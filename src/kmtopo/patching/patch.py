"""What a patch asks for, and what may keep it from being done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from kmtopo.addresses import Address, Step
from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.model.credentials import is_credential
from kmtopo.model.layered import Layer
from kmtopo.syntax import Document
from kmtopo.values import frozen


@frozen
class Patch:
    """One entry of ``patches`` that can be read: ``path`` is where in the file, ``written`` the value's text in the topology."""

    at: Address
    file: str
    key: str
    path: Address
    value: Any = None
    written: str = ""

    @property
    def deletes(self) -> bool:
        """Whether it takes something out, rather than setting it."""
        return self.key == "delete"


class Refused(Exception):
    """A patch cannot be done in a file; the diagnostic says why. It never leaves this package."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.code)
        self.found = found


def read(layer: Layer, document: Document) -> Patch | Diagnostic | None:
    """Reads an entry; None where something is missing, which is reported elsewhere."""
    data, at = layer.data, layer.where.address
    keys = [key for key in ("set", "delete") if data.get(key) is not None]
    if layer.absent or not data.get("file") or len(keys) != 1 or (keys == ["set"]) != ("value" in data):
        return None
    (key,) = keys
    try:
        path = Address.parse(str(data[key]))
    except ValueError:
        return diagnose("KM642", at / key, help="syntax", path=data[key])
    value = data.get("value")
    patch = Patch(at, str(data["file"]), key, path, value, _written(document, at / "value", value))
    return next(_credentials(path.steps, value, at), patch)


def _written(document: Document, at: Address, value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else document.text(at)


def _credentials(path: tuple[Step, ...], value: Any, at: Address) -> Iterator[Diagnostic]:
    for steps, name, text in _named(path, value, ()):
        if is_credential(name) and text and not text.startswith("${"):
            yield diagnose("KM643", (at / "value").join(steps), name=name, secret=name.lower().replace("-", "_"))


def _named(path: tuple[Step, ...], value: Any, below: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str, str]]:
    """Every value of a patch with its place and the name that it gets: its key, or what stands before ``=``."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _named((*path, step), inner, (*below, step))
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and path:
        name, given, text = str(value).partition("=")
        yield (below, name, text) if given and isinstance(path[-1], int) else (below, str(path[-1]), str(value))


def endless(value: Any) -> bool:
    """Whether a number without an end is in it, which no format here has."""
    if isinstance(value, dict | list):
        return any(map(endless, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and not isfinite(value)
