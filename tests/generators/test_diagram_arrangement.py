"""How a picture comes to its rows, its order, its bundles and its best layout."""

from __future__ import annotations

import pytest

import diagram_fake as fake
from kmtopo.layout import bundled
from kmtopo.plugin import Box, Graph, Placement
from kmtopo_diagram.bundling import bundles
from kmtopo_diagram.deployment.arrangement import Arrangement, arrangements
from kmtopo_diagram.deployment.captions import NAME_SIZE, caption, free_stretches
from kmtopo_diagram.deployment.dot import layout_dot
from kmtopo_diagram.deployment.drawing import best_sheet
from kmtopo_diagram.deployment.picture import Arrow
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.deployment.score import score
from kmtopo_diagram.deployment.sheet import sheet
from kmtopo_diagram.deployment.untangling import tangle, untangled
from kmtopo_diagram.geometry import along, crossings, halfway, runs_over, shortened, straight
from kmtopo_diagram.metrics import fit, sizes_from, text_width, widest
from kmtopo_diagram.tiers import network_order
from kmtopo_diagram.ways import spread


def arrow(source: str, target: str, network: str = "data", *, optional: bool = False) -> Arrow:
    return Arrow(f"{source}-{target}", source, target, 0, network, optional, "", "")


def first(graph: Graph) -> Arrangement:
    return arrangements(read(graph))[0]


def test_networks_lie_the_lower_the_farther_from_the_way_in() -> None:
    graph = fake.graph(
        [
            fake.container("nginx", "nginx", ["z-edge"], routes={"/": "app"}, publish=[("203.0.113.1", 80, 80)]),
            fake.container("app", networks=["z-edge", "middle"], home="middle", uses=["db"]),
            fake.container("job", networks=["middle", "a-data"], home="middle", uses=["db"]),
            fake.container("db", "postgres", ["a-data", "middle"], home="a-data"),
            fake.container("hermit", networks=["island"]),
        ],
        [fake.network(name) for name in ("a-data", "island", "middle", "z-edge")],
    )

    assert network_order(graph) == ("z-edge", "middle", "a-data", "island")


def test_callers_stand_beside_or_above_those_whom_they_call() -> None:
    graph = fake.graph(
        [fake.container("a", uses=["b", "c"]), fake.container("b", "postgres"), fake.container("c", "redis")]
    )

    assert [each.rows for each in arrangements(read(graph))] == [
        (("b", "a", "c"),),
        (("c", "a", "b"),),
        (("a",), ("b", "c")),
        (("a",), ("c", "b")),
    ]


def test_at_most_three_cards_stand_beside_each_other() -> None:
    graph = fake.graph([fake.container(f"c{number}") for number in range(8)])

    assert [len(row) for row in first(graph).rows] == [3, 3, 2]


def test_a_circle_of_calls_ends() -> None:
    graph = fake.graph([fake.container(f"c{i}", uses={f"c{(i + 1) % 5}": i == 4}) for i in range(5)])

    assert sorted(name for row in first(graph).rows for name in row) == ["c0", "c1", "c2", "c3", "c4"]


def test_calls_that_several_share_become_one_bundle() -> None:
    calls = [arrow(worker, store, optional=store == "mongo") for worker in "abc" for store in ("mongo", "pg")]
    level = {"a": 0, "b": 0, "c": 0, "mongo": 1, "pg": 1}

    (found,) = bundles(calls, level)

    assert (found.sources, found.targets) == (("a", "b", "c"), ("mongo", "pg"))
    assert found.arrows == tuple(calls)


@pytest.mark.parametrize(
    ("calls", "level"),
    [
        pytest.param(
            [arrow(a, b) for a in "ab" for b in "xy"], dict.fromkeys("ab", 0) | dict.fromkeys("xy", 1), id="too few"
        ),
        pytest.param([arrow(a, "x") for a in "abcd"], dict.fromkeys("abcd", 0) | {"x": 1}, id="one server"),
        pytest.param([arrow(a, b) for a in "abc" for b in "xy"], dict.fromkeys("abcxy", 0), id="one row"),
        pytest.param(
            [arrow(a, b, network) for a in "abc" for b, network in (("x", "one"), ("y", "two"))],
            dict.fromkeys("abc", 0) | dict.fromkeys("xy", 1),
            id="two networks",
        ),
    ],
)
def test_calls_that_would_save_no_line_run_alone(calls: list[Arrow], level: dict[str, int]) -> None:
    assert list(bundles(calls, level)) == []


