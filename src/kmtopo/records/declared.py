"""How a record is declared: each field with its type, its default, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, get_type_hints

from kmtopo.values import frozen

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema, SchemaValidator


@frozen
class Field:
    """What is declared of a field: ``limits`` are pydantic's (``pattern``, ``ge``, ``le``); ``hidden`` ones are nobody's to write."""

    default: Any = None
    alias: str | None = None
    description: str | None = None
    examples: tuple[Any, ...] = ()
    hidden: bool = False
    limits: tuple[tuple[str, Any], ...] = ()


def field(
    default: Any = None,
    *,
    alias: str | None = None,
    description: str | None = None,
    examples: Sequence[Any] = (),
    hidden: bool = False,
    **limits: Any,
) -> Any:
    """Declares a field of a record, in the place of its default; within ``Annotated``, what all fields of a type share.

    Args:
        default: its value where it is not written.
        alias: how it is written, where Python has the word for itself.
        description: what it is, for the reference and for editors.
        examples: values that it may have.
        hidden: whether it stands in no schema.
        limits: what pydantic calls them: ``pattern`` of a text; ``ge``, ``gt``, ``le``, ``lt`` of a number.
    """
    return Field(default, alias, description, tuple(examples), hidden, tuple(sorted(limits.items())))


class Reader:
    """How a value is read: by a function that returns it or rejects it. ``schema`` tells editors what it accepts."""

    def __init__(self, read: Callable[[Any], Any], schema: dict[str, Any]) -> None:
        self.read, self.schema = read, schema

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core.core_schema import no_info_plain_validator_function

        # The function knows all there is to know, so that nobody need look into the type.
        return no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


class Short:
    """Tells the JSON Schema which short forms a key has beside its long one; the canonical form knows only the long."""

    def __init__(self, *forms: dict[str, Any]) -> None:
        self.forms = forms

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(core), *self.forms]}


class Record:
    """Base of what is validated as one: what it does not declare is an error, and its values never change.

    What the words here cannot say of a type is said as for pydantic, which is then imported to read it.
    """

    # What pydantic-core sets.
    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")

    __fields__: ClassVar[Mapping[str, Field]] = {}
    __validator__: ClassVar[Any] = None

    def __init_subclass__(cls) -> None:
        own = {name: _declared(cls, name) for name in vars(cls).get("__annotations__", ())}
        for name in own:
            delattr(cls, name)
        cls.__fields__, cls.__validator__ = {**cls.__fields__, **own}, None

    def __init__(self, **values: Any) -> None:
        _validator(type(self)).validate_python(values, self_instance=self)

    def __eq__(self, other: object) -> Any:
        return vars(self) == vars(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in self.__fields__)
        return f"{self.__class__.__qualname__}({', '.join(values)})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot assign to {name!r} of a record")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r} of a record")


RecordT = TypeVar("RecordT", bound=Record)


def validated(record: type[RecordT], data: Mapping[str, Any]) -> RecordT:
    """Reads a record from what stands in a file.

    Raises:
        pydantic_core.ValidationError: with everything that is wrong in it.
    """
    read: RecordT = _validator(record).validate_python(data)
    return read


def _validator(record: type[Record]) -> SchemaValidator:
    """Returns what validates records of a class, made when it is first asked for."""
    if record.__validator__ is None:
        from kmtopo.records.validation import validator_of

        record.__validator__ = validator_of(record)
    made: SchemaValidator = record.__validator__
    return made


def written(record: type[Record]) -> dict[str, str]:
    """The attributes of a record by the name that each has in a file, hidden ones left out."""
    return {each.alias or name: name for name, each in record.__fields__.items() if not each.hidden}


def types_of(record: type[Record]) -> dict[str, Any]:
    """The types of a record's attributes."""
    hints = get_type_hints(record, include_extras=True)
    return {name: hints[name] for name in record.__fields__}


def _declared(cls: type, name: str) -> Field:
    if name not in vars(cls):
        raise TypeError(f"{cls.__qualname__}.{name} needs a default: no field of a record has to be written")
    given = vars(cls)[name]
    if type(given).__module__.startswith("pydantic."):
        raise TypeError(
            f"{cls.__qualname__}.{name}: declare it as Options say, by `option`; pydantic's Field stands in Annotated"
        )
    return given if isinstance(given, Field) else Field(given)
