"""What several views draw with: who comes before whom, lines of words, marks of networks."""

from __future__ import annotations

from dataclasses import replace

import pytest

import diagram_fake as fake
from kmtopo.plugin import Address, Graph
from kmtopo_diagram.ink.metrics import widest
from kmtopo_diagram.ink.paragraphs import paragraph
from kmtopo_diagram.ink.svg import Drawing, Element, text, written
from kmtopo_diagram.layout.geometry import clash
from kmtopo_diagram.signs.marks import network_disc, network_half, network_rings
from kmtopo_diagram.subject.calls import call_order, pairs
from kmtopo_diagram.subject.naming import told_apart

SHOP = Address.of("containers", "shop")
STEPS = ((12.0, 600), (11.0, 400))


def drawn(*elements: Element) -> str:
    return written(Drawing("marks", 100, 100, "en", "title", "description", elements), "light")


ORDERS = {
    "callers come first": (
        fake.graph([fake.container("a"), fake.container("b", uses=["a"]), fake.container("c", uses=["b"])]),
        ("c", "b", "a"),
    ),
    "stores come last, those that nobody needs after the others": (
        fake.graph(
            [
                fake.container("app", uses={"a-store": True, "z-store": False}),
                fake.container("a-store", "mongodb"),
                fake.container("z-store", "postgres"),
                fake.container("worker", role="worker", port=None),
            ]
        ),
        ("app", "worker", "z-store", "a-store"),
    ),
    "a circle is cut where the fewest callers are left": (
        fake.graph(
            [
                fake.container("a", uses=["b"]),
                fake.container("b", uses=["a"]),
                fake.container("c", uses=["a"]),
            ]
        ),
        ("c", "a", "b"),
    ),
}


@pytest.mark.parametrize("case", ORDERS)
def test_services_stand_in_an_order_in_which_calls_lead_onward(case: str) -> None:
    graph, order = ORDERS[case]

    assert call_order(graph) == order


def test_all_calls_of_two_are_one_and_waiting_for_a_job_is_none() -> None:
    graph: Graph = fake.graph(
        [
            fake.container("nginx", "nginx", routes={"/": "app", "/api": "app"}),
            fake.container("app", uses={"job": False, "db": True}),
            fake.container("job", once=True, port=None),
            fake.container("db", "postgres"),
        ]
    )

    assert [(pair.source, pair.target, pair.optional) for pair in pairs(graph)] == [
        ("app", "db", True),
        ("nginx", "app", False),
    ]


def test_where_titles_are_the_same_names_follow_them_as_far_as_a_card_has_room() -> None:
    graph = fake.graph(
        [
            fake.container("pg-sales", "postgres", title="PostgreSQL"),
            fake.container("pg-stock", "postgres", title="PostgreSQL"),
            fake.container("reports-of-all-companies", "postgres", title="PostgreSQL"),
            fake.container("web"),
            *(replace(fake.container(f"shop-{who}", title="Shop"), tenant=who, address=SHOP) for who in ("a", "b")),
        ]
    )

    assert [c.title for c in told_apart(graph).deployment.containers.values()] == [
        "PostgreSQL pg-sales",
        "PostgreSQL pg-stock",
        "reports-of-all-companies",
        "Shop",
        "Shop",
        "Web",
    ]
    assert told_apart(told_apart(graph)) == told_apart(graph)


def test_machines_of_one_title_are_told_apart_by_their_names() -> None:
    machines = [fake.vps(name, title="Machine") for name in ("north", "south")] + [fake.vps("west", title="Another")]
    graph = fake.graph([fake.container("web")], machines=machines)

    assert [v.title for v in told_apart(graph).deployment.vps.values()] == ["Machine north", "Machine south", "Another"]


@pytest.mark.parametrize(
    ("room", "lines", "step"),
    [
        (200, ("Programador de tareas",), STEPS[0]),
        (95, ("Programador", "de tareas"), STEPS[0]),
        (80, ("Programador", "de tareas"), STEPS[1]),
    ],
)
def test_words_are_broken_before_they_shrink(room: float, lines: tuple[str, ...], step: tuple[float, int]) -> None:
    found = paragraph("Programador de tareas", room, 2, STEPS)

    assert (found.lines, (found.size, found.weight), found.is_cut) == (lines, step, False)


def test_what_fits_nowhere_is_cut_and_still_fits() -> None:
    found = paragraph("Servicio de contabilidad y facturación", 60, 2, STEPS)

    assert (found.is_cut, len(found.lines)) == (True, 2)
    assert all(widest(line, found.size, found.weight) <= 60 for line in found.lines)


@pytest.mark.parametrize(
    ("letter", "ems"),
    [("W", 0.98), ("管", 1), ("خ", 1), ("\U0001f600", 1.75), ("\u2e3b", 3), ("\ufdfd", 8)],
    ids=["of the tables", "of no table", "Arabic", "a face", "a dash of three ems", "a sentence in one"],
)
def test_a_letter_counts_an_em_or_what_the_widest_font_needs(letter: str, ems: float) -> None:
    assert widest(letter, 100) == pytest.approx(ems * 100.5, abs=2)


def test_words_do_not_turn_those_beside_them() -> None:
    svg = drawn(text(10, 50, "\u202egnp\u2066.exe\u2069 \u05e9\u05dc", 12))

    assert ">gnp.exe \u05e9\u05dc<" in svg


def test_turned_rectangles_clash_only_where_they_meet() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    diamond = ((18.0, 4.0), (24.0, 10.0), (18.0, 16.0), (12.0, 10.0))

    assert not clash(square, diamond)
    assert clash(square, tuple((x - 8, y - 2) for x, y in diamond))


@pytest.mark.parametrize("index", [None, *range(6)])
def test_every_network_has_a_full_a_half_and_a_hollow_mark(index: int | None) -> None:
    full, half = drawn(*network_disc(index, 10, 10, 12)), drawn(*network_half(index, 10, 10, 12))
    hollow = drawn(network_rings(index, [(10, 10), (30, 10)], 12))

    assert len({full, half, hollow}) == 3
    assert hollow.count("<path") == 1


def test_marks_of_the_first_four_networks_differ_in_form() -> None:
    forms = {drawn(network_rings(index, [(10, 10)], 12)).split(' d="')[1].split('"')[0] for index in range(4)}

    assert len(forms) == 4
