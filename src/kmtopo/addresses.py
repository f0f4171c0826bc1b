"""Addresses: one name for a thing in the file, in messages, in generated blocks and on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, total_ordering

from kmtopo.values import frozen

Step = str | int

_PLAIN = re.compile(r"[A-Za-z0-9_-]+\Z").match
_PLAIN_STEPS = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\Z").match
_TOKEN = re.compile(r'\[(?P<index>\d+)\]|\["(?P<quoted>(?:[^"\\]|\\.)*)"\]|(?:^|\.)(?P<plain>[A-Za-z0-9_-]+)')


@total_ordering
@frozen
class Address:
    """The path of keys that leads to a place in the topology, such as ``containers.backend`` or ``policies[2]``.

    Immutable, hashable and ordered; ``parse`` and ``str`` are inverses. A key that is not a
    plain word is quoted: ``containers.nginx.routes["/api"]``.
    """

    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, *steps: Step) -> Address:
        """Makes an address of its steps: ``Address.of("vps", "principal")``."""
        return cls(steps)

    @classmethod
    def parse(cls, text: str) -> Address:
        """Reads what ``str`` wrote.

        Raises:
            ValueError: the text is no address.
        """
        if _PLAIN_STEPS(text):
            return cls(tuple(text.split(".")))
        steps: list[Step] = []
        position = 0
        while position < len(text):
            found = _TOKEN.match(text, position)
            if found is None:
                raise ValueError(f"not an address: {text!r}")
            steps.append(_step(found))
            position = found.end()
        return cls(tuple(steps))

    def __truediv__(self, step: Step) -> Address:
        return Address((*self.steps, step))

    def join(self, steps: Iterable[Step]) -> Address:
        """Returns the address that lies the given steps below this one."""
        return Address((*self.steps, *steps))

    @property
    def parent(self) -> Address:
        """The address one step up; the root is its own parent."""
        return Address(self.steps[:-1])

    @property
    def name(self) -> str:
        """The last step as text, such as ``backend``."""
        return str(self.steps[-1]) if self.steps else ""

    def is_within(self, other: Address) -> bool:
        """Tells whether this is the other address or lies below it."""
        return self.steps[: len(other.steps)] == other.steps

    def __str__(self) -> str:
        return _text(self.steps)

    def __lt__(self, other: Address) -> bool:
        try:
            return self.steps < other.steps
        except TypeError:  # a number meets a word: seldom, so the quick comparison goes first
            return self._order() < other._order()

    def _order(self) -> tuple[tuple[bool, int, str], ...]:
        # Numbers sort as numbers, so that policies[10] follows policies[9].
        return tuple((isinstance(s, str), s if isinstance(s, int) else 0, str(s)) for s in self.steps)


# A tenant's address opens a block in many files.
@lru_cache(2**15)
def _text(steps: tuple[Step, ...]) -> str:
    try:  # nearly all are plain words, and one look at them together is quicker than one at each
        text = ".".join(steps)  # type: ignore[arg-type]
    except TypeError:  # a number is among them
        text = ""
    if _PLAIN_STEPS(text) and text.count(".") == len(steps) - 1:
        return text
    return "".join(map(_written, steps)).removeprefix(".")


def _step(found: re.Match[str]) -> Step:
    if found["index"] is not None:
        return int(found["index"])
    if found["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", found["quoted"])
    return found["plain"]


def _written(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if _PLAIN(step):
        return f".{step}"
    return '["' + step.replace("\\", "\\\\").replace('"', '\\"') + '"]'
