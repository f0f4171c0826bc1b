"""Patches of YAML and JSON: what they change, and that they change nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtopo.addresses import Address, Step
from kmtopo.patching.patch import Patch, Refused
from kmtopo.patching.route import with_value, without
from kmtopo.patching.splice import marked, spliced
from kmtopo.patching.tree import change
from kmtopo.source import Source
from kmtopo.syntax import parse
from kmtopo.syntax.emit import emit

FILE = """\
# Generated
name: shop
services:

  # from containers.web
  web:
    image: shop/web:1.0.0  # pinned
    ports:
      - "80:80"
      - target: 443
        mode: host
    labels: {a: 1, b: [x, y]}
    entrypoint: |
      exec web
      # not a comment

  # from containers.db
  db:
    image: postgres:17.2
# the end
"""
AT, ELSE = Address.of("patches", 0), Address.of("environments", "live")


def patch(path: str, value: Any = None, *, key: str = "set") -> Patch:
    return Patch(AT, "live/main/compose.yaml", key, Address.parse(path), value)


def changed(text: str, wanted: Patch, name: str = "live/main/compose.yaml") -> str:
    return spliced(text, change(text, wanted, name))


def lines_changed(wanted: Patch) -> tuple[str, str]:
    """The lines that go, and those that come in their place, with marks."""
    made = marked(FILE, change(FILE, wanted, "live/main/compose.yaml"), AT, ELSE)
    before, after = FILE.splitlines(keepends=True), made.splitlines(keepends=True)
    start = next(i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    end = next(i for i, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b)
    end = min(end, len(before) - start, len(after) - start)
    return "".join(before[start : len(before) - end]), "".join(after[start : len(after) - end])


@pytest.mark.parametrize(
    ("wanted", "before", "after"),
    [
        (
            patch("services.web.image", "shop/web:2.0.0"),
            "    image: shop/web:1.0.0  # pinned\n",
            "    # from patches[0]\n    image: shop/web:2.0.0  # pinned\n    # from containers.web\n",
        ),
        (patch("services.web.init", True), "", "    # from patches[0]\n    init: true\n\n"),
        (
            patch("services.web.labels.c", "z"),
            "    labels: {a: 1, b: [x, y]}\n",
            "    # from patches[0]\n    labels: {a: 1, b: [x, y], c: z}\n    # from containers.web\n",
        ),
        (
            patch("services.web.ports[1]", key="delete"),
            "      - target: 443\n        mode: host\n",
            "      # from patches[0]\n    # from containers.web\n",
        ),
        (
            patch("services.web.ports[1].target", key="delete"),
            "      - target: 443\n        mode: host\n",
            "      # from patches[0]\n      - mode: host\n    # from containers.web\n",
        ),
        (
            patch("services.db.deploy", {"resources": {"limits": {"cpus": "1"}}}),
            "",
            '    # from patches[0]\n    deploy:\n      resources:\n        limits: {cpus: "1"}\n# from containers.db\n',
        ),
        (patch("name", "store"), "name: shop\n", "# from patches[0]\nname: store\n# from environments.live\n"),
    ],
)
def test_a_patch_changes_its_lines_and_marks_them(wanted: Patch, before: str, after: str) -> None:
    gone, come = lines_changed(wanted)

    assert gone.strip("\n") == before.strip("\n")
    assert come.strip("\n") == after.strip("\n")


@pytest.mark.parametrize(
    ("path", "key", "help_", "told"),
    [
        ("services.wbe.image", "set", "suggest", {"right": "services.web.image"}),
        ("services.web.image.tag", "set", "scalar", {"above": "services.web.image"}),
        ("services.web.ports[3]", "set", "index", {"above": "services.web.ports", "count": "2"}),
        ("services.web.ports.a", "set", "index", {"above": "services.web.ports"}),
        ("services.db.nothing", "delete", "", {"known": "image"}),
        ("volumes.x.name", "set", "", {"above": "live/main/compose.yaml", "known": "name, services"}),
    ],
)
def test_a_path_that_leads_nowhere_says_where_it_ends(path: str, key: str, help_: str, told: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        changed(FILE, patch(path, 1, key=key))

    found = refused.value.found
    assert (found.code, found.help) == ("KM642", help_)
    assert told.items() <= dict(found.values).items()


def test_the_last_entry_leaves_an_empty_mapping() -> None:
    assert changed("a:\n  b:\n    c: 1\nd: 2\n", patch("a.b.c", key="delete")) == "a:\n  b: {}\nd: 2\n"
    assert changed("a: 1\n", patch("a", key="delete")) == "{}\n"


def test_json_is_changed_in_its_own_manner() -> None:
    text = '{\n  "a": {\n    "b": 1\n  },\n  "c": [1, 2]\n}\n'

    assert changed(text, patch("a.d", {"e": "ñ"}), "x.json") == text.replace(
        '"b": 1', '"b": 1,\n    "d": {"e": "\\u00f1"}'
    )
    assert changed(text, patch("c[0]", key="delete"), "x.json") == text.replace("[1, 2]", "[2]")


def test_what_is_written_once_for_several_places_is_not_changed_for_all() -> None:
    with pytest.raises(Refused) as refused:
        changed("a: &x {b: 1}\nc: *x\n", patch("c.b", 2))

    assert (refused.value.found.code, refused.value.found.help) == ("KM644", "shared")


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(st.text(min_size=1, max_size=6), values, min_size=1, max_size=4)


def paths(data: Any, above: tuple[Step, ...] = ()) -> list[tuple[Step, ...]]:
    """All paths of a document."""
    steps = list(data) if isinstance(data, dict) else list(range(len(data))) if isinstance(data, list) else []
    return [path for step in steps for path in ((*above, step), *paths(data[step], (*above, step)))]


@given(documents, values, st.data())
def test_any_part_of_any_file_can_be_set_and_deleted(data: dict[str, Any], value: Any, draw: st.DataObject) -> None:
    path = draw.draw(st.sampled_from(paths(data)))
    text = emit(data)

    for key in ("set", "delete"):
        wanted = Patch(AT, "f.yaml", key, Address(path), value if key == "set" else None)
        splice = change(text, wanted, "f.yaml")
        made, found = parse(Source("f.yaml", marked(text, splice, AT, ELSE)))

        assert made is not None
        assert not found
        expected = with_value(data, path, value) if key == "set" else without(data, path)
        assert made.data == expected
