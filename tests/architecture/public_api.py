"""Prints the public API, one name a line: `make api` keeps it in public-api.txt, a test compares."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from enum import Enum
from types import MemberDescriptorType, ModuleType
from typing import Any

PUBLIC = ("kmtopo", "kmtopo.plugin", "kmtopo.testing")


def main() -> None:
    """Prints every public module with its names and their signatures."""
    print("\n\n".join("\n".join(_module(importlib.import_module(name))) for name in PUBLIC))


def _module(module: ModuleType) -> Iterator[str]:
    yield module.__name__
    for name in sorted(module.__all__):
        yield from (f"  {line}" for line in _value(name, getattr(module, name)))


def _value(name: str, value: Any) -> Iterator[str]:
    if inspect.isclass(value):
        yield from _class(name, value)
    elif callable(value) and not isinstance(value, type(Any)):
        yield f"{name}{_signature(value)}"
    else:
        yield f"{name}: {type(value).__name__}"


def _class(name: str, cls: type) -> Iterator[str]:
    if issubclass(cls, Enum):
        yield f"{name}: {', '.join(member.name for member in cls)}"
    else:
        yield f"{name}{_signature(cls)}"
    for attribute, value in sorted(vars(cls).items()):
        if not _inherited_or_private(attribute, value):
            yield f"  .{attribute}" + ("" if isinstance(value, property) else _signature(getattr(cls, attribute)))


def _inherited_or_private(attribute: str, value: Any) -> bool:
    methods = (property, classmethod, staticmethod)
    known = inspect.isfunction(value) or isinstance(value, methods)
    return attribute.startswith(("_", "model_")) or isinstance(value, MemberDescriptorType) or not known


def _signature(value: Any) -> str:
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    parameters = [each.replace(annotation=_shown(each.annotation)) for each in signature.parameters.values()]
    return str(signature.replace(parameters=parameters, return_annotation=_shown(signature.return_annotation)))


def _shown(annotation: Any) -> Any:
    return _AsWritten(annotation) if isinstance(annotation, str) else annotation


class _AsWritten(str):
    """An annotation that shows itself without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


if __name__ == "__main__":
    main()
