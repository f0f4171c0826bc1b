"""Amounts as people read them, in the document's language."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from kmtopo.plugin import Cost
from kmtopo_docs.words import Words

_MIB, _GIB = 1024**2, 1024**3
NOTHING = "–"


def decimal(value: Decimal, words: Words) -> str:
    """Writes a number with two decimals at most."""
    plain = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return plain.rstrip("0").rstrip(".").replace(".", words.decimal_mark)


def size(number: int | None, words: Words) -> str:
    """Writes bytes as ``512 MiB`` or ``1,5 GiB``."""
    if number is None:
        return NOTHING
    unit, name = (_GIB, "GiB") if abs(number) >= _GIB else (_MIB, "MiB")
    return f"{decimal(Decimal(number) / unit, words)} {name}"


def cores(number: Decimal | None, words: Words) -> str:
    """Writes ``0,5 CPU``."""
    return NOTHING if number is None else words.cores.format(number=decimal(number, words))


def price(cost: Cost, words: Words) -> str:
    """Writes ``250 USD``, a range with a dash between."""
    low, high = decimal(cost.low, words), decimal(cost.high, words)
    return f"{low if low == high else f'{low}–{high}'} {cost.currency}"


def prices(costs: tuple[Cost, ...], words: Words) -> str:
    """Writes a sum of each currency."""
    return " + ".join(price(cost, words) for cost in costs) or NOTHING