def test_a_call_of_its_own_keeps_nobody_out_of_a_bundle() -> None:
    calls = [arrow(a, b) for a in "abc" for b in "xy"]
    level = dict.fromkeys("abc", 0) | dict.fromkeys("xyz", 1)

    (found,) = bundles([*calls, arrow("a", "z")], level)

    assert found.arrows == tuple(calls)


def test_the_middle_of_a_bundle_stands_below_its_sources_and_above_its_servers() -> None:
    arrangement = first(fake.tangled())
    level = {name: place for place, row in enumerate(arrangement.rows) for name in row}
    (bundle,) = arrangement.bundles

    assert max(level[source] for source in bundle.sources) < level[bundle.key]
    assert level[bundle.key] < min(level[target] for target in bundle.targets)


def test_the_middle_of_a_bundle_stays_in_the_box_of_those_it_joins() -> None:
    graph = fake.graph(
        [
            *(fake.container(name, uses=["cache", "search"], role="worker", port=None) for name in ("a", "b", "c")),
            fake.container("cache", "redis"),
            fake.container("search"),
        ]
    )
    layered = next(each for each in arrangements(read(graph)) if each.bundles)
    (bundle,) = layered.bundles

    assert [set(row) for row in layered.rows] == [{"a", "b", "c"}, {bundle.key}, {"cache", "search"}]
    assert layered.homes[bundle.key] == "net_principal_default"
    drawn = best_sheet(read(graph), bundled())
    assert drawn is not None
    machine = drawn.groups["vps_principal"]
    xs = [x for limb in drawn.limbs() for x, _ in along(limb.points)]
    assert (min(xs) > machine.x, max(xs) < machine.x + machine.width) == (True, True)


def feet(graph: Graph) -> dict[str, tuple[float, float]]:
    """Where the line to each server leaves its caller and where it arrives, from the middle of the caller's card."""
    drawn = best_sheet(read(graph), bundled())
    assert drawn is not None
    found = {}
    for route in drawn.routes:
        box, points = drawn.cards[route.arrow.source], route.limbs[0].points
        found[route.arrow.target] = (points[0][0] - box.x - box.width / 2, points[-1][0] - box.x - box.width / 2)
    return found


def test_a_line_to_a_server_below_its_caller_is_straight() -> None:
    graph = fake.graph(
        [
            fake.container("nginx", "nginx", ["edge"], routes={"/": "app"}, publish=[("203.0.113.1", 80, 80)]),
            fake.container("app", networks=["edge", "inner"], home="inner"),
            fake.container("other", networks=["inner"]),
        ],
        [fake.network("edge", internal=False), fake.network("inner")],
    )

    start, end = feet(graph)["app"]
    assert start == pytest.approx(end)


def test_lines_that_leave_one_card_keep_apart_and_leave_it_at_its_foot() -> None:
    assert spread([10, 50], 0, 90) == [10, 50]
    assert spread([50, 50, 50], 0, 90) == [50, 62, 74]
    assert spread([10, 80, 80, 80], 0, 90) == [10, 66, 78, 90]
    assert spread([40, 40, 40, 40], 30, 60) == [30, 40, 50, 60]


def test_crossings_are_untangled() -> None:
    rows = [("a", "b", "c"), ("x", "y", "z")]
    links = [("a", "z"), ("b", "y"), ("c", "x")]

    ordered = untangled(rows, links, {})

    assert tangle(rows, links) > 3
    assert tangle(ordered, links) == 0


def test_boxes_stay_together_when_rows_are_untangled() -> None:
    homes = {"a": "left", "b": "left", "c": "right"}
    (row,) = untangled([("a", "b", "c")], [("a", "c")], homes)

    assert abs(row.index("a") - row.index("b")) == 1


def test_the_best_of_several_layouts_is_taken() -> None:
    picture = read(fake.shop())
    candidates = arrangements(picture)
    placed = bundled()(*(layout_dot(each, "ranked") for each in candidates))
    scores = [score(sheet(each, placement)) for each, placement in zip(candidates, placed, strict=True) if placement]

    best = best_sheet(picture, bundled())

    assert best is not None
    assert len(scores) > 2
    assert score(best) == min(scores)


