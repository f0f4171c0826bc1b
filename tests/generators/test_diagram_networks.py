"""The networks' view: who is attached to which network, who calls whom on it, and where the outside comes in."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

import diagram_fake as fake
from kmtopo.plugin import Graph, Port
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.matrix.counting import miscounts as missed_in_matrix
from kmtopo_diagram.networks.counting import miscounts
from kmtopo_diagram.networks.reading import read
from kmtopo_diagram.networks.sentences import description, subtitle
from picture_reading import HOSTILE, SVG, TITLED, drawn, everything, groups, hostile, light, texts
from topologies import KMMOTOS, checked

ENVIRONMENTS = ("desarrollo", "pruebas", "produccion")


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return dict(checked(KMMOTOS).graphs)


def columns(graph: Graph) -> list[str]:
    return [column.name for column in read(graph).columns]


def bands(graph: Graph) -> dict[str, list[str]]:
    return {
        band.title: [
            f"{' '.join(c.name + '?' * c.optional for c in lane.clients)} > {lane.server} {lane.protocol}{lane.port}"
            for lane in band.lanes
        ]
        for band in read(graph).bands
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_fault_of_drawing_is_found_in_kmmotos(graphs, environment: str, theme: str) -> None:
    assert lint(drawn(graphs[environment], "networks")[f"networks.{theme}.svg"]) == ()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_everything_is_drawn_and_nothing_else(graphs, environment: str) -> None:
    assert miscounts(light(graphs[environment], "networks"), graphs[environment]) == ()


def test_calls_run_from_the_left_to_the_right(graphs) -> None:
    assert columns(graphs["produccion"]) == [
        "@internet",
        "nginx",
        "frontend",
        "backend",
        "cola",
        "programador",
        "migracion",
        "redis",
        "postgres",
        "mongo",
    ]


def test_each_server_port_has_a_lane_of_its_own(graphs) -> None:
    assert bands(graphs["produccion"]) == {
        "Red pública": ["@internet > nginx HTTPS:443", "@internet > nginx HTTP:80"],
        "Red de Comunicaciones": ["nginx > frontend HTTP:8080", "nginx > backend FastCGI:9000"],
        "Red de Comando": ["backend cola programador > redis Redis:6379"],
        "Red de Seguridad": [
            "backend cola programador migracion > postgres SQL:5432",
            "backend? cola? programador? migracion? > mongo MongoDB:27017",
        ],
    }


def test_what_only_the_machine_itself_can_reach_has_a_band_of_its_own(graphs) -> None:
    assert bands(graphs["desarrollo"])["Este equipo"] == [
        "@developer > nginx HTTP:8080",
        "@developer > redis Redis:6379",
        "@developer > postgres SQL:5432",
        "@developer > mailpit TCP:8025",
        "@developer > mongo MongoDB:27017",
    ]


def test_the_bands_say_their_addresses_and_what_has_no_way_out(graphs) -> None:
    said = texts(drawn(graphs["produccion"], "networks")["networks.light.svg"])

    for fact in (
        "Segmentación de red · Producción",
        "9 contenedores, 3 redes, 13 llamadas; un servicio solo alcanza a los que comparten su banda",
        "puertos publicados 80 y 443",
        "10.64.4.0/24",
        "10.64.3.0/24 · interna, sin salida",
    ):
        assert fact in said


def test_whoever_cannot_see_it_reads_it() -> None:
    assert description(read(fake.shop())) == (
        "Public network (published ports 80 and 443): Internet and Nginx. "
        "Nginx HTTPS :443 serves Internet. Nginx HTTP :80 serves Internet. "
        "Edge (10.64.0.0/24): Nginx and App. App FastCGI :9000 serves Nginx. "
        "Data (10.64.0.0/24 · internal, no way out): App and Db. Db SQL :5432 serves App."
    )


def test_the_legend_explains_every_mark_that_is_used_and_no_other() -> None:
    def legend(graph: Graph) -> list[str]:
        (group,) = groups(light(graph, "networks")[0], "legend")
        return [element.text or "" for element in group.iter(f"{SVG}text")]

    assert legend(fake.graph([fake.container("web")], locale="en")) == ["attached"]
    assert legend(fake.shop()) == [
        "attached",
        "not attached",
        ":443",
        "clients and port",
        "no way out to the Internet",
    ]
    assert "opcional (degrada)" in legend(fake.tangled())


def test_the_three_themes_differ_in_colours_only() -> None:
    made = drawn(fake.shop(), "networks")

    assert texts(made["networks.light.svg"]) == texts(made["networks.dark.svg"]) == texts(made["networks.svg"])


def test_of_dedicated_tenants_one_is_drawn_for_all() -> None:
    from kmtopo.testing import SAMPLES

    graph = checked(SAMPLES["silos"]).graphs["production"]

    assert miscounts(light(graph, "networks"), graph) == ()
    assert subtitle(read(graph)).endswith("; one of 2 dedicated tenants is shown")


@pytest.mark.parametrize("place", TITLED)
def test_hostile_titles_arrive_intact_and_stay_text(place: str) -> None:
    graph = hostile(place)

    for svg in light(graph, "networks"):
        root = ET.fromstring(svg)
        assert root.find(f".//{SVG}script") is None
        assert lint(svg, may_cut=True) == ()
        if place != "machine":  # one machine has no name here
            assert HOSTILE in everything(svg)


ODD = {
    "one container": fake.graph([fake.container("web")]),
    "no network at all": fake.graph([fake.container("web", networks=[])], [fake.network("default")]),
    "a circle of calls": fake.graph(
        [
            fake.container("a", uses={"b": True}),
            fake.container("b", uses=["c"]),
            fake.container("c", uses=["a"]),
            fake.container("d", uses=["a", "c"]),
        ]
    ),
    "a system outside": fake.graph(
        [
            fake.container("web", uses=["pay"], publish=[("203.0.113.1", 80, 3000)]),
            fake.container("pay", networks=[], role="external", port=Port(443, "https"), vps="", host="pay.example"),
        ]
    ),
    "workers and stores": fake.tangled(),
    "names of forty letters": fake.graph(
        [
            fake.container(
                f"service-{i}", title=f"Servicio de contabilidad y facturación {i}", uses=["service-9"] * (i < 9)
            )
            for i in range(10)
        ],
        [fake.network("default", "Red de contabilidad y facturación del grupo", internal=False)],
    ),
    "letters of no table": fake.graph(
        [
            fake.container("a", title="一二三四五六七八九十百千万億兆", uses=["b"]),
            fake.container("b", title="خدمة المحاسبة والفواتير", uses=["c"]),
            fake.container("c", title="Contabilización ñandú"),
        ],
        [fake.network("default", "安全网络 الشبكة الآمنة", internal=False)],
    ),
}


def fleet() -> Graph:
    """Five machines with eight containers each; the fourth one's database is everybody's."""
    containers = []
    for number in range(1, 6):
        at = f"v{number}"
        stores = {f"redis-{number}": False, f"pg-{number}": False, f"mongo-{number}": True}
        containers += [
            fake.container(
                f"proxy-{number}",
                "nginx",
                ["edge"],
                vps=at,
                routes={"/": f"web-{number}", "/api": f"api-{number}"},
                publish=[("203.0.113.1", 443, 443)],
            ),
            fake.container(f"web-{number}", "static", ["edge"], vps=at),
            fake.container(
                f"api-{number}",
                "laravel",
                ["edge", "cache", "data"],
                home="edge",
                vps=at,
                uses={**stores, "pg-4": False},
            ),
            fake.container(f"jobs-{number}", networks=["cache", "data"], vps=at, port=None, role="worker", uses=stores),
            fake.container(f"cron-{number}", networks=["data"], vps=at, port=None, uses=[f"pg-{number}"]),
            fake.container(f"redis-{number}", "redis", ["cache"], vps=at),
            fake.container(f"pg-{number}", "postgres", ["data"], vps=at),
            fake.container(f"mongo-{number}", "mongodb", ["data"], vps=at),
        ]
    return fake.graph(
        containers,
        [fake.network("edge", internal=False), fake.network("cache"), fake.network("data")],
        [fake.vps(f"v{number}", f"VPS {number}") for number in range(1, 6)],
    )


def test_many_machines_are_one_matrix_and_a_picture_for_each() -> None:
    graph = fleet()
    made = drawn(graph, "networks")
    names = sorted(name for name in made if name.endswith(".light.svg"))
    svgs = [made[name] for name in names]

    assert names == [
        *(f"networks-v{number}.light.svg" for number in range(1, 6)),
        "networks.light.svg",
    ]
    assert [lint(svg) for svg in svgs] == [()] * 6
    assert missed_in_matrix([made["networks.light.svg"]], graph) == ()
    assert miscounts([svg for svg in svgs if svg != made["networks.light.svg"]], graph) == ()


def test_a_page_counts_its_own_machine_and_marks_who_is_elsewhere() -> None:
    page = drawn(fleet(), "networks")["networks-v4.light.svg"]
    elsewhere = {
        group.attrib["data-node"]
        for group in groups(page, "pill")
        if any(shape.get("stroke-dasharray") for shape in group)
    }

    assert "Segmentación de red · Producción · VPS 4" in texts(page)
    assert any(said.startswith("8 contenedores, 3 redes, ") for said in texts(page))
    assert elsewhere == {"api-1", "api-2", "api-3", "api-5"}
    assert [said for said in texts(page) if said.startswith("VPS ")] == ["VPS 1", "VPS 2", "VPS 3", "VPS 5"]


def test_a_machines_name_is_broken_and_not_cut() -> None:
    graph = fake.graph(
        [
            fake.container("web", networks=["edge"], vps="a", uses=[f"db-{number}" for number in range(9)]),
            *(fake.container(f"db-{number}", "postgres", ["edge"], vps="b") for number in range(9)),
        ],
        [fake.network("edge")],
        [fake.vps("a", "Servidor de aplicaciones"), fake.vps("b", "Datos")],
    )
    (svg,) = light(graph, "networks")

    assert {"Servidor de", "aplicaciones"} <= set(texts(svg))
    assert lint(svg) == ()


def test_more_than_sixteen_columns_of_one_machine_are_a_matrix() -> None:
    graph = fake.graph([fake.container(f"c{number}", uses=["c0"] * (number > 0)) for number in range(17)])
    (svg,) = light(graph, "networks")

    assert groups(svg, "pill") == []
    assert missed_in_matrix([svg], graph) == ()


@pytest.mark.parametrize("case", ODD)
def test_odd_topologies_are_drawn_without_a_fault(case: str) -> None:
    svgs = light(ODD[case], "networks")

    assert [lint(svg, may_cut=True) for svg in svgs] == [()] * len(svgs)
    assert miscounts(svgs, ODD[case]) == ()


def test_the_same_graph_is_the_same_picture() -> None:
    assert drawn(fake.tangled(), "networks") == drawn(fake.tangled(), "networks")


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ('data-role="database"', "container: missing db"),
        ('class="network" data-net="data"', "network: missing data"),
        ('class="pill" data-node="db" data-net="data"', "attachment: missing db data"),
        ('data-from="app" data-to="db"', "call: missing app db data False"),
        ('data-port=":443"', "published port: missing nginx :443"),
    ],
)
def test_a_missing_thing_is_named(mark: str, message: str) -> None:
    (svg,) = light(fake.shop(), "networks")
    spoilt = svg.replace(mark, 'data-from="x" data-to="x"' if "data-from" in mark else 'data-port=""')

    assert miscounts([svg], fake.shop()) == ()
    assert message in miscounts([spoilt], fake.shop())
