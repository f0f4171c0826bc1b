"""The explorer's page: what it holds, and that nothing in it is anything else than it seems."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import diagram_fake as fake
from benchmarks.city import city
from benchmarks.workload import topology
from kmtopo.generation import tools
from kmtopo.plugin import Graph
from kmtopo_diagram import generator
from topologies import KMMOTOS, built

HOSTILE = "</script><script>alert(1)</script> --> ]]> {{ title }} \" ' & é 😀 \u2028"


def written(graphs: Mapping[str, Graph]) -> str:
    return generator.surveys["html"](graphs, tools(), lambda address: f"topology.yaml:{len(str(address))}:3")


def data(page: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    read: dict[str, Any] = json.loads(found)
    return read


class Elements(HTMLParser):
    """The elements of a page, by their tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_everything_about_a_container_is_said_in_the_topologys_language() -> None:
    graph = built(KMMOTOS).graphs["produccion"]
    known = data(written({"produccion": graph}))["environments"]["produccion"]

    assert known["things"]["containers.redis"] == {
        "kind": "container",
        "title": "Redis",
        "says": "almacén en memoria · Caché, sesiones y cola",
        "facts": [
            ["Imagen", "redis:7.4.5"],
            ["Puerto", "6379 Redis"],
            ["CPU", "0,5"],
            ["Memoria", "1 GiB"],
            ["Volúmenes", "redis-datos (2 GiB)"],
            ["Redes", "Red de Comando"],
            ["VPS", "VPS Principal"],
        ],
        "at": "topology.yaml:16:3",
        "search": "redis almacen en memoria · cache, sesiones y cola containers.redis redis:7.4.5 6379 redis 0,5 1 gib "
        "redis-datos (2 gib) red de comando vps principal",
        "note": "almacén en memoria",
        "owner": "",
    }
    assert known["counts"] == "9 contenedores, 7 tenencias"
    assert known["calls"][0] == {
        "source": "containers.internet",
        "target": "containers.nginx",
        "note": "80, 443",
        "optional": False,
    }
    assert {
        "source": "containers.nginx",
        "target": "containers.backend",
        "note": "FastCGI 9000",
        "optional": False,
    } in (known["calls"])
    lists = known["lists"]
    assert lists[known["holds"]["networks.comando"]] == [
        "containers.backend",
        "containers.cola",
        "containers.programador",
        "containers.redis",
    ]
    assert {name: lists[number] for name, number in known["scenarios"]["containers.mongo"].items()} == {
        "down": ["containers.mongo"],
        "degraded": ["containers.backend", "containers.cola", "containers.migracion", "containers.programador"],
        "cut_off": [],
        "tenants_down": [],
        "tenants_degraded": [f"tenants.{name}" for name in sorted(graph.deployment.tenants)],
    }


def test_a_list_that_occurs_often_stands_once() -> None:
    graph = built(KMMOTOS).graphs["produccion"]
    known = data(written({"produccion": graph}))["environments"]["produccion"]

    assert len({tuple(ids) for ids in known["lists"]}) == len(known["lists"])
    assert len({known["holds"][f"tenants.{name}"] for name in graph.deployment.tenants}) == 1


def test_what_is_drawn_once_for_all_dedicated_tenants_is_known_for_each() -> None:
    graph = built(topology(3, dedicated=True)).graphs["produccion"]
    known = data(written({"produccion": graph}))["environments"]["produccion"]

    copies = {id_: known["lists"][number] for id_, number in known["copies"].items()}
    assert copies["containers.backend-empresa-00001"] == [
        f"containers.backend-empresa-0000{number}" for number in (1, 2, 3)
    ]
    assert copies["networks.seguridad-empresa-00001"] == [
        f"networks.seguridad-empresa-0000{number}" for number in (1, 2, 3)
    ]
    assert "empresa 2" in known["things"]["containers.backend-empresa-00002"]["search"]


def test_all_environments_stand_in_one_page_and_production_comes_first() -> None:
    known = data(written(built(KMMOTOS).graphs))

    assert list(known["environments"]) == ["desarrollo", "produccion", "pruebas"]
    assert known["first"] == "produccion"
    assert {page["name"] for page in known["environments"]["pruebas"]["pages"]} >= {"deployment"}


def test_a_picture_of_two_views_is_shown_once() -> None:
    graph = fake.graph([fake.container(f"c{number}", uses=["c0"] * (number > 0)) for number in range(17)])
    known = data(written({"produccion": graph}))["environments"]["produccion"]

    assert [page["name"] for page in known["pages"]] == ["deployment", "matrix", "failures"]


def test_a_machines_part_of_the_networks_is_not_shown_beside_the_matrix_that_has_it() -> None:
    graph = built(city(36, 2, 0)).graphs["produccion"]
    known = data(written({"produccion": graph}))["environments"]["produccion"]

    assert [(page["name"], page["tab"], page["label"]) for page in known["pages"]] == [
        ("deployment", "Despliegue", ""),
        ("deployment-vps-0", "Despliegue", "vps-0"),
        ("deployment-vps-1", "Despliegue", "vps-1"),
        ("matrix", "Llamadas entre servicios", ""),
        ("failures", "Dependencias y fallas", "1/2"),
        ("failures-2", "Dependencias y fallas", "2/2"),
    ]


def test_the_page_runs_its_own_script_and_asks_nobody() -> None:
    page = written({"production": fake.shop()})

    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = {name: b64encode(sha256(text.encode()).digest()).decode() for name, text in (("s", script), ("c", style))}
    assert policy == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; "
        f"style-src 'sha256-{hashes['c']}'; script-src 'sha256-{hashes['s']}'"
    )
    elements = Elements(page)
    assert not {"img", "link", "iframe", "object", "image", "use"} & set(elements.tags)
    assert not [value for name, value in elements.attributes if name in ("src", "href", "style") or name[:2] == "on"]


def test_a_hostile_title_is_text_everywhere() -> None:
    page = written({"production": fake.shop(title=HOSTILE)})

    elements = Elements(page)
    assert elements.tags.count("script") == 2
    assert set(elements.tags) == set(Elements(written({"production": fake.shop()})).tags)
    assert data(page)["environments"]["production"]["things"]["containers.nginx"]["title"] == HOSTILE


def test_the_same_graphs_are_the_same_page() -> None:
    graphs = {"production": fake.shop()}
    assert written(graphs) == written(graphs)


def test_a_tab_is_called_as_its_view_whatever_the_project_is_called() -> None:
    known = data(written({"production": fake.graph([fake.container("web")], locale="en", title="A · B")}))

    assert [page["tab"] for page in known["environments"]["production"]["pages"]] == [
        "Deployment",
        "Network segmentation",
        "Calls between services",
        "Dependencies and failures",
    ]
