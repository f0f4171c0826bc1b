"""Runs the generators: graphs become artifacts, in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kmtopo import registry
from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact
from kmtopo.diagnostics import Diagnostic, diagnose, did_you_mean
from kmtopo.graph.graph import Graph
from kmtopo.model.layered import Layer, Where
from kmtopo.model.problems import checked
from kmtopo.model.topology import Topology
from kmtopo.plugin import Generator, Options, Tools
from kmtopo.syntax import Document
from kmtopo.trace import trace

OURS = "kmtopo"
Made = tuple[tuple[str, Artifact], ...]


def generate(
    topology: Topology,
    document: Document,
    graphs: Mapping[str, Graph],
    only: Collection[str] | None,
    *,
    drawing: bool = True,
) -> tuple[dict[str, Made], list[Diagnostic]]:
    """Runs the named generators (None: all) over the graphs of some environments.

    Without ``drawing`` those that only draw have their options checked, and are not run. Returns each
    environment's artifacts, with the generator that made them, sorted by path.
    """
    found: list[Diagnostic] = list(_unknown(topology))
    chosen = registry.generator_names() if only is None else only
    generators = [registry.generator(name) for name in sorted(set(chosen))]
    options = {g.name: _options(g, topology, document, found) for g in generators}
    running = [g for g in generators if drawing or not g.draws]
    made = {name: _environment(graph, running, options, document, found) for name, graph in sorted(graphs.items())}
    return made, found


def _unknown(topology: Topology) -> Iterable[Diagnostic]:
    names = registry.generator_names()
    for name in topology.generators:
        if name not in names:
            close = did_you_mean(name, names)
            at = Address.of("generators", name)
            help_ = "suggest" if close else ""
            yield diagnose("KM604", at, part="key", help=help_, name=name, right=close or "", known=", ".join(names))


def _options(generator: Generator[Any], topology: Topology, document: Document, found: list[Diagnostic]) -> Options:
    at = Address.of("generators", generator.name)
    data = topology.generators.get(generator.name) or {}
    layer, problems = checked(generator.options, Layer(data, Where(at)), document)
    found += problems
    options: Options = generator.options.model_validate(layer.data)
    return options


def _environment(
    graph: Graph,
    generators: Iterable[Generator[Any]],
    options: Mapping[str, Options],
    document: Document,
    found: list[Diagnostic],
) -> Made:
    made: list[tuple[str, Artifact]] = []
    for generator in generators:
        for result in generator.generate(graph, options[generator.name], tools()):
            if isinstance(result, Diagnostic):
                found.append(result)
            else:
                made.append((generator.name, result))
    made.append((OURS, trace((artifact for _, artifact in made), document)))
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


def tools() -> Tools:
    """What generators may call; each part is loaded when it is first used."""
    return Tools(layout=_layout, yaml=_yaml, template=_template)


def _layout(*dots: str) -> Any:
    from kmtopo.layout import bundled

    return bundled()(*dots)


def _yaml(data: Any) -> str:
    from kmtopo.syntax.emit import emit

    return emit(data)


def _template(package: str, name: str) -> Any:
    from kmtopo.templates import template

    return template(package, name)
