"""Renames: what an item was called before keeps what the lock holds for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, Suggestion, Term, diagnose
from kmtopo.model.topology import Topology
from kmtopo.resolve.allocation import Needs
from kmtopo.resolve.copies import derived
from kmtopo.resolve.lock import Lock
from kmtopo.resolve.world import World, unknown
from kmtopo.values import frozen

MOVABLE: dict[str, Term] = {
    "containers": Term("container"),
    "environments": Term("environment"),
    "networks": Term("network"),
    "tenants": Term("tenant"),
    "vps": Term("machine"),
    "zones": Term("zone"),
}
# What the parts of a key of the lock are names of; what follows them is no name.
_KEYS = {
    "subnets": ("environments", "networks"),
    "ports": ("environments", "containers"),
    "databases": ("environments", "containers", "containers"),
}


@frozen
class Move:
    """One rename: its entry in the file, the noun, the former name and the one that the file says comes next."""

    at: Address
    noun: str
    before: str
    after: str


@frozen
class Former:
    """A name that something had, and the renames since, by their places in the file."""

    name: str
    by: frozenset[Address] = frozenset()


@frozen
class Moves:
    """All renames of a topology that make sense, by noun and the name that they lead to."""

    into: Mapping[tuple[str, str], Move]

    @property
    def all(self) -> tuple[Move, ...]:
        """The renames in the order of the file."""
        return tuple(sorted(self.into.values(), key=lambda move: move.at))

    def former(self, noun: str, name: str) -> Iterator[Former]:
        """Yields the names that an item had, the nearest first."""
        by: frozenset[Address] = frozenset()
        while (move := self.into.get((noun, name))) is not None and move.at not in by:
            by, name = by | {move.at}, move.before
            yield Former(name, by)

    def end(self, move: Move) -> str:
        """What the renamed thing is called in the end."""
        onward = {(each.noun, each.before): each for each in self.into.values()}
        name, seen = move.after, {move.at}
        while (further := onward.get((move.noun, name))) is not None and further.at not in seen:
            seen.add(further.at)
            name = further.after
        return name


def moves(topology: Topology, found: list[Diagnostic]) -> Moves:
    """Reads the renames; one that cannot be meant is reported and left out."""
    read = [
        move for layer in topology.lists.get("moved", ()) if (move := _move(layer.data, layer.where.address, found))
    ]
    single = list(_single(read, found))
    ends = Moves({(move.noun, move.after): move for move in single})
    sound = [move for move in single if _is_sound(move, ends.end(move), topology, found)]
    return Moves({(move.noun, move.after): move for move in sound})


def _move(data: Mapping[str, Any], at: Address, found: list[Diagnostic]) -> Move | None:
    if not (data.get("from") and data.get("to")):
        return None
    before, after = (_item(str(data[key]), at / key, found) for key in ("from", "to"))
    if before is None or after is None:
        return None
    if before[0] != after[0]:
        found.append(diagnose("KM341", at / "to", help="nouns", before=data["from"], after=data["to"]))
        return None
    return Move(at, before[0], before[1], after[1])


def _item(text: str, at: Address, found: list[Diagnostic]) -> tuple[str, str] | None:
    try:
        steps = Address.parse(text).steps
    except ValueError:
        steps = ()
    if len(steps) == 2 and steps[0] in MOVABLE:
        return str(steps[0]), str(steps[1])
    found.append(diagnose("KM341", at, name=text, known=", ".join(sorted(MOVABLE))))
    return None


def _single(read: Iterable[Move], found: list[Diagnostic]) -> Iterator[Move]:
    """Of several renames from or to one name, the first."""
    first: dict[tuple[str, str, str], Move] = {}
    for move in read:
        keys = (("from", move.noun, move.before), ("to", move.noun, move.after))
        rivals = [(key, first[key]) for key in keys if key in first]
        for (end, noun, name), rival in rivals[:1]:
            also = [Label(address=rival.at / end, text="first")]
            found.append(diagnose("KM342", move.at / end, also=also, help=end, name=f"{noun}.{name}"))
        if not rivals:
            first.update(dict.fromkeys(keys, move))
            yield move


def _is_sound(move: Move, end: str, topology: Topology, found: list[Diagnostic]) -> bool:
    """Whether the former name is gone, and the new one there."""
    if topology.is_absent(move.noun):
        return False
    items, term = topology.items_of(move.noun), MOVABLE[move.noun]
    if move.before in items or topology.is_absent(move.noun, move.before):
        there = items[move.before].where.address if move.before in items else Address.of(move.noun, move.before)
        also = [Label(address=there, part="key", text="there")]
        before, after = f"{move.noun}.{move.before}", f"{move.noun}.{move.after}"
        found.append(diagnose("KM340", move.at / "from", also=also, before=before, after=after))
        return False
    if end in items or topology.is_absent(move.noun, end):
        return True
    wrong = unknown(term, move.after, items, move.at / "to")
    fix = Suggestion(f"{move.noun}.{wrong.suggestion.replacement}") if wrong.suggestion else None
    found.append(replace(wrong, suggestion=fix))
    return False


def carried(lock: Lock, needs: Needs, known: Moves, worlds: Mapping[str, World]) -> tuple[Lock, frozenset[Address]]:
    """Returns the lock with entries of former names under the present ones; second, the renames that had any."""
    if not known.into:
        return lock, frozenset()
    used: set[Address] = set()
    kinds: dict[str, Any] = {}
    for kind, nouns in _KEYS.items():
        entries, wanted = dict(getattr(lock, kind)), getattr(needs, kind)
        for key in sorted(wanted.keys() - entries.keys()):
            for former in _former_keys(key, nouns, known, worlds):
                if former.name in entries and former.name not in wanted:
                    entries[key] = entries.pop(former.name)
                    used |= former.by
                    break
        kinds[kind] = entries
    return replace(lock, **kinds), frozenset(used)


def _former_keys(key: str, nouns: tuple[str, ...], known: Moves, worlds: Mapping[str, World]) -> Iterator[Former]:
    """The keys that an entry of the lock may have had; names hold no dot."""
    parts = key.split(".")
    world = worlds[parts[0]]
    choices = [
        [Former(name), *_former_names(noun, name, world, known)] for noun, name in zip(nouns, parts, strict=False)
    ]
    for chosen in product(*choices):
        by = frozenset().union(*(part.by for part in chosen))
        if by:
            yield Former(".".join([*(part.name for part in chosen), *parts[len(chosen) :]]), by)


def _former_names(noun: str, name: str, world: World, known: Moves) -> Iterator[Former]:
    """What a thing was called; a dedicated tenant's copy is named after what it copies and whose it is."""
    copy = world.copy(noun, name)
    if copy is None:
        yield from known.former(noun, name)
        return
    originals = [Former(copy.original), *known.former(noun, copy.original)]
    tenants = [Former(copy.tenant), *known.former("tenants", copy.tenant)]
    for original, tenant in product(originals, tenants):
        if original.by or tenant.by:
            yield Former(derived(original.name, tenant.name), original.by | tenant.by)
