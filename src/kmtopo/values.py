"""``@frozen``: what ``@dataclass(frozen=True, slots=True)`` promises, at a fiftieth of its price when it is imported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache, partial
from operator import attrgetter
from types import CodeType, FunctionType
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
        "__dataclass_fields__": _Description(declared),
    }
    kind: Any = type(cls)
    made: Any = kind(cls.__name__, cls.__bases__, _methods(declared) | written | own)
    made.__qualname__ = cls.__qualname__
    made.__init__ = _initializer(made, declared)
    return made  # type: ignore[no-any-return]


class _Description:
    """What ``dataclasses`` knows of a class, in its own words; made when it first asks."""

    def __init__(self, declared: Fields) -> None:
        self.declared = declared

    def __get__(self, _: object, cls: Any) -> dict[str, Field[Any]]:
        namesake = type(cls.__name__, (), {"__annotations__": cls.__annotations__, **self.declared})
        namesake.__module__, namesake.__doc__ = cls.__module__, cls.__doc__ or ""
        found = {each.name: each for each in fields(dataclass(init=False, repr=False, eq=False)(namesake))}
        cls.__dataclass_fields__ = found
        return found


class _FromFactory:
    """The default of an argument that a factory makes; signatures show it as those of dataclasses do."""

    def __repr__(self) -> str:
        return "<factory>"


_FROM_FACTORY = _FromFactory()


def _field(given: Any) -> Field[Any]:
    made: Field[Any] = given if isinstance(given, Field) else field(default=given)
    return made


def _names(declared: Fields, used_in: str) -> tuple[str, ...]:
    return tuple([name for name, each in declared.items() if getattr(each, used_in)])


def _methods(declared: Fields) -> dict[str, Callable[..., Any]]:
    """What needs no code of its own in each class."""
    shown = _names(declared, "repr")
    compared_values = _reading(_names(declared, "compare"))
    hashed_values = _reading(
        [name for name, each in declared.items() if (each.compare if each.hash is None else each.hash)]
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


def _initializer(cls: type, declared: Fields) -> FunctionType:
    """Makes ``__init__``: the code that all classes with as many fields share, with this one's names and setters."""
    given = {name: each for name, each in declared.items() if each.init}
    rest = {name: each for name, each in declared.items() if not each.init}
    finishes = bool(rest) or hasattr(cls, "__post_init__")
    code = _storing(len(given), finishes).replace(co_varnames=("self", *given))
    scope = {f"set{place}": _setter(cls, name, each) for place, (name, each) in enumerate(given.items())}
    made = FunctionType(code, scope | {"finish": partial(_finish, rest)}, "__init__", _defaults(cls, given))
    made.__qualname__, made.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    made.__annotations__ = {name: cls.__annotations__[name] for name in given} | {"return": None}
    return made


@cache
def _storing(count: int, finishes: bool) -> CodeType:
    """Compiles what takes so many values and stores them by the slots' own setters, quicker than ``object.__setattr__``."""
    values = [f"value{place}" for place in range(count)]
    steps = [f"set{place}(self, value{place})" for place in range(count)] + ["finish(self)"] * finishes
    scope: dict[str, Any] = {}
    exec(f"def __init__(self, {', '.join(values)}): {'; '.join(steps) or 'pass'}", scope)  # noqa: S102 - numbers only
    code: CodeType = scope["__init__"].__code__
    return code


def _setter(cls: type, name: str, each: Field[Any]) -> Callable[[object, Any], None]:
    store, make = vars(cls)[name].__set__, each.default_factory
    if make is MISSING:
        return store  # type: ignore[no-any-return]
    return lambda self, given: store(self, make() if given is _FROM_FACTORY else given)


def _finish(rest: Fields, self: Any) -> None:
    for name, each in rest.items():
        object.__setattr__(self, name, each.default if each.default_factory is MISSING else each.default_factory())
    if hasattr(self, "__post_init__"):
        self.__post_init__()


def _defaults(cls: type, given: Fields) -> tuple[Any, ...]:
    defaults = [each.default if each.default_factory is MISSING else _FROM_FACTORY for each in given.values()]
    last = [value for value in defaults if value is not MISSING]
    if last != defaults[len(defaults) - len(last) :]:
        raise TypeError(f"{cls.__name__}: a field without a default follows one with a default")
    return tuple(last)
