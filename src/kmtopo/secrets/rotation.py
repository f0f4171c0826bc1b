"""``secrets rotate``: one slot gets a new value, and its owner learns what has to follow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, diagnose, has_errors
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot, slots
from kmtopo.secrets import certificate
from kmtopo.secrets.creation import fresh
from kmtopo.secrets.failures import Refused
from kmtopo.secrets.keeper import Held, Keeper, Safe
from kmtopo.secrets.keepers import keepers_of
from kmtopo.values import frozen


@frozen
class Rotated:
    """Which slots have new values, as their owner finds them, or why none has."""

    paths: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def rotate(folder: Path, deployment: Deployment, slot: Slot, variables: Mapping[str, str]) -> Rotated:
    """Gives a slot of an environment a new value in one step; what it belongs together with changes with it.

    An application's key goes to its former ones, so that what it encrypted can still be read; those are
    forgotten by rotating *them*. A certificate gets a new key.
    """
    keeper, safe = keepers_of(folder, deployment, slots(deployment), variables)
    if safe is None or not slot.is_ours:
        return Rotated(problems=(_of_its_owner(slot, keeper, deployment.environment.secrets),))
    try:
        return _rotated(safe, slot, deployment)
    except Refused as refusal:
        return Rotated(problems=(refusal.diagnostic,))


def _rotated(safe: Safe, slot: Slot, deployment: Deployment) -> Rotated:
    held = safe.held()
    found = (*safe.dangers(), *held.problems)
    if has_errors(found):
        return Rotated(problems=found)
    if slot.name not in held.values and slot.content not in ("certificate", "key"):
        return Rotated(problems=(*found, safe.missing(slot)))
    new = _new_values(slot, held, deployment)
    safe.replace(new)
    return Rotated(tuple(safe.called(name) for name in new), found)


def _new_values(slot: Slot, held: Held, deployment: Deployment) -> dict[str, bytes]:
    """What to put where, in the order that is right at any moment in between."""
    if slot.content in ("certificate", "key") and slot.partner:
        key = certificate.private_key()
        own = certificate.certificate(key, certificate.hosts_of(deployment))
        return (
            {slot.name: own, slot.partner: key}
            if slot.content == "certificate"
            else {slot.name: key, slot.partner: own}
        )
    if slot.content == "app-key" and slot.partner:
        former = [each for each in (held.values[slot.name].strip(), held.values.get(slot.partner, b"").strip()) if each]
        return {slot.partner: b",".join(former), slot.name: fresh(slot)}
    return {slot.name: fresh(slot)}


def _of_its_owner(slot: Slot, keeper: Keeper, kept: str) -> Diagnostic:
    """Says that kmtopo cannot make this value."""
    told = keeper.missing(slot)
    variant, command = "" if kept == "file" else kept, told.values.get("command", "")
    return diagnose("KM812", help=variant, name=slot.name, path=told.values["path"], command=command)
