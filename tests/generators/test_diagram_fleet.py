"""Several machines: one picture of all, and one of each with cards for whoever stands elsewhere."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter

import pytest

import diagram_fake as fake
from kmtopo.generation import tools
from kmtopo.plugin import Graph
from kmtopo_diagram.critique.lint import lint, miscounts
from kmtopo_diagram.deployment import VIEW
from kmtopo_diagram.deployment.fleet.reading import read as fleet
from kmtopo_diagram.deployment.fleet.sheet import WIDTH
from kmtopo_diagram.deployment.reading import read
from kmtopo_diagram.ink.svg import written
from kmtopo_diagram.ink.theme import Theme
from topologies import DATA, KMMOTOS, ROOT, checked

SVG = "{http://www.w3.org/2000/svg}"
TWO = (ROOT / "examples" / "05-two-machines" / "topology.yaml").read_text("utf-8")
SAAS = (DATA / "saas-dos-vps.yaml").read_text("utf-8")


def production(text: str) -> Graph:
    return checked(text).graphs["production"]


def pictures(graph: Graph, theme: Theme = "light") -> dict[str, str]:
    return {page.part: written(page.drawing, theme) for page in VIEW.pages(graph, tools())}  # type: ignore[union-attr]


@pytest.mark.parametrize("text", [TWO, SAAS], ids=["example", "saas"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_of_several_machines_is_whole_and_without_a_fault(text: str, theme: Theme) -> None:
    graph = production(text)
    drawn = pictures(graph, theme)

    assert next(iter(drawn)) == ""
    assert set(drawn) == {"", *graph.deployment.vps}
    assert {part: lint(svg) for part, svg in drawn.items()} == dict.fromkeys(drawn, ())
    assert {part: miscounts(svg, graph, part) for part, svg in drawn.items()} == dict.fromkeys(drawn, ())


def test_one_machine_has_one_picture() -> None:
    assert set(pictures(checked(KMMOTOS).graphs["produccion"])) == {""}


def test_all_calls_from_one_machine_to_another_over_one_network_are_one_arrow_as_thick_as_they_are_many() -> None:
    shown = fleet(production(SAAS))
    arrows = [(c.source, c.target, c.network, c.calls, c.label) for c in shown.convoys]
    root = ET.fromstring(pictures(production(SAAS))[""])
    (line,) = [g for g in root.iter(f"{SVG}g") if g.get("class") == "edge"]

    assert arrows == [("@internet", "app", "", 1, "HTTPS"), ("app", "data", "backplane", 4, "Redis ×2 · SQL ×2")]
    assert line[1].get("stroke-width") == "2.8"
    assert shown.subtitle == "Fieldnote — 2 VPS, 5 containers, 2 networks, 3 tenants, USD 85 / month"


def test_many_machines_stand_in_rows_of_two_below_whoever_comes_in() -> None:
    machines = [fake.vps(f"v{place}", f"VPS {place}") for place in range(5)]
    containers = [
        fake.container(f"c{place}", vps=f"v{place}", uses=["c4"] * (place < 4), publish=[("203.0.113.1", 80, 3000)])
        for place in range(5)
    ]
    svg = pictures(fake.graph(containers, [fake.network("default")], machines))[""]
    root = ET.fromstring(svg)
    tops = Counter(g[1].get("y") for g in root.iter(f"{SVG}g") if g.get("class") == "host")

    assert sorted(tops.values()) == [1, 2, 2]
    assert float(root.get("width", "0")) < 4 * WIDTH
    assert lint(svg) == ()


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
