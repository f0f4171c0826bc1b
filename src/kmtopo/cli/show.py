"""``kmtopo show``."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

from kmtopo import provenance
from kmtopo.addresses import Address
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.pipeline import Build
from kmtopo.provenance import Part

_BUILT_LINE = re.compile(r"(?P<file>.+):(?P<line>[0-9]+)\Z").match
_BARE = ("vps", "networks", "containers", "tenants")


def show(session: Session, what: str, file: Path, environments: list[str] | None) -> None:
    """Prints a resolved value with the place of each part, or the topology's line behind a built one."""
    built = _BUILT_LINE(what)
    if built and Path(built["file"]).is_file():
        _built_line(session, Path(built["file"]), int(built["line"]))
        return
    build = compiled(session, read(session, file), environments)
    if build.topology is None or not build.worlds:
        session.report(build.diagnostics, sources(build))
        raise Stop(Exit.PROBLEM)
    address = _address(what, build)
    names = sorted(environments or build.worlds)
    told = [name for name in names if address and _tell(build, name, address)]
    if not told:
        raise session.refuse("no-address", Exit.PROBLEM, name=what)


def _built_line(session: Session, file: Path, line: int) -> None:
    for folder in file.resolve().parents:
        trace = folder / "trace.json"
        if trace.is_file():
            path = PurePosixPath(file.resolve().relative_to(folder).as_posix())
            blocks = json.loads(trace.read_text(encoding="utf-8")).get(str(path), [])
            opened = [block for block in blocks if block[0] <= line]
            if opened:
                _, address, place = opened[-1]
                print(f"{place}  {address}")
                return
            break
    raise session.refuse("no-trace", Exit.PROBLEM, name=f"{file}:{line}")


def _address(what: str, build: Build) -> Address | None:
    """Reads an address; a bare name serves where it is unique among machines, networks, containers and tenants."""
    try:
        address = Address.parse(what)
    except ValueError:
        return None
    if not address.steps or build.topology is None or str(address.steps[0]) in (*build.topology.items, "tenancy"):
        return address
    first = str(address.steps[0])
    nouns = [n for n in _BARE if any(first in world.items[n] for world in build.worlds.values())]
    return Address((nouns[0], *address.steps)) if len(nouns) == 1 else None


def _tell(build: Build, environment: str, address: Address) -> bool:
    parts = provenance.parts(build, environment, address)
    if not parts:
        return False
    print(f"# {address} ({environment})")
    width = max(len(part.path) for part in parts)
    for part in parts:
        print(f"{part.path:<{width}}  {part.value}  # {_place(part)}")
    return True


def _place(part: Part) -> str:
    if part.span is None:
        return part.known_by
    return f"{part.span.source}:{part.span.start.line}:{part.span.start.column}"
