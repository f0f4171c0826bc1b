"""The call matrix: declared, optional and merely possible calls, as the graph answers them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

import diagram_fake as fake
from kmtopo.plugin import Graph, Port
from kmtopo.testing import SAMPLES
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.matrix.counting import miscounts
from kmtopo_diagram.matrix.reading import read
from kmtopo_diagram.matrix.sentences import description
from picture_reading import HOSTILE, SVG, drawn, groups, light, texts
from topologies import KMMOTOS, checked

ENVIRONMENTS = ("desarrollo", "pruebas", "produccion")


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return dict(checked(KMMOTOS).graphs)


def marks(graph: Graph) -> dict[str, list[str]]:
    """Each row's marks: ``=`` needed, ``~`` optional, ``?`` possible; behind a proxy in brackets."""
    signs = {"declared": "=", "optional": "~", "undeclared": "?"}
    found: dict[str, list[str]] = {}
    for cell in read(graph).cells:
        said = f"{signs[cell.kind.value]}{cell.target}"
        found.setdefault(cell.source, []).append(said if cell.is_direct else f"({said})")
    return found


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_fault_of_drawing_is_found_in_kmmotos(graphs, environment: str, theme: str) -> None:
    assert lint(drawn(graphs[environment], "matrix")[f"matrix.{theme}.svg"]) == ()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_it_shows_what_the_graph_answers_and_nothing_else(graphs, environment: str) -> None:
    assert miscounts(light(graphs[environment], "matrix"), graphs[environment]) == ()


def test_what_is_possible_stands_beside_what_is_declared(graphs) -> None:
    assert marks(graphs["produccion"]) == {
        "internet": ["=nginx", "(=frontend)", "(=backend)"],
        "nginx": ["=frontend", "=backend"],
        "frontend": ["?nginx", "?backend"],
        "backend": ["?nginx", "?frontend", "=redis", "=postgres", "~mongo"],
        "cola": ["?backend", "=redis", "=postgres", "~mongo"],
        "programador": ["?backend", "=redis", "=postgres", "~mongo"],
        "redis": ["?backend"],
        "migracion": ["?backend", "=postgres", "~mongo"],
        "mongo": ["?backend", "?postgres"],
        "postgres": ["?backend", "?mongo"],
    }


def test_the_counts_stand_under_the_title(graphs) -> None:
    said = texts(drawn(graphs["produccion"], "matrix")["matrix.light.svg"])

    assert "Llamadas entre servicios · Producción" in said
    assert "16 llamadas declaradas, 12 alcances sin declarar; la fila llama a la columna" in said


def test_who_listens_nowhere_has_a_row_and_no_column(graphs) -> None:
    (svg,) = light(graphs["produccion"], "matrix")
    rows, columns = ({group.attrib["data-node"] for group in groups(svg, kind)} for kind in ("row", "column"))

    assert rows - columns == {"internet", "cola", "programador", "migracion"}
    assert columns <= rows


def test_whoever_cannot_see_it_reads_it() -> None:
    assert description(read(fake.shop())) == (
        "Internet calls Nginx and App. Nginx calls App. App calls Db. App reaches, undeclared, Nginx. "
        "Db reaches, undeclared, App."
    )


def test_the_legend_explains_every_mark_that_is_used_and_no_other() -> None:
    def legend(graph: Graph) -> list[str]:
        (group,) = groups(light(graph, "matrix")[0], "legend")
        return [element.text or "" for element in group.iter(f"{SVG}text")]

    assert legend(fake.graph([fake.container("web")], locale="en")) == []
    assert legend(fake.shop()) == [
        "declared call",
        "reachable, use not declared",
        "through a proxy",
        "by a published port",
    ]


def test_of_dedicated_tenants_one_is_drawn_for_all() -> None:
    graph = checked(SAMPLES["silos"]).graphs["production"]

    assert miscounts(light(graph, "matrix"), graph) == ()


def crowd(count: int, networks: int) -> Graph:
    """So many containers in turn on so many networks, each of which calls the next ones."""
    names = [f"net-{number}" for number in range(networks)]
    return fake.graph(
        [
            fake.container(
                f"service-{number}",
                title=f"Servicio de contabilidad y facturación {number}",
                networks=[names[number % networks]],
                uses=[f"service-{other}" for other in (number + networks, number + 2 * networks) if other < count],
            )
            for number in range(count)
        ],
        [fake.network(name, internal=name != "net-0") for name in names],
    )


