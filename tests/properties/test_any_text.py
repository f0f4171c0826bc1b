"""Any text ends in findings or in a build, and everything that was written has its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kmtopo.addresses import Address, Step
from kmtopo.report import render_text
from kmtopo.source import Source
from kmtopo.syntax import parse
from kmtopo.testing import topologies, tree_of
from topologies import KMMOTOS, UNDRAWN, built

# Words of the language, and what does not belong: deep enough into the phases to meet every reader of values.
NOUNS = ("vps", "networks", "containers", "zones", "tenancy", "tenants", "environments", "policies", "accept", "docs")
KEYS = (
    "title",
    "type",
    "image",
    "networks",
    "uses",
    "routes",
    "publish",
    "vps",
    "domain",
    "tls",
    "env",
    "scale",
    "stage",
)
WORDS = st.sampled_from(
    ["a", "nginx", "laravel", "postgres", "${tenant.slug}", "443", "20MiB", "{tenant}.x.example", "é; }"]
)
SCALARS = st.one_of(WORDS, st.none(), st.booleans(), st.integers(-1, 70000), st.text(max_size=4))
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "a", "x y"]), inner, max_size=3)
    ),
    max_leaves=6,
)
ITEMS = st.dictionaries(
    st.sampled_from(["a", "b", "nginx"]), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4), max_size=3
)
NONSENSE = st.dictionaries(st.sampled_from(NOUNS), ITEMS | VALUES, max_size=6)


def finishes(text: str) -> None:
    """Compiles a text, and says in both languages what was found: each finding at a place."""
    build = built(text, generators=UNDRAWN)

    assert build.ok is not bool([d for d in build.diagnostics if d.severity.value == "error"])
    assert build.ok or build.artifacts == {}
    for diagnostic in build.diagnostics:
        assert diagnostic.primary is not None
        assert diagnostic.primary.span is not None
    for language in ("en", "es"):
        assert bool(render_text(build.diagnostics, {build.source.name: build.source}, language)) is bool(
            build.diagnostics
        )


@settings(max_examples=150)
@given(st.text(max_size=80))
@example("")
@example("kmtopo: 1\n")
@example("a: [\n---\n")
def test_any_text_is_built_or_told(text: str) -> None:
    finishes(text)


@settings(max_examples=150)
@given(NONSENSE)
def test_any_nonsense_in_the_languages_own_words_is_built_or_told(data: dict[str, Any]) -> None:
    finishes(f"kmtopo: 1\nname: nonsense\n{dumped(data)}")


def dumped(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False) if data else ""


@settings(max_examples=25)
@given(topologies())
def test_a_topology_without_a_mistake_is_built_and_built_the_same_again(text: str) -> None:
    build = built(text, generators=UNDRAWN)

    assert build.ok
    assert build.lock is not None
    assert tree_of(built(text, build.lock.text(), UNDRAWN)) == tree_of(build)


def paths(data: Any, here: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in entries:
        yield (*here, step)
        yield from paths(value, (*here, step))


def test_every_span_of_kmmotos_slices_to_its_key_and_every_address_is_read_back() -> None:
    source = Source("topology.yaml", KMMOTOS)
    document, _ = parse(source)
    assert document is not None
    found = list(paths(document.data))

    assert len(found) > 300
    for path in found:
        address = Address(path)
        assert Address.parse(str(address)) == address
        if isinstance(path[-1], str):
            assert source.slice(document.span(address, "key")).strip("\"'") == path[-1]
