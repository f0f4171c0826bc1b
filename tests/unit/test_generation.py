"""Who generates, and who is passed over where only findings are wanted."""

from __future__ import annotations

import pytest

from kmtopo.pipeline import BUILDING, Build, Request, run
from kmtopo.source import Source
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
