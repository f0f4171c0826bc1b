"""Amounts as people read them: bytes, cores and money, in the picture's language."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from kmtopo.plugin import Cost
from kmtopo_diagram.subject.words import Words

_MIB = 1024**2
_GIB = 1024**3
_TO = "\N{EN DASH}"


def decimal(value: Decimal | float, words: Words, places: int = 2) -> str:
    """Writes a number with at most so many decimals, and the language's decimal mark."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    plain = f"{rounded:f}"
    shown = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return shown.replace(".", words.decimal_mark)


def size(number: int, words: Words) -> str:
    """Writes bytes as ``512 MiB`` or ``1,5 GiB``."""
    if number < _GIB:
        return f"{decimal(Decimal(number) / _MIB, words, 0)} MiB"
    return f"{decimal(Decimal(number) / _GIB, words)} GiB"


def gibibytes(number: int, words: Words) -> str:
    """Writes bytes in GiB without the unit, to one decimal."""
    return decimal(Decimal(number) / _GIB, words, 1)


def amount(cost: Cost, words: Words) -> str:
    """Writes ``USD 250``, a range with a dash between."""
    low, high = decimal(cost.low, words), decimal(cost.high, words)
    return f"{cost.currency} {low if low == high else low + _TO + high}"


def price(cost: Cost, words: Words) -> str:
    """Writes ``USD 250 / mes``, a range with a dash between."""
    return f"{amount(cost, words)} / {words.month}"


def summed(costs: Iterable[Cost]) -> tuple[Cost, ...]:
    """Adds prices up, one sum for each currency."""
    sums: dict[str, Cost] = {}
    for cost in costs:
        so_far = sums.get(cost.currency, Cost(Decimal(0), Decimal(0), cost.currency))
        sums[cost.currency] = Cost(so_far.low + cost.low, so_far.high + cost.high, cost.currency)
    return tuple(sums[currency] for currency in sorted(sums))