@pytest.mark.parametrize("refused", ["rank=same", "splines=spline"])
def test_an_engine_that_refuses_is_asked_for_less(refused: str) -> None:
    def picky(*dots: str) -> tuple[Placement | None, ...]:
        return tuple(None if refused in dot else bundled()(dot)[0] for dot in dots)

    assert best_sheet(read(fake.tangled()), picky) is not None


def test_an_engine_that_refuses_everything_is_no_picture() -> None:
    assert best_sheet(read(fake.shop()), lambda *dots: (None,) * len(dots)) is None


def test_no_word_of_the_topology_reaches_the_engine() -> None:
    graph = fake.graph([fake.container("web", title="Título", purpose="secreto")], title="Proyecto")
    dots = [layout_dot(each, "ranked") for each in arrangements(read(graph))]

    assert not any(
        word in dot for dot in dots for word in ("Título", "secreto", "Proyecto", "lhead", "ltail", "concentrate")
    )


@pytest.mark.parametrize(("size", "weight"), [(12, 400), (14.5, 600)])
def test_text_that_fits_keeps_its_size(size: float, weight: int) -> None:
    fitted = fit("Nginx", 150, (size,), weight)  # type: ignore[arg-type]

    assert (fitted.text, fitted.size, fitted.is_cut) == ("Nginx", size, False)


def test_text_shrinks_by_half_px_and_is_cut_at_the_last_step() -> None:
    assert sizes_from(12) == (12, 11.5, 11, 10.5)
    room = widest("Programador", 11.5, 600)
    assert fit("Programador", room, sizes_from(12), 600).size == 11.5
    cut = fit("Programador de tareas", room, sizes_from(12), 600)
    assert (cut.size, cut.text[-1], cut.full) == (10.5, "…", "Programador de tareas")
    assert widest(cut.text, cut.size, 600) <= room


def test_a_letter_of_no_table_is_one_em_wide() -> None:
    assert text_width("一", 10) == pytest.approx(10, rel=0.01)


def test_a_name_goes_where_no_line_is() -> None:
    band = Box(0, 0, 400, 20)
    line = straight((100, -10), (100, 30))

    assert [(round(start), round(end)) for start, end in free_stretches(band, [line])] == [(0, 92), (108, 400)]
    free = caption("Edge", "10.0.0.0/24", band, [line])
    pushed = caption("A network with a name", "10.0.0.0/24", band, [line])
    assert (free.name_x, free.note_end, free.crossings) == (0, 400, 0)
    assert (round(pushed.name_x), pushed.note_end, pushed.crossings) == (108, 400, 0)


def test_a_note_that_a_line_would_cross_says_its_first_part_alone() -> None:
    lines = [straight((x, -10), (x, 30)) for x in (150, 240, 310)]

    found = caption("Edge", "10.0.0.0/24 · internal", Box(0, 0, 400, 20), lines)

    assert (found.note, found.note_end, found.crossings) == ("10.0.0.0/24", 400, 0)


def test_a_long_name_shrinks_into_the_room_beside_a_line() -> None:
    lines = [straight((300, -10), (300, 30))]
    name = "Red de datos · 12 tenencias dedicadas"
    found = caption(name, "interna", Box(40, 0, 540, 20), lines)

    assert (found.name.text, found.name.size < NAME_SIZE, found.crossings) == (name, True, 0)


def test_a_header_too_narrow_for_both_goes_without_its_note() -> None:
    narrow = caption("Network", "10.64.100.0/24 · internal", Box(0, 0, 150, 20), [])

    assert (narrow.note, narrow.crossings) == ("", 1)


def test_lines_and_rectangles_meet_or_miss() -> None:
    across = along(straight((0, 50), (100, 50)))
    box = Box(40, 40, 20, 20)

    assert runs_over(across, box)
    assert runs_over(((0, 0), (100, 100)), box)
    assert not runs_over(along(straight((0, 80), (100, 80))), box)
    assert crossings(across, along(straight((55, 3), (55, 100)))) == 1
    assert crossings(across, along(straight((0, 60), (100, 60)))) == 0


def test_a_line_is_shortened_for_its_arrow_head() -> None:
    points, direction = shortened(straight((0, 0), (0, 90)), 9)

    assert points[-1] == (0, pytest.approx(81, abs=3))
    assert direction == (0, 1)
    assert halfway(straight((0, 0), (0, 90))) == (0, pytest.approx(45))
