"""Sizes that Nginx must be told because its own defaults stop at some length or number of names."""

from __future__ import annotations

from collections.abc import Iterable

_POINTER = 16  # what a 64-bit Nginx keeps beside each name
# Names of up to 110 characters: a new company changes no size, and so no line but its own.
_BUCKET_FLOOR = 128
_TABLE_FLOOR = 2048
_BYTES_PER_CERTIFICATE = 8192
_MIB = 1024**2


def hash_bucket(names: Iterable[str]) -> int:
    """Returns the bytes that a bucket needs to hold the longest name."""
    longest = max(map(len, names), default=0)
    return max(_BUCKET_FLOOR, power_of_two(_POINTER + _aligned(longest + 2)))


def hash_table(count: int) -> int:
    """Returns the most buckets that a hash of ``count`` names may use."""
    return max(_TABLE_FLOOR, power_of_two(2 * count))


def acme_zone(certificates: int) -> str:
    """Returns the memory that keeps this many certificates and their keys."""
    return f"{max(_MIB, power_of_two(certificates * _BYTES_PER_CERTIFICATE)) // _MIB}m"


def power_of_two(least: int) -> int:
    """Returns the smallest power of two that is not below ``least``."""
    return 1 << max(0, least - 1).bit_length()


def in_bytes(size: int) -> str:
    """Returns a number of bytes as Nginx writes it: ``20m``, ``512k``, ``1000``."""
    for unit, factor in (("m", _MIB), ("k", 1024)):
        if size % factor == 0:
            return f"{size // factor}{unit}"
    return str(size)


def _aligned(length: int) -> int:
    return (length + 7) // 8 * 8
