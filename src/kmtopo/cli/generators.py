"""``kmtopo generators``: what is installed, by the packages that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kmtopo import registry
from kmtopo.checks.rulebook import Rulebook, rulebook
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import faulty
from kmtopo.packages import GENERATORS, TYPES, Plugin, PluginFault, plugins
from kmtopo.texts import CODES
from kmtopo.types.catalogue import catalogue
from kmtopo.values import frozen


@frozen
class Line:
    """One thing that is installed: what it is called, what it is, and from where it comes if not from us."""

    name: str
    told: str
    plugin: Plugin


def generators(session: Session) -> None:
    """Lists generators, container types and rules, one a line; exit 3 where a package cannot be used, and why."""
    book, faults = rulebook(), list[PluginFault]()
    for heading, lines in (
        ("generators-heading", _listed(GENERATORS, lambda name: registry.generator(name).summary, faults)),
        ("types-heading", _listed(TYPES, lambda name: _type(name, session.language), faults)),
        ("rules-heading", list(_rules(book, session))),
    ):
        _print(session.word(heading), lines)
    faults += book.faults
    session.report(map(faulty, faults), {})
    if faults:
        raise Stop(Exit.MISSING)


def _listed(group: str, told: Callable[[str], str], faults: list[PluginFault]) -> list[Line]:
    lines = []
    for name, plugin in plugins(group).items():
        try:
            lines.append(Line(name, told(name), plugin))
        except PluginFault as fault:
            faults.append(fault)
    return lines


def _type(name: str, language: str) -> str:
    kind = catalogue().get(name)
    if kind is None:
        raise catalogue().faults[name]
    told = dict(kind.kind).get(language, "")
    return f"{kind.title}: {told}" if kind.title else told


def _rules(book: Rulebook, session: Session) -> Iterator[Line]:
    """Ours by how many there are, those of other packages one by one."""
    ours = [plugin for plugin, _ in book.rules if plugin.is_ours]
    if ours:
        yield Line(ours[0].name, session.word("our-rules", count=len(ours)), ours[0])
    for plugin, check in book.rules:
        if not plugin.is_ours:
            yield Line(check.code, CODES[check.code].name, plugin)


def _print(heading: str, lines: list[Line]) -> None:
    print(heading)
    width = max((len(line.name) for line in lines), default=0)
    for line in lines:
        source = "" if line.plugin.is_ours else f" ({line.plugin.package} {line.plugin.version})"
        print(f"  {line.name:<{width}}  {line.told}{source}")
