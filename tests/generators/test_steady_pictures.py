"""A picture that somebody knows stays as it is when one container comes: most cards keep their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import sub
from random import Random
from statistics import median

import pytest

import diagram_fake as fake
from kmtopo.plugin import Call, Container, Graph
from kmtopo_diagram.deployment.drawing import best_sheet
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.failures.drawing import arranged
from kmtopo_diagram.failures.reading import read as read_failures

NETWORKS = [fake.network(name, internal=name != "edge") for name in ("edge", "app", "data")]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FAR = 24.0  # px
Places = dict[str, tuple[float, float]]


def containers(random: Random) -> list[Container]:
    """A proxy, services that call on, and stores: five to fourteen in all, with names in any order."""
    stores = [
        fake.container(f"{random.choice(LETTERS)}-store-{i}", random.choice(["postgres", "redis", "mongodb"]), ["data"])
        for i in range(random.randint(1, 3))
    ]
    services: list[Container] = []
    for i in range(random.randint(3, 10)):
        below = [each.name for each in (*stores, *services)]
        uses = random.sample(below, min(len(below), random.randint(0, 3)))
        home, name = random.choice(["edge", "app"]), f"{random.choice(LETTERS)}-service-{i}"
        services.append(fake.container(name, networks=sorted({home, "app", "data"}), home=home, uses=uses))
    door = random.choice(services).name
    proxy = fake.container(
        "nginx", "nginx", ["edge", "app"], home="edge", routes={"/": door}, publish=[("203.0.113.10", 443, 443)]
    )
    return [proxy, *services, *stores]


def with_another(random: Random, before: list[Container]) -> list[Container]:
    """Somebody new who calls one of them, or whom one of them calls."""
    name, home = f"{random.choice(LETTERS)}-another", random.choice(["edge", "app", "data"])
    place = random.randrange(1, len(before))
    if random.random() < 0.5:
        return [*before, fake.container(name, networks=["app", "data"], home=home, uses=[before[place].name])]
    caller = before[place]
    call = Call(name, caller.address / "uses" / name, optional=False)
    another = fake.container(name, random.choice(["generic", "redis"]), ["app", "data", "edge"], home=home)
    return [*before[:place], replace(caller, calls=(*caller.calls, call)), *before[place + 1 :], another]


def deployment(graph: Graph) -> Places:
    """Where each container's card stands."""
    drawn = best_sheet(read(graph))
    return {card.name: (drawn.cards[card.name].x, drawn.cards[card.name].y) for card in drawn.picture.cards()}


def story(graph: Graph) -> Places:
    """Where each card of the failure that is told stands."""
    found, _ = arranged(read_failures(graph))
    return {name: (box.x, box.y) for name, box in found.boxes.items() if not name.startswith("@")}


def moved(seed: int, places: Callable[[Graph], Places]) -> float:
    """The share of cards that one more container moves far."""
    random = Random(seed)
    before = containers(random)
    old, new = (places(fake.graph(each, NETWORKS)) for each in (before, with_another(random, before)))
    far = [name for name, place in old.items() if name not in new or max(map(abs, map(sub, new[name], place))) > FAR]
    return len(far) / len(old)


@pytest.mark.parametrize("places", [deployment, story], ids=["deployment", "failures"])
def test_one_more_container_moves_at_most_a_fifth_of_the_others_far(places: Callable[[Graph], Places]) -> None:
    assert median(moved(seed, places) for seed in range(50)) <= 0.2
