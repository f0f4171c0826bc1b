"""A document knows where each of its parts was written, and how."""

from __future__ import annotations

import pytest

from kmtopo.addresses import Address, Step
from kmtopo.source import Position, Source, Span
from kmtopo.syntax import Document, parse

TEXT = """\
name: kmmotos  # the project
defaults: &defaults # of every container
  replicas: 1
  env: {APP_DEBUG: true, VERSION: 1.10, "QUOTED KEY": 'it''s', EMPTY: }
containers:
  backend:
    <<: *defaults
    image: "kmmotos/backend:1.0.0"
    networks: [ &inner comando, seguridad]
    ports:
    - 80
    - *inner
    mode: 0755
    note: >
      folded
      text

    off:
"""


def told(span: Span) -> str:
    return f"{span.source}:{span.start.line}:{span.start.column}"


@pytest.fixture(scope="module")
def document() -> Document:
    return read(TEXT)


def read(text: str) -> Document:
    document, diagnostics = parse(Source("topology.yaml", text))
    assert document is not None
    assert diagnostics == ()
    return document


@pytest.mark.parametrize(
    ("address", "key", "value"),
    [
        ("name", "name", "kmmotos"),
        ("defaults", "defaults", "replicas: 1"),
        ("defaults.env", "env", "{APP_DEBUG: true, VERSION: 1.10, \"QUOTED KEY\": 'it''s', EMPTY: }"),
        ('defaults.env["QUOTED KEY"]', '"QUOTED KEY"', "'it''s'"),
        ("defaults.env.EMPTY", "EMPTY", ""),
        ("containers.backend.image", "image", '"kmmotos/backend:1.0.0"'),
        ("containers.backend.networks", "networks", "[ &inner comando, seguridad]"),
        ("containers.backend.networks[0]", "comando", "comando"),
        ("containers.backend.ports", "ports", "- 80"),
        ("containers.backend.ports[1]", "*inner", "*inner"),
        ("containers.backend.note", "note", ">\n      folded\n      text"),
        ("containers.backend.off", "off", ""),
        # What came by a merge is where it was written.
        ("containers.backend.replicas", "replicas", "1"),
        ("containers.backend.env.VERSION", "VERSION", "1.10"),
    ],
)
def test_an_address_leads_to_its_key_and_its_value(document: Document, address: str, key: str, value: str) -> None:
    place = Address.parse(address)

    assert document.source.slice(document.span(place, "key")) == key
    assert document.source.slice(document.span(place)) == value
    assert document.place(place) == told(document.span(place, "key"))


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        (("containers", "backend", "imagen"), "backend"),
        (("containers", "frontend"), "containers"),
        (("containers", "frontend", "image"), "containers"),
        (("containers", "backend", "networks", 7), "networks"),
        (("containers", "backend", "ports", 0, "deeper"), "80"),
        (("name", "deeper", "still"), "name"),
        (("nothing",), "name: kmmotos  # the project"),
        ((), "name: kmmotos  # the project"),
    ],
)
def test_an_address_that_leads_nowhere_gets_the_deepest_part_that_exists(
    document: Document, steps: tuple[Step, ...], shown: str
) -> None:
    assert document.source.slice(document.span(steps)) == shown
    assert document.source.slice(document.span(steps, "key")) == shown
    assert document.place(steps) == told(document.span(steps, "key"))


def test_a_place_counts_lines_and_columns_from_one(document: Document) -> None:
    span = document.span(("containers", "backend", "image"))

    assert (span.source, span.start, span.end) == ("topology.yaml", Position(8, 12), Position(8, 35))


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("defaults.env.APP_DEBUG", "true"),
        ("defaults.env.VERSION", "1.10"),
        ('defaults.env["QUOTED KEY"]', "it's"),
        ("defaults.env.EMPTY", ""),
        ("containers.backend.mode", "0755"),
        ("containers.backend.note", "folded text\n"),
        ("containers.backend.ports[0]", "80"),
        ("containers.backend.ports[1]", "comando"),
        ("containers.backend.env.VERSION", "1.10"),
    ],
)
def test_a_scalar_can_be_had_as_it_was_written(document: Document, address: str, written: str) -> None:
    assert document.text(Address.parse(address)) == written


def test_an_alias_of_a_number_is_written_as_its_anchor_was() -> None:
    document = read("version: &v   1.10\nagain: *v\nempty: &e\nthen: *e\n")

    assert document.data == {"version": 1.1, "again": 1.1, "empty": None, "then": None}
    assert [document.text((key,)) for key in document.data] == ["1.10", "1.10", "", ""]


@pytest.mark.parametrize("address", ["containers.backend", "containers.backend.networks", "containers.nothing", ""])
def test_only_scalars_have_a_text_as_written(document: Document, address: str) -> None:
    with pytest.raises(KeyError):
        document.text(Address.parse(address))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_count_code_points_whatever_ends_the_lines(line_end: str, mark: str) -> None:
    document = read(mark + line_end.join(["título: 😀 é", 'otro: ["😀", x]', "fin:\tcon tabulador", ""]))

    assert document.span(("título",)).start == Position(1, 9)
    assert document.span(("título",)).end == Position(1, 12)
    assert document.span(("otro", 1)).start == Position(2, 13)
    assert document.span(("fin",)).start == Position(3, 6)
    assert document.source.slice(document.span(("fin",))) == "con tabulador"


def test_separators_that_editors_show_inside_a_line_start_no_new_one() -> None:
    document = read("a: 'x\u2028y\x85z'\nb: 1\n")

    assert document.span(("b",)).start == Position(2, 4)
