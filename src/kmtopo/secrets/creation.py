"""``secrets init``: makes what is missing, and nothing that is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, has_errors
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot, slots
from kmtopo.secrets import certificate, values
from kmtopo.secrets.failures import Refused
from kmtopo.secrets.keeper import Held, Safe, lack, lacking
from kmtopo.secrets.keepers import keepers_of
from kmtopo.secrets.repository import ignore
from kmtopo.values import frozen


@frozen
class Made:
    """What was made for one environment: the names of new slots, how many were there, and what went wrong."""

    environment: str
    place: str
    names: tuple[str, ...] = ()
    kept: int = 0
    problems: tuple[Diagnostic, ...] = ()


def create(folder: Path, deployment: Deployment, variables: Mapping[str, str]) -> Made:
    """Makes the secrets of an environment that are missing; what only an owner can know is told.

    ``folder`` is the topology's, ``variables`` are those of this process.
    """
    needed = slots(deployment)
    keeper, safe = keepers_of(folder, deployment, needed, variables)
    made = Made(deployment.environment.name, keeper.place)
    try:
        if safe is None:
            held = keeper.held()
            told = (lack(slot, held, keeper, made.environment) for slot in lacking(needed, held))
            return replace(made, kept=len(held.values), problems=tuple(told))
        ignore(folder)
        safe.prepare()
        return _filled(made, safe, needed, certificate.hosts_of(deployment))
    except Refused as refusal:
        return replace(made, problems=(refusal.diagnostic,))


def _filled(made: Made, safe: Safe, needed: tuple[Slot, ...], hosts: Iterable[str]) -> Made:
    held = safe.held()
    missing = lacking(needed, held)
    found = (*safe.dangers(), *held.problems)
    made = replace(made, kept=len(needed) - len(missing))
    if has_errors(found):
        return replace(made, problems=found)
    new, problems = _values(missing, held, hosts)
    safe.add(new)
    # What could not be made for want of a program is told by that program's name.
    told = (lack(slot, held, safe, made.environment) for slot in missing if slot.name not in new)
    untold = (d for d in told if not (problems and d.help in ("", "half")))
    return replace(made, names=tuple(sorted(new)), problems=(*found, *problems, *untold))


def _values(missing: Iterable[Slot], held: Held, hosts: Iterable[str]) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Makes a value for each slot that can have any, and tells which programs did not do what they should."""
    new: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    # A certificate is made of its key, which comes later by name.
    for slot in sorted(missing, key=lambda each: each.content != "key"):
        try:
            value = _value(slot, {**held.values, **new}, hosts)
        except Refused as refusal:
            problems.append(refusal.diagnostic)
        else:
            new |= {} if value is None else {slot.name: value}
    return new, problems


def _value(slot: Slot, known: Mapping[str, bytes], hosts: Iterable[str]) -> bytes | None:
    partner = known.get(slot.partner or "")
    if slot.content == "certificate":
        return certificate.certificate(partner, hosts) if partner else None
    # A new key would leave the certificate that somebody put there without its own.
    has_certificate = slot.content == "key" and partner is not None
    return None if has_certificate or not slot.is_ours else fresh(slot)


def fresh(slot: Slot) -> bytes:
    """Makes the value of a slot that stands by itself.

    Raises:
        Refused: a program that makes it does not.
    """
    if slot.content == "key":
        return certificate.private_key()
    if slot.content == "app-key":
        return values.application_key()
    return b"" if slot.may_be_empty else values.password()
