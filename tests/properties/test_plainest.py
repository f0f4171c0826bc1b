"""What the plainest lines are read as without YAML's events is what YAML's events make of them."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from yaml.error import YAMLError

from kmtopo.source import Source
from kmtopo.syntax import Document
from kmtopo.syntax.builder import Builder
from kmtopo.syntax.findings import Findings, Unreadable
from kmtopo.syntax.plainest import read_plainest

PLAIN = ["Empresa 1", "20/s", "10MiB", "true", "No", "022", "1.50", "0x1F", "2026-01-31", "Ñandú & Cía."]
WORDS = [
    *PLAIN,
    "12:30",
    "a: b",
    "a #b",
    "x#y",
    "",
    "~",
    "'q'",
    '"q"',
    "&a b",
    "*a",
    "!t x",
    "{a: b}",
    "[x]",
    "|",
    "a ",
    "a\tb",
    "- x",
    "?",
    "é\u2028e",
    "😀 x",
    "a,b",
]
KEYS = ["title", "zone", "limits", "a-b", "null", "<<", "'k'", "K", "título", "title ", "1", "*a"]

line = st.one_of(
    st.builds(
        lambda indent, key, word: f"{' ' * indent}{key}:{' ' + word if word else ''}",
        *(st.sampled_from([2, 2, 4, 4, 6, 3, 0, 20]), st.sampled_from(KEYS), st.sampled_from(WORDS)),
    ),
    st.builds(lambda indent, word: f"{' ' * indent}- {word}", st.sampled_from([4, 6, 6, 2, 0]), st.sampled_from(WORDS)),
    st.sampled_from(
        ["", "  # a remark", "# a remark", "---", "...", "  a", "\ttitle: x", "tenants:", "name: x", '  k: "a']
    ),
)
plain_item = st.builds(
    lambda name, title, branches, rate: (
        f"  {name}:\n    title: {title}\n    branches:\n"
        + "".join(f"      - {branch}\n" for branch in branches)
        + f"    limits:\n      rate: {rate}\n"
    ),
    st.sampled_from(["km-motos", "otra", "c-3", "d"]),
    st.sampled_from(PLAIN),
    st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3),
    st.sampled_from(PLAIN),
)
before = st.sampled_from(["", "name: x\n", "a: &a 1\nb: *a\n", 'note: "\n', "x: |\n  y\n", "tenants: {}\n", "? a\n"])
after = st.sampled_from(["", "name: x\n", "\n", "# end\n", "tenants: {}\n", '"\n', "- x\n", "z: *a\n", "...\n", "end"])


@given(before, st.lists(st.one_of(plain_item, line.map(lambda text: f"{text}\n")), min_size=1, max_size=6), after)
@example("", ["  a:\n    b:\n      - x\n      - y\n    c: z\n", "  d:\n    e: f\n"], "name: x\n")
@example('note: "\n', ["  a: b\n"], '"\n')
def test_plainest_lines_are_read_as_yaml_reads_them(before: str, items: list[str], after: str) -> None:
    source = Source("topology.yaml", f"{before}tenants:\n{''.join(items)}{after}")
    read = read_plainest(Findings(source), fewest=0)
    if read is not None:
        assert _seen(read) == _seen(_by_events(source))


@given(
    st.lists(plain_item, min_size=1, max_size=5, unique_by=lambda text: text.split(":")[0]),
    st.sampled_from(["", "name: x\n"]),
)
def test_items_without_anything_odd_are_read_so(items: list[str], after: str) -> None:
    source = Source("topology.yaml", f"kmtopo: 1\ntenants:\n{''.join(items)}{after}")
    read = read_plainest(Findings(source), fewest=0)
    assert read is not None
    assert _seen(read) == _seen(_by_events(source))


def _by_events(source: Source) -> Document | None:
    findings = Findings(source)
    try:
        document = Builder(findings).document()
    except (YAMLError, Unreadable):
        return None
    return None if findings.diagnostics else document


def _seen(document: Document | None) -> Any:
    """All that a document holds and says of its places; numbers apart from what only equals them."""
    return document and (document.root, document.aliased, _with_marks(document, document.data))


def _with_marks(document: Document, value: Any) -> Any:
    if isinstance(value, dict):
        return [document.marks[id(value)], [(key, _with_marks(document, inner)) for key, inner in value.items()]]
    if isinstance(value, list):
        return [document.marks[id(value)], [_with_marks(document, inner) for inner in value]]
    return repr(value)
