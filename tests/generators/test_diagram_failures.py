"""The failures view: it shows what the graph answers, of few containers and of many."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

import diagram_fake as fake
from kmtopo.generation import tools
from kmtopo.layout import Graphviz
from kmtopo.plugin import Artifact, Diagnostic, Graph, Port
from kmtopo_diagram import DiagramOptions, generator
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.failures.check import misstatements
from kmtopo_diagram.failures.layers import layers
from kmtopo_diagram.failures.listing import named
from kmtopo_diagram.failures.scenarios import scenarios, worth_telling
from kmtopo_diagram.failures.words import failure_words
from kmtopo_diagram.subject.folding import alike
from kmtopo_diagram.subject.naming import shared_title
from kmtopo_diagram.subject.words import ENGLISH
from picture_reading import HOSTILE, SVG, texts
from topologies import DATA, KMMOTOS, checked

ENVIRONMENTS = ("desarrollo", "pruebas", "produccion")


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return dict(checked(KMMOTOS).graphs)


def drawn(graph: Graph, theme: str = "light") -> list[str]:
    options = DiagramOptions(views=("failures",), formats=("svg",))
    made = generator.generate(graph, options, tools())
    return [a.content for a in made if isinstance(a, Artifact) and a.path.name.endswith(f".{theme}.svg")]


def marks(svg: str, kind: str) -> list[dict[str, str]]:
    return [dict(g.attrib) for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("class") == kind]


def proxied(count: int, tenants: int = 0, machines: int = 1) -> Graph:
    """A proxy before so many containers: applications, workers and stores that are called crosswise."""
    stores, workers = count // 8, count // 4
    applications = count - stores - workers - 1
    made = [
        fake.container(
            "nginx",
            "nginx",
            ["edge"],
            routes={f"/{i}": f"app-{i}" for i in range(applications)},
            publish=[("203.0.113.1", 443, 443)],
            vps="m0",
        ),
        *(
            fake.container(
                f"app-{i}",
                networks=["edge", "data"],
                home="data",
                uses=[f"store-{i % stores}", f"store-{i * 3 % stores}"],
                vps=f"m{i % machines}",
            )
            for i in range(applications)
        ),
        *(
            fake.container(
                f"worker-{i}",
                networks=["data"],
                role="worker",
                port=None,
                uses={f"store-{i % stores}": False, f"app-{i}": True},
                vps=f"m{i % machines}",
            )
            for i in range(workers)
        ),
        *(fake.container(f"store-{i}", "postgres", ["data"], vps=f"m{i % machines}") for i in range(stores)),
    ]
    return fake.graph(
        made,
        [fake.network("edge", internal=False), fake.network("data")],
        [fake.vps(f"m{i}", f"Machine {i}") for i in range(machines)],
        tenants=[fake.tenant(f"t{i}") for i in range(tenants)],
    )


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_fault_of_drawing_is_found_in_kmmotos(graphs, environment: str, theme: str) -> None:
    assert [lint(page) for page in drawn(graphs[environment], theme)] == [()]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_scenario_is_said_as_the_graph_answers_it(graphs, environment: str) -> None:
    assert misstatements(drawn(graphs[environment]), graphs[environment]) == ()


def test_production_tells_what_happens_without_its_database(graphs) -> None:
    (page,) = drawn(graphs["produccion"])
    said = texts(page)

    assert "Ejemplo: falla PostgreSQL. La tabla responde lo mismo para cada contenedor y cada VPS" in said
    assert {mark["data-node"]: mark["data-state"] for mark in marks(page, "node") if "data-state" in mark} == {
        "backend": "down",
        "cola": "down",
        "frontend": "up",
        "migracion": "down",
        "mongo": "up",
        "nginx": "degraded",
        "postgres": "down",
        "programador": "down",
        "redis": "up",
    }
    everywhere = "migracion mongo postgres redis"
    assert {(m["data-from"], m["data-to"]): m["data-gravity"] for m in marks(page, "edge") if "data-gravity" in m} == {
        ("backend", everywhere): "bad",
        ("cola", everywhere): "bad",
        ("programador", everywhere): "bad",
        ("backend cola programador", "migracion"): "bad",
        ("backend cola programador", "postgres"): "bad",
        ("migracion", "postgres"): "bad",
        ("nginx", "backend"): "warn",
    }


def test_rows_run_from_the_farthest_reach_to_the_least(graphs) -> None:
    (page,) = drawn(graphs["produccion"])

    assert [(m["data-scenario"], m["data-down"], "data-weak" in m) for m in marks(page, "scenario")] == [
        ("vps.principal", "9", True),
        ("containers.postgres", "5", True),
        ("containers.migracion", "4", False),
        ("containers.redis", "4", False),
        ("containers.mongo", "1", False),
        ("containers.nginx", "1", True),
        ("containers.backend", "1", False),
        ("containers.frontend", "1", False),
        ("containers.cola", "1", False),
        ("containers.programador", "1", False),
    ]
    assert [said for said in texts(page) if " de 9" in said] == [
        "9 de 9", "6 de 9", "5 de 9", "5 de 9", "5 de 9", "3 de 9", "2 de 9", "2 de 9", "1 de 9", "1 de 9",
    ]  # fmt: skip


def test_whoever_cannot_see_it_reads_it() -> None:
    (page,) = drawn(fake.shop())

    assert ET.fromstring(page).findtext(f"{SVG}desc") == (
        "If Db fails: down: App, Nginx. "
        "VPS Principal (single point of failure): 3 of 3; Db (single point of failure): 3 of 3; "
        "App (single point of failure): 2 of 3; Nginx (single point of failure): 2 of 3."
    )


def test_a_way_in_is_told_only_where_there_is_nothing_else() -> None:
    alone = fake.graph([fake.container("web", publish=[("203.0.113.1", 80, 3000)])])

    assert worth_telling(scenarios(alone), alone).title == "Web"
    assert worth_telling(scenarios(fake.shop()), fake.shop()).title == "Db"


def test_of_many_containers_those_alike_are_one_card_and_one_row() -> None:
    graph = fake.graph(
        [
            *(fake.container(f"worker-{i}", role="worker", port=None, uses=["db"]) for i in range(30)),
            fake.container("db", "postgres"),
        ]
    )
    (page,) = drawn(graph)

    assert [(m["data-node"], m["data-count"]) for m in marks(page, "node")] == [("db", "1"), ("worker-0", "30")]
    assert [len(m["data-scenario"].split()) for m in marks(page, "scenario")] == [1, 1, 30]
    assert "30\u00a0contenedores" in texts(page)


def test_what_dedicated_tenants_have_copies_of_is_one_card_however_few_containers_there_are() -> None:
    (graph,) = checked((DATA / "agencia-wordpress.yaml").read_text("utf-8")).graphs.values()
    (page,) = drawn(graph)

    assert [(m["data-node"], m["data-count"]) for m in marks(page, "node") if "data-count" in m] == [
        ("mariadb", "1"),
        ("nginx", "1"),
        ("wordpress-abogados-zelaya", "12"),
    ]
    assert misstatements([page], graph) == ()
    assert ET.fromstring(page).attrib["width"] == "760", "no wider than its names want"


SHARED = {
    ("Nginx", "Nginx"): "Nginx\u00a0×2",
    ("Nginx proxy-1", "Nginx proxy-2"): "Nginx\u00a0×2",
    ("Nginx", "Redis", "Nginx"): "3\u00a0containers",
}


@pytest.mark.parametrize("titles", SHARED)
def test_several_are_named_by_the_words_that_their_titles_begin_with(titles: tuple[str, ...]) -> None:
    assert shared_title(titles, ENGLISH.container) == SHARED[titles]


@pytest.mark.parametrize(("count", "tenants", "machines"), [(13, 1, 1), (40, 100, 2), (200, 1000, 5)])
def test_many_containers_fold_and_everything_is_still_said(count: int, tenants: int, machines: int) -> None:
    graph = proxied(count, tenants, machines)
    pages = drawn(graph)

    assert [lint(page, may_cut=True) for page in pages] == [()] * len(pages)
    assert misstatements(pages, graph) == ()
    assert len(pages) == (3 if count == 200 else 1)
    assert all(float(ET.fromstring(page).attrib["width"]) <= 901 for page in pages)


ODD = {
    "one container, published by nobody": fake.graph([fake.container("web")]),
    "no tenants": fake.shop(),
    "no way in": fake.tangled(),
    "a circle of calls": fake.graph(
        [
            fake.container("a", uses={"b": True}),
            fake.container("b", uses=["c"]),
            fake.container("c", uses=["a"]),
            fake.container("d", uses=["a", "c"]),
        ]
    ),
    "a long chain": fake.graph([fake.container(f"c{i}", uses=[f"c{i + 1}"] if i < 9 else []) for i in range(10)]),
    "two ways in": fake.graph(
        [
            fake.container("a", publish=[("203.0.113.1", 80, 3000)], uses=["c"]),
            fake.container("b", publish=[("203.0.113.1", 81, 3000)], uses=["c"]),
            fake.container("c"),
        ]
    ),
    "a system outside": fake.graph(
        [
            fake.container("web", uses=["pay"], publish=[("203.0.113.1", 80, 3000)]),
            fake.container("pay", networks=[], role="external", port=Port(443, "https"), vps=""),
        ]
    ),
    "a job": fake.graph(
        [
            fake.container("web", uses=["once", "db"]),
            fake.container("once", role="job", once=True, port=None, uses=["db"]),
            fake.container("db", "postgres"),
        ]
    ),
    "forty names of forty letters": fake.graph(
        [
            fake.container(f"c{i}", title="Contabilidad-y-facturación-del-grupo-" + f"{i:03}", uses=["c0"] if i else [])
            for i in range(40)
        ]
    ),
    "twelve names of forty letters": fake.graph(
        [fake.container(f"c{i}", title="Servicio de contabilidad de sucursal " + f"{i:03}") for i in range(12)]
    ),
    "accents, other scripts, other directions": fake.graph(
        [
            fake.container("a", title="Ñandú «façade» – œuvre", uses=["b", "c"]),
            fake.container("b", title="一二三四五六七八九十百千万億兆", uses={"c": True}),
            fake.container("c", title="خدمة الفواتير الرئيسية"),
        ]
    ),
    "hostile titles": fake.graph(
        [fake.container("a", title=HOSTILE, uses=["b"]), fake.container("b", title=HOSTILE)],
        machines=[fake.vps(title=HOSTILE)],
        title=HOSTILE,
    ),
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_odd_topologies_are_drawn_without_a_fault(case: str, theme: str) -> None:
    pages = drawn(ODD[case], theme)

    assert [lint(page, may_cut=True) for page in pages] == [()] * len(pages)
    assert misstatements(pages, ODD[case]) == ()


def test_the_same_graph_is_the_same_picture() -> None:
    assert drawn(proxied(40)) == drawn(proxied(40))


def test_a_story_needs_no_engine() -> None:
    bare = replace(tools(), layout=Graphviz(None))

    made = list(generator.generate(fake.shop(), DiagramOptions(views=("failures",)), bare))

    assert [each for each in made if isinstance(each, Diagnostic)] == []
    assert [a.content for a in made if isinstance(a, Artifact) and a.path.name.endswith(".light.svg")] == drawn(
        fake.shop()
    )


def test_whom_nobody_calls_stands_right_before_whom_it_calls() -> None:
    calls = [("door", "app"), ("app", "job"), ("job", "db"), ("worker", "job"), ("app", "cache")]

    assert layers(["app", "cache", "db", "door", "job", "worker"], calls, ["door"], ["cache", "db"]) == {
        "app": 1,
        "cache": 3,
        "db": 3,
        "door": 0,
        "job": 2,
        "worker": 1,
    }


def test_a_circle_of_calls_is_cut_where_it_closes() -> None:
    assert layers(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")], ["a"], []) == {"a": 0, "b": 1, "c": 2}


def test_those_are_alike_who_call_those_alike() -> None:
    names = ["a1", "a2", "b1", "b2", "x"]
    calls = [("a1", "b1", False), ("a2", "b2", False), ("x", "b1", True)]

    assert alike(names, calls, lambda name: name[0], 9) == (("a1",), ("a2",), ("b1",), ("b2",), ("x",))
    assert alike(names, calls, lambda name: name[0], 4) == (("a1", "a2"), ("b1",), ("b2",), ("x",))
    assert alike(names, calls, lambda name: name[0], 3) == (("a1", "a2"), ("b1", "b2"), ("x",))


@pytest.mark.parametrize(
    ("titles", "room", "said"),
    [
        (["Redis", "Postgres"], 200, "Redis, Postgres"),
        (["Redis", "Postgres", "MongoDB"], 100, "Redis and 2 more"),
        (["An archive of all that was ever sold", "Postgres"], 120, "An archi… and 1 more"),
        (["An archive of all that was ever sold"], 120, "An archive of all tha…"),
    ],
)
def test_names_that_find_no_room_are_counted_and_the_first_one_cut(titles: list[str], room: float, said: str) -> None:
    assert named(titles, room, 10.5, failure_words("en")) == said
