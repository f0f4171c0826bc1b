"""`fmt` moves lines and nothing else: over all topologies that we have, and thousands of broken and odd ones."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from kmtopo.editing import in_form
from kmtopo.source import Source
from kmtopo.syntax import parse
from kmtopo.trace import TRACE
from topologies import DATA, ROOT, built

PATHS = [
    ROOT / "topology.yaml",
    *sorted((ROOT / "examples").glob("*/*.yaml")),
    *sorted(DATA.glob("*.yaml")),
    *sorted((DATA / "faults").glob("*.yaml")),
]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PATHS}
ROUNDS = 60
ODDITIES = [
    "# a comment",
    "",
    "x-text: |",
    "x-kept: |+",
    "x-folded: >-",
    "purpose: |2",
    "image: &anchor a",
    "title: *anchor",
    "<<: *anchor",
    "why: because",
    "? type",
    "- why: so",
    "- # alone",
    "type:",
    "\ttype: a",
    "volumes: {a: {size: 1GiB,",
    "path: /a}}",
    '"title": "two',
    'lines"',
    "...",
    "---",
    "tenants: []",
    "env: {b: 1, a: 2} # c",
]


def read(text: str) -> object:
    """What a text says; None where the parser has anything against it."""
    document, found = parse(Source("topology.yaml", text))
    return None if document is None or found else document.data


def lines(text: str) -> Counter[str]:
    """The lines of a text, whatever their order, and wherever the dash of an item stands."""
    return Counter(re.sub(r"^[ -]+", lambda head: head[0].replace("-", " "), line) for line in text.splitlines())


def assert_is_formed(text: str) -> str:
    made = in_form(Source("topology.yaml", text))
    assert in_form(Source("topology.yaml", made)) == made
    assert repr(ordered(read(made))) == repr(ordered(read(text)))
    assert lines(made) == lines(text)
    return made


def ordered(data: object) -> object:
    if isinstance(data, dict):
        return {key: ordered(data[key]) for key in sorted(data)}
    return [ordered(item) for item in data] if isinstance(data, list) else data


@pytest.mark.parametrize("path", [path for path, text in TEXTS.items() if read(text) is not None])
def test_a_topology_in_form_says_the_same_in_the_same_lines(path: str) -> None:
    assert_is_formed(TEXTS[path])


@pytest.mark.parametrize("path", TEXTS)
def test_whatever_a_text_has_become_it_keeps_its_lines_and_its_meaning(path: str) -> None:
    dice = random.Random(path)
    formed = 0
    for _ in range(ROUNDS):
        text = mutated(dice, TEXTS[path])
        if read(text) is None:
            with pytest.raises(ValueError, match=r"topology\.yaml"):
                in_form(Source("topology.yaml", text))
        else:
            assert_is_formed(text)
            formed += 1
    assert formed or read(TEXTS[path]) is None


def mutated(dice: random.Random, text: str) -> str:
    """A text with up to three lines lost, moved, indented, or joined by odd ones; the last may have no end."""
    changed = text.split("\n")
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(changed))
        kind = dice.randrange(5)
        line = changed[at]
        indent = " " * dice.choice([0, 2, 4, 6, len(line) - len(line.lstrip())])
        if kind == 0:
            changed[at:at] = [indent + dice.choice(ODDITIES)]
        elif kind == 1:
            changed.insert(dice.randrange(len(changed)), changed.pop(at))
        elif kind == 2:
            changed[at] = indent + line.lstrip()
        elif kind == 3:
            changed[at:at] = [f"{indent}# a comment of {at}", ""]
        else:
            del changed[at]
    return "\n".join(changed or [""]).removesuffix(dice.choice(["", "\n"]))


@pytest.mark.parametrize(
    "path", [f"tests/data/topologies/{name}.yaml" for name in ("kmmotos", "saas-dos-vps", "sitio")]
)
def test_a_topology_in_form_builds_the_same_files(path: str) -> None:
    text = TEXTS[path]
    made = assert_is_formed(text)

    assert made != text
    assert built_files(made) == built_files(text)


def built_files(text: str) -> dict[str, bytes]:
    """What a build writes, less the traces, which tell lines."""
    build = built(text)
    assert build.ok
    return {
        f"{name}/{artifact.path}": artifact.content
        for name, artifacts in build.artifacts.items()
        for _, artifact in artifacts
        if artifact.path != TRACE
    }
