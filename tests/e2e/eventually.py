"""What a running system does in its own time."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")
SECONDS = 30


def eventually(look: Callable[[], T], expected: T) -> None:
    """Looks until it sees what is expected; after half a minute what it sees instead is the failure."""
    end = monotonic() + SECONDS
    while (seen := look()) != expected:
        assert monotonic() < end, f"{seen} and not {expected}"
        sleep(0.5)
