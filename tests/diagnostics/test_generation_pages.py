"""Pages of the lock and of generators' faults, made to happen and compared with what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from kmtopo import generation
from kmtopo.artifacts import Artifact
from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.pipeline import CHECKING, Build, run
from kmtopo.plugin import Generator, Graph, Options, Tools
from kmtopo.report import render_text
from kmtopo.resolve.lock import Lock, read_lock
from kmtopo.source import Source, read_page
from kmtopo.templates import Overrides
from kmtopo.texts import LANGUAGES
from kmtopo.verdict import verdict
from kmtopo.writer.tree import Output, path_problems
from kmtopo_diagram import generator as diagram

NAMES = {"en": ("production", "testing", "edge", "main"), "es": ("produccion", "pruebas", "borde", "principal")}


def shown_by(code: str, language: str) -> list[str]:
    page = read_page(code, language) or ""
    return re.findall(r"^```text output yaml none\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("code", "subnets"),
    [("KM310", {"0": "10.64.0.300/24"}), ("KM311", {"0": "10.64.0.0/24", "1": "10.64.0.0/24"})],
)
def test_the_page_of_a_broken_lock_shows_what_is_printed(code: str, subnets: dict[str, str], language: str) -> None:
    *environments, network, _ = NAMES[language]
    lock = Lock({f"{environments[int(index)]}.{network}": subnet for index, subnet in subnets.items()})
    source = Source("kmtopo.lock", lock.text())

    assert [render_text(read_lock(source)[1], {source.name: source}, language)] == shown_by(code, language)


def writing(name: str, path: str) -> Generator[Options]:
    def generate(graph: Graph, options: Options, tools: Tools) -> Iterator[Artifact]:
        yield Artifact(PurePosixPath(path), "\n")

    return Generator(name, name, Options, generate)


def generated(language: str, *generators: Generator[Options]) -> str:
    """What is printed when these generators run over the topology that the pages have."""
    build = run(CHECKING, Build(topology(language)))
    (graph,) = build.graphs.values()
    assert build.document is not None
    found: list[Diagnostic] = []
    options = {generator.name: Options() for generator in generators}
    made = generation._made(graph, generators, options, Overrides((), found), found)
    generation._whole(made, build.document, found, drawing=True)
    return render_text(found, {}, language)


def topology(language: str) -> Source:
    environment, _, _, machine = NAMES[language]
    title = {"en": "shop", "es": "tienda"}[language]
    text = f"""\
kmtopo: 1
name: {title}
vps: {{{machine}: {{}}}}
containers:
  web: {{type: generic, image: {title}/web:1.0.0, resources: {{cpu: 1, memory: 1GiB}}}}
environments:
  {environment}: {{}}
"""
    return Source("topology.yaml", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_path_that_leads_out_shows_what_is_printed(language: str) -> None:
    assert [generated(language, writing("traefik", "../../traefik.yaml"))] == shown_by("KM602", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_file_that_two_write_shows_what_is_printed(language: str) -> None:
    path, folder = "main/compose.yaml", f"{NAMES[language][0]}/{NAMES[language][3]}"
    outputs = [Output(f"{folder}/{name}", "", "swarm") for name in ("Compose.yaml", "compose.yaml")]

    assert [
        generated(language, writing("compose", path), writing("swarm", path)),
        render_text(path_problems(outputs), {}, language),
    ] == shown_by("KM603", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_picture_that_cannot_be_laid_out_shows_what_is_printed(language: str) -> None:
    source = fleet(language)
    build = run(CHECKING, Build(source))
    (graph,) = build.graphs.values()

    made = diagram.generate(graph, diagram.options(), refusing())
    told = verdict([each for each in made if isinstance(each, Diagnostic)], build.document, build.topology)

    assert [render_text(told, {source.name: source}, language)] == shown_by("KM605", language)


def fleet(language: str) -> Source:
    """Two machines: who stands where among several is the engine's to say."""
    _, _, second, first = NAMES[language]
    one = topology(language)
    line = next(line for line in one.text.splitlines() if line.startswith("  web:"))
    here, there = (line.replace("type: generic", f"type: generic, vps: {name}") for name in (first, second))
    text = one.text.replace(f"{{{first}: {{}}}}", f"{{{first}: {{}}, {second}: {{}}}}")
    return Source(one.name, text.replace(line, f"{here}\n{there.replace('web:', 'api:')}"))


def refusing() -> Tools:
    """Tools whose layout engine gives no answer."""
    given = generation.tools()
    return Tools(lambda *dots: (None,) * len(dots), given.yaml, given.template, given.markup)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_bug_shows_what_is_printed(language: str) -> None:
    assert [render_text([diagnose("KM999", error="KeyError: 'edge'")], {}, language)] == shown_by("KM999", language)
