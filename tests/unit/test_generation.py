"""Who generates, and who is passed over where only findings are wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo.pipeline import BUILDING, Build, Request, run
from kmtopo.source import Source
from planted_packages import plant, planted
from topologies import KMMOTOS


def built(text: str, *, drawing: bool) -> Build:
    return run(BUILDING, Build(Source("topology.yaml", text), request=Request(("produccion",), drawing=drawing)))


def test_without_drawing_everything_but_the_pictures_is_made() -> None:
    made = built(KMMOTOS, drawing=False)

    generators = {generator for generator, _ in made.artifacts["produccion"]}
    assert generators == {"compose", "env", "kmtopo", "laravel", "mongo", "nginx", "postgres", "redis"}


@pytest.mark.parametrize("drawing", [True, False])
def test_the_options_of_a_picture_are_checked_whether_it_is_drawn_or_not(*, drawing: bool) -> None:
    made = built(f"{KMMOTOS}\ngenerators: {{diagram: {{formats: [svg], colour: red}}}}\n", drawing=drawing)

    assert [(d.code, d.values["key"]) for d in made.diagnostics] == [("KM201", "colour")]


PLAN_AND_BOOK = """
from pathlib import PurePosixPath

from kmtopo.plugin import Artifact, Generator, Options


def drawn(graph, options, tools):
    svg = "<svg><title>The plan</title><desc>Two rooms. A door.</desc></svg>\\n"
    yield from (Artifact(PurePosixPath(f"plans/ground{shade}.svg"), svg) for shade in ("", ".light", ".dark"))
    yield Artifact(PurePosixPath("plans/half.light.svg"), svg)


def written(graph, options, tools):
    lines = [f"{path}: {each.caption}: {each.alt}" for path, each in tools.pictures.items() if path.startswith("plans")]
    yield Artifact(PurePosixPath("book.txt"), "\\n".join(lines) + "\\n")


def counted(graph, options, tools):
    yield Artifact(PurePosixPath("count.txt"), f"{len(tools.pictures)}\\n")


zplan = Generator(name="zplan", summary="a plan", options=Options, generate=drawn, draws=True)
abook = Generator(name="abook", summary="a book", options=Options, generate=written, shows=True)
counter = Generator(name="counter", summary="a number", options=Options, generate=counted)
"""
ENTRY_POINTS = "[kmtopo.generators]\n" + "".join(f"{name} = my_book:{name}\n" for name in ("zplan", "abook", "counter"))


def test_who_shows_comes_after_those_that_draw_and_finds_their_pictures_though_nobody_asked_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{KMMOTOS}\ngenerators: {{diagram: {{views: [networks]}}}}\n"
    plant(tmp_path, "my-book", ENTRY_POINTS, PLAN_AND_BOOK)
    with planted(tmp_path, monkeypatch):
        request = Request(("pruebas",), ("abook", "counter"))
        made = run(BUILDING, Build(Source("topology.yaml", text), request=request))

    files = {str(artifact.path): artifact.content for _, artifact in made.artifacts["pruebas"]}
    assert files.keys() == {"book.txt", "count.txt", "trace.json"}
    assert files["book.txt"] == "plans/ground: The plan: Two rooms. A door.\n"
    assert files["count.txt"] == "0\n"
