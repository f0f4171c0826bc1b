"""Tables of tenants: what a cell means, and where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtopo.source import Source
from kmtopo.syntax.document import Document
from kmtopo.syntax.tables import parse_table


def read(text: str) -> Document:
    document, found = parse_table(Source("tenants.csv", text))
    assert document is not None, found
    assert found == ()
    return document


def told(text: str) -> list[tuple[str, str, int, int]]:
    return [
        (d.code, d.help, d.primary.span.start.line, d.primary.span.start.column)
        for d in parse_table(Source("tenants.csv", text))[1]
        if d.primary and d.primary.span
    ]


@pytest.mark.parametrize(
    ("text", "tenants"),
    [
        ("id,title\nnorth,North\n", {"north": {"title": "North"}}),
        ("id;title;zone\nnorth;North, by the sea;\n", {"north": {"title": "North, by the sea"}}),
        ('title,id\n"The ""best"", shop",north\n', {"north": {"title": 'The "best", shop'}}),
        ('id,title\r\nnorth,"two\nlines"\r\nsouth,South', {"north": {"title": "two\nlines"}, "south": {"title": "South"}}),
        ("id,title\n\n  north ,  North  \n,\n", {"north": {"title": "North"}}),
        ("id,title\nnorth\n", {"north": {}}),
        ("id,title\nnorth,1234\n", {"north": {"title": "1234"}}),
        ("id,central,limits.connections\nnorth,true,20\n", {"north": {"central": True, "limits": {"connections": 20}}}),
        ("id,limits.rate,limits.body\nnorth,20/s,5MiB\n", {"north": {"limits": {"rate": "20/s", "body": "5MiB"}}}),
        ("id,branches,domain\nnorth,Port | Old Town,a.example\n", {
            "north": {"branches": ["Port", "Old Town"], "domain": ["a.example"]}
        }),
        ("id,title\n", {}),
    ],
)  # fmt: skip
def test_a_row_is_a_tenant(text: str, tenants: dict[str, Any]) -> None:
    assert read(text).data == {"tenants": tenants}


@pytest.mark.parametrize(
    ("steps", "part", "expected"),
    [
        (("tenants", "south"), "key", "south"),
        (("tenants", "south"), "value", 'south,"South, by the sea",5/s'),
        (("tenants", "south", "title"), "value", '"South, by the sea"'),
        (("tenants", "south", "title"), "key", "title"),
        (("tenants", "south", "limits", "rate"), "value", "5/s"),
        (("tenants", "south", "limits", "rate"), "key", "limi"),
        (("tenants", "south", "missing"), "value", "south"),
    ],
)
def test_a_part_knows_where_it_stands(steps: tuple[str, ...], part: Any, expected: str) -> None:
    document = read('id,title,limits.rate\nnorth,North,20/s\nsouth,"South, by the sea",5/s\n')

    assert document.source.slice(document.span(steps, part)) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("KM117", "table", 1, 1)]),
        ("name,title\nnorth,North\n", [("KM122", "key", 1, 1)]),
        ("id,title\nnorth,North,more\n", [("KM122", "cells", 2, 13)]),
        ("id,title\n,North\n", [("KM122", "empty", 2, 1)]),
        ("id,title\nnorth,A\nnorth,B\n", [("KM103", "", 3, 1)]),
        ('id,title\nnorth,"North\n', [("KM122", "open", 2, 7)]),
        ('id,title\nnorth,"North"x\nsouth,South\n', [("KM122", "quote", 2, 14)]),
    ],
)
def test_what_is_no_table_is_told_at_its_place(text: str, found: list[tuple[str, str, int, int]]) -> None:
    assert told(text) == found


@given(st.text(alphabet='id,;"\n\r\t ab|x', max_size=60))
def test_any_text_is_a_table_or_a_diagnostic(text: str) -> None:
    document, found = parse_table(Source("tenants.csv", f"id,title\n{text}"))

    assert document is not None
    assert all(d.code in ("KM103", "KM122") for d in found)
    if any(d.help == "open" for d in found):
        return  # its last cell reaches to the end of the text
    for name, tenant in document.data["tenants"].items():
        written = document.source.slice(document.span(("tenants", name), "key"))
        assert name in (written, written[1:-1].replace('""', '"').strip())
        assert isinstance(tenant, dict)
