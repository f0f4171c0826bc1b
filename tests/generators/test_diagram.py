"""What the picture says, and that it says it in every form."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

import diagram_fake as fake
from kmtopo.generation import tools
from kmtopo.layout import Graphviz, bundled
from kmtopo.plugin import Artifact, Capacity, Diagnostic, Graph, Port, Tools
from kmtopo.testing import SAMPLES
from kmtopo_diagram import DiagramOptions, generator
from kmtopo_diagram.critique.lint import lint, miscounts
from kmtopo_diagram.deployment.reading import read
from picture_reading import HOSTILE, SVG, TITLED, everything, hostile, texts
from topologies import KMMOTOS, built

ENVIRONMENTS = ("desarrollo", "pruebas", "produccion")


@pytest.fixture(scope="module")
def pictures() -> dict[str, dict[str, str]]:
    build = built(KMMOTOS)
    return {
        name: {a.path.name: a.content for _, a in made if a.path.parent.name == "diagrams"}
        for name, made in build.artifacts.items()
    }


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return dict(built(KMMOTOS).graphs)


def generated(graph: Graph, **options: object) -> dict[str, str]:
    made = generator.generate(graph, DiagramOptions(**{"views": ("deployment",), **options}), tools())
    return {each.path.name: each.content for each in made if isinstance(each, Artifact)}


def tips(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}title")]


def legend(graph: Graph) -> list[str]:
    root = ET.fromstring(generated(graph)["deployment.light.svg"])
    (group,) = [g for g in root.iter(f"{SVG}g") if g.get("class") == "legend"]
    return [element.text or "" for element in group.iter(f"{SVG}text")]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_fault_of_drawing_is_found_in_kmmotos(pictures, environment: str, theme: str) -> None:
    assert lint(pictures[environment][f"deployment.{theme}.svg"]) == ()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_everything_is_drawn_once_and_nothing_else(pictures, graphs, environment: str) -> None:
    assert miscounts(pictures[environment]["deployment.light.svg"], graphs[environment]) == ()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_it_fits_a_column_of_a_document(pictures, environment: str) -> None:
    root = ET.fromstring(pictures[environment]["deployment.svg"])

    assert float(root.attrib["width"]) <= 760
    assert float(root.attrib["height"]) <= 1250


def test_production_says_what_an_owner_asks_for(pictures) -> None:
    said = texts(pictures["produccion"]["deployment.light.svg"])

    for fact in (
        "Despliegue · Producción",
        "KMMotos: gestión empresarial multiempresa — 1 VPS, 9 contenedores, 3 redes, 7 tenencias",
        "7 tenencias · 4 zonas",
        "HTTPS · publica 80 y 443",
        "Debian 12 · Docker Engine 25 o posterior · también Pruebas",
        "203.0.113.10",
        "USD 250 / mes",
        "trabajos en cola ×2",
        "10,19 / 8",
        "23 / 32 GiB",
        "177,5 / 480 GiB",
    ):
        assert fact in said
    assert {":443", ":8080", ":9000", ":6379", ":5432", ":27017"} <= set(said)


def test_each_port_and_each_volume_is_said_once(pictures) -> None:
    said = texts(pictures["produccion"]["deployment.light.svg"])
    of_the_legend = 1

    assert {port: said.count(port) for port in (":5432", ":27017", ":6379", ":9000")} == dict.fromkeys(
        (":5432", ":27017", ":6379", ":9000"), 1
    )
    assert said.count(":443") == 1 + of_the_legend
    assert [said.count(size) for size in ("20 GiB", "80 GiB", "40 GiB", "2 GiB")] == [1, 1, 1, 1]


def test_pruebas_stands_on_other_ports_of_the_same_machine(pictures) -> None:
    said = texts(pictures["pruebas"]["deployment.light.svg"])

    assert "HTTPS · publica 8080 y 8443" in said
    assert "203.0.113.10" in said
    assert "3 tenencias · 2 zonas" in said


def test_desarrollo_is_entered_by_its_developer_and_not_from_the_internet(pictures) -> None:
    said = texts(pictures["desarrollo"]["deployment.light.svg"])

    assert "Desarrollador" in said
    assert "HTTP · 127.0.0.1:8080" in said
    assert ":8025" in said
    assert "en 127.0.0.1" in said
    assert "Internet" not in said


def test_calls_carry_their_ends_their_network_and_whether_they_are_optional(pictures) -> None:
    root = ET.fromstring(pictures["produccion"]["deployment.light.svg"])
    calls = {
        (g.attrib["data-from"], g.attrib["data-to"]): (g.attrib["data-net"], g.get("data-optional", "false"))
        for g in root.iter(f"{SVG}g")
        if g.get("class") == "edge"
    }

    assert calls == {
        ("backend", "mongo"): ("seguridad", "true"),
        ("backend", "postgres"): ("seguridad", "false"),
        ("backend", "redis"): ("comando", "false"),
        ("cola", "mongo"): ("seguridad", "true"),
        ("cola", "postgres"): ("seguridad", "false"),
        ("cola", "redis"): ("comando", "false"),
        ("migracion", "mongo"): ("seguridad", "true"),
        ("migracion", "postgres"): ("seguridad", "false"),
        ("nginx", "backend"): ("comunicaciones", "false"),
        ("nginx", "frontend"): ("comunicaciones", "false"),
        ("programador", "mongo"): ("seguridad", "true"),
        ("programador", "postgres"): ("seguridad", "false"),
        ("programador", "redis"): ("comando", "false"),
    }


def test_who_waits_for_a_job_is_told_by_its_card(pictures) -> None:
    (said,) = [
        tip for tip in tips(pictures["produccion"]["deployment.light.svg"]) if tip.startswith("Migración de datos ·")
    ]

    assert "corre una vez, antes que Backend Laravel, Cola de trabajos y Programador de tareas" in said


def test_whoever_cannot_see_it_reads_it() -> None:
    assert read(fake.shop()).description == (
        "Internet enters through Nginx. VPS Principal runs 3 containers on 2 networks. "
        "Edge: App and Nginx. Data: App and Db. App calls Db. Nginx calls App."
    )


def test_english_and_spanish_write_numbers_their_own_way() -> None:
    one = [fake.container("web", memory=1536, cpu="0.5", publish=[("203.0.113.1", 80, 3000)])]

    assert "1.5 GiB · 0.5 CPU" in texts(generated(fake.graph(one, locale="en"))["deployment.light.svg"])
    assert "1,5 GiB · 0,5 CPU" in texts(generated(fake.graph(one, locale="es-HN"))["deployment.light.svg"])


def test_the_legend_explains_every_mark_that_is_used_and_no_other() -> None:
    assert legend(fake.graph([fake.container("web")], locale="en")) == [
        "networks of the container",
        ":3000",
        "port it listens on",
    ]
    assert legend(fake.tangled()) == [
        "redes del contenedor",
        "llamada, cliente a servidor",
        "opcional (degrada)",
        "todos llaman a todos",
        ":6379",
        "puerto en que escucha",
        "proceso sin puerto",
        "guarda datos",
    ]


def test_a_network_in_which_nobody_is_at_home_is_named_in_the_legend() -> None:
    graph = fake.graph(
        [
            fake.container("nginx", "nginx", ["edge", "apps"], home="edge", routes={"/": "app"}),
            fake.container("app", networks=["apps", "data"], home="data"),
        ],
        [fake.network("edge"), fake.network("apps", "Network of applications"), fake.network("data")],
        locale="en",
    )

    assert legend(graph)[:2] == ["networks of the container", "Network of applications"]
    assert "Edge" not in legend(graph)


def test_auto_carries_its_fonts_and_turns_dark_only_on_a_screen() -> None:
    made = generated(fake.shop())

    assert made["deployment.svg"].count("data:font/woff2;base64,") == 2
    assert "@media screen and (prefers-color-scheme:dark)" in made["deployment.svg"]
    assert "<style>" not in made["deployment.light.svg"]
    for svg in (made["deployment.svg"], made["deployment.light.svg"], made["deployment.dark.svg"]):
        root = ET.fromstring(svg)
        assert (root.attrib["role"], root.attrib["lang"]) == ("img", "en")
        assert [child.tag.removeprefix(SVG) for child in root][:2] == ["title", "desc"]


def test_the_three_themes_differ_in_colours_only() -> None:
    made = generated(fake.shop())
    light, dark = made["deployment.light.svg"], made["deployment.dark.svg"]

    assert texts(light) == texts(dark) == texts(made["deployment.svg"])
    assert len(light) == len(dark)


@pytest.mark.parametrize("place", TITLED)
def test_hostile_titles_arrive_intact_and_stay_text(place: str) -> None:
    graph = hostile(place)

    for name, svg in generated(graph, formats=("svg",)).items():
        root = ET.fromstring(svg)
        assert HOSTILE in everything(svg), name
        assert root.find(f".//{SVG}script") is None
        assert lint(svg, may_cut=True) == () or name == "deployment.svg"


def test_a_long_title_shrinks_then_breaks_then_is_cut_and_stays_whole_in_its_tip() -> None:
    endless = "Servicio de facturación y contabilidad del grupo entero"
    made = generated(
        fake.graph(
            [
                fake.container("a", title="Programador de tareas"),
                fake.container("b", title="Contabilización"),
                fake.container("c", title=endless),
            ]
        )
    )
    svg = made["deployment.light.svg"]

    assert {"Programador", "de tareas", "Contabilización"} <= set(texts(svg))
    assert any(tip.startswith(endless) for tip in tips(svg))
    assert lint(svg, may_cut=True) == ()


def test_what_is_said_of_a_machine_takes_a_second_line_before_it_is_cut() -> None:
    system = "Debian 12 (bookworm)"
    graph = fake.graph(
        [fake.container("a", publish=[("203.0.113.1", 80, 3000)])], machines=[fake.vps(os=system, engine=">=25")]
    )
    svg = generated(graph)["deployment.light.svg"]

    assert {system, "Docker Engine 25 o posterior"} <= set(texts(svg))
    assert lint(svg) == ()


def test_letters_of_no_table_count_one_em_and_fit() -> None:
    graph = fake.graph(
        [fake.container("a", title="一二三四五六七八九十百千万億兆", publish=[("203.0.113.1", 80, 3000)])]
    )

    assert lint(generated(graph)["deployment.light.svg"], may_cut=True) == ()


ODD = {
    "one container, published by nobody": fake.graph([fake.container("web")]),
    "no tenants, one network": fake.shop(),
    "no capacity, no price, no limits": fake.graph(
        [fake.container("web", memory=None, cpu=None, publish=[("203.0.113.1", 80, 3000)])],
        machines=[fake.vps(capacity=Capacity(), cost=None, os=None, engine=None, public_ip=None)],
    ),
    "a circle of calls": fake.graph(
        [
            fake.container("a", uses={"b": True}),
            fake.container("b", uses=["c"]),
            fake.container("c", uses=["a"]),
            fake.container("d", uses=["a", "c"]),
        ]
    ),
    "two ways in": fake.graph(
        [
            fake.container("a", publish=[("203.0.113.1", 80, 3000)], uses=["c"]),
            fake.container("b", publish=[("203.0.113.1", 81, 3000)], uses=["c"]),
            fake.container("c"),
        ]
    ),
    "two machines": fake.graph(
        [
            fake.container(
                "nginx", "nginx", ["edge"], vps="app", routes={"/": "web"}, publish=[("203.0.113.1", 443, 443)]
            ),
            fake.container("web", networks=["edge", "back"], home="back", vps="app", uses=["pg", "cache"]),
            fake.container("worker", networks=["back"], role="worker", port=None, vps="app", uses=["pg", "cache"]),
            fake.container("pg", "postgres", ["back"], vps="data"),
            fake.container("cache", "redis", ["back"], vps="data"),
        ],
        [fake.network("edge", internal=False), fake.network("back")],
        [
            fake.vps("app", "Application server"),
            fake.vps("data", "Data server", public_ip=None, private_ip="10.0.0.20"),
        ],
    ),
    "a system outside": fake.graph(
        [
            fake.container("web", uses=["pay"], publish=[("203.0.113.1", 80, 3000)]),
            fake.container("pay", networks=[], role="external", port=Port(443, "https")),
        ]
    ),
    "fourteen containers": fake.graph(
        [
            fake.container(
                "nginx",
                "nginx",
                ["edge"],
                routes={f"/{i}": f"app-{i}" for i in range(4)},
                publish=[("203.0.113.1", 443, 443)],
            ),
            *(
                fake.container(f"app-{i}", networks=["edge", "data"], home="data", uses=["pg", "cache"])
                for i in range(4)
            ),
            *(
                fake.container(f"worker-{i}", networks=["data"], role="worker", port=None, uses=["pg", "mongo"])
                for i in range(5)
            ),
            fake.container("once", networks=["data"], role="job", once=True, port=None, uses=["pg"]),
            fake.container("pg", "postgres", ["data"]),
            fake.container("mongo", "mongodb", ["data"]),
            fake.container("cache", "redis", ["data"]),
        ],
        [fake.network("edge", internal=False), fake.network("data")],
    ),
    "a network for each of twelve": fake.graph(
        [
            fake.container(
                "nginx",
                "nginx",
                ["edge", *(f"net-{i}" for i in range(12))],
                home="edge",
                routes={f"/{i}": f"site-{i}" for i in range(12)},
                publish=[("203.0.113.1", 443, 443)],
            ),
            *(fake.container(f"site-{i}", networks=[f"net-{i}"]) for i in range(12)),
        ],
        [fake.network("edge", internal=False), *(fake.network(f"net-{i}") for i in range(12))],
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_topologies_are_drawn_without_a_fault(case: str) -> None:
    drawn = {name: svg for name, svg in generated(ODD[case]).items() if name.endswith(".light.svg")}

    assert "deployment.light.svg" in drawn
    for name, svg in drawn.items():
        machine = name.removesuffix(".light.svg").removeprefix("deployment").removeprefix("-")
        assert lint(svg, may_cut=True) == ()
        assert miscounts(svg, ODD[case], machine) == ()


def test_nothing_that_runs_is_no_picture() -> None:
    assert generated(fake.graph([])) == {}


def test_only_the_wanted_formats_are_written() -> None:
    assert set(generated(fake.shop(), formats=("mermaid",))) == {"deployment.mmd"}
    assert set(generated(fake.shop(), formats=("svg", "dot"))) == {
        "deployment.svg",
        "deployment.light.svg",
        "deployment.dark.svg",
        "deployment.dot",
    }


def test_one_machine_needs_no_engine() -> None:
    kit = tools()
    bare = Tools(layout=Graphviz(None), yaml=kit.yaml, template=kit.template, markup=kit.markup)

    made = generator.generate(fake.shop(), DiagramOptions(views=("deployment",)), bare)

    assert [each for each in made if isinstance(each, Diagnostic)] == []


def test_the_same_graph_is_the_same_picture() -> None:
    assert generated(fake.tangled()) == generated(fake.tangled())


def test_mermaid() -> None:
    assert (
        generated(fake.shop())["deployment.mmd"]
        == """\
%% Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build.
%% Deployment · Production
flowchart TB
  clients(["Clients"])
  origin(["Internet"])
  %% from vps.principal
  subgraph vps_principal ["VPS Principal"]
    %% from networks.edge
    subgraph net_principal__edge ["Edge · 10.64.0.0/24"]
      %% from containers.nginx
      c_nginx["Nginx :443"]
    end
    style net_principal__edge stroke:#1A66D0
    %% from networks.data
    subgraph net_principal__data ["Data · 10.64.0.0/24 · internal"]
      %% from containers.app
      c_app["App :9000"]
      %% from containers.db
      c_db[("Db :5432")]
    end
    style net_principal__data stroke:#B45309
  end
  clients --> origin
  origin -->|"HTTPS · publishes 80 and 443"| c_nginx
  c_app --> c_db
  c_nginx -->|"FastCGI"| c_app
"""
    )


def test_dot_for_anyones_graphviz() -> None:
    dot = generated(fake.shop())["deployment.dot"]

    assert dot.splitlines()[7:15] == [
        "  // from vps.principal",
        "  subgraph cluster_vps_principal {",
        '    label="VPS Principal"; style="rounded,filled"; fillcolor="#F4F6FA"; color="#B8C2D0"; fontcolor="#111827"; fontsize=14;',
        "    // from networks.edge",
        "    subgraph cluster_net_principal__edge {",
        '      label="Edge · 10.64.0.0/24"; style="rounded,filled"; fillcolor="#E8F1FD"; color="#1A66D0"; fontcolor="#1A66D0"; fontsize=12;',
        "      // from containers.nginx",
        '      c_nginx [label="Nginx :443", tooltip="nginx · nginx:1 · Edge", color="#111827", penwidth=2];',
    ]
    assert bundled()(dot) != (None,)


@pytest.mark.parametrize("name", ["deployment.dot"])
def test_a_hostile_title_is_one_string_in_dot(name: str) -> None:
    dot = generated(fake.graph([fake.container("web", title=HOSTILE)]))[name]

    (placement,) = bundled()(dot)
    assert placement is not None
    assert set(placement.boxes) == {"c_web"}


def test_one_network_on_two_machines_is_two_groups_in_the_texts() -> None:
    made = generated(ODD["two machines"])

    for text in (made["deployment.mmd"], made["deployment.dot"]):
        assert "net_app__back" in text
        assert "net_data__back" in text


def test_png_is_drawn_with_our_own_fonts() -> None:
    pytest.importorskip("resvg_py")
    drawn = generator.renderers["png"](generated(fake.shop())["deployment.light.svg"])

    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20], "big") == 2 * 620


def test_a_store_that_the_machine_alone_reaches_says_so() -> None:
    graph = fake.graph(
        [
            fake.container("app", uses=["db", "mail"]),
            fake.container("nginx", "nginx", routes={"/": "app"}, publish=[("127.0.0.1", 8080, 80)]),
            fake.container("db", "postgres", publish=[("127.0.0.1", 5432, 5432)]),
            fake.container("mail", "mailpit", publish=[("127.0.0.1", 8025, 8025)]),
        ]
    )
    cards = {card.name: (card.badge, card.is_local, card.loopback) for card in read(graph).cards()}

    assert cards == {
        "app": (":3000", False, ""),
        "db": (":5432", True, ""),
        "mail": (":1025", True, ":8025"),
        "nginx": (":80", False, ":8080"),
    }


@pytest.mark.parametrize("environment", ["production", "development"])
def test_one_dedicated_tenant_is_drawn_for_all(environment: str) -> None:
    graph = built(SAMPLES["silos"], generators=()).graphs[environment]
    svg = generated(graph)["deployment.light.svg"]
    said = texts(svg)

    assert lint(svg, may_cut=True) == ()
    assert miscounts(svg, graph) == ()
    assert f"Shared and single — 1 VPS, {len(graph.deployment.containers)} containers" in " ".join(said)
    count = sum(tenant.dedicated for tenant in graph.deployment.tenants.values())
    assert f"{count} tenants" in said
    assert [text for text in said if text.startswith("Data · ")] == [f"Data · {count} dedicated tenants"]


def test_a_single_dedicated_tenant_is_named() -> None:
    text = KMMOTOS.replace("zone: norte}", "zone: norte, placement: dedicated}", 1)
    picture = read(built(text, generators=()).graphs["produccion"])
    cards = {card.name: (card.title, card.kind) for card in picture.cards()}

    assert cards["backend-km-motos"] == ("Backend Laravel", "KM Motos")
    assert cards["backend"] == ("Backend Laravel", "aplicación PHP")
    assert "Red de Comando · KM Motos" in [box.title for box in picture.boxes()]
    assert "Backend Laravel de KM Motos llama a" in picture.description
