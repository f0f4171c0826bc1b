"""Several machines: one picture of all, and one of each with cards for whoever stands elsewhere."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

import diagram_fake as fake
from kmtopo.generation import tools
from kmtopo.plugin import Box, Graph, Placement
from kmtopo_diagram.critique.lint import lint, miscounts
from kmtopo_diagram.deployment import VIEW
from kmtopo_diagram.deployment.fleet.drawing import fleet as drawn
from kmtopo_diagram.deployment.fleet.reading import read as fleet
from kmtopo_diagram.deployment.fleet.sheet import WIDEST, fleet_sheet
from kmtopo_diagram.deployment.gathering import gathered
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.ink.svg import written
from kmtopo_diagram.ink.theme import Theme
from kmtopo_diagram.layout.geometry import straight
from topologies import DATA, KMMOTOS, ROOT, checked

SVG = "{http://www.w3.org/2000/svg}"
TWO = (ROOT / "examples" / "05-two-machines" / "topology.yaml").read_text("utf-8")
FLEETS = (2, 3, 5, 8, 12, 16, 24, 60)
SAAS = (DATA / "saas-dos-vps.yaml").read_text("utf-8")


def production(text: str) -> Graph:
    return checked(text).graphs["production"]


def pictures(graph: Graph, theme: Theme = "light") -> dict[str, str]:
    return {page.part: written(page.drawing, theme) for page in VIEW.pages(graph, tools())}  # type: ignore[union-attr]


@pytest.mark.parametrize("text", [TWO, SAAS], ids=["example", "saas"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_of_several_machines_is_whole_and_without_a_fault(text: str, theme: Theme) -> None:
    graph = production(text)
    found = pictures(graph, theme)

    assert next(iter(found)) == ""
    assert set(found) == {"", *graph.deployment.vps}
    assert {part: lint(svg) for part, svg in found.items()} == dict.fromkeys(found, ())
    assert {part: miscounts(svg, graph, part) for part, svg in found.items()} == dict.fromkeys(found, ())


def test_one_machine_has_one_picture() -> None:
    assert set(pictures(checked(KMMOTOS).graphs["produccion"])) == {""}


def test_all_calls_from_one_machine_to_another_over_one_network_are_one_arrow_as_thick_as_they_are_many() -> None:
    shown = fleet(production(SAAS), 8)
    arrows = [(c.source, c.target, c.network, c.calls, c.label) for c in shown.convoys]
    root = ET.fromstring(pictures(production(SAAS))[""])
    (line,) = [g for g in root.iter(f"{SVG}g") if g.get("class") == "edge"]

    assert arrows == [("@internet", "app", "", 1, "HTTPS"), ("app", "data", "backplane", 4, "Redis ×2 · SQL ×2")]
    assert line[1].get("stroke-width") == "2.8"
    assert shown.subtitle == "Fieldnote — 2 VPS, 5 containers, 2 networks, 3 tenants, USD 85 / month"


def crew(apps: int) -> Graph:
    """So many machines with two containers each, that call a store on one more; people come in on each but that."""
    machines = [*(fake.vps(f"app-{n:02}", f"App {n + 1}") for n in range(apps)), fake.vps("data", "Data")]
    containers = [
        fake.container(
            f"c{n:02}-{place}", vps=f"app-{n:02}", uses=["db"], publish=[("203.0.113.1", 80, 3000)] * (place == 0)
        )
        for n in range(apps)
        for place in range(2)
    ]
    containers.append(fake.container("db", "postgres", vps="data"))
    return fake.graph(containers, [fake.network("default")], machines, locale="en")


def ring(machines: int) -> Graph:
    """Machines of which each calls the one before it, and people come in on all."""
    return fake.graph(
        [
            fake.container(
                f"c{n:02}", vps=f"v{n:02}", uses=[f"c{n - 1:02}"] * (n > 0), publish=[("203.0.113.1", 80, 3000)]
            )
            for n in range(machines)
        ],
        [fake.network("default")],
        [fake.vps(f"v{n:02}", f"VPS {n + 1}") for n in range(machines)],
    )


@pytest.mark.parametrize("graph", [crew(n - 1) for n in FLEETS] + [ring(n) for n in FLEETS])
def test_a_fleet_of_any_size_is_no_wider_than_a_page(graph: Graph) -> None:
    drawing = drawn(graph, tools().layout)
    assert drawing is not None
    svg = written(drawing, "light")

    assert drawing.width <= WIDEST
    assert lint(svg) == ()
    assert miscounts(svg, graph) == ()
    assert svg.count('class="host"') <= 8


@pytest.mark.parametrize("engine", [lambda x: x, lambda x: 500 - x], ids=["in order", "the other way round"])
def test_machines_stand_side_by_side_in_their_order(engine: Callable[[float], float]) -> None:
    """Whichever way the engine puts them: whoever is first in the topology stands at the left."""
    machines = [fake.vps(name, name.capitalize()) for name in ("edge", "one", "two")]
    apps = [fake.container(f"app-{name}", vps=name) for name in ("one", "two")]
    door = fake.container("door", vps="edge", uses=["app-one", "app-two"])
    shown = fleet(fake.graph([door, *apps], [fake.network("default")], machines), 8)
    middles = {"edge": (250.0, 40.0), "one": (100.0, 200.0), "two": (400.0, 200.0)}
    boxes = {name: Box(engine(x) - 80, y - 40, 160, 80) for name, (x, y) in middles.items()}
    lines = {c.key: straight((engine(250.0), 80.0), (engine(middles[c.target][0]), 160.0)) for c in shown.convoys}
    found = Placement(500, 240, boxes, {}, lines)

    sheet = fleet_sheet(shown, lambda *texts: [found for _ in texts])

    assert sheet is not None
    assert sheet.boxes["one"].x < sheet.boxes["edge"].x < sheet.boxes["two"].x
    assert {c.target: sheet.lines[c.key][-1][0] for c in shown.convoys} == {
        name: sheet.boxes[name].x + 80 for name in ("one", "two")
    }


def test_of_machines_side_by_side_those_that_stand_alike_are_one_frame_with_a_line_for_each() -> None:
    shown = fleet(crew(16), 8)
    together, single = shown.ships

    assert (together.title, together.detail, together.cost) == ("App\u00a0×16", "32 containers", "USD 4000")
    assert [berth.title for berth in together.berths] == [*(f"App {n}" for n in range(1, 12)), "and 5 more, at most"]
    assert [bar.percent for bar in together.berths[-1].bars] == ["12 %", "2 %", "0 %"]
    assert len([name for berth in together.berths for name in berth.names]) == 16
    assert (single.title, single.berths) == ("Data", ())
    assert [(c.source, c.target, c.label) for c in shown.convoys] == [
        ("@internet", "app-00", "HTTP ×16"),
        ("app-00", "data", "SQL ×32"),
    ]


def test_few_machines_are_drawn_each_and_who_calls_among_them_is_counted_where_they_are_one() -> None:
    ships = [(ship.title, ship.inner_calls, ship.detail) for ship in fleet(ring(12), 4).ships]

    assert [ship.title for ship in fleet(ring(4), 8).ships] == [f"VPS {n}" for n in range(1, 5)]
    assert ships == [
        ("VPS 1", 0, "1 contenedor · 203.0.113.10"),
        ("VPS\u00a0×10", 9, "10 contenedores · 9 llamadas entre sí"),
        ("VPS 12", 0, "1 contenedor · 203.0.113.10"),
    ]


def test_whoever_stands_elsewhere_has_a_name_a_machine_and_a_port() -> None:
    front, back = read(production(TWO), "front"), read(production(TWO), "back")

    assert [(c.title, c.kind, c.badge, c.chips[0].text) for c in front.outside] == [
        ("PostgreSQL", "Back", ":5432", "10.0.0.20")
    ]
    assert [(c.title, c.kind, c.badge) for c in back.callers] == [("api", "Front", "")]
    assert (front.title, back.subtitle) == (
        "Deployment · Production · Front",
        "Hello — 1 container, 1 network, 1 on another machine",
    )
    assert back.origin is None, "nobody enters there"


def test_who_calls_and_is_called_is_drawn_on_either_side() -> None:
    text = TWO.replace("    networks: [data]\n    volumes", "    networks: [data]\n    uses: []\n    volumes").replace(
        "  postgres:\n",
        "  report: {type: generic, image: 'hello/report:1.0.0', port: 9000, vps: back, networks: [data, edge],"
        " uses: {api: {optional: true}}, resources: {cpu: 0.5, memory: 64MiB}}\n  postgres:\n",
        1,
    )
    text = text.replace("uses: [postgres]", "uses: [postgres, report]").replace("    uses: []\n", "")
    picture = read(production(text), "front")

    assert [card.name for card in picture.callers] == ["report@caller"]
    assert [card.name for card in picture.outside] == ["postgres", "report"]
    assert {lint(svg, may_cut=True) for svg in pictures(production(text)).values()} == {()}


def test_a_machine_that_carries_nothing_is_counted_since_it_is_paid_for() -> None:
    machines = [fake.vps(f"v{n}", f"VPS {n + 1}") for n in range(3)]
    containers = [fake.container("a", vps="v0", uses=["b"]), fake.container("b", vps="v1")]
    shown = fleet(fake.graph(containers, [fake.network("default")], machines, locale="en"), 8)

    assert shown.subtitle == "KMMotos — 2 VPS, 1 VPS without containers, 2 containers, 1 network, USD 750 / month"


def hub(peers: int) -> Graph:
    """A machine that so many others call, and that calls as many; every second one needs both of what stands there."""
    machines = [fake.vps("hub", "Hub"), *(fake.vps(f"v{n:02}", f"VPS {n + 1}") for n in range(peers))]
    containers = [
        fake.container("a", vps="hub", uses=[f"s{n:02}" for n in range(peers)]),
        fake.container("b", vps="hub"),
        *(fake.container(f"c{n:02}", vps=f"v{n:02}", uses=["a", "b"][: 1 + n % 2]) for n in range(peers)),
        *(fake.container(f"s{n:02}", "postgres", vps=f"v{n:02}") for n in range(peers)),
    ]
    return fake.graph(containers, [fake.network("default")], machines, locale="en")


def test_two_rows_of_whoever_stands_elsewhere_are_drawn_each() -> None:
    picture = gathered(read(hub(6), "hub"))

    assert [card.count for card in (*picture.callers, *picture.outside)] == [1] * 12


def test_of_more_those_who_call_the_same_are_one_card_that_names_them() -> None:
    graph = hub(14)
    picture = gathered(read(graph, "hub"))
    cards = [(c.title, c.kind, c.count, [chip.text for chip in c.chips]) for c in (*picture.callers, *picture.outside)]
    svg = pictures(graph)["hub"]

    assert cards == [
        ("7\u00a0containers", "7 VPS", 7, ["C00, C02, C04, C06 and 3 more"]),
        ("7\u00a0containers", "7 VPS", 7, ["C01, C03, C05, C07 and 3 more"]),
        ("14\u00a0containers", "14 VPS", 14, ["S00, S01, S02, S03 and 10 more"]),
    ]
    assert [(a.source, a.target, a.calls) for a in picture.arrows] == [
        ("a", "s00", 14),
        ("c00", "a", 7),
        ("c01", "a", 7),
        ("c01", "b", 7),
    ]
    assert (lint(svg), miscounts(svg, graph, "hub")) == ((), ())


def test_bars_count_every_environment_of_a_machine() -> None:
    graphs = checked(KMMOTOS).graphs

    (machine,) = read(graphs["produccion"]).machines
    (again,) = read(graphs["pruebas"]).machines

    assert machine.bars == again.bars
    assert [(bar.value, bar.percent) for bar in machine.bars] == [
        ("10,19 / 8", "127 %"),
        ("23 / 32 GiB", "72 %"),
        ("177,5 / 480 GiB", "37 %"),
    ]
    assert machine.detail.endswith("también Pruebas")
    assert again.detail.endswith("también Producción")
