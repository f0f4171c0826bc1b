"""Runs the generators: graphs become artifacts, in memory, and patches change them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kmtopo import registry
from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact, Hatch
from kmtopo.diagnostics import Diagnostic, diagnose, did_you_mean, faulty
from kmtopo.graph.graph import Graph
from kmtopo.model.layered import Layer, Where
from kmtopo.model.problems import checked
from kmtopo.model.topology import Topology
from kmtopo.packages import PluginFault
from kmtopo.plugin import Generator, Options, Picture, Piece, Tools
from kmtopo.records import validated
from kmtopo.source import Source
from kmtopo.syntax import Document
from kmtopo.templates import Overrides
from kmtopo.trace import trace
from kmtopo.values import frozen

if TYPE_CHECKING:
    from kmtopo.patching import Site

OURS = "kmtopo"
Made = tuple[tuple[str, Artifact], ...]


@frozen
class Generated:
    """Each environment's artifacts with the generator that made them, sorted by path; where they depart from its own; findings."""

    artifacts: Mapping[str, Made]
    hatches: tuple[Hatch, ...]
    found: tuple[Diagnostic, ...]


def generate(
    topology: Topology,
    document: Document,
    graphs: Mapping[str, Graph],
    only: Collection[str] | None,
    *,
    drawing: bool = True,
    templates: Iterable[Source] = (),
    options: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> Generated:
    """Runs the named generators (None: all) over the graphs of some environments.

    Without ``drawing`` those that only draw have their options checked, and are not run, and the trace stays empty. ``templates`` are the project's
    own, named after the generators' that they replace. ``options`` lie over those that the topology gives a generator.
    The topology's patches come last.
    """
    found: list[Diagnostic] = list(_unknown(topology))
    chosen = registry.generator_names() if only is None else only
    generators = list(_loaded(sorted(set(chosen)), found))
    running = [g for g in generators if drawing or not g.draws]
    shown = [] if only is None else list(_shown(running))
    given = {g.name: _options(g, topology, document, options.get(g.name, {}), found) for g in (*generators, *shown)}
    own = Overrides(templates, found)
    made = {name: _made(graph, (*running, *shown), given, own, found) for name, graph in sorted(graphs.items())}
    made = {name: tuple(pair for pair in pairs if pair[0] in chosen) for name, pairs in made.items()}
    changed, patches = _patched(topology, document, made, generators, found)
    whole = {name: _whole(artifacts, document, found, drawing=drawing) for name, artifacts in changed.items()}
    return Generated(whole, (*(Hatch("template", name) for name in own.used), *patches), tuple(found))


def _patched(
    topology: Topology,
    document: Document,
    made: Mapping[str, Made],
    generators: Iterable[Generator[Any]],
    found: list[Diagnostic],
) -> tuple[Mapping[str, Iterable[tuple[str, Artifact]]], list[Hatch]]:
    layers = topology.lists.get("patches", ())
    if not layers:
        return made, []
    from kmtopo.patching import patched

    changed, applied = patched(layers, made, _site(topology, document, generators), found)
    return changed, [_hatch(topology, document, at, file) for at, file in applied]


def _site(topology: Topology, document: Document, running: Iterable[Generator[Any]]) -> Site:
    from kmtopo.patching import Site

    # What only draws makes no file that a patch could name.
    needed = {each.name for each in _loaded(registry.generator_names(), []) if not each.draws}
    names = topology.environment_names()
    return Site(document, names, is_whole=needed <= {generator.name for generator in running})


def _loaded(names: Iterable[str], found: list[Diagnostic]) -> Iterable[Generator[Any]]:
    for name in names:
        try:
            yield registry.generator(name)
        except PluginFault as fault:
            found.append(faulty(fault))


def _shown(running: Iterable[Generator[Any]]) -> Iterable[Generator[Any]]:
    """The generators that nobody asked for, whose pictures one of those that run shows."""
    names = {generator.name for generator in running}
    if any(generator.shows for generator in running):
        others = _loaded([name for name in registry.generator_names() if name not in names], [])
        yield from (other for other in others if other.draws and not other.shows)


def _hatch(topology: Topology, document: Document, at: Address, file: str) -> Hatch:
    entry = next(layer.data for layer in topology.lists["patches"] if layer.where.address == at)
    path = str(entry.get("set") or entry.get("delete"))
    return Hatch("patch", file, path, document.place(at), str(entry.get("why") or ""))


def _unknown(topology: Topology) -> Iterable[Diagnostic]:
    names = registry.generator_names()
    for name in topology.generators:
        if name not in names:
            close = did_you_mean(name, names)
            at = Address.of("generators", name)
            help_ = "suggest" if close else ""
            yield diagnose("KM604", at, part="key", help=help_, name=name, right=close or "", known=", ".join(names))


def _options(
    generator: Generator[Any],
    topology: Topology,
    document: Document,
    over: Mapping[str, Any],
    found: list[Diagnostic],
) -> Options:
    at = Address.of("generators", generator.name)
    data = topology.generators.get(generator.name) or {}
    layer, problems = checked(generator.options, Layer(data, Where(at)), document)
    found += problems
    options: Options = validated(generator.options, {**layer.data, **over})
    return options


def _made(
    graph: Graph,
    generators: Iterable[Generator[Any]],
    options: Mapping[str, Options],
    own: Overrides,
    found: list[Diagnostic],
) -> Made:
    made: list[tuple[str, Artifact]] = []
    for generator in sorted(generators, key=lambda each: each.shows):
        given = tools(own, generator.name, _pictures(made) if generator.shows else {})
        try:
            with registry.answering(generator.name):
                for result in generator.generate(graph, options[generator.name], given):
                    if isinstance(result, Diagnostic):
                        found.append(result)
                    else:
                        made.append((generator.name, _artifact(result)))
        except PluginFault as fault:
            found.append(faulty(fault))
    return tuple(made)


def _pictures(made: Iterable[tuple[str, Artifact]]) -> Mapping[str, Picture]:
    from kmtopo.markup.pictures import pictures

    return pictures({str(artifact.path): artifact.content for _, artifact in made if artifact.path.suffix == ".svg"})


def _artifact(result: object) -> Artifact:
    if isinstance(result, Artifact):
        return result
    raise TypeError(f"a generator gives artifacts and diagnostics, not {type(result).__name__}")


def _whole(
    artifacts: Iterable[tuple[str, Artifact]], document: Document, found: list[Diagnostic], *, drawing: bool
) -> Made:
    made = list(artifacts)
    # What is not going to be written leaves no trace: that of ten thousand tenants takes its time.
    told = [artifact for _, artifact in made] if drawing else []
    made.append((OURS, trace(told, document)))
    found += _collisions(made)
    return tuple(sorted(made, key=lambda pair: str(pair[1].path)))


def _collisions(made: Iterable[tuple[str, Artifact]]) -> Iterable[Diagnostic]:
    first: dict[str, str] = {}
    for generator, artifact in made:
        path = artifact.path
        if path.is_absolute() or ".." in path.parts:
            yield diagnose("KM602", path=path, generator=generator)
        rival = first.setdefault(str(path).casefold(), generator)
        if rival is not generator:
            yield diagnose("KM603", path=path, generator=generator, other=rival)


def tools(
    own: Overrides | None = None, generator: str = "", pictures: Mapping[str, Picture] = MappingProxyType({})
) -> Tools:
    """What generators may call; each part is loaded when it is first used. ``own`` are the project's templates for one."""
    template = partial(own.template, generator) if own else _template
    return Tools(layout=_layout, yaml=_yaml, template=template, markup=_markup, pictures=pictures)


def _layout(*dots: str) -> Any:
    from kmtopo.layout import bundled

    return bundled()(*dots)


def _yaml(data: Any) -> str:
    from kmtopo.syntax.emit import emit

    return emit(data)


def _markup(format: str, pieces: Iterable[Piece], up: str = "") -> str:
    from kmtopo.markup.formats import FORMATS

    moved = (replace(each, path=f"{up}{each.path}") if isinstance(each, Picture) else each for each in pieces)
    return FORMATS[format].written(moved)


def _template(package: str, name: str) -> Any:
    from kmtopo.templates import template

    return template(package, name)