def test_too_many_columns_are_pages_by_the_callees_network() -> None:
    graph = crowd(100, 2)
    made = drawn(graph, "matrix")

    assert sorted(name for name in made if name.endswith(".light.svg")) == [
        "matrix-net-0-2.light.svg",
        "matrix-net-0.light.svg",
        "matrix-net-1-2.light.svg",
        "matrix-net-1.light.svg",
        "matrix.light.svg",
    ]
    assert miscounts(light(graph, "matrix"), graph) == ()


def test_before_the_pages_of_many_stands_a_matrix_of_their_groups() -> None:
    overview = drawn(crowd(100, 2), "matrix")["matrix.light.svg"]
    heads = [group[0].text for kind in ("rows", "columns") for group in groups(overview, kind)]
    sums = [[group.get(key) for key in ("data-from", "data-to", "data-use")] for group in groups(overview, "sum")]

    assert heads == ["Net-0 (50)", "Net-1 (50)"] * 2
    assert sums == [["@net-0", "@net-0", "declared"], ["@net-1", "@net-1", "declared"]]
    assert lint(overview) == ()


ODD = {
    "one container": fake.graph([fake.container("web")]),
    "no network at all": fake.graph([fake.container("web", networks=[])], [fake.network("default")]),
    "forty containers on five networks": crowd(40, 5),
    "a hundred on two": crowd(100, 2),
    "a system outside": fake.graph(
        [
            fake.container("web", uses=["pay"], publish=[("203.0.113.1", 80, 3000)]),
            fake.container("pay", networks=[], role="external", port=Port(443, "https"), vps="", host="pay.example"),
        ]
    ),
    "two machines": fake.graph(
        [
            fake.container("web", networks=["back"], vps="app", uses=["pg"]),
            fake.container("pg", "postgres", ["back"], vps="data"),
        ],
        [fake.network("back")],
        [fake.vps("app", "Application server"), fake.vps("data", "Data server")],
    ),
    "letters of no table": fake.graph(
        [
            fake.container("a", title="一二三四五六七八九十百千万億兆", uses=["b"]),
            fake.container("b", title="خدمة المحاسبة والفواتير", uses={"c": True}),
            fake.container("c", title="Contabilización ñandú"),
        ],
        [fake.network("default", "安全网络 الشبكة الآمنة", internal=False)],
    ),
    "hostile titles": fake.graph(
        [fake.container("a", title=HOSTILE, uses=["b"]), fake.container("b", title=HOSTILE)],
        [fake.network("default", HOSTILE, internal=False)],
        title=HOSTILE,
        environment=("production", HOSTILE, "production"),
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_topologies_are_drawn_without_a_fault(case: str) -> None:
    svgs = light(ODD[case], "matrix")

    assert [lint(svg, may_cut=True) for svg in svgs] == [()] * len(svgs)
    assert all(float(ET.fromstring(svg).attrib["width"]) <= 900 for svg in svgs)
    assert all(ET.fromstring(svg).find(f".//{SVG}script") is None for svg in svgs)
    assert miscounts(svgs, ODD[case]) == ()


def test_the_same_graph_is_the_same_picture() -> None:
    assert drawn(fake.tangled(), "matrix") == drawn(fake.tangled(), "matrix")


@pytest.mark.parametrize(
    ("mark", "instead", "message"),
    [
        ('data-from="app" data-to="db"', 'data-from="app" data-to="app"', "missing: app db declared"),
        ('data-to="db"', 'data-to="nginx"', "invented: app nginx declared"),
        ('class="column" data-node="db"', "", "without a column: db"),
        ('class="row" data-node="app"', "", "without a row: app"),
    ],
)
def test_a_missing_or_invented_mark_is_named(mark: str, instead: str, message: str) -> None:
    (svg,) = light(fake.shop(), "matrix")

    assert mark in svg
    assert message in miscounts([svg.replace(mark, instead)], fake.shop())
