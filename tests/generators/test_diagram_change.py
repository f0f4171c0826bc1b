"""The view of a change: what came, what went and what is otherwise, each with its mark."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

import diagram_fake as fake
from kmtopo.generation import tools
from kmtopo.plugin import Artifact, Graph
from kmtopo_diagram import generator
from kmtopo_diagram.critique.lint import lint
from picture_reading import HOSTILE, SVG, texts


def drawn(before: Graph | None, after: Graph, theme: str = "light", against: str = "HEAD") -> str:
    assert generator.compares is not None
    made = generator.compares(before, after, against, tools())
    (svg,) = [each.content for each in made if isinstance(each, Artifact) and f".{theme}." in each.path.name]
    return svg


def fates(svg: str) -> dict[str, str]:
    """The fate of each container, network (``~``), machine (``@``) and call (``a>b``) that is not the same."""
    found = {}
    for g in ET.fromstring(svg).iter(f"{SVG}g"):
        a = g.attrib
        if "data-fate" in a:
            call = f"{a.get('data-from')}>{a.get('data-to')}"
            host, net = a.get("data-host"), a.get("data-net")
            found[a.get("data-node") or (f"@{host}" if host else f"~{net}" if a["class"] == "network" else call)] = a[
                "data-fate"
            ]
    return found


def shop(*, grown: bool) -> Graph:
    """A shop with a cache, or one with a search instead, and more memory for its application."""
    other = fake.container("search", networks=["lookup"]) if grown else fake.container("cache", "redis", ["data"])
    return fake.graph(
        [
            fake.container("nginx", "nginx", ["edge"], routes={"/": "app"}, publish=[("203.0.113.10", 443, 443)]),
            fake.container(
                "app",
                "laravel",
                ["edge", "data", *(["lookup"] if grown else [])],
                uses=["db", other.name],
                home="data",
                memory=512 if grown else 256,
            ),
            fake.container("db", "postgres", ["data"]),
            other,
        ],
        [fake.network("edge", internal=False), fake.network("data"), *([fake.network("lookup")] if grown else [])],
        tenants=[fake.tenant(name) for name in ("acme", "globex", *(["initech"] if grown else []))],
        locale="en",
        environment=("production", "Production", "production"),
        title="Shop",
    )


def test_what_came_went_and_is_otherwise_is_marked() -> None:
    svg = drawn(shop(grown=False), shop(grown=True))

    assert fates(svg) == {
        "app": "changed",
        "app>cache": "removed",
        "app>search": "added",
        "cache": "removed",
        "search": "added",
        "~lookup": "added",
    }
    assert "Against HEAD — containers +1 –1 ~1, networks +1, calls +1 –1, tenants 3 (formerly 2)" in texts(svg)


def test_the_way_back_is_marked_the_other_way_round() -> None:
    svg = drawn(shop(grown=True), shop(grown=False))

    assert fates(svg) == {
        "app": "changed",
        "app>cache": "added",
        "app>search": "removed",
        "cache": "added",
        "search": "removed",
        "~lookup": "removed",
    }


def test_the_list_says_whole_things_first_and_values_with_what_they_were() -> None:
    said = texts(drawn(shop(grown=False), shop(grown=True)))
    listed = said[said.index("What changes") + 1 : said.index("added")]

    assert listed == [
        "containers.cache",
        "containers.search",
        "networks.lookup",
        "tenants.initech",
        "containers.app.memory",
        "512 MiB (formerly 256 MiB)",
        "containers.app.networks.lookup",
        "containers.app.uses.cache",
        "containers.app.uses.search",
    ]


def test_many_differences_stand_in_two_columns_if_they_fit_there() -> None:
    root = ET.fromstring(drawn(shop(grown=False), shop(grown=True)))
    lines = [g for g in root.iter(f"{SVG}g") if g.get("class") == "difference"]
    places = [(t.get("x"), t.get("y")) for g in lines for t in g.iter(f"{SVG}text")]

    assert len({x for x, _ in places}) == 2
    assert [y for _, y in places[:4]] == [y for _, y in places[4:]]
    assert {t.get("font-size") for g in lines for t in g.iter(f"{SVG}text")} == {"11.5"}


def test_what_is_gone_is_struck_and_dashed_and_what_is_new_is_solid() -> None:
    root = ET.fromstring(drawn(shop(grown=False), shop(grown=True)))
    nodes = {g.get("data-node"): g for g in root.iter(f"{SVG}g") if "data-role" in g.attrib}
    dashes = {name: next(p.get("stroke-dasharray") for p in g.iter(f"{SVG}path")) for name, g in nodes.items()}

    assert dashes["cache"] == "5 4"
    assert any(
        p.get("stroke") == "#C62828" and p.get("d", "").count("H") == 1 for p in nodes["cache"].iter(f"{SVG}path")
    )
    assert next(r.get("stroke-dasharray") for r in nodes["search"].iter(f"{SVG}rect")) is None


def test_a_new_environment_is_new_throughout() -> None:
    svg = drawn(None, fake.shop())

    assert set(fates(svg).values()) == {"added"}
    assert "Against HEAD — VPS +1, containers +3, networks +2, calls +2" in texts(svg)


def test_nothing_changed_is_said() -> None:
    svg = drawn(fake.shop(), fake.shop())

    assert fates(svg) == {}
    assert "Against HEAD — no changes" in texts(svg)
    assert "What changes" not in texts(svg)


def test_the_legend_explains_the_fates_that_occur() -> None:
    def legend(svg: str) -> list[str]:
        (group,) = [g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("class") == "legend"]
        return [element.text or "" for element in group.iter(f"{SVG}text")]

    assert legend(drawn(shop(grown=False), shop(grown=True)))[:3] == ["added", "removed", "changed"]
    assert legend(drawn(None, fake.shop()))[:2] == ["added", "networks of the container"]


def test_many_changes_are_counted() -> None:
    many = fake.graph([fake.container(f"c{i}") for i in range(30)])

    assert "y 15 cambios más: kmtopo diff los dice todos" in texts(drawn(fake.graph([fake.container("web")]), many))


def test_of_many_containers_those_touched_are_drawn_and_the_others_counted() -> None:
    names = [f"c{i}" for i in range(100)]
    before = fake.graph([fake.container(name) for name in names])
    after = fake.graph([fake.container(name, memory=512 if name == "c7" else 256) for name in [*names, "new"]])
    svg = drawn(before, after)

    assert fates(svg) == {"c7": "changed", "new": "added"}
    assert {"99 contenedores más, sin dibujar", "Frente a HEAD — contenedores +1 ~1"} <= set(texts(svg))
    assert lint(svg, may_cut=True) == ()


PAIRS = {
    "grown": (shop(grown=False), shop(grown=True)),
    "shrunk": (shop(grown=True), shop(grown=False)),
    "new": (None, fake.shop()),
    "the same": (fake.shop(), fake.shop()),
    "another world": (fake.tangled(), fake.shop()),
    "long names": (
        fake.graph([fake.container("a", title="Contabilidad y facturación del grupo 001"), fake.container("x" * 40)]),
        fake.graph([fake.container("b", title="Contabilidad y facturación del grupo 002"), fake.container("y" * 40)]),
    ),
    "other scripts": (
        fake.graph([fake.container("a", title="一二三四五六七八九十百千万億兆")]),
        fake.graph([fake.container("b", title="خدمة الفواتير الرئيسية"), fake.container("c", title="Ñandú «façade»")]),
    ),
    "hostile": (
        fake.graph([fake.container("a", title=HOSTILE)], title=HOSTILE),
        fake.graph([fake.container("b", title=HOSTILE)], title=HOSTILE),
    ),
}


@pytest.mark.parametrize("case", PAIRS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_fault_of_drawing_is_found(case: str, theme: str) -> None:
    assert lint(drawn(*PAIRS[case], theme, HOSTILE if case == "hostile" else "HEAD"), may_cut=True) == ()


def test_the_same_change_is_the_same_picture() -> None:
    assert drawn(shop(grown=False), shop(grown=True)) == drawn(shop(grown=False), shop(grown=True))


def test_where_nothing_ran_and_nothing_runs_there_is_no_picture() -> None:
    assert generator.compares is not None
    assert list(generator.compares(None, fake.graph([]), "HEAD", tools())) == []
