"""Quantities as people write them: sizes, CPU, durations, rates, prices."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, NoReturn

from pydantic_core import PydanticCustomError

from kmtopo.diagnostics import Term
from kmtopo.records import Reader
from kmtopo.types.runtime import Cost, Rate

UNITS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(KiB|MiB|GiB|TiB)\Z").match
_OTHER_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([kmgt])(i?b)?\Z", re.IGNORECASE).match
_MILLICORES = re.compile(r"([0-9]+)m\Z").match
_PERCENT = re.compile(r"([0-9]+)%\Z").match
_NUMBER_TEXT = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z").match
_SECONDS = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "h": Decimal(3600)}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)\Z").match
_PERIODS = {"s": Decimal(1), "m": Decimal(60), "h": Decimal(3600)}
_RATE = re.compile(r"([0-9]+)/(s|m|h)\Z").match
_OTHER_RATE = re.compile(r"([1-9][0-9]*) ?(r/s|rps|/ ?s)?\Z").match
_COST = re.compile(r"([0-9]+(?:\.[0-9]{1,2})?)(?:-([0-9]+(?:\.[0-9]{1,2})?))? ([A-Z]{3})/(month|year)\Z").match


def reject(code: str, help: str = "", *, safe: bool = False, **values: object) -> NoReturn:
    """Refuses a value under a catalogued code; pydantic carries it to the place where it stands.

    ``help`` names the help text that applies; a value that is None is not told. ``safe``: what is ``right``
    can only be another spelling of what was written.
    """
    told = {k: v if isinstance(v, str) else str(v) for k, v in values.items() if v is not None}
    if safe:
        told["safe"] = "yes"
    raise PydanticCustomError(code, "{code}", {"code": code, "help": help, **told})


def size(value: Any) -> int:
    """Reads ``512MiB`` as bytes; ``512m`` and ``1GB`` are refused with the right spelling."""
    text = str(value)
    read = _bytes(text)
    if read is not None:
        return read
    other = _OTHER_SIZE(text)
    if other is None:
        return _refused(Term("size"), text, None)
    # Docker, PHP and Nginx mean 1024 by `512m`; who writes `512MB` may mean 1000.
    return _refused(Term("size"), text, f"{other[1]}{other[2].upper()}iB", safe=len(other[3] or "") != 1)


# Thousands of tenants have the same few limits.
@lru_cache(1024)
def _bytes(text: str) -> int | None:
    found = _SIZE(text)
    return int(Decimal(found[1]) * UNITS[found[2]]) if found else None


def cpu(value: Any) -> Decimal:
    """Reads a number of cores, such as ``0.5``."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 10_000:
        return Decimal(str(value)).normalize()
    return _refused_number(Term("cpu"), value, _MILLICORES, 1000)


def duration(value: Any) -> int:
    """Reads ``30s``, ``5m`` or ``1h`` as whole seconds, rounded up."""
    found = _DURATION(str(value))
    if not found:
        return _refused(Term("duration"), value, f"{value}s" if _NUMBER_TEXT(str(value)) else None)
    seconds = Decimal(found[1]) * _SECONDS[found[2]]
    return int(seconds.to_integral_value(rounding="ROUND_CEILING"))


def rate(value: Any) -> Rate:
    """Reads ``20/s``."""
    text = str(value)
    read = _rate(text)
    if read is None:
        other = _OTHER_RATE(text)
        return _refused(Term("rate"), value, f"{other[1]}/s" if other else None, safe=bool(other and other[2]))
    return read


@lru_cache(1024)
def _rate(text: str) -> Rate | None:
    found = _RATE(text)
    return Rate(Decimal(found[1]) / _PERIODS[found[2]]) if found and int(found[1]) else None


def cost(value: Any) -> Cost:
    """Reads ``250 USD/month`` or ``400-700 USD/month``; a price per year is divided by twelve."""
    found = _COST(str(value))
    if not found:
        return _refused(Term("cost"), value, f"{value}/month" if _COST(f"{value}/month") else None)
    months = 12 if found[4] == "year" else 1
    low, high = Decimal(found[1]) / months, Decimal(found[2] or found[1]) / months
    return Cost(min(low, high), max(low, high), found[3])


def factor(value: Any) -> Decimal:
    """Reads what ``scale`` multiplies by."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1000:
        return Decimal(str(value)).normalize()
    return _refused_number(Term("factor"), value, _PERCENT, 100)


def _refused(kind: Term, value: object, right: str | None, *, safe: bool = False) -> NoReturn:
    reject("KM207", help="right" if right else kind, safe=safe, value=value, kind=kind, right=right)


def _refused_number(kind: Term, value: object, scaled: Callable[[str], re.Match[str] | None], divisor: int) -> NoReturn:
    """Refuses what is no number; a text may be one between quotes, or one in thousandths or hundredths."""
    text = value if isinstance(value, str) else ""
    found = scaled(text)
    if found and int(found[1]):
        _refused(kind, value, f"{(Decimal(found[1]) / divisor).normalize():f}", safe=True)
    quoted = _NUMBER_TEXT(text)
    _refused(kind, f'"{text}"' if quoted else value, text if quoted else None, safe=bool(quoted))


def _text(pattern: str, example: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "examples": [example]}


_NUMBER = {"type": "number", "exclusiveMinimum": 0, "examples": [0.5]}

SIZE = _text(r"^[0-9]+(\.[0-9]+)? ?(KiB|MiB|GiB|TiB)$", "512MiB")

Size = Annotated[int, Reader(size, SIZE)]
Cpu = Annotated[Decimal, Reader(cpu, _NUMBER)]
Duration = Annotated[int, Reader(duration, _text(r"^[0-9]+(\.[0-9]+)?(ms|s|m|h)$", "30s"))]
RateText = Annotated[Rate, Reader(rate, _text(r"^[0-9]+/(s|m|h)$", "20/s"))]
CostText = Annotated[Cost, Reader(cost, _text(r"^[0-9.]+(-[0-9.]+)? [A-Z]{3}/(month|year)$", "250 USD/month"))]
Factor = Annotated[Decimal, Reader(factor, _NUMBER)]
