"""``@frozen`` beside the dataclass that it stands for."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import total_ordering
from typing import Any, Generic, TypeVar

import pytest

from kmtopo.values import frozen

Kind = TypeVar("Kind")


class Written:
    """A port."""

    number: int
    protocol: str = "http"
    labels: Mapping[str, str] = field(default_factory=dict)
    note: str = field(default="", compare=False)
    hidden: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)
    _seen: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Counts."""
        self._seen.append(self.number)

    @property
    def url(self) -> str:
        """Where."""
        return f"{self.protocol}://:{self.number}"


def _again(decorator: Callable[[type], type]) -> Any:
    body = {k: v for k, v in vars(Written).items() if k not in ("__dict__", "__weakref__")}
    body |= {name: copy.copy(each) for name, each in body.items() if type(each).__name__ == "Field"}
    return decorator(type("Port", (), {**body, "__qualname__": "Port"}))


Ours = _again(frozen)
Theirs = _again(dataclass(frozen=True, slots=True))


@frozen
class Pair(Generic[Kind]):
    """Two of a kind."""

    left: Kind
    right: Kind


@total_ordering
@frozen
class Version:
    """Ordered."""

    major: int

    def __lt__(self, other: Version) -> bool:
        return self.major < other.major


ASKED: dict[str, Callable[[Any], object]] = {
    "representation": lambda port: repr(port(80, "http", {"a": "b"}, "note")),
    "equality": lambda port: (port(80) == port(80), port(80) == port(81), port(80, note="a") == port(80, note="b")),
    "other types": lambda port: (port(80) == (80,), port(80) != "80"),
    "hash": lambda port: hash(port(80, labels=(), hidden={})) == hash(port(80, labels=(), hidden={"a": "b"})),
    "signature": lambda port: str(inspect.signature(port)),
    "fields": lambda port: list(map(repr, fields(port))),
    "fields of an instance": lambda port: [each.name for each in fields(port(80))],
    "replace": lambda port: repr(replace(port(80), protocol="tcp")),
    "asdict": lambda port: asdict(port(80, labels={"a": "b"})),
    "is a dataclass": lambda port: (is_dataclass(port), is_dataclass(port(80))),
    "match": lambda port: port.__match_args__,
    "slots": lambda port: (port.__slots__, hasattr(port(80), "__dict__")),
    "names": lambda port: (port.__name__, port.__qualname__, port.__module__, port.__doc__, port.__init__.__qualname__),
    "copy": lambda port: copy.copy(port(80)) == port(80) == copy.deepcopy(port(80)),
    "own method": lambda port: port(80).url,
    "after init": lambda port: port(80)._seen,
    "fresh defaults": lambda port: port(80).labels is port(80).labels,
}
REFUSED: dict[str, Callable[[Any], object]] = {
    "an assignment": lambda port: setattr(port(80), "number", 81),
    "a missing argument": lambda port: port(),
    "an unknown argument": lambda port: port(80, name="web"),
    "too many arguments": lambda port: port(80, "http", {}, "", {}, []),
    "an unknown attribute": lambda port: port(80).name,
    "an unhashable field": lambda port: hash(port(80)),
    "a field that is not for callers": lambda port: replace(port(80), _seen=[]),
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_frozen_class_answers_like_a_dataclass(asked: str) -> None:
    assert ASKED[asked](Ours) == ASKED[asked](Theirs)


@pytest.mark.parametrize("refused", REFUSED)
def test_a_frozen_class_refuses_what_a_dataclass_refuses(refused: str) -> None:
    with pytest.raises(Exception) as theirs:  # noqa: PT011 - whatever a dataclass raises
        REFUSED[refused](Theirs)
    with pytest.raises(type(theirs.value)) as ours:
        REFUSED[refused](Ours)
    assert str(ours.value) == str(theirs.value)


def test_no_field_can_be_deleted() -> None:
    with pytest.raises(FrozenInstanceError):
        del Version(1).major


def test_values_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(Pair(Version(1), Version(2)))) == Pair(Version(1), Version(2))


def test_a_class_may_be_generic_and_ordered() -> None:
    assert Pair[int](1, 2) == Pair(1, 2)
    assert sorted([Version(2), Version(1)]) == [Version(1), Version(2)]
    assert Version(2) >= Version(1)


def test_a_class_may_have_no_fields() -> None:
    @frozen
    class Nothing:
        """Says nothing."""

    assert (Nothing() == Nothing(), hash(Nothing()) == hash(Nothing()), len({Nothing(), Nothing()})) == (True, True, 1)


def test_fields_are_not_inherited() -> None:
    with pytest.raises(TypeError, match="Newer would inherit the fields of another class"):

        @frozen
        class Newer(Version):
            """Never made."""

            minor: int


def test_classes_with_as_many_fields_share_what_is_compiled() -> None:
    @frozen
    class Point:
        """Two other fields."""

        x: int
        y: int

    assert Point.__init__.__code__.co_code == Pair.__init__.__code__.co_code
    assert (Point(y=2, x=1).x, str(inspect.signature(Point))) == (1, "(x: 'int', y: 'int') -> None")


def test_a_field_without_a_default_does_not_follow_one_with_a_default() -> None:
    with pytest.raises(TypeError, match="Late: a field without a default follows one with a default"):

        @frozen
        class Late:
            """Never made."""

            first: int = 1
            second: int
