"""The keeper ``sops``: one encrypted file for each environment, which is committed; the real program does the cryptography."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.resolve.slots import Slot, variable_of
from kmtopo.secrets.failures import Refused, disk_of
from kmtopo.secrets.keeper import FOLDER, Held, command_path, is_missing
from kmtopo.secrets.programs import answer
from kmtopo.secrets.repository import hidden
from kmtopo.writer.places import staged

RULES = ".sops.yaml"
RECIPIENTS = "SOPS_AGE_RECIPIENTS"

_PATH = rf"^{FOLDER}/[^/]+\.sops\.yaml$"
_AS_YAML = ("--input-type", "yaml", "--output-type", "yaml")
_lacks_a_rule = re.compile(r"creation rules|config file not found|no keys provided").search


class SopsKeeper:
    """The file ``secrets/<environment>.sops.yaml``: a variable of each slot, its value encrypted.

    ``recipients`` are the public keys of age that a first rule is written for.
    """

    def __init__(self, folder: Path, environment: str, slots: Iterable[Slot], recipients: str = "") -> None:
        self.place = f"{FOLDER}/{environment}.sops.yaml"
        self._folder, self._environment, self._recipients = folder, environment, recipients
        self._names = {slot.variable: slot.name for slot in slots}

    def called(self, name: str) -> str:
        """The file, and the variable of a slot in it."""
        # One that no slot needs goes by the name that it has there.
        variable = variable_of(name) if name in self._names.values() else name
        return f"{self._folder / self.place}: {variable}"

    def missing(self, slot: Slot) -> Diagnostic:
        """Says that the file has no such variable."""
        command = f"sops edit {command_path(self._folder, self.place)}"
        variant = "" if slot.is_ours else "sops"
        path = self.called(slot.name)
        return is_missing(slot, path, self._environment, variant, variable=slot.variable, command=command)

    def held(self) -> Held:
        """Has the file decrypted, in memory."""
        with disk_of(self._folder) as disk:
            if disk.look(self.place) is None:
                return Held({})
            disk.read(self.place)
        told = json.loads(answer(("sops", "decrypt", "--output-type", "json", self.place), folder=self._folder))
        if not isinstance(told, dict):
            raise Refused(diagnose("KM816", help="kind", path=str(self._folder / self.place), reason=""))
        return Held({self._names.get(str(key), str(key)): str(value).encode() for key, value in told.items()})

    def dangers(self) -> tuple[Diagnostic, ...]:
        """Tells where git would leave the file out."""
        return tuple(hidden(self._folder, self.place))

    def prepare(self) -> None:
        """Makes the folder, and the rule that says who can decrypt, where no file has one yet."""
        with disk_of(self._folder) as disk:
            if disk.look(FOLDER) is None:
                disk.make_folder(FOLDER)
            if disk.look(RULES) is None and self._recipients:
                disk.create(RULES, self._rules().encode())

    def add(self, values: Mapping[str, bytes]) -> None:
        """Encrypts new values; the ciphertext of what the file has stays as it is."""
        with disk_of(self._folder) as disk:
            is_new = disk.look(self.place) is None
        if is_new and values:
            self._begin(values)
        elif values:
            self._set(values)

    def replace(self, values: Mapping[str, bytes]) -> None:
        """Encrypts values in the place of others, all in one step."""
        self._set(values)

    def _begin(self, values: Mapping[str, bytes]) -> None:
        plain = json.dumps({variable_of(name): value.decode() for name, value in values.items()}).encode()
        words = ("sops", "encrypt", "--filename-override", self.place, "--input-type", "json", "--output-type", "yaml")
        try:
            encrypted = answer(words, plain, self._folder, values.values())
        except Refused as refusal:
            if _lacks_a_rule(refusal.said):
                raise Refused(self._without_rule()) from None
            raise
        with disk_of(self._folder) as disk:
            disk.create(self.place, encrypted)

    def _set(self, values: Mapping[str, bytes]) -> None:
        new = staged(self.place)
        with disk_of(self._folder) as disk:
            disk.discard(new)
            disk.create(new, disk.read(self.place))
            try:
                for name, value in values.items():
                    words = ("sops", "set", *_AS_YAML, "--value-stdin", new, json.dumps([variable_of(name)]))
                    answer(words, json.dumps(value.decode()).encode(), self._folder, (value,))
            except Refused:
                disk.discard(new)
                raise
            disk.rename(new, self.place)

    def _rules(self) -> str:
        recipients = json.dumps(",".join(each.strip() for each in self._recipients.split(",")))
        return f"creation_rules:\n  - path_regex: {_PATH}\n    age: {recipients}\n"

    def _without_rule(self) -> Diagnostic:
        with disk_of(self._folder) as disk:
            help_ = "unmatched" if disk.look(RULES) else ""
        path, rules = str(self._folder / self.place), str(self._folder / RULES)
        return diagnose("KM815", help=help_, path=path, rules=rules, regex=_PATH, variable=RECIPIENTS)
