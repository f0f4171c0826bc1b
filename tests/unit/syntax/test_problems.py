"""A text that is not YAML is told in words that say what to mend, by either parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from yaml._yaml import CParser

from kmtopo.source import Source
from kmtopo.syntax import builder, clues, parse
from kmtopo.syntax.events import Events, PureEvents

Parser = Callable[[str], Events]


@pytest.fixture(params=[CParser, PureEvents], ids=["libyaml", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Parser:
    monkeypatch.setattr(builder, "open_events", request.param)
    monkeypatch.setattr(clues, "open_events", request.param)
    chosen: Parser = request.param
    return chosen


def told(text: str) -> list[str]:
    """Each finding as ``code variant at line:column "text there"``."""
    source = Source("topology.yaml", text)
    lines = []
    for diagnostic in parse(source)[1]:
        assert diagnostic.primary is not None
        span = diagnostic.primary.span
        assert span is not None
        start = span.start
        lines.append(
            f"{diagnostic.code} {diagnostic.help or '-'} at {start.line}:{start.column} {source.slice(span)!r}"
        )
    return lines


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        # brackets
        ("a: [1, 2\nb: 3\nc: [4]\n", "KM101 bracket at 1:4 '['"),
        ("a: {b: 1", "KM101 bracket at 1:4 '{'"),
        ("a: 1\nc: [\n", "KM101 bracket at 2:4 '['"),
        ("a: {b: {c: 1}\nd: 2\n", "KM101 bracket at 1:4 '{'"),
        ("a: {b: 1 c: 2}\n", "KM101 separator at 1:11 ':'"),
        ("a: {\n  b: 1\n  c: 2\n}\n", "KM101 separator at 3:4 ':'"),
        ("a: [1, 2}\nb: 1\n", "KM101 separator at 1:9 '}'"),
        ("a: {b: 1}}\n", "KM101 closing at 1:10 '}'"),
        ("a: [1,,2]\n", "KM101 item at 1:7 ','"),
        # quotes
        ('a: "x\nb: 2\n', "KM101 quote at 1:4 '\"'"),
        ("a: 'x\nb: 2\n", 'KM101 quote at 1:4 "\'"'),
        ('a: "x\nb: 2\nc: "y"\n', "KM101 quote at 1:4 '\"'"),
        ('a: "x\n---\nb"\n', "KM101 quote at 1:4 '\"'"),
        ("a: 'it's'\n", "KM101 after at 1:8 's'"),
        ('a: "x" y\n', "KM101 after at 1:8 'y'"),
        ('a: "\\d+"\n', "KM101 escape at 1:5 '\\\\d'"),
        ('a: "\\xZZ"\n', "KM101 escape at 1:5 '\\\\xZZ'"),
        # colons
        ("title: KM: Motos\n", "KM101 colon at 1:10 ':'"),
        ("a: 1\nname:kmmotos\nb: 2\n", "KM101 space at 2:5 ':'"),
        ("name:kmmotos\nb: 2\n", "KM101 space at 1:5 ':'"),
        ("a: 1\nimage\nb: 2\n", "KM101 key at 2:1 'image'"),
        ("a:\n  image\n  b: 1\n", "KM101 key at 2:3 'image'"),
        ("a = 1\nb: 2\n", "KM101 key at 1:1 'a = 1'"),
        # indentation
        ("a: 1\n  b: 2\n", "KM101 indentation at 2:3 'b:'"),
        ("a:\n    b: 1\n  c: 2\n", "KM101 indentation at 3:3 'c:'"),
        ("a:\n  b: 1\n    c: 2\n", "KM101 indentation at 3:5 'c:'"),
        ("a: 1\n- b\n", "KM101 indentation at 2:1 '-'"),
        ("- a\nb: 1\n", "KM101 list at 2:1 'b:'"),
        ("a: - b\n", "KM101 dash at 1:4 '-'"),
        # characters with a meaning
        ("a: @b\n", "KM101 reserved at 1:4 '@'"),
        ("a: `b`\n", "KM101 reserved at 1:4 '`'"),
        ("a: %b\n", "KM101 reserved at 1:4 '%'"),
        ("a: *.example.com\n", "KM101 reserved at 1:4 '*'"),
        ("a: & b\n", "KM101 reserved at 1:4 '&'"),
        ("a: |x\n  b\n", "KM101 block at 1:5 'x'"),
        ("%b: 1\n", "KM101 directive at 1:1 '%b:'"),
        ("%YAML 2.0\n---\na: 1\n", "KM101 directive at 1:1 '%YAML'"),
        # merge conflicts
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", "KM101 conflict at 2:1 '<<<<<<<'"),
        ("a:\n  x: 1\n>>>>>>> x\nc: 1\n", "KM101 conflict at 3:1 '>>>>>>>'"),
        # tabs
        ("a:\n\tb: 1\n", "KM102 - at 2:1 '\\t'"),
        ("a: 1\n\tb: 1\n", "KM102 - at 2:1 '\\t'"),
        ("a:\n  \tb: 1\n", "KM102 - at 2:3 '\\t'"),
        ("a: |\n\tb\n", "KM102 - at 2:1 '\\t'"),
        ("a:\n  -\tb: 1\n", "KM102 - at 2:4 '\\t'"),
        # control characters
        ("a: \0b\n", "KM112 - at 1:4 '\\x00'"),
        ("a: 1\nb: \x1b[31m\n", "KM112 - at 2:4 '\\x1b'"),
        ("a: \x9b\x9b\n", "KM112 several at 1:4 '\\x9b'"),
        ("a: \ud800\n", "KM112 - at 1:4 '\\ud800'"),
        # anything else
        ("a: 1\nb: &x &y 1\n", "KM101 - at 2:7 '&'"),
    ],
)
def test_a_slip_is_told_where_it_was_made(parser: Parser, text: str, finding: str) -> None:
    assert told(text) == [finding]


@pytest.mark.parametrize("escape", ["\\ud800", "\\UFFFFFFFF", "\\U00110000"])
def test_an_escape_that_is_no_character_is_refused_by_either_parser(parser: Parser, escape: str) -> None:
    (finding,) = told(f'a: "{escape}"\n')

    assert finding.startswith("KM101 ")


def test_a_slip_and_a_control_character_are_both_told() -> None:
    text = "a: [1\nb: 2\n" + "# far enough for the parser to stumble first\n" * 1_000 + "c: \0\n"

    assert told(text) == ["KM101 bracket at 1:4 '['", "KM112 - at 1003:4 '\\x00'"]


def test_a_line_that_is_not_aligned_is_shown_with_the_one_that_it_would_belong_to() -> None:
    source = Source("topology.yaml", "vps:\n # a comment\n one:  # first\n    title: One\n  two: {}\n")
    (diagnostic,) = parse(source)[1]

    (parent,) = diagnostic.secondary
    assert parent.text == "parent"
    assert parent.span is not None
    assert source.slice(parent.span) == "one:  # first"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # Neither a whole step in, nor where its neighbours are.
        ("a:\n  b:\n    c: 1\n   d: 2\n    e: 3\n", 4),
        ("a:\n  b:\n    c: 1\n     d: 2\n    e: 3\n", 4),
        # Its neighbours stand further in.
        ("a:\n  b:\n    c: 1\n  d: 2\n    e: 3\n", 4),
        # The line itself is out of line.
        ("a:\n  b:\n    c: 1\n    d: 2\n   e: 3\n", 5),
        # Too short to know what is usual.
        ("a:\n  b: 1\n c: 2\n", 3),
    ],
)
def test_of_lines_that_do_not_fit_the_odd_one_is_shown(text: str, line: int) -> None:
    (diagnostic,) = parse(Source("topology.yaml", text))[1]

    assert diagnostic.primary is not None
    assert diagnostic.primary.span is not None
    assert (diagnostic.help, diagnostic.primary.span.start.line) == ("indentation", line)


def test_the_place_where_a_bracket_was_opened_is_shown_beside_the_one_where_it_stopped() -> None:
    source = Source("topology.yaml", "a: {\n  b: 1\n  c: 2\n}\n")
    (diagnostic,) = parse(source)[1]

    (begun,) = diagnostic.secondary
    assert begun.text == "begun"
    assert begun.span == source.span(3, 4)
    assert diagnostic.values == {"closing": "}"}
