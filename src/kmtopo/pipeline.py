"""The phases, in order: text becomes a document, a topology, deployments, graphs, findings, artifacts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from kmtopo.artifacts import Artifact, Hatch
from kmtopo.diagnostics import Diagnostic, Severity, has_errors
from kmtopo.source import Project, Source
from kmtopo.values import frozen
from kmtopo.verdict import verdict

if TYPE_CHECKING:
    from kmtopo.graph.answers import Answers
    from kmtopo.graph.graph import Graph
    from kmtopo.model.topology import Topology
    from kmtopo.resolve.deployment import Deployment
    from kmtopo.resolve.lock import Lock
    from kmtopo.resolve.world import World
    from kmtopo.syntax import Document


@frozen
class Request:
    """What is wanted: which environments and generators (None: all), and the way from a machine's folder back.

    Without ``drawing`` no picture is made, and no trace: enough to know whether anything is wrong. ``options`` are laid over those
    that the topology gives a generator, by its name.
    """

    environments: tuple[str, ...] | None = None
    generators: tuple[str, ...] | None = None
    root: str = "../../.."
    drawing: bool = True
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@frozen
class Build:
    """Everything that is known after the phases so far; the result of ``compile``.

    ``artifacts`` holds each environment's files, paths relative to its root, with the generator
    that made them. Nothing is in it where there are errors. ``unjudged`` are the findings behind ``diagnostics``. ``understood``: no phase up to the graphs found an error,
    so that these say all that the file says; which rules they break is another question. ``templates`` are the project's own, and ``hatches`` say
    where these and patches have changed what generators make.
    """

    source: Source
    lock_source: Source | None = None
    request: Request = Request()
    included: tuple[Source, ...] = ()
    document: Document | None = None
    topology: Topology | None = None
    lock: Lock | None = None
    understood: bool = False
    worlds: Mapping[str, World] = field(default_factory=dict)
    deployments: Mapping[str, Deployment] = field(default_factory=dict)
    graphs: Mapping[str, Graph] = field(default_factory=dict)
    artifacts: Mapping[str, tuple[tuple[str, Artifact], ...]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    unjudged: tuple[Diagnostic, ...] = ()
    templates: tuple[Source, ...] = ()
    hatches: tuple[Hatch, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way of writing it."""
        return not has_errors(self.diagnostics)

    @property
    def written(self) -> tuple[Source, ...]:
        """What an architect has written: the topology, the files that it includes, templates."""
        return (self.source, *self.included, *self.templates)

    def environment(self, name: str) -> Answers:
        """One environment, to be asked who reaches whom, what fails with what, what it costs.

        Raises:
            LookupError: the topology has no such environment, or is in error: what could not be read would be missing
                from every answer. That a rule is broken is no such error: the answer may be why.
        """
        from kmtopo.graph.answers import Answers

        if not self.understood:
            codes = ", ".join(sorted({d.code for d in self.diagnostics if d.severity is Severity.ERROR}))
            raise LookupError(f"the topology is in error, nothing can be answered: {codes}")
        if name not in self.graphs:
            known = ", ".join(sorted(self.graphs)) or "none"
            raise LookupError(f"no environment is called {name!r}; resolved are: {known}")
        return Answers(self.graphs[name])

    def with_findings(self, found: Iterable[Diagnostic], **known: Any) -> Build:
        """The build with what a phase found and learned."""
        return replace(self, diagnostics=(*self.diagnostics, *found), **known)


Phase = Callable[[Build], Build]


def parse(build: Build) -> Build:
    """Text -> Document: data that knows where it stands, in whichever file."""
    from kmtopo import syntax

    document, found = syntax.parse(build.source)
    if document is None or not build.included:
        return build.with_findings(found, document=document)
    parts = [syntax.parse_part(source) for source in build.included]
    whole, conflicts = syntax.combine(document, [part for part, _ in parts])
    findings = [*found, *(one for _, more in parts for one in more), *conflicts]
    return build.with_findings(findings, document=whole)


