"""``@frozen``: what ``@dataclass(frozen=True, slots=True)`` promises, made when it is first used instead of at import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")
Fields = Mapping[str, "Field[Any]"]

# What belongs to the class as it was written, and not to the one with slots that takes its place.
_LEFT_BEHIND = frozenset({"__dict__", "__weakref__"})


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Makes a class a frozen dataclass with slots; every annotation in it is a field.

    ``field``, ``fields``, ``replace``, ``asdict``, ``__post_init__``, ``copy`` and ``pickle`` work as with any dataclass.

    Raises:
        TypeError: the class descends from a dataclass; fields are not inherited.
    """
    if any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__):
        raise TypeError(f"{cls.__name__} would inherit the fields of another class")
    declared = {name: _field(vars(cls).get(name, MISSING)) for name in cls.__annotations__}
    written = {name: kept for name, kept in vars(cls).items() if name not in declared and name not in _LEFT_BEHIND}
    own = {
        "__slots__": tuple(declared),
        "__match_args__": _names(declared, "init"),
        "__dataclass_fields__": _WhenAsked(lambda made: _described(made, declared)),
        "__init__": _WhenAsked(lambda made: _initializer(made, declared)),
    }
    kind: Any = type(cls)
    made: type[T] = kind(cls.__name__, cls.__bases__, _methods(declared) | written | own)
    made.__qualname__ = cls.__qualname__
    return made


class _WhenAsked:
    """An attribute of a class, made when somebody first asks for it: a run uses few of the types that it imports."""

    def __init__(self, make: Callable[[type], Any]) -> None:
        self.make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner, self.name = owner, name

    def __get__(self, instance: object, _: type) -> Any:
        setattr(self.owner, self.name, self.make(self.owner))
        return getattr(self.owner if instance is None else instance, self.name)


class _FromFactory:
    """The default of an argument that a factory makes; signatures show it as those of dataclasses do."""

    def __repr__(self) -> str:
        return "<factory>"


_FROM_FACTORY = _FromFactory()


def _field(given: Any) -> Field[Any]:
    made: Field[Any] = given if isinstance(given, Field) else field(default=given)
    return made


def _names(declared: Fields, used_in: str) -> tuple[str, ...]:
    return tuple(name for name, each in declared.items() if getattr(each, used_in))


def _methods(declared: Fields) -> dict[str, Callable[..., Any]]:
    """What needs no code of its own in each class."""
    shown = _names(declared, "repr")
    compared_values = _reading(_names(declared, "compare"))
    hashed_values = _reading(
        name for name, each in declared.items() if (each.compare if each.hash is None else each.hash)
    )

    def equal(self: object, other: object) -> Any:
        return compared_values(self) == compared_values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(hashed_values(self))

    def representation(self: object) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({', '.join(values)})"

    return {"__eq__": equal, "__hash__": hashed, "__repr__": representation, **_FROZEN}


def _reading(names: Iterable[str]) -> Callable[[object], Any]:
    known = tuple(names)
    return attrgetter(*known) if known else lambda _: ()


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _restore(self: object, state: tuple[None, Mapping[str, object]]) -> None:
    for name, value in state[1].items():
        object.__setattr__(self, name, value)


_FROZEN: dict[str, Callable[..., Any]] = {"__setattr__": _refuse, "__delattr__": _refuse, "__setstate__": _restore}


def _described(cls: type, declared: Fields) -> dict[str, Field[Any]]:
    """What ``dataclasses`` knows of a class, in its own words."""
    namesake = type(
        cls.__name__, (), {"__module__": cls.__module__, "__annotations__": cls.__annotations__, **declared}
    )
    namesake.__doc__ = cls.__doc__ or ""
    return {each.name: each for each in fields(dataclass(init=False, repr=False, eq=False)(namesake))}


def _initializer(cls: type, declared: Fields) -> Callable[..., None]:
    """Compiles ``__init__``. It calls each slot's own setter, in half the time that ``object.__setattr__`` takes."""
    scope: dict[str, Any] = {"FROM_FACTORY": _FROM_FACTORY}
    parameters, statements = ["self"], []
    for name, each in declared.items():
        parameter, given = _argument(name, each, scope)
        scope[f"__set_{name}"] = vars(cls)[name].__set__
        parameters += [parameter] if each.init else []
        statements.append(f"__set_{name}(self, {given})")
    if hasattr(cls, "__post_init__"):
        statements.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}): {'; '.join(statements) or 'pass'}", scope)  # noqa: S102 - its own names
    made: Callable[..., None] = scope["__init__"]
    made.__qualname__, made.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    made.__annotations__ = {name: cls.__annotations__[name] for name in _names(declared, "init")} | {"return": None}
    return made


def _argument(name: str, each: Field[Any], scope: dict[str, Any]) -> tuple[str, str]:
    """How ``__init__`` takes a field, and what it stores; what both refer to goes into the scope."""
    scope[f"__default_{name}"], scope[f"__make_{name}"] = each.default, each.default_factory
    if each.default_factory is not MISSING:
        made = f"__make_{name}()"
        return f"{name}=FROM_FACTORY", f"{made} if {name} is FROM_FACTORY else {name}" if each.init else made
    if each.default is not MISSING:
        return f"{name}=__default_{name}", name if each.init else f"__default_{name}"
    return name, name
