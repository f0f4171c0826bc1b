"""How a picture comes to its rows, its order, its bundles and its best layout."""

from __future__ import annotations

import pytest

import diagram_fake as fake
from kmtopo.plugin import Box, Container, Graph
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.deployment.arrangement import Arrangement, arrangements
from kmtopo_diagram.deployment.captions import NAME_SIZE, caption, free_stretches
from kmtopo_diagram.deployment.drawing import best_sheet, deployment
from kmtopo_diagram.deployment.picture import Arrow
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.deployment.score import score
from kmtopo_diagram.deployment.sheet import sheet
from kmtopo_diagram.deployment.sizes import BADGE
from kmtopo_diagram.ink.metrics import fit, sizes_from, text_width, widest
from kmtopo_diagram.ink.svg import written
from kmtopo_diagram.layout.bundling import bundles
from kmtopo_diagram.layout.geometry import along, crossings, halfway, runs_over, shortened, straight
from kmtopo_diagram.layout.labelling import label_box
from kmtopo_diagram.layout.slots import Board, columns, tangle
from kmtopo_diagram.layout.ways import spread
from kmtopo_diagram.signs.forms import STACK
from kmtopo_diagram.subject.tiers import network_order


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

    assert [each.rows for each in arrangements(read(graph))] == [(("b", "a", "c"),), (("a",), ("b", "c"))]


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
    drawn = best_sheet(read(graph))
    (bundle,) = drawn.arrangement.bundles

    assert [set(row) for row in drawn.arrangement.rows] == [{"a", "b", "c"}, {bundle.key}, {"cache", "search"}]
    network = drawn.groups["net_principal_default"]
    ends = [point for limb in drawn.limbs() for point in along(limb.points)]
    assert all(network.x < x < network.x + network.width for x, _ in ends)
    assert all(network.y < y < network.y + network.height for _, y in ends)


def feet(graph: Graph) -> dict[str, tuple[float, float]]:
    """Where the line to each server leaves its caller and where it arrives, from the middle of the caller's card."""
    drawn = best_sheet(read(graph))
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


def board(*rows: str, links: str, **changes: object) -> Board:
    """Letters are cards; ``links`` are pairs of them."""
    pairs = tuple((pair[0], pair[1]) for pair in links.split())
    return Board(**{"rows": tuple(map(tuple, rows)), "links": pairs, "count": 3, "spans": {}, **changes})  # type: ignore[arg-type]


def test_columns_are_chosen_so_that_no_line_crosses_another() -> None:
    crossed = board("abc", "xyz", links="az by cx")

    found = columns(crossed)

    assert tangle(crossed, dict(zip("abcxyz", (0.0, 1.0, 2.0) * 2, strict=True))) > 3
    assert [found[name] for name in "abc"] == [found[name] for name in "zyx"]


def test_whoever_comes_anew_takes_the_column_that_is_free() -> None:
    before = columns(board("ab", "xy", links="ax ay bx by"))
    after = columns(board("abn", "xy", links="ax ay bx by nx"))

    assert {name: after[name] for name in before} == before


def test_the_way_in_keeps_to_the_middle() -> None:
    assert columns(board("a", "b", links="ab", central=frozenset("ab"))) == {"a": 1, "b": 1}
    assert columns(board("a", "b", links="ab", count=2)) == {"a": 1, "b": 1}


def test_a_network_that_shares_its_shelf_keeps_to_its_columns() -> None:
    spans = {"a": (0, 1), "b": (0, 1), "c": (2, 2)}

    found = columns(board("abc", links="ac", spans=spans))

    assert (found["c"], sorted((found["a"], found["b"]))) == (2, [0, 1])


def test_a_line_passes_between_two_columns_where_none_is_free() -> None:
    graph = fake.graph(
        [
            fake.container("a", networks=["one", "two", "three"], home="one", uses=["z"]),
            *(fake.container(name, networks=["two"]) for name in "klm"),
            fake.container("z", networks=["one", "two", "three"], home="three"),
            fake.container("nginx", "nginx", ["one"], routes={"/": "a"}, publish=[("203.0.113.1", 80, 80)]),
        ],
        [fake.network("one", internal=False), fake.network("two"), fake.network("three")],
    )

    drawn = best_sheet(read(graph))

    (line,) = (along(limb.points) for limb in drawn.limbs() if limb.touches == ("a", "z"))
    assert not any(runs_over(line, drawn.cards[name]) for name in "klm")


def test_a_call_upwards_comes_down_on_the_port() -> None:
    graph = fake.graph(
        [
            fake.container("nginx", "nginx", ["one"], routes={"/": "a"}, publish=[("203.0.113.1", 80, 80)]),
            fake.container("a", networks=["one", "two"], home="one"),
            fake.container("z", networks=["one", "two"], home="two", uses=["a"]),
        ],
        [fake.network("one", internal=False), fake.network("two")],
    )

    drawn = best_sheet(read(graph))

    (points,) = (limb.points for limb in drawn.limbs() if limb.touches == ("z", "a"))
    server = drawn.cards["a"]
    assert points[-1] == (server.x + server.width / 2, server.y)
    assert min(y for _, y in along(points)) < server.y


@pytest.mark.parametrize(
    ("server", "top"),
    [
        (fake.container("z", networks=["two"]), 0.0),
        (fake.container("z", networks=["two"], port=None), BADGE - STACK),
        (fake.container("z", "external", [], role="external", port=None), BADGE),
    ],
    ids=["at its port", "at the rear card of its stack", "at its border"],
)
def test_a_line_reaches_its_server_whether_that_has_a_badge_or_not(server: Container, top: float) -> None:
    callers = [fake.container(name, networks=["one", "two"], home="one", uses=["z"]) for name in "ab"]
    graph = fake.graph([*callers, server], [fake.network("one", internal=False), fake.network("two")])
    drawn = best_sheet(read(graph))

    tips = {limb.points[-1][1] for limb in drawn.limbs() if limb.ends}

    assert tips == {drawn.cards["z"].y + top}
    assert lint(written(deployment(graph), "light")) == ()


def test_rows_change_for_a_much_better_picture_alone() -> None:
    much, little = read(fake.shop()), read(fake.graph([fake.container("a", uses=["b"]), fake.container("b", "redis")]))
    of_much, of_little = ([score(sheet(each)) for each in arrangements(picture)] for picture in (much, little))

    assert of_much[1] < of_much[0] - 60
    assert score(best_sheet(much)) == of_much[1]
    assert score(best_sheet(little)) == of_little[0]


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


@pytest.mark.parametrize(
    ("covering", "in_the_middle"), [(2, False), (8, True)], ids=["a word gives way", "a mark must be seen"]
)
def test_a_label_that_finds_no_free_place_covers_what_matters_least(covering: int, *, in_the_middle: bool) -> None:
    """A line of 200 px, with others across its middle and boxes over both ends."""
    line = straight((0.0, 0.0), (200.0, 0.0))
    across = [[(x, -50.0), (x, 50.0)] for x in range(45, 156, 5)]
    boxes = [Box(-50.0, -30.0, 90.0, 60.0), Box(160.0, -30.0, 90.0, 60.0)]

    found = label_box(line, (19.0, 19.0), boxes, across, covering=covering)

    assert (40 <= found.x + 9.5 <= 160) == in_the_middle


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