def validate(build: Build) -> Build:
    """Document -> Topology: every entry checked by itself."""
    from kmtopo.model import topology

    if build.document is None:
        return build
    read, found = topology.validate(build.document)
    return build.with_findings(found, topology=read)


def read_lock(build: Build) -> Build:
    """Text -> Lock: what was allocated before."""
    from kmtopo.resolve import lock

    read, found = lock.read_lock(build.lock_source)
    return build.with_findings(found, lock=read)


def resolve(build: Build) -> Build:
    """Topology x environment -> Deployment: nothing optional left."""
    from kmtopo import resolve as resolving
    from kmtopo.types.catalogue import catalogue

    if build.topology is None or build.lock is None:
        return build
    # Rules look at all environments (machines are shared); only the chosen ones are generated.
    made, found = resolving.resolve(build.topology, build.lock, catalogue(), root=build.request.root)
    return build.with_findings(found, deployments=made.deployments, worlds=made.worlds, lock=made.lock)


def graph(build: Build) -> Build:
    """Deployment -> Graph."""
    from kmtopo.graph.build import build as graph_of

    known = build.deployments
    graphs = {name: graph_of(d, known.values()) for name, d in known.items()}
    return replace(build, graphs=graphs, understood=not has_errors(build.diagnostics))


def check(build: Build) -> Build:
    """Graph -> findings: the rules over all environments."""
    from kmtopo import checks

    if build.topology is None:
        return build
    policies = tuple(build.topology.lists.get("policies", ()))
    names, environments = build.topology.names(), build.topology.environment_names()
    return build.with_findings(checks.run(checks.Environments(build.graphs, policies, names, environments)))


def judge(build: Build) -> Build:
    """Findings -> verdict: located, each once, accepted ones silenced, in order."""
    nouns = (noun for world in build.worlds.values() for noun in world.copies.values())
    copies = {copy.name: copy.original for noun in nouns for copy in noun.values()}
    judged = verdict(build.diagnostics, build.document, build.topology, copies)
    return replace(build, diagnostics=judged, unjudged=build.diagnostics)


def generate(build: Build) -> Build:
    """Graph -> artifacts, by every generator, with the topology's patches; nothing where there are errors."""
    from kmtopo import generation

    if not build.ok or build.topology is None or build.document is None:
        return build
    wanted = build.graphs if build.request.environments is None else build.request.environments
    graphs = {name: graph for name, graph in build.graphs.items() if name in wanted}
    made = generation.generate(
        build.topology,
        build.document,
        graphs,
        build.request.generators,
        drawing=build.request.drawing,
        templates=build.templates,
        options=build.request.options,
    )
    artifacts = {} if has_errors(made.found) else made.artifacts
    # All are judged together: what was accepted before must not seem to have been accepted in vain.
    found = (*build.unjudged, *made.found)
    return judge(replace(build, diagnostics=found, artifacts=artifacts, hatches=made.hatches))


CHECKING: tuple[Phase, ...] = (parse, validate, read_lock, resolve, graph, check, judge)
# Questions are answered though a rule is broken: the answer may be why.
ASKING: tuple[Phase, ...] = (parse, validate, read_lock, resolve, graph, judge)
BUILDING: tuple[Phase, ...] = (*CHECKING, generate)


def start(project: Project, request: Request | None = None) -> Build:
    """Begins a build of a project whose files have been read.

    Raises:
        ValueError: the topology itself was refused.
    """
    if project.root is None:
        raise ValueError("there is no topology to build")
    return Build(project.root, project.lock, request or Request(), project.included, templates=project.templates)


def run(phases: Iterable[Phase], build: Build) -> Build:
    """Sends a build through phases; none of them stops the next."""
    for phase in phases:
        build = phase(build)
    return build


def check_text(name: str, text: str) -> tuple[dict[str, Source], tuple[Diagnostic, ...]]:
    """Checks a text by itself; returns what a report needs."""
    source = Source(name, text)
    return {name: source}, run(CHECKING, Build(source)).diagnostics
