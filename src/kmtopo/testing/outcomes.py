"""What an author asks about a package: whether all that it registers can be used and is pure, what it finds, what it writes."""

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
from kmtopo.testing.purity import listening
from kmtopo.testing.samples import SAMPLES
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
    return tuple(_told(each) for each in _checked(topology).diagnostics if not codes or each.code in codes)


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


def impurities(*topologies: str) -> tuple[str, ...]:
    """Checks texts by every installed type and rule, twice; returns what these did that a pure function never does.

    A file that was written, a socket, a process (``open '/tmp/x'``), or another outcome of the same text; ``SAMPLES``
    are checked where no text is given.
    """
    return tuple(told for text in topologies or SAMPLES.values() for told in _impure(text))


def _impure(topology: str) -> Iterator[str]:
    _checked(topology)  # whatever is loaded is loaded now
    with listening() as acts:
        first, again = _checked(topology), _checked(topology)
    yield from dict.fromkeys(acts)
    if first.diagnostics != again.diagnostics:
        yield "other findings the second time"
    if first.deployments != again.deployments:
        yield "other containers the second time"


def _checked(topology: str) -> Build:
    return pipeline.run(pipeline.CHECKING, Build(Source("topology.yaml", topology)))


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
