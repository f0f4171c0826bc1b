"""The conformance kit: what every generator promises, tried on real topologies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from pydantic_core import ValidationError, from_json, to_json

from kmtopo import registry
from kmtopo.addresses import Address
from kmtopo.artifacts import Artifact
from kmtopo.graph.graph import Graph
from kmtopo.plugin import API_VERSION, Generator
from kmtopo.records import validated, written
from kmtopo.syntax import Document
from kmtopo.testing.samples import SAMPLES
from kmtopo.testing.trial import CANARY, Artifacts, Run, compiled, load, run_elsewhere, run_here
from kmtopo.values import frozen

_BLOCK = re.compile(r"^\s*(?:#|--|//|%%) from (\S+)$", re.MULTILINE)
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MODES = (0o644, 0o755)


@frozen
class Violation:
    """A promise that a generator broke: which rule, where (``companies/production: nginx/nginx.conf``) and how."""

    rule: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.what}"


@frozen
class Trial:
    """What a generator made of one environment: at first, again, and in another process."""

    document: Document
    graph: Graph
    first: Run
    again: Run
    elsewhere: Artifacts


def installed() -> tuple[str, ...]:
    """The names of all installed generators, sorted."""
    return registry.generator_names()


def violations(generator: str, topologies: Mapping[str, str] | None = None) -> tuple[Violation, ...]:
    """Returns every promise that a generator breaks on these topologies; nothing for a conforming one.

    Args:
        generator: the name that it is installed as, or ``package.module:attribute``.
        topologies: texts of topologies by name; what they say under ``generators`` are its options; ``SAMPLES`` where not given.

    Raises:
        ValueError: a topology is in error.
    """
    subject = load(generator)
    found = [Violation("options", generator, what) for what in _broken_options(subject)]
    found += [Violation("identity", generator, what) for what in _broken_identity(subject)]
    for where, trial in _trials(generator, subject, SAMPLES if topologies is None else topologies):
        for rule, broken in RULES.items():
            found += [Violation(rule, where, what) for what in broken(trial)]
    return tuple(found)


def _trials(reference: str, generator: Generator[Any], topologies: Mapping[str, str]) -> Iterator[tuple[str, Trial]]:
    builds = {name: compiled(text) for name, text in topologies.items()}
    elsewhere = run_elsewhere(reference, topologies)
    for name, (build, document) in builds.items():
        for environment, graph in build.graphs.items():
            run_here(generator, build, graph)  # whatever it loads is loaded now
            first, again = (run_here(generator, build, graph) for _ in range(2))
            yield f"{name}/{environment}", Trial(document, graph, first, again, elsewhere[name][environment])
            empty = _without_containers(graph)
            nothing = run_here(generator, build, empty)
            yield (
                f"{name}/{environment} without containers",
                Trial(document, empty, nothing, nothing, nothing.artifacts),
            )


def _without_containers(graph: Graph) -> Graph:
    members: dict[str, tuple[str, ...]] = dict.fromkeys(graph.members, ())
    deployment = replace(graph.deployment, containers={}, volumes={}, tenancy=None)
    return Graph(deployment, (), MappingProxyType(members))


def same_again(trial: Trial) -> Iterator[str]:
    """The same graph and options give the same artifacts in the same order."""
    yield from _different(trial.first.artifacts, trial.again.artifacts)


def same_elsewhere(trial: Trial) -> Iterator[str]:
    """Another hash seed, time zone, locale, user and folder change nothing."""
    yield from _different(trial.first.artifacts, trial.elsewhere)


def _different(one: Artifacts, other: Artifacts) -> Iterator[str]:
    if [a.path for a in one] != [a.path for a in other]:
        yield "other files, or in another order"
    changed = {a.path: a for a in other}
    yield from (f"{a.path} differs" for a in one if a.path in changed and changed[a.path] != a)


def pure(trial: Trial) -> Iterator[str]:
    """It writes no file, opens no socket and starts no process; the layout engine is the one tool that may."""
    yield from (*trial.first.acts, *trial.again.acts)


def inside(trial: Trial) -> Iterator[str]:
    """Paths are relative, stay inside, and differ in more than case."""
    seen: set[str] = set()
    for path in (artifact.path for artifact in trial.first.artifacts):
        if path.is_absolute() or ".." in path.parts or path == PurePosixPath():
            yield f"{path} leads outside"
        if str(path).casefold() in seen:
            yield f"{path} is there twice"
        seen.add(str(path).casefold())


def plain_text(trial: Trial) -> Iterator[str]:
    """Lines end with LF, the last one too, and nothing follows it; a file's mode is 0644 or 0755."""
    for artifact in trial.first.artifacts:
        if {"\r", "\0"} & set(artifact.content):
            yield f"{artifact.path} has CR or NUL"
        if not artifact.content.endswith("\n") or artifact.content.endswith("\n\n"):
            yield f"{artifact.path} does not end with one newline"
        if artifact.mode not in _MODES:
            yield f"{artifact.path} has mode {artifact.mode:o}"


def traceable(trial: Trial) -> Iterator[str]:
    """Every origin, and every address that opens a block, is in the topology, or is the network that one without networks has."""
    implied = {network.address for network in trial.graph.deployment.networks.values()}
    for artifact in trial.first.artifacts:
        for address in _addresses(artifact):
            if address not in implied and not _stands_in(trial.document, address):
                yield f"{artifact.path} comes from {address}, which the topology does not have"


def _addresses(artifact: Artifact) -> Iterable[Address]:
    opened = map(Address.parse, _BLOCK.findall(artifact.content))
    return sorted({*artifact.origins, *opened})


def _stands_in(document: Document, address: Address) -> bool:
    place: Any = document.data
    for step in address.steps:
        try:
            place = place[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def silent_about_its_surroundings(trial: Trial) -> Iterator[str]:
    """Nothing of the process's environment is in an artifact."""
    yield from (f"{a.path} tells what the environment says" for a in trial.elsewhere if CANARY in a.content)


RULES: Mapping[str, Callable[[Trial], Iterator[str]]] = MappingProxyType(
    {
        "same-again": same_again,
        "same-elsewhere": same_elsewhere,
        "pure": pure,
        "inside": inside,
        "plain-text": plain_text,
        "traceable": traceable,
        "silent-about-its-surroundings": silent_about_its_surroundings,
    }
)
"""What every generator promises of its artifacts: the rule's name and the function that tells how it was broken."""


def _broken_options(generator: Generator[Any]) -> Iterator[str]:
    plain = generator.options()
    as_written = {key: getattr(plain, name) for key, name in written(generator.options).items()}
    try:
        if validated(generator.options, from_json(to_json(as_written))) != plain:
            yield "the defaults read otherwise when they are written into a file"
    except ValidationError as error:
        bad = sorted({str(each["loc"][0]) for each in error.errors()})
        yield f"a file that says the defaults is refused: {', '.join(bad)}"


def _broken_identity(generator: Generator[Any]) -> Iterator[str]:
    if generator.api_version != API_VERSION:
        yield f"it is made for plugin API {generator.api_version}, not {API_VERSION}"
    if not _NAME.fullmatch(generator.name):
        yield f"`{generator.name}` is no name: lower-case words joined by dashes"
    if not generator.summary.strip() or "\n" in generator.summary:
        yield "its summary is not one line"
