"""Whatever people write where words are free is refused, or arrives intact in every file; it never becomes syntax."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from dotenv import dotenv_values

from kmtopo.diagnostics import Severity
from kmtopo.pipeline import Build
from kmtopo.report import render_text
from kmtopo.testing import tree_of
from realtools import compose
from realtools.nginx import directives
from topologies import KMMOTOS, UNDRAWN, built

SVG = "{http://www.w3.org/2000/svg}"
LONG = "; } { $HOME ' \" \\ ../ `id` $(id) # é 😀"
MARKUP = "</text><script>alert(1)</script>&amp;]]>"
COMMENT = "*/ -- # from containers.nginx"
HOSTILE = [";", "}", "{", "$", "'", '"', "\\", "a\nb", "../../etc/passwd", "${x}", LONG, MARKUP, COMMENT]
PLAIN = yaml.safe_load(KMMOTOS)

# Where people may write what they like.
TITLES = (
    "title",
    "vps.principal.title",
    "networks.comando.title",
    "networks.comando.purpose",
    "containers.backend.title",
    "containers.backend.purpose",
    "zones.norte.title",
    "zones.norte.city",
    "vps.principal.os",
    "tenants.km-motos.title",
    "environments.produccion.title",
)
VALUES = ("containers.backend.env.APP_LOCALE", "containers.postgres.env.POSTGRES_FREE")
NEVER_FREE = (
    "name",
    "vps.principal.address",
    "containers.frontend.image",
    "containers.backend.volumes.archivos.path",
    "containers.nginx.routes./sanctum",
    "environments.pruebas.domain",
    "generators.nginx.acme_contact",
)


def written(places: tuple[str, ...], value: str) -> str:
    """KMMotos with a value in all of these places."""
    data = deepcopy(PLAIN)
    for place in places:
        *way, last = place.split(".")
        item = data
        for step in way:
            item = item.setdefault(step, {})
        item[last] = value
    text: str = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return text


def made(places: tuple[str, ...], value: str, generators: tuple[str, ...] | None = UNDRAWN) -> Build:
    """Compiles; what is refused is said in words, each at its place."""
    build = built(written(places, value), generators=generators)
    for diagnostic in build.diagnostics:
        assert diagnostic.primary is not None
        assert diagnostic.primary.span is not None
    render_text(build.diagnostics, {build.source.name: build.source}, "es")
    return build


@dataclass(frozen=True)
class Tree:
    """A built environment on disk, and what the readers of its files understand."""

    folder: Path

    @property
    def machine(self) -> Path:
        return next(self.folder.glob("*/compose.yaml")).parent

    def services(self) -> dict[str, Any]:
        services: dict[str, Any] = compose.read(self.machine)["services"]
        return services

    def pictured(self) -> set[str]:
        """The texts of the picture, with runs of spaces and line breaks made one."""
        root = ElementTree.parse(self.folder / "diagrams" / "deployment.svg").getroot()
        assert {element.tag.removeprefix(SVG) for element in root.iter()} & {
            "script",
            "foreignObject",
            "image",
        } == set()
        return {" ".join("".join(element.itertext()).split()) for element in root.iter()}


def on_disk(build: Build, environment: str, folder: Path) -> Tree:
    for path, content in tree_of(build).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="")
    return Tree(folder / environment)


def shapes(nodes: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """The names of directives, nested as Nginx reads them."""
    for node in nodes:
        yield (node["directive"], tuple(shapes(node.get("block", []))))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return on_disk(built(KMMOTOS, generators=UNDRAWN), "produccion", tmp_path_factory.mktemp("plain"))


def assert_same_structure(tree: Tree, plain: Tree) -> None:
    assert tree.services().keys() == plain.services().keys()
    assert list(shapes(directives(tree.machine / "nginx"))) == list(shapes(directives(plain.machine / "nginx")))


def refusals(build: Build) -> set[str]:
    return {d.code for d in build.diagnostics if d.severity is Severity.ERROR}


@pytest.mark.parametrize("value", HOSTILE)
def test_a_title_is_refused_or_is_what_people_read(value: str, plain: Tree, tmp_path: Path) -> None:
    build = made(TITLES, value)
    if "\n" in value:
        assert refusals(build) == {"KM204"}
        return
    tree = on_disk(build, "produccion", tmp_path)

    assert_same_structure(tree, plain)
    assert tree.services()["backend"]["environment"]["APP_NAME"] == value
    # Other readers do not know Compose's `\\$`, which only a text with both signs needs.
    if not {"$", "'"} <= set(value):
        assert dotenv_values(tree.machine / "env" / "backend.env", interpolate=False)["APP_NAME"] == value


@pytest.mark.parametrize("value", [LONG, MARKUP, COMMENT])
def test_a_title_is_a_text_of_the_picture(value: str, tmp_path: Path) -> None:
    tree = on_disk(made(TITLES, value, None), "produccion", tmp_path)

    assert value in tree.pictured()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_variable_is_refused_or_arrives_as_it_was_written(value: str, plain: Tree, tmp_path: Path) -> None:
    build = made(VALUES, value)
    if value in ("${x}", "a\nb"):
        assert refusals(build) == {"KM215"} if "$" in value else {"KM217"}
        return
    tree = on_disk(build, "produccion", tmp_path)

    assert_same_structure(tree, plain)
    assert tree.services()["backend"]["environment"]["APP_LOCALE"] == value
    assert tree.services()["postgres"]["environment"]["POSTGRES_FREE"] == value


@pytest.mark.parametrize("value", [*HOSTILE, "😀"])
def test_a_domain_that_is_none_is_refused(value: str) -> None:
    assert "KM208" in refusals(made(("tenancy.domain",), f"{{tenant}}.{value}.hn"))
    assert refusals(made(("tenants.km-motos.domain",), f"{value}.hn")) == {"KM208"}


def test_a_domain_with_letters_of_a_language_is_told_to_machines_in_theirs(plain: Tree, tmp_path: Path) -> None:
    tree = on_disk(made(("tenants.km-motos.domain",), "motos.é.hn"), "produccion", tmp_path)

    names = (tree.machine / "nginx" / "servers.conf").read_text(encoding="utf-8")
    assert names.count("server_name motos.xn--9ca.hn;") == 2
    assert names.isascii()
    assert [name for name, _ in shapes(directives(tree.machine / "nginx"))] == [
        name for name, _ in shapes(directives(plain.machine / "nginx"))
    ]


@pytest.mark.parametrize("place", NEVER_FREE)
def test_where_words_are_not_free_they_are_refused(place: str) -> None:
    assert [value for value in HOSTILE if made((place,), value).ok] == []


def test_a_command_is_refused_or_is_one_word_after_another(plain: Tree, tmp_path: Path) -> None:
    for number, value in enumerate(HOSTILE):
        build = made(("containers.frontend.command",), value)
        if build.ok:
            tree = on_disk(build, "produccion", tmp_path / str(number))
            assert_same_structure(tree, plain)
            assert tree.services()["frontend"]["command"] in (shlex.split(value), ["sh", "-c", value])
        else:
            assert refusals(build) <= {"KM215", "KM612"}
