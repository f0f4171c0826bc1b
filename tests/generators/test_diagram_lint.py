"""The machine's critique is seen to catch what it is there for."""

from __future__ import annotations

import pytest

import diagram_fake as fake
from kmtopo.plugin import Graph, Point
from kmtopo_diagram.critique.lint import contrast, lint, miscounts
from kmtopo_diagram.deployment.drawing import deployment
from kmtopo_diagram.ink.svg import Drawing, Element, aside, group, path, rect, text, written
from kmtopo_diagram.ink.theme import DARK, HUES, LIGHT
from kmtopo_diagram.signs.strokes import head

CARD = rect(20, 20, 200, 80, fill="card", stroke="cardline")


def sheet(*elements: Element) -> str:
    return written(Drawing("picture", 300, 200, "en", "title", "description", elements), "light")


def node(*elements: Element, name: str = "a") -> Element:
    return group([CARD, *elements], kind="node", node=name, role="service")


def call(data: str, colour: str = "net0") -> Element:
    return group([path(data, stroke=colour)], kind="edge", **{"from": "x", "to": "y"})


def called(tip: Point) -> Element:
    return group([head(tip, (0, 1), "net0")], kind="edge", **{"from": "x", "to": "y"})


FAULTS = {
    "off the canvas": (text(280, 50, "too far right", 12), "off the canvas: too far right (inter)"),
    "empty": (text(10, 50, "", 12), "empty at (10, 50)"),
    "too small": (text(10, 50, "tiny", 9), "smaller than 10.5: tiny"),
    "over its border": (
        node(text(40, 50, "this text is wider than the card", 14)),
        "over its border: this text is wider than the card (inter)",
    ),
    "cut": (text(10, 50, "cut off…", 12), "cut: cut off…"),
    "pale text": (text(10, 50, "pale", 12, fill="cardline"), "contrast 1.62: pale"),
    "pale line": (call("M10 10C20 20 30 30 40 40", "cardline"), "contrast 1.62: x - y"),
    "line through a card": (group([node(), call("M5 60C80 60 160 60 290 60")]), "x - y runs through a"),
    "line through words": (
        group([text(100, 100, "words", 12), call("M5 96C80 96 160 96 290 96")]),
        "x - y runs through the words words",
    ),
    "straight line through words": (
        group([text(100, 100, "words", 12), call("M5 96H290")]),
        "x - y runs through the words words",
    ),
    "slanted words": (
        group([text(50, 100, "Programador", 12, turn=-60), text(56, 100, "de tareas", 12, turn=-60)]),
        "over each other: Programador / de tareas (inter)",
    ),
    "slanted off the canvas": (text(280, 60, "Programador", 12, turn=-60), "off the canvas: Programador (inter)"),
    "beside wide words": (
        group([text(10, 50, "WWWWWWWWWWWWWWW", 12, after=aside("here", 11, 10)), text(215, 50, "there", 11)]),
        "over each other: here / there (inter)",
    ),
    "words beside others off the canvas": (
        text(220, 50, "Red de", 12, after=aside("Comando", 11, 10)),
        "off the canvas: Comando (inter)",
    ),
    "words on a pill": (
        group([group([rect(100, 60, 14, 60, fill="card")], kind="pill", node="a"), text(90, 100, "words", 12)]),
        "on a pill: words",
    ),
    "words across a border": (
        group([node(), text(180, 60, "half inside, half out", 12)]),
        "half on a shape: half inside, half out (inter)",
    ),
    "words across an upper border": (
        group([node(), text(40, 24, "too high", 12)]),
        "half on a shape: too high (inter)",
    ),
    "words on a mark": (
        group([node(rect(100, 40, 10, 10, fill="net0"), text(40, 50, "proxy inverso", 12))]),
        "half on a shape: proxy inverso (inter)",
    ),
    "slanted words across a border": (
        group([node(), text(100, 110, "Programador", 12, turn=-60)]),
        "half on a shape: Programador (inter)",
    ),
    "hidden words": (group([text(200, 60, "words", 12), node()]), "hidden: words (inter)"),
    "an arrow that ends in the air": (
        group([node(name="y"), called((120, 8))]),
        "x - y ends in the air",
    ),
    "an arrow that ends inside a card": (group([node(name="y"), called((120, 60))]), "x - y ends in the air"),
    "label on a card": (group([node(), group([rect(10, 50, 50, 20, fill="card")], kind="label")]), "a label lies on a"),
    "labels on each other": (
        group([group([rect(10 + x, 150, 50, 20, fill="card")], kind="label") for x in (0, 20)]),
        "a label lies on another",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(fault: str) -> None:
    element, message = FAULTS[fault]

    assert message in lint(sheet(element))


def test_words_over_words_are_caught_in_the_wider_font_alone() -> None:
    words = (text(10, 50, "Programador", 14, weight=600), text(101, 50, "de tareas", 14, weight=600))

    assert lint(sheet(*words)) == ("over each other: Programador / de tareas (dejavu)",)


def test_slanted_words_may_stand_closer_than_their_bounds_do() -> None:
    names = [text(20 + 20 * place, 120, "Programador", 12, turn=-60) for place in range(8)]

    assert lint(sheet(*names)) == ()


def test_words_may_stand_beside_a_disc_where_its_bounds_reach() -> None:
    disc = rect(80, 90, 20, 20, fill="card", radius=10)

    assert lint(sheet(text(99, 94, "words", 12), disc)) == ()
    assert lint(sheet(text(95, 94, "words", 12), disc)) != ()


def test_a_ground_of_their_own_keeps_words_and_lines_apart() -> None:
    shield = rect(95, 85, 60, 20, fill="page")

    assert lint(sheet(call("M5 96C80 96 160 96 290 96"), shield, text(100, 100, "words", 12))) == ()


def test_a_line_may_touch_the_cards_that_it_joins() -> None:
    assert lint(sheet(node(name="x"), call("M100 60C120 60 160 60 290 60"))) == ()


def test_what_is_not_well_formed_is_said() -> None:
    assert lint("<svg><g></svg>") == ("not well-formed: mismatched tag: line 1, column 10",)


@pytest.mark.parametrize("at", [(120.0, 20.0), (120.0, 17.5), (20.0, 50.0)], ids=["port", "stack", "side"])
def test_an_arrow_may_end_at_any_border_of_a_card(at: Point) -> None:
    assert lint(sheet(node(name="y"), called(at))) == ()


def test_a_line_that_touches_words_in_the_wider_font_alone_is_caught() -> None:
    words = text(100, 100, "Programador de tareas", 14, weight=600)

    assert lint(sheet(words, call("M268 20V180"))) == ("x - y runs through the words Programador de tareas",)


@pytest.mark.parametrize(
    ("foreign", "message"),
    [
        ("<script>1</script>", "foreign: <script>"),
        ('<image href="x.png"/>', "foreign: href of <image>"),
        (
            '<g xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="x"/>',
            "foreign: {http://www.w3.org/1999/xlink}href",
        ),
        ('<circle r="5"/>', "foreign: <circle>"),
        ('<rect x="0" y="0" width="1" height="1" fill="url(#a)"/>', "foreign: fill of <rect>"),
        ('<g onload="alert(1)"/>', "foreign: onload of <g>"),
        ('<g style="fill:red"/>', "foreign: style of <g>"),
        ("<style>@import 'x.css'</style>", "foreign: a style that leads out"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "foreign: <foreignObject>"),
    ],
)
def test_nothing_foreign_may_stand_in_it(foreign: str, message: str) -> None:
    svg = sheet().replace("</svg>", f"{foreign}</svg>")

    assert any(fault.startswith(message) for fault in lint(svg))


def test_words_may_say_what_would_be_foreign_outside_them() -> None:
    words = text(10, 50, "<script> href= url(x) onload=", 12)

    assert lint(sheet(words)) == ()


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ('data-role="proxy"', "containers: 2 instead of 3"),
        ('class="host"', "machines: 0 instead of 1"),
        ('class="network"', "networks: 0 instead of 2"),
        ('class="edge"', "calls: 0 instead of 2"),
    ],
)
def test_a_missing_thing_is_counted(mark: str, message: str) -> None:
    graph = fake.shop()

    assert miscounts(drawn(graph), graph) == ()
    assert miscounts(drawn(graph).replace(mark, ""), graph) == (message,)


def drawn(graph: Graph) -> str:
    drawing = deployment(graph)
    return written(drawing, "light")


def test_contrast_counts_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_readable_where_it_is_used(theme: dict[str, str]) -> None:
    grounds = ["card", "page", "host", *(f"tint{index}" for index in range(HUES))]
    words = {("ink", ground) for ground in grounds} | {("ink2", ground) for ground in [*grounds, "chip"]}
    words |= {(f"net{index}", ground) for index in range(HUES) for ground in (f"tint{index}", "card")}
    words |= {("page", "ink"), ("bad", "host"), ("warn", "host")}

    assert {pair for pair in words if contrast(*(theme[token] for token in pair)) < 4.5} == set()
    lines = {(line, ground) for line in ("edge", *(f"net{i}" for i in range(HUES))) for ground in grounds}
    lines |= {("form", ground) for ground in grounds}
    assert {pair for pair in lines if contrast(*(theme[token] for token in pair)) < 3} == set()
