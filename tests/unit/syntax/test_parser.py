"""What is wrong with a text as YAML is found in one run, each at its place."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kmtopo.source import Source
from kmtopo.syntax import parse


@dataclass(frozen=True)
class Found:
    """A finding as a test reads it: code and variant, place, and the text that it points at."""

    what: str
    place: str
    text: str


def found(text: str) -> list[Found]:
    source = Source("topology.yaml", text)
    seen = []
    for diagnostic in parse(source)[1]:
        assert diagnostic.primary is not None
        span = diagnostic.primary.span
        assert span is not None
        what = f"{diagnostic.code} {diagnostic.help}".strip()
        seen.append(Found(what, f"{span.start.line}:{span.start.column}", source.slice(span)))
    return seen


def data(text: str) -> object:
    document, _ = parse(Source("topology.yaml", text))
    return None if document is None else document.data


def test_all_duplicate_keys_of_a_file_are_found_and_the_first_of_each_counts() -> None:
    text = """\
a: 1
b: {x: 1, y: 2, "x": 3}
a: 2
c:
  d: 1
  d: 2
  d: 3
"""

    assert found(text) == [
        Found("KM103", "2:17", '"x"'),
        Found("KM103", "3:1", "a"),
        Found("KM103", "6:3", "d"),
        Found("KM103", "7:3", "d"),
    ]
    assert data(text) == {"a": 1, "b": {"x": 1, "y": 2}, "c": {"d": 1}}


def test_a_duplicate_key_shows_both_places() -> None:
    source = Source("topology.yaml", "one: 1\ntwo: 2\none: 3\n")
    (diagnostic,) = parse(source)[1]

    (first,) = diagnostic.secondary
    assert first.text == "first"
    assert first.span == source.span(0, 3)


def test_keys_stay_text_whatever_they_look_like() -> None:
    assert data("1: a\ntrue: b\nnull: c\n1.10: d\n'': e\n") == {
        "1": "a",
        "true": "b",
        "null": "c",
        "1.10": "d",
        "": "e",
    }


@pytest.mark.parametrize(
    ("text", "finding", "rest"),
    [
        ("[a]: 1\nb: 2\n", Found("KM106", "1:1", "[a]"), {"b": 2}),
        ("? {a: 1}\n: 2\nb: 2\n", Found("KM106", "1:3", "{a: 1}"), {"b": 2}),
        ("b: {{ project }}\n", Found("KM106 template", "1:5", "{ project }"), {"b": {}}),
        (": 1\nb: 2\n", Found("KM106 empty", "1:1", ":"), None),
        ("{: 1, b: 2}\n", Found("KM106 empty", "1:2", ":"), None),
        ("{? : 1, b: 2}\n", Found("KM106 empty", "1:4", ""), {"b": 2}),
        ("a: &x 1\n*x : 2\n", Found("KM106 alias", "2:1", "*x"), {"a": 1}),
    ],
)
def test_what_is_no_word_cannot_be_a_key(text: str, finding: Found, rest: object) -> None:
    assert found(text) == [finding]
    assert data(text) == rest


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a: !!str 1\n", [("1:4", "!!str")]),
        ("a: !vault |\n  x\n", [("1:4", "!vault")]),
        ("a: !!python/object/apply:os.system [x]\n", [("1:4", "!!python/object/apply:os.system")]),
        ("a: ! 12\n", [("1:4", "!")]),
        ("a: &x !!int 12\nb: !!set &y {}\n", [("1:7", "!!int"), ("2:4", "!!set")]),
        ("!!str a: 1\n", [("1:1", "!!str")]),
        ("a: !<tag:yaml.org,2002:str> 1\n", [("1:4", "!<tag:yaml.org,2002:str>")]),
        ("a: !e!x 1\n", [("1:4", "!e!x")]),
        ("a: !<x\n", [("1:4", "!<x")]),
    ],
)
def test_tags_are_refused_where_they_stand(text: str, tags: list[tuple[str, str]]) -> None:
    assert found(text) == [Found("KM104", place, tag) for place, tag in tags]


def test_an_exclamation_mark_inside_a_value_or_comment_is_no_tag() -> None:
    text = "a: wow!\nb: 'x !y'\nc: &z # !not a tag\n  d: 1\n"

    assert found(text) == []
    assert data(text) == {"a": "wow!", "b": "x !y", "c": {"d": 1}}


def test_only_the_first_document_of_a_file_is_read() -> None:
    assert found("---\na: 1\n---\nb: 2\n") == [Found("KM105", "3:1", "---")]
    assert data("---\na: 1\n...\n") == {"a": 1}


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "~\n", "\ufeff"])
def test_a_file_that_says_nothing_is_said_to_be_empty(text: str) -> None:
    assert [finding.what for finding in found(text)] == ["KM117"]
    assert data(text) is None


def test_anchors_and_merges_bring_values_in_and_own_keys_win() -> None:
    text = """\
x-base: &base {cpu: 1, memory: 1GiB}
x-more: &more {memory: 2GiB, disk: 3GiB}
one: {<<: *base, memory: 5GiB}
two: {<<: [*base, *more], cpu: 4}
three: {'<<': literal}
"""

    assert found(text) == []
    assert data(text) == {
        "x-base": {"cpu": 1, "memory": "1GiB"},
        "x-more": {"memory": "2GiB", "disk": "3GiB"},
        "one": {"memory": "5GiB", "cpu": 1},
        "two": {"cpu": 4, "memory": "1GiB", "disk": "3GiB"},
        "three": {"<<": "literal"},
    }


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: {<<: 1}\n", Found("KM110", "1:9", "1")),
        ("a: {<<: [{b: 1}, 2]}\n", Found("KM110", "1:9", "[{b: 1}, 2]")),
        ("a: {<<: {b: 1}, <<: {c: 1}}\n", Found("KM103 merge", "1:17", "<<")),
    ],
)
def test_a_merge_takes_a_mapping_or_a_list_of_them_once(text: str, finding: Found) -> None:
    assert found(text) == [finding]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: *b\nb: &b 1\n", Found("KM108", "1:4", "*b")),
        ("a: &a\n  b: [*a]\n", Found("KM108 inside", "2:7", "*a")),
        ("a: {<<: *b}\n", Found("KM108", "1:9", "*b")),
    ],
)
def test_an_alias_needs_an_anchor_that_was_closed_before_it(text: str, finding: Found) -> None:
    assert found(text)[:1] == [finding]


def test_aliases_that_multiply_are_refused_before_anyone_walks_them() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]

    (finding,) = found("\n".join(lines))

    assert finding.what == "KM109"
    assert finding.text == "*a4"


def test_ten_thousand_tenants_may_share_an_anchor() -> None:
    text = "x: &x {a: 1, b: [1, 2], c: {d: 1}}\ntenants:\n" + "".join(f"  t{n}: {{<<: *x}}\n" for n in range(10_000))

    assert found(text) == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_file_may_not_nest_without_end(opening: str) -> None:
    (finding,) = found(opening * 100_000)

    assert finding.what == "KM107"


def test_what_was_found_before_the_text_became_unreadable_is_told_too() -> None:
    assert found("a: {b: 1, b: 2}\nc: [\n") == [Found("KM103", "1:11", "b"), Found("KM101 bracket", "2:4", "[")]
