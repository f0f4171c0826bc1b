"""Large topologies: no picture has more than a reader takes in, and no view takes more work than its size."""

from __future__ import annotations

import os
import re
import sys
from types import FrameType

import pytest

import diagram_fake as fake
from benchmarks.city import city
from benchmarks.workload import topology as workload
from kmtopo.generation import tools
from kmtopo.plugin import Graph, answers
from kmtopo_diagram.critique.lint import lint, miscounts
from kmtopo_diagram.deployment.drawing import deployment
from kmtopo_diagram.deployment.gathering import FEW, MOST_ARROWS, MOST_CARDS, gathered
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.ink.svg import written
from kmtopo_diagram.view import Page
from kmtopo_diagram.views import view
from picture_faults import VIEWS, faults, pictures
from topologies import checked

# What a picture holds at most, by what it is made of: cards and lines between them; rows and columns of a grid; tiles.
BUDGET = {
    "deployment": {'class="node"': MOST_CARDS + 3, 'class="edge"': MOST_ARROWS, 'class="host"': 30},
    "networks": {'class="column"': 42, 'class="pill"': 16 * 8},
    "matrix": {'class="column"': 42},
    "tenants": {'class="tenant"': 240},
    "failures": {'class="node"': 15, 'class="scenario"': 40},
    "change": {'class="node"': 18},
}


def only(text: str) -> Graph:
    (graph,) = checked(text).graphs.values()
    return graph


@pytest.fixture(scope="module")
def worlds() -> dict[str, Graph]:
    return {
        "one machine": only(city(200, 1, 1000)),
        "one machine, wired crosswise": only(city(200, 1, 1000, calls=6)),
        "eight machines": only(city(200, 8, 1000)),
        "fifty dedicated tenants": only(workload(50, dedicated=True)),
        "a thousand pooled tenants": only(workload(1000)),
    }


WORLDS = (
    "one machine",
    "one machine, wired crosswise",
    "eight machines",
    "fifty dedicated tenants",
    "a thousand pooled tenants",
)


@pytest.mark.parametrize("view", [*VIEWS, "change"])
@pytest.mark.parametrize("world", WORLDS)
def test_no_picture_of_200_containers_and_1000_tenants_is_beyond_what_a_reader_takes_in(
    worlds: dict[str, Graph], world: str, view: str
) -> None:
    drawn = pictures(worlds[world], view, "light", worlds[world])

    assert drawn
    for svg in drawn.values():
        numbers = {mark: len(re.findall(mark, svg)) for mark in BUDGET[view]}
        assert {mark: number for mark, number in numbers.items() if number > BUDGET[view][mark]} == {}


# The lint takes its time over forty thousand marks: `make pictures` does.
LINTED = WORLDS if "KMTOPO_PICTURES" in os.environ else WORLDS[-2:]


@pytest.mark.parametrize("world", LINTED)
def test_large_topologies_are_drawn_whole_and_without_a_fault(worlds: dict[str, Graph], world: str) -> None:
    assert list(faults(worlds[world], worlds[world])) == []


GROWTH = {"deployment": 2, "networks": 4, "matrix": 4, "tenants": 1, "failures": 4, "change": 2}


def test_no_two_pictures_of_a_view_have_one_name(worlds: dict[str, Graph]) -> None:
    for world in WORLDS:
        for name in VIEWS:
            parts = [page.part for page in view(name).pages(worlds[world], tools()) if isinstance(page, Page)]
            assert "" in parts
            assert sorted(parts) == sorted(set(parts))


@pytest.mark.parametrize("view", GROWTH)
def test_twice_the_containers_are_twice_the_work_and_four_times_where_pairs_are_drawn(view: str) -> None:
    few, many = (only(city(number, 2, 20)) for number in (100, 200))
    pictures(few, view, "light", few)  # what is read and loaded once

    assert calls(many, view) <= 1.25 * GROWTH[view] * calls(few, view)


def test_a_change_in_which_tenants_of_their_own_come_is_as_much_work_as_they_are_many() -> None:
    few, many = (only(workload(number, dedicated=True)) for number in (40, 80))
    before = only(workload(1, dedicated=True))
    pictures(few, "change", "light", before)

    assert calls(many, "change", before) <= 2.2 * calls(few, "change", before)


def calls(graph: Graph, view: str, before: Graph | None = None) -> int:
    """How many functions are called to draw a view: a measure of work that is the same on every machine."""
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    try:
        pictures(graph, view, "light", before or graph)
    finally:
        sys.setprofile(None)
    return count


