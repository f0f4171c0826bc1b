"""``secrets check``: what is missing, weak, shared, open to others, or needed no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from hashlib import sha256
from pathlib import Path

from kmtopo.diagnostics import Diagnostic, Severity, diagnose
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot, slots
from kmtopo.secrets import certificate
from kmtopo.secrets.failures import Refused
from kmtopo.secrets.keeper import Held, Keeper, lack
from kmtopo.secrets.keepers import keepers_of
from kmtopo.secrets.repository import in_images
from kmtopo.secrets.values import STRONG, bits, is_placeholder
from kmtopo.values import frozen


@frozen
class _Examined:
    """One environment: its slots, who keeps their values, what these are, and why they cannot be read."""

    deployment: Deployment
    slots: tuple[Slot, ...]
    keeper: Keeper
    held: Held = field(default_factory=lambda: Held({}))
    problems: tuple[Diagnostic, ...] = ()

    @property
    def name(self) -> str:
        return self.deployment.environment.name


def examine(
    folder: Path, deployments: Iterable[Deployment], chosen: Iterable[str], variables: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with the secrets of the chosen environments; those of all are compared.

    ``folder`` is the topology's, ``variables`` are those of this process.
    """
    examined = {one.name: one for one in (_read(folder, each, variables) for each in deployments)}
    found: list[Diagnostic] = []
    for name in sorted(set(chosen) & set(examined)):
        found += _findings(examined[name])
    found += _shared(examined, set(chosen))
    return (*found, *in_images(folder, (one.deployment for one in examined.values())))


def _read(folder: Path, deployment: Deployment, variables: Mapping[str, str]) -> _Examined:
    needed = slots(deployment)
    keeper, _ = keepers_of(folder, deployment, needed, variables)
    try:
        return _Examined(deployment, needed, keeper, keeper.held(), keeper.dangers())
    except Refused as refusal:
        return _Examined(deployment, needed, keeper, problems=(refusal.diagnostic,))


def _findings(one: _Examined) -> Iterator[Diagnostic]:
    yield from one.problems
    yield from one.held.problems
    if one.problems and not one.held.values:
        return
    for slot in one.slots:
        value = one.held.values.get(slot.name)
        yield from [lack(slot, one.held, one.keeper, one.name)] if value is None else _judged(slot, value, one)
    for name in sorted(set(one.held.values) - {slot.name for slot in one.slots}):
        yield diagnose("KM808", path=one.keeper.called(name))


def _judged(slot: Slot, value: bytes, one: _Examined) -> Iterator[Diagnostic]:
    path = one.keeper.called(slot.name)
    if not value.strip():
        yield from () if slot.may_be_empty else (diagnose("KM802", subject=slot.address, path=path),)
    elif slot.content == "certificate":
        yield from _certificate(slot, value, one)
    elif slot.content not in ("key", "app-keys"):
        yield from _strength(slot, value, one)


def _strength(slot: Slot, value: bytes, one: _Examined) -> Iterator[Diagnostic]:
    if is_placeholder(value):
        word = "placeholder" if slot.is_ours else "placeholder_free"
    elif bits(value) < STRONG:
        word = "" if slot.is_ours else "free"
    else:
        return
    at, path = slot.address, one.keeper.called(slot.name)
    said = {"name": slot.name, "environment": one.name, "bits": str(bits(value)), "strong": str(STRONG)}
    made = diagnose("KM803", subject=at, help=word, path=path)
    yield replace(made, values={**made.values, **said})


def _certificate(slot: Slot, value: bytes, one: _Examined) -> Iterator[Diagnostic]:
    path, environment = one.keeper.called(slot.name), one.name
    key = one.held.values.get(slot.partner or "")
    try:
        if not certificate.is_certificate(value):
            yield diagnose("KM810", path=path, name=slot.name, environment=environment)
            return
        if key is not None and not certificate.belong_together(value, key):
            yield diagnose("KM810", path=path, name=slot.name, environment=environment, help="mismatch")
        for word, said in certificate.doubts(value, [host.name for host in one.deployment.hosts]):
            at = slot.address
            yield diagnose(
                "KM809", subject=at, help=word, path=path, said=said, name=slot.name, environment=environment
            )
    except Refused as refusal:
        yield refusal.diagnostic


def _shared(examined: Mapping[str, _Examined], chosen: set[str]) -> Iterator[Diagnostic]:
    """Yields values that stand in two slots; only digests are compared, and none is shown."""
    for one in (examined[name] for name in sorted(chosen & set(examined))):
        for slots_of_value in _repeated(_places([one])):
            companies = {slot.tenant for _, slot in slots_of_value if slot.tenant}
            severity = Severity.ERROR if companies else None
            yield diagnose("KM804", severity=severity, paths=_listed(slots_of_value))
    comparable = [one for one in examined.values() if one.deployment.environment.secrets != "env"]
    for slots_of_value in _repeated(_places(comparable)):
        worlds = {one.name for one, _ in slots_of_value}
        if len(worlds) > 1 and worlds & chosen:
            yield diagnose("KM804", help="environments", paths=_listed(slots_of_value))


_Place = tuple[_Examined, Slot]


def _places(examined: Iterable[_Examined]) -> dict[bytes, list[_Place]]:
    places: dict[bytes, list[_Place]] = {}
    for one in examined:
        for slot in one.slots:
            value = one.held.values.get(slot.name, b"").strip()
            if value and slot.content != "app-keys":
                places.setdefault(sha256(value).digest(), []).append((one, slot))
    return places


def _repeated(places: Mapping[bytes, list[_Place]]) -> list[list[_Place]]:
    by_path: Callable[[list[_Place]], str] = _listed
    return sorted((each for each in places.values() if len(each) > 1), key=by_path)


def _listed(places: Iterable[_Place]) -> str:
    return "`, `".join(one.keeper.called(slot.name) for one, slot in places)
