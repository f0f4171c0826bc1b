"""Keepers: who has the values of an environment's secrets, behind one interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Protocol

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.resolve.slots import Slot
from kmtopo.values import frozen

FOLDER = "secrets"


@frozen
class Held:
    """The values that a keeper has, by name, and what is wrong with how it has them."""

    values: Mapping[str, bytes]
    problems: tuple[Diagnostic, ...] = ()


class Keeper(Protocol):
    """Who has the values of one environment.

    Its methods raise ``Refused`` where the disk or a program does not do what it was asked.
    """

    place: str

    def called(self, name: str) -> str:
        """How its owner finds a slot."""

    def missing(self, slot: Slot) -> Diagnostic:
        """Says that a slot is missing, and what to do about it."""

    def held(self) -> Held:
        """Returns what it has."""

    def dangers(self) -> tuple[Diagnostic, ...]:
        """Returns who else could read what it has; no value may be put there then."""


class Safe(Keeper, Protocol):
    """A keeper that kmtopo may put values into."""

    def prepare(self) -> None:
        """Makes the place ready for values."""

    def add(self, values: Mapping[str, bytes]) -> None:
        """Keeps new values; what it has stays."""

    def replace(self, values: Mapping[str, bytes]) -> None:
        """Puts values in the place of others, each in one step, in this order."""


def lack(slot: Slot, held: Held, keeper: Keeper, environment: str) -> Diagnostic:
    """Says that a slot is missing; a key whose certificate is there cannot be made again."""
    if slot.content == "key" and slot.partner in held.values:
        return is_missing(slot, keeper.called(slot.name), environment, "half", name=slot.name)
    return keeper.missing(slot)


def lacking(slots: Iterable[Slot], held: Held) -> list[Slot]:
    """Lists the slots that a keeper has nothing for."""
    return [slot for slot in slots if slot.name not in held.values]


def command_path(folder: Path, place: str) -> str:
    """Writes a place beside the topology as a word of a command line."""
    return quote(str(folder / place))


def is_missing(slot: Slot, path: str, environment: str, variant: str = "", **values: str) -> Diagnostic:
    """Says that nothing is kept for a slot; ``variant`` names the way to mend it."""
    made = diagnose("KM801", subject=slot.address, help=variant, path=path, environment=environment)
    return replace(made, values={**made.values, "users": ", ".join(slot.users), **values})
