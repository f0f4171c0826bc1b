"""What an author asks about a package: whether all that it registers can be used, what it finds, what it writes."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo import pipeline, registry
from kmtopo.checks.rulebook import rulebook
from kmtopo.diagnostics import Diagnostic, faulty
from kmtopo.packages import GENERATORS, RULES, TYPES, Plugin, PluginFault, plugins
from kmtopo.pipeline import Build, Request
from kmtopo.report.words import summary
from kmtopo.source import Source
from kmtopo.testing.golden import tree_of
from kmtopo.types.catalogue import catalogue

_LANGUAGE = "en"


def faults(package: str) -> tuple[str, ...]:
    """Returns what keeps generators, types and rules of an installed package from being used; nothing for a sound one.

    Raises:
        LookupError: no package of that name registers anything.
    """
    theirs = [each for group in (GENERATORS, TYPES, RULES) for each in plugins(group).values() if _is_of(each, package)]
    if not theirs:
        raise LookupError(f"no package {package!r} registers anything in kmtopo's groups of entry points")
    return tuple(summary(faulty(fault), _LANGUAGE) for plugin in theirs for fault in _faults(plugin))


def findings(topology: str, *codes: str) -> tuple[str, ...]:
    """Checks a text by every rule; returns what is found, by place: ``8:3 warning[hosts/HO001]: …``.

    Where codes are named, nothing but what has one of them.
    """
    found = pipeline.run(pipeline.CHECKING, Build(Source("topology.yaml", topology))).diagnostics
    return tuple(_told(each) for each in found if not codes or each.code in codes)


def built(topology: str, *generators: str) -> dict[str, str]:
    """Builds a text by the named generators, all where none is named; returns every file by its path below ``build``.

    Raises:
        ValueError: the topology is in error.
    """
    start = Build(Source("topology.yaml", topology), request=Request(generators=generators or None))
    build = pipeline.run(pipeline.BUILDING, start)
    if not build.ok:
        raise ValueError("\n".join(map(_told, build.diagnostics)))
    return tree_of(build)


def _is_of(plugin: Plugin, package: str) -> bool:
    return package in (plugin.package, *plugin.rivals)


def _faults(plugin: Plugin) -> Iterator[PluginFault]:
    if plugin.group == GENERATORS:
        try:
            registry.generator(plugin.name)
        except PluginFault as fault:
            yield fault
    elif plugin.group == TYPES:
        if plugin.name not in catalogue():
            yield catalogue().faults[plugin.name]
    else:
        yield from (fault for fault in rulebook().faults if fault.values["name"] == plugin.name)


def _told(found: Diagnostic) -> str:
    span = found.primary.span if found.primary else None
    place = f"{span.start.line}:{span.start.column} " if span else ""
    return f"{place}{found.severity.value}[{found.code}]: {summary(found, _LANGUAGE)}"