def crowd(workers: int) -> Graph:
    """So many workers that call one store, and one of them that calls another."""
    return fake.graph(
        [
            *(
                fake.container(f"w{number:02}", networks=["data"], uses=["db", *(["cache"] if number == 0 else [])])
                for number in range(workers)
            ),
            fake.container("db", "postgres", ["data"]),
            fake.container("cache", "redis", ["data"]),
        ],
        [fake.network("data")],
        locale="en",
    )


def test_few_are_drawn_each() -> None:
    picture = read(crowd(FEW - 2))

    assert gathered(picture) is picture


def test_of_many_those_who_call_alike_are_one_card_that_says_how_many() -> None:
    picture = gathered(read(crowd(30)))
    cards = {
        card.name: (card.title, card.badge, card.count, [chip.text for chip in card.chips])
        for card in picture.cards()
        if card.count > 1
    }

    assert cards == {"w01": ("29\u00a0containers", ":3000", 29, ["W01, W02, W03 and 26 more"])}
    assert {card.title for card in picture.cards() if card.count == 1} == {"W00", "Db", "Cache"}
    assert [(a.source, a.target, a.calls) for a in picture.arrows] == [
        ("w00", "cache", 1),
        ("w00", "db", 1),
        ("w01", "db", 29),
    ]
    assert picture.arrows[2].tip.endswith(" and 17 more")


def test_a_gathered_picture_is_counted_by_what_it_stands_for() -> None:
    graph = crowd(30)
    drawing = deployment(graph)
    svg = written(drawing, "light")

    assert lint(svg) == ()
    assert miscounts(svg, graph) == ()
    assert miscounts(svg.replace('data-count="29"', 'data-count="28"'), graph) == ("containers: 31 instead of 32",)


def test_cards_that_call_each_other_keep_count_of_it() -> None:
    chain = [fake.container(f"c{number:02}", uses=[f"c{number - 1:02}"] if number else []) for number in range(40)]
    picture = gathered(read(fake.graph(chain)))

    assert len(list(picture.cards())) <= MOST_CARDS
    assert sum(card.count for card in picture.cards()) == 40
    assert sum(arrow.calls for arrow in picture.arrows) + sum(card.inner_calls for card in picture.cards()) == 39


def test_several_ways_in_become_one_where_there_are_too_many() -> None:
    sites = [fake.container(f"s{n:02}", publish=[("203.0.113.10", 8000 + n, 3000)]) for n in range(30)]
    picture = gathered(read(fake.graph(sites, [fake.network("default", internal=False)], locale="en")))

    assert [(gate.target, gate.text) for gate in picture.gates] == [("s00", "30 ports")]
    assert lint_of(sites) == ()


def street(networks: int) -> Graph:
    """A chain of containers, each on a network of its own and on the one before it."""
    names = [f"net-{number:02}" for number in range(networks)]
    return fake.graph(
        [
            fake.container(
                f"c{place:02}",
                networks=names[max(place - 1, 0) : place + 1],
                uses=[f"c{place + 1:02}"] * (place + 1 < networks),
                publish=[("203.0.113.10", 80, 3000)] * (place == 0),
            )
            for place in range(networks)
        ],
        [fake.network(name, f"Net {name[4:]}", internal=name != "net-00") for name in names],
        locale="en",
    )


def test_of_very_many_networks_those_that_follow_each_other_are_one_box() -> None:
    graph = street(60)
    picture = gathered(read(graph))
    svg = written(deployment(graph), "light")

    assert [(box.title, box.note) for box in picture.boxes()][:2] == [
        ("Net 00 \N{EN DASH} Net 06", "7 networks"),
        ("Net 07 \N{EN DASH} Net 13", "7 networks"),
    ]
    assert len(list(picture.boxes())) == 9
    assert (lint(svg), miscounts(svg, graph)) == ((), ())
    assert len(list(gathered(read(street(16))).boxes())) == 16


def lint_of(containers: list[object]) -> tuple[str, ...]:
    drawing = deployment(fake.graph(containers, [fake.network("default", internal=False)]))  # type: ignore[arg-type]
    return lint(written(drawing, "light"))


def test_many_failures_asked_at_once_are_those_asked_one_by_one(worlds: dict[str, Graph]) -> None:
    for world in ("fifty dedicated tenants", "eight machines"):
        asked = answers(worlds[world])
        names = [f"containers.{name}" for name in worlds[world].deployment.containers]
        assert list(asked.impacts(names)) == [asked.impact(name) for name in names]
