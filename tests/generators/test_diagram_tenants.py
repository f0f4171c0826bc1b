"""The tenants' view says whom an environment serves, under which names, and where each one's data lies."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from kmtopo.generation import tools
from kmtopo.plugin import Graph
from kmtopo.testing import SAMPLES
from kmtopo_diagram.critique.lint import lint, missing_tenants
from kmtopo_diagram.critique.scene import scene
from kmtopo_diagram.ink.svg import written
from kmtopo_diagram.ink.theme import Theme
from kmtopo_diagram.tenants import VIEW
from kmtopo_diagram.tenants.reading import read
from topologies import DATA, KMMOTOS, checked

SVG = "{http://www.w3.org/2000/svg}"

CHAIN = """\
kmtopo: 1
name: chain
title: Chain of shops
locale: {locale}
vps: {{server: {{title: Server, address: 203.0.113.10}}}}
networks: {{edge: {{internal: false}}, data: {{title: Data}}}}
defaults: {{containers: {{resources: {{cpu: 0.25, memory: 512MiB}}}}}}
containers:
  nginx: {{type: nginx, image: nginx:1.29.8-alpine, networks: [edge], publish: [80, 443], routes: {{/: app}}}}
  app:
    type: laravel
    image: chain/app:1.0.0
    networks: [edge, data]
    uses: {{postgres: {{}}, redis: {{for: [cache, sessions]}}}}
  postgres: {{type: postgres, image: "postgres:17.6", networks: [data]}}
  redis: {{type: redis, image: "redis:7.4.5", networks: [data]}}
{zones}tenancy: {{flavor: stancl, domain: "{{tenant}}.chain.example", stores: {{postgres: database, redis: prefix}}}}
tenants:
  central: {{title: Head office, central: true, reads: all}}
{tenants}
environments: {{production: {{title: Production}}}}
"""


def chain(*tenants: str, zones: int = 0, locale: str = "en") -> Graph:
    """A chain with a central tenant and these others, each a line of the topology."""
    named = "".join(f"  zone-{place}: {{title: Zone {place}, city: City}}\n" for place in range(zones))
    text = CHAIN.format(
        locale=locale,
        zones=f"zones:\n{named}" if zones else "",
        tenants="\n".join(f"  {tenant}" for tenant in tenants),
    )
    (graph,) = checked(text).graphs.values()
    return graph


def shops(count: int, zones: int = 0) -> list[str]:
    zone = (f", zone: zone-{place % zones}" if zones else "" for place in range(count))
    return [f"shop-{place}: {{title: Shop {place}{where}}}" for place, where in enumerate(zone)]


def pictures(graph: Graph, theme: Theme = "light") -> dict[str, str]:
    return {page.part: written(page.drawing, theme) for page in VIEW.pages(graph, tools())}  # type: ignore[union-attr]


def groups(svg: str, kind: str) -> dict[str, list[str]]:
    """The texts of every group of a kind, by what the group is of."""
    found = (group for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("class") == kind)
    return {g.get("data-node", ""): [each.text or "" for each in g.iter(f"{SVG}text")] for g in found}


def legend(svg: str) -> list[str]:
    (found,) = (group for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("class") == "legend")
    return [each.text or "" for each in found.iter(f"{SVG}text")]


WORLDS = {
    "kmmotos": KMMOTOS,
    "dedicated": SAMPLES["silos"],
    "hostile": SAMPLES["companies"],
    "all dedicated, in a store that nothing provisions": (DATA / "agencia-wordpress.yaml").read_text("utf-8"),
    "schemas": (DATA / "saas-dos-vps.yaml").read_text("utf-8"),
}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_is_drawn_without_a_fault(world: str, theme: Theme) -> None:
    for graph in checked(WORLDS[world]).graphs.values():
        drawn = pictures(graph, theme)
        assert drawn.keys() == {""}
        assert lint(drawn[""], may_cut=world == "dedicated") == ()
        assert missing_tenants(drawn.values(), graph) == ()


def test_where_there_are_no_tenants_nothing_is_drawn() -> None:
    (graph,) = checked(SAMPLES["site"]).graphs.values()

    assert pictures(graph) == {}


def test_names_are_those_that_provisioning_uses() -> None:
    spaces = groups(pictures(checked(KMMOTOS).graphs["produccion"])[""], "space")

    assert {name: "".join(words) for name, words in spaces.items() if "central" in name or "grupo-todo" in name} == {
        "postgres/central": "kmmotos_central",
        "mongo/central": "kmmotos_central",
        "postgres/grupo-todo-en-uno-hn": "tenantgrupo-todo-en-uno-hn",
        "mongo/grupo-todo-en-uno-hn": "tenantgrupo-todo-en-uno-hn",
    }
    assert spaces["redis"] == ["Redis", "kmmotos:produccion:backend:"], "what the pooled have in common is drawn once"


def test_cylinders_are_as_high_as_names_in_two_lines_need_and_all_names_are_equally_large() -> None:
    graphs = checked(KMMOTOS).graphs
    development, production = (pictures(graphs[name])[""] for name in ("desarrollo", "produccion"))

    assert [side_of("postgres/central", svg) for svg in (development, production)] == [26, 33]
    assert set(re.findall(r'font-size="([\d.]+)"[^>]*>[^<]*km-', production)) == {"11.5"}


def side_of(space: str, svg: str) -> float:
    """How high the side of a cylinder is, between its lid and its foot."""
    found = re.search(rf'data-node="{space}".*?<path d="M[\d.]+ ([\d.]+)V([\d.]+)C', svg, re.DOTALL)
    assert found
    return float(found[2]) - float(found[1])


def test_a_dedicated_tenant_has_its_own_beside_what_the_others_share() -> None:
    drawn = pictures(checked(SAMPLES["silos"]).graphs["production"])[""]
    spaces, tenants = groups(drawn, "space"), groups(drawn, "tenant")

    assert [name for name in spaces if name.startswith("redis")] == [
        "redis",
        "redis/a-company-with-the-longest-na-me-allowed",
        "redis/own",
    ]
    assert "".join(spaces["redis/own"]) == "silos:production:app-own:"
    assert tenants["own"][-1] == "4 containers of its own"
    assert tenants["first"] == ["First"]
    assert "dedicated tenant: containers of its own" in legend(drawn)


def test_no_way_of_a_request_leads_through_what_all_share() -> None:
    graph = checked(KMMOTOS).graphs["pruebas"]
    seen = scene(pictures(graph)[""])
    (shared,) = (box for name, box in seen.cards.items() if name == "redis")

    assert [column.store for column in read(graph).columns] == ["postgres", "mongo", "redis"]
    assert [line for line in seen.lines if max(y for _, y in line.points) > shared.y] == []


def test_a_store_of_ones_own_is_told_in_the_columns_words() -> None:
    text = SAMPLES["silos"].replace("dedicates: [site]", "dedicates: [site, postgres]")
    graph = checked(text).graphs["production"]

    spaces = {row.name: row.spaces[0] for row in read(graph).rows()}

    assert {name: space.tip for name, space in spaces.items() if space} == {
        "a-company-with-the-longest-na-me-allowed": (
            "PostgreSQL · own database · silos_a_company_with_the_longest_na_me_allowed · store of its own"
        ),
        "first": "PostgreSQL · own database · silos_first",
        "own": "PostgreSQL · own database · silos_own · store of its own",
        "second": "PostgreSQL · own database · silos_second",
    }


def test_what_the_application_makes_has_no_name() -> None:
    text = KMMOTOS.replace("  flavor: stancl\n", "  flavor: stancl\n  provisioning: application\n")
    graph = checked(text).graphs["produccion"]

    assert "".join(groups(pictures(graph)[""], "space")["postgres/km-cars"]) == "base propia"


def test_whoever_reads_all_leads_to_the_data_of_everybody_else() -> None:
    root = ET.fromstring(pictures(checked(KMMOTOS).graphs["pruebas"])[""])
    drawn = [g for g in root.iter(f"{SVG}g") if g.get("class") == "way"]
    ways = [(g.get("data-from"), g.get("data-to")) for g in drawn]

    assert [way for way in ways if way[0] == "central" and not (way[1] or "").startswith("central")] == [
        ("central", "km-cars"),
        ("central", "km-motos"),
    ]
    (chip,) = (g for g in root.iter(f"{SVG}g") if g.get("class") == "reader")
    assert [each.text for each in chip.iter(f"{SVG}text")] == ["Tenencia Central"]


@pytest.mark.parametrize(("locale", "words"), [("en", "reads everybody's data"), ("es-HN", "lee los datos de todas")])
def test_the_central_tenant_is_said_in_the_topologys_language(locale: str, words: str) -> None:
    svg = pictures(chain("one: {title: One}", locale=locale))[""]

    assert groups(svg, "tenant")["central"] == ["Head office", words]
    assert f'lang="{locale[:2]}"' in svg


def test_a_tenant_with_several_domains_has_a_pill_for_each_and_says_how_many_are_left_out() -> None:
    two = "two: {title: Two, domain: [two.example, www.two.example]}"
    five = f"five: {{title: Five, domain: [{', '.join(f'five-{place}.example' for place in range(5))}]}}"
    svg = pictures(chain(two, five))[""]

    assert [words for name, words in groups(svg, "domain").items() if "two" in name] == [
        ["two.example"],
        ["www.two.example"],
    ]
    assert list(groups(svg, "domain"))[1:4] == ["five-0.example", "five-1.example", "+3 more domains"]
    assert lint(svg) == ()


def test_branches_and_zones_are_told() -> None:
    graph = chain(
        "shop: {title: Shop, zone: zone-0, branches: [Old town, Harbour]}", "nowhere: {title: Nowhere}", zones=1
    )
    picture = read(graph)

    assert [(block.title, [row.name for row in block.rows]) for block in picture.blocks] == [
        ("Zone 0", ["shop"]),
        ("No zone", ["central", "nowhere"]),
    ]
    assert groups(pictures(graph)[""], "tenant")["shop"] == ["Shop", "2 branches"]
    assert picture.description == (
        "Zone 0 · City: Shop. "
        "Shop (shop.chain.example): PostgreSQL tenantshop. "
        "Head office (central.chain.example): PostgreSQL chain_central. "
        "Nowhere (nowhere.chain.example): PostgreSQL tenantnowhere. "
        "In Redis they share chain:production:app:. "
        "Head office reads everybody's data."
    )


def test_more_than_a_page_holds_become_tiles_and_a_page_of_rows_for_each_zone() -> None:
    graph = chain(*shops(69, zones=2), zones=2)
    drawn = pictures(graph)

    assert list(drawn) == ["", "zone-0_1", "zone-0_2", "zone-1_1", "zone-1_2", "no_zone"]
    assert [len(groups(svg, "tenant")) for svg in drawn.values()] == [70, 18, 17, 17, 17, 1]
    assert missing_tenants(drawn.values(), graph) == ()
    assert [lint(svg) for svg in drawn.values()] == [()] * 6
    assert "Tenants · Production · Zone 0 · 2/2" in drawn["zone-0_2"]


def test_without_zones_pages_are_numbered() -> None:
    drawn = pictures(chain(*shops(29)))

    assert list(drawn) == ["", "all_1", "all_2"]
    assert groups(drawn[""], "zone") == {"": []}


@pytest.mark.parametrize("zones", [0, 6, 100])
def test_a_thousand_tenants_are_counted_and_a_part_of_them_is_drawn(zones: int) -> None:
    drawn = pictures(chain(*shops(999, zones), zones=zones))
    svg = drawn[""]

    assert drawn.keys() == {""}
    assert lint(svg) == ()
    assert svg.count("<g") < 1000
    (note,) = re.findall(r">(Each tile [^<]*)<", svg)
    shown = len(groups(svg, "tenant"))
    assert f"{shown} of 1000 shown" in note
    assert ("52 more zones" in note or "53 more zones" in note) == (zones == 100)


@pytest.mark.parametrize(
    ("tenants", "zones", "beside"),
    [(25, 25, 4), (59, 20, 3), (40, 2, 1)],
    ids=["one in each", "three in each", "twenty in each"],
)
def test_zones_of_few_tenants_stand_side_by_side(tenants: int, zones: int, beside: int) -> None:
    graph = chain(*shops(tenants, zones), zones=zones)
    svg = pictures(graph)[""]
    frames = [g[1].attrib for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("class") == "zone"]
    tops = [frame["y"] for frame in frames]

    assert max(tops.count(top) for top in tops) == beside
    assert len({(frame["y"], frame["height"]) for frame in frames}) == len(set(tops))
    assert len(groups(svg, "tenant")) == tenants + 1
    assert lint(svg) == ()


TITLES = {
    "accents": "Ñandú & Hijos, S. de R. L. «La Única» ÁÉÍÓÚ",
    "CJK": "株式会社山田製作所東京本社営業部第二課",
    "right to left": "شركة الدراجات النارية المتحدة للتجارة",
    "one long word": "Donaudampfschifffahrtsgesellschaftskapitän",
    "hostile": "'; } { $ \\\" \\\\ < > & ]]> --> <script>alert(1)</script>'",
}


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("count", [1, 30])
def test_any_title_fits(title: str, count: int) -> None:
    quoted = TITLES[title] if title == "hostile" else f'"{TITLES[title]}"'
    name = "a234567890-b234567890-c234567890-d23456"
    graph = chain(f"{name}: {{title: {quoted}}}", *shops(count))

    for svg in pictures(graph).values():
        assert lint(svg, may_cut=True) == ()


def test_a_zones_words_end_before_what_zones_have_in_common() -> None:
    topology = KMMOTOS.replace(
        "title: Litoral Atlántico", "title: 'Litoral Atlántico, Islas de la Bahía y Gracias a Dios'"
    )
    (graph,) = [g for name, g in checked(topology).graphs.items() if name == "produccion"]

    for svg in pictures(graph).values():
        assert lint(svg, may_cut=True) == ()
        assert "Litoral Atlántico, Islas" in svg


def test_the_same_tenants_give_the_same_bytes() -> None:
    tenants = shops(30, 3)

    assert pictures(chain(*tenants, zones=3)) == pictures(chain(*reversed(tenants), zones=3))
