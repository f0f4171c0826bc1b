"""What holds for every text: it is read or told, and each part of what was read can be found again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kmtopo.addresses import Step
from kmtopo.source import Source
from kmtopo.syntax import Document, builder, clues, parse
from kmtopo.syntax.events import PureEvents

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
FLOATS = st.integers(-(10**6), 10**6).map(lambda number: number / 4)
SCALARS = st.one_of(WORDS, st.integers(), st.booleans(), st.none(), FLOATS)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=25,
)
TOPOLOGIES = st.dictionaries(WORDS, TREES, min_size=1, max_size=5)
FLOWS = st.sampled_from([None, True, False])
# The characters that YAML is made of, and some that it is not.
SLIPS = st.text("ab01 \n\t\r:-[]{},&*<!|>'\"\\#%?@`.x~é😀\ufeff\0\x85\u2028", max_size=60)


class CoreDumper(yaml.SafeDumper):
    """Writes without aliases what means the same in YAML 1.1 and 1.2."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=None if text.isalpha() else '"')


CoreDumper.add_representer(str, CoreDumper.represent_text)


def dumped(data: Any, flow: bool | None) -> str:
    return yaml.dump(data, Dumper=CoreDumper, default_flow_style=flow, allow_unicode=True, sort_keys=False)


def paths(data: Any, here: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Every path of a tree, root and all."""
    yield here
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in entries:
        yield from paths(value, (*here, step))


def read(text: str) -> Document:
    document, diagnostics = parse(Source("topology.yaml", text))
    assert diagnostics == ()
    assert document is not None
    return document


def key_at(document: Document, path: tuple[Step, ...]) -> Any:
    """What stands in the text where a path's last key should."""
    written = document.source.slice(document.span(path, "key"))
    return yaml.load(written, yaml.BaseLoader) if written.startswith(("'", '"')) else written


@given(st.one_of(st.text(), SLIPS))
@example("a: [\n---\n")
@example("? {a: 1}\n: *x\n")
@example("<<<<<<< x\n")
def test_any_text_is_read_or_told(text: str) -> None:
    source = Source("topology.yaml", text)
    document, diagnostics = parse(source)

    assert document is not None or diagnostics
    for diagnostic in diagnostics:
        assert diagnostic.primary is not None
        span = diagnostic.primary.span
        assert span is not None
        assert span.start <= span.end
        assert 1 <= span.start.line <= source.position(len(source.text)).line


@given(SLIPS)
@example("::")
@example('"a b": {<<: &m {x: 1}, y: [&z 1, *z]}\n? q\n: *m\n')
def test_every_part_of_what_was_read_has_a_place(text: str) -> None:
    document, _ = parse(Source("topology.yaml", text))

    for path in () if document is None else paths(document.data):
        assert document is not None
        assert document.span(path).start <= document.span(path).end
        if path and isinstance(path[-1], str):
            assert key_at(document, path) == path[-1]


@given(TOPOLOGIES, FLOWS)
def test_what_was_written_is_read_and_every_key_is_where_it_was_written(data: Any, flow: bool | None) -> None:
    document = read(dumped(data, flow))

    assert document.data == data
    for path in paths(data):
        if path and isinstance(path[-1], str):
            assert key_at(document, path) == path[-1]


@given(TOPOLOGIES, FLOWS)
def test_every_scalar_has_the_text_that_was_written(data: Any, flow: bool | None) -> None:
    text = dumped(data, flow)
    document = read(text)
    written = yaml.load(text, yaml.BaseLoader)

    for path in paths(data):
        value, words = data, written
        for step in path:
            value, words = value[step], words[step]
        if not isinstance(value, dict | list):
            assert document.text(path) == words


@given(TOPOLOGIES, st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_nothing_but_places(data: dict[str, Any], random: Any) -> None:
    shuffled = dict(random.sample(sorted(data.items(), key=lambda item: item[0]), len(data)))

    assert read(dumped(shuffled, None)).data == read(dumped(data, None)).data


# A byte order mark inside a text is a letter to one of them and nothing to the other.
@given(SLIPS.filter(lambda text: "\ufeff" not in text))
def test_without_libyaml_texts_mean_the_same(text: str) -> None:
    fast, pure = parse(Source("topology.yaml", text))[0], parsed_in_python(text)

    # Each is stricter than the other in places: tabs after a value, breaks that only Unicode calls so.
    if fast is not None and pure is not None:
        assert pure.data == fast.data


def parsed_in_python(text: str) -> Document | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "open_events", PureEvents)
        patch.setattr(clues, "open_events", PureEvents)
        document, diagnostics = parse(Source("topology.yaml", text))
    assert document is not None or diagnostics
    return document
