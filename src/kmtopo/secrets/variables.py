"""The keeper ``env``: whoever starts the environment has the values in variables, and kmtopo makes none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtopo.diagnostics import Diagnostic
from kmtopo.resolve.slots import Slot, variable_of
from kmtopo.secrets.keeper import Held, is_missing


class VariableKeeper:
    """The environment of this process: what ``secrets.sh`` would find in it."""

    def __init__(self, environment: str, slots: Iterable[Slot], variables: Mapping[str, str]) -> None:
        self.place = ""
        self._environment, self._slots, self._variables = environment, tuple(slots), variables

    def called(self, name: str) -> str:
        """The variable of a slot."""
        return variable_of(name)

    def missing(self, slot: Slot) -> Diagnostic:
        """Says that a variable is not set."""
        return is_missing(slot, slot.variable, self._environment, "env")

    def held(self) -> Held:
        """Reads the variables of the slots; one that may be empty need not be set."""
        optional = {slot.name: b"" for slot in self._slots if slot.may_be_empty}
        found = {s.name: _bytes(self._variables[s.variable]) for s in self._slots if s.variable in self._variables}
        return Held({**optional, **found})

    def dangers(self) -> tuple[Diagnostic, ...]:
        """Returns nothing: who can read the variables of this process is not known."""
        return ()


def _bytes(value: str) -> bytes:
    # As the process was given it, be that text or not.
    return value.encode("utf-8", "surrogateescape")
