"""``kmtopo show``."""

from __future__ import annotations

import re
from pathlib import Path

from kmtopo import provenance
from kmtopo.addresses import Address
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.pipeline import Build
from kmtopo.provenance import Part
from kmtopo.report.visible import visible
from kmtopo.source import Span

_BUILT_LINE = re.compile(r"(?P<file>.+):(?P<line>[0-9]+)\Z", re.DOTALL).match
_BARE = ("vps", "networks", "containers", "tenants")


def show(session: Session, what: str, file: Path, environments: list[str] | None) -> None:
    """Prints a resolved value with the place of each part, or the topology's line behind a built one."""
    built = _BUILT_LINE(what)
    if built:
        from kmtopo.cli.built_line import show_built_line

        show_built_line(session, Path(built["file"]), int(built["line"][:9]), file)
        return
    build = compiled(session, read(session, file), environments)
    if build.document is None or not build.worlds:
        session.report(build.diagnostics, sources(build))
        raise Stop(Exit.PROBLEM)
    address = _address(session, what, build)
    names = [name for name in sorted(environments or build.worlds) if name in build.worlds]
    resolved = {name: provenance.parts(build, name, address) for name in names}
    for name, parts in resolved.items():
        if parts:
            _tell(session, f"{address} ({name})", parts)
    if not any(resolved.values()):
        _tell_written(session, build, address, what)


def _tell_written(session: Session, build: Build, address: Address, what: str) -> None:
    """What is no part of one environment is told as it is written."""
    parts = provenance.written(build, address)
    if not parts:
        raise session.refuse("no-address", Exit.PROBLEM, known=_names(build, address), name=what)
    _tell(session, str(address), parts)


def _address(session: Session, what: str, build: Build) -> Address:
    """Reads an address; a bare name serves where it is unique among machines, networks, containers and tenants."""
    try:
        address = Address.parse(what)
    except ValueError:
        address = Address()
    if not address.steps:
        raise session.refuse("no-address", Exit.PROBLEM, known=_names(build, address), name=what)
    first = str(address.steps[0])
    nouns = [n for n in _BARE if any(first in {*world.items[n], *world.declared(n)} for world in build.worlds.values())]
    assert build.document is not None, "show() ends the command where there is no document"
    if first in build.document.data or not nouns:
        return address
    if len(nouns) > 1:
        known = ", ".join(str(Address((noun, *address.steps))) for noun in nouns)
        raise session.refuse("ambiguous", Exit.PROBLEM, given=what, names=known)
    return Address((nouns[0], *address.steps))


def _names(build: Build, address: Address) -> list[str]:
    """What may have been meant: every item, by its address and by its name, and every part near the address."""
    items = {(noun, name) for world in build.worlds.values() for noun in world.items for name in world.items[noun]}
    nearby = [provenance.parts(build, name, Address(address.steps[:2])) for name in build.worlds if address.steps]
    deep = {str(Address(address.steps[:2])) + f".{part.path}" for parts in nearby for part in parts}
    return sorted({str(Address(item)) for item in items} | {name for _, name in items} | deep)


def _tell(session: Session, title: str, parts: list[Part]) -> None:
    print(f"# {visible(title)}")
    width = max(len(part.path) for part in parts)
    for part in parts:
        print(f"{visible(part.path):<{width}}  {visible(part.value)}  # {_origin(session, part)}")


def _origin(session: Session, part: Part) -> str:
    places = [_place(part.span)] if part.span else []
    if part.known_by:
        places.append(session.word(part.known_by, name=part.knower))
    if part.scaled_at:
        places.append(session.word("scaled", place=_place(part.scaled_at)))
    return ", ".join(places)


def _place(span: Span) -> str:
    return f"{visible(span.source)}:{span.start.line}:{span.start.column}"
