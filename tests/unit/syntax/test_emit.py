from __future__ import annotations

from math import inf
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kmtopo.syntax.emit import WIDTH, Commented, Repeated, emit
from realtools import compose

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=40), inner, max_size=5),
    max_leaves=30,
)
# Words and shapes that some version of YAML takes for something else than text.
TRAPS = [
    "y",
    "n",
    "yes",
    "no",
    "on",
    "off",
    "Yes",
    "NO",
    "On",
    "OFF",
    "true",
    "false",
    "True",
    "FALSE",
    "null",
    "Null",
    "~",
    ".inf",
    "-.inf",
    ".nan",
    ".NaN",
    "0x1F",
    "0o17",
    "017",
    "0b11",
    "1_000",
    "1e3",
    "1.5",
    ".5",
    "22:22",
    "1:30:00",
    "2024-01-01",
    "2024-01-01T10:00:00Z",
    "-",
    "--",
    "---",
    "...",
    "-x",
    "?",
    ":",
    ":x",
    "x:",
    "a:b",
    "a:",
    "#",
    "a#b",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "{",
    "}",
    "[",
    "]",
    ",",
    "{a}",
    "[a]",
    "'",
    '"',
    "''",
    '""',
    "\\",
    "\\n",
    "=",
    "<<",
    "!!str",
    "*a",
    "&a",
    "15s",
    "64m",
    "10.64.0.0/24",
    "203.0.113.10",
    "::1",
    "c:/x",
    "//x",
    "_",
    "_1",
    "é",
    "😀",
]


def test_a_document_reads_like_one_written_by_hand() -> None:
    service = {
        "image": "nginx:1.29.8-alpine",
        "depends_on": {"postgres": {"condition": "service_healthy", "restart": True}},
        "volumes": [
            {"type": "bind", "source": "./nginx", "bind": {"create_host_path": False}},
            {"type": "volume", "source": "acme"},
        ],
        "command": ["sh", "-c", 'set -e\n\nexec "$@"\n', "kmtopo"],
        "networks": ["comunicaciones"],
        "init": None,
        "mem": 64,
        "empty": {"list": [], "mapping": {}, "text": ""},
    }
    data = Commented(
        {"name": "kmmotos", "services": {"nginx": Commented(service, ("", "from containers.nginx"))}}, ("Generated.",)
    )

    assert emit(data) == dedent("""\
        # Generated.
        name: kmmotos
        services:

          # from containers.nginx
          nginx:
            image: nginx:1.29.8-alpine
            depends_on:
              postgres: {condition: service_healthy, restart: true}
            volumes:
              - type: bind
                source: ./nginx
                bind: {create_host_path: false}
              - {type: volume, source: acme}
            command:
              - sh
              - "-c"
              - |
                set -e

                exec "$@"
              - kmtopo
            networks: [comunicaciones]
            init: null
            mem: 64
            empty:
              list: []
              mapping: {}
              text: ""
        """)


def test_a_leaf_that_does_not_fit_on_its_line_is_broken_into_several() -> None:
    just_fits = ["a" * (WIDTH - len("key: []"))]

    assert emit({"key": just_fits}) == f"key: [{just_fits[0]}]\n"
    assert emit({"key": [just_fits[0] + "a"]}) == f"key:\n  - {just_fits[0]}a\n"


def test_a_comment_stands_above_an_item_of_a_list_too() -> None:
    data = {"items": [Commented({"a": [{"b": 1}]}, ("from x",)), [[{"c": {}}]]]}

    assert emit(data) == dedent("""\
        items:
          # from x
          - a:
              - {b: 1}
          - - - c: {}
        """)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("nginx:1.29.8-alpine", "nginx:1.29.8-alpine"),
        ("/var/lib/postgresql", "/var/lib/postgresql"),
        ("15s", "15s"),
        ("yes", '"yes"'),
        ("No", '"No"'),
        ("33:33", '"33:33"'),
        ("a: b", '"a: b"'),
        ("key:", '"key:"'),
        ("é 😀", '"é 😀"'),
        ("tab\tbell\x07", '"tab\\tbell\\x07"'),
        ("next\x85line\u2028", '"next\\x85line\\u2028"'),
        ("turned \u202eround", '"turned \\u202eround"'),
        ("\U000e0041", '"\\U000e0041"'),
        ('say "hi" \\', '"say \\"hi\\" \\\\"'),
        ("two\nlines", "|-\n  two\n  lines"),
        ("two\nlines\n", "|\n  two\n  lines"),
        ("ends in blanks \nx", '"ends in blanks \\nx"'),
        (" begins in one\nx", '" begins in one\\nx"'),
        ("many ends\n\n", '"many ends\\n\\n"'),
        ("cr\r\nlf", '"cr\\r\\nlf"'),
    ],
)
def test_text_is_plain_only_where_no_reader_can_mistake_it(text: str, written: str) -> None:
    assert emit({"k": text}) == f"k: {written}\n"


def test_a_comment_cannot_end_its_line() -> None:
    assert emit({"a": Commented(1, ("from x\nb: 2",))}) == "# from x\\nb: 2\na: 1\n"


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="YAML text of a float"):
        emit({"a": [inf]})


@pytest.mark.parametrize(
    ("number", "written"), [(1.5, "1.5"), (-0.25, "-0.25"), (2.0, "2.0"), (1e22, "1.0e+22"), (1e-07, "1.0e-07")]
)
def test_a_number_with_a_point_is_one_to_every_reader(number: float, written: str) -> None:
    assert emit({"a": number}) == f"a: {written}\n"
    assert yaml.safe_load(emit({"a": number})) == {"a": number}


@given(documents)
def test_any_data_comes_back_as_it_was(data: Any) -> None:
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        assert yaml.load(emit(data), loader) == data


@given(st.text(alphabet=" \n\t#:-|>&*!%@`'\"\\{}[]a\r", max_size=12))
def test_text_made_of_yaml_s_own_signs_comes_back_as_it_was(text: str) -> None:
    data = {"a": [text, {"b": text, "c": [text]}], text: {"d": [[text]]}}

    assert yaml.load(emit(data), yaml.CSafeLoader) == data


def test_comments_change_no_data() -> None:
    data = {"a": {"b": ["x", {"c": 1}]}}
    commented = {"a": Commented({"b": [Commented("x", ("1",)), Commented({"c": 1}, ("", "2"))]}, ("3",))}

    assert yaml.load(emit(commented), yaml.CSafeLoader) == data


def test_compose_reads_every_trap_as_the_text_it_is(tmp_path: Path) -> None:
    labels = {f"label-{number}": trap for number, trap in enumerate(TRAPS)}
    lines = {"label-lines": "one\n  two\n\nthree", "label-hidden": "\x01\x85\u2028\u202e\xa0\ufeff"}
    service = {"image": "x:1", "labels": {**labels, **lines}, "command": [*TRAPS, *lines.values()]}
    (tmp_path / "compose.yaml").write_text(emit({"name": "x", "services": {"a": service}}), encoding="utf-8")

    read = compose.read(tmp_path)["services"]["a"]

    assert read["labels"] == service["labels"]
    assert read["command"] == service["command"]


@given(documents)
def test_what_stands_in_several_places_is_written_in_each(value: Any) -> None:
    often = Repeated(value)

    def around(each: Any) -> Any:
        return {"a": {"x": each, "y": [each, {"x": each}]}, "b": {"x": each}, "x": each}

    assert emit(around(often)) == emit(around(Commented(value, ())))
