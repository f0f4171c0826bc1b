"""Safe fixes: only what can be nothing else, each where it stands, none over another."""

from __future__ import annotations

import pytest

from kmtopo.diagnostics import Suggestion, diagnose
from kmtopo.editing import fixed, safe_edits
from kmtopo.source import Source
from topologies import checked

SHELL = """\
kmtopo: 1
name: shop
vps: {{main: {{}}}}
networks: {{inner: {{}}, outer: {{internal: false}}}}
containers:
  web: {{type: generic, image: "shop/web:1.0.0", networks: [inner], {}}}
environments:
  production: {{}}
"""


def edits_of(text: str) -> list[tuple[str, str]]:
    build = checked(text)
    return [(edit.before, edit.after) for edit in safe_edits(build.diagnostics, {"topology.yaml": build.source})]


@pytest.mark.parametrize(
    ("written", "edits"),
    [
        ("replicass: 2", [("replicass", "replicas")]),
        ('"replicass": 2', [('"replicass"', "replicas")]),
        ("resources: {memory: 512m}", [("512m", "512MiB")]),
        ("resources: {memory: 512M}", [("512M", "512MiB")]),
        ("resources: {memory: 1gib}", [("1gib", "1GiB")]),
        ("resources: {memory: '512 mib'}", [("'512 mib'", "512MiB")]),
        ("resources: {cpu: 500m, memory: 1g}", [("500m", "0.5"), ("1g", "1GiB")]),
        ('resources: {cpu: "0.5"}', [('"0.5"', "0.5")]),
        ("once: yes", [("yes", "true")]),
        ("once: 'Off'", [("'Off'", "false")]),
        ("routes: {/: {to: web, rate: 20r/s}}", [("20r/s", "20/s")]),
        # a decimal unit may be meant, a unit is missing, or the word of a slip stands there already
        ("resources: {memory: 512MB}", []),
        ("routes: {/: {to: web, rate: 20}}", []),
        ("routes: {/: {to: web, timeout: 30}}", []),
        ("replicass: 2, replicas: 1", []),
        # far from any key, or near to several
        ("imagery_of_it: a", []),
        ("pu: a", []),
        # another item, another right: never
        ("uses: [wob]", []),
        ("networks: [iner]", []),
        ("process: que", []),
        # through an alias: what it stands for is written elsewhere
        ("resources: {memory: &m 512m, cpu: 1}, volumes: {data: {path: /a, size: *m}}", [("512m", "512MiB")]),
    ],
)
def test_only_what_can_be_nothing_else_is_mended(written: str, edits: list[tuple[str, str]]) -> None:
    assert edits_of(SHELL.format(written)) == edits


@pytest.mark.parametrize("word", ["networcks", "conatiners", "environmets"])
def test_a_noun_and_an_environments_key_are_mended(word: str) -> None:
    right = {"n": "networks", "c": "containers", "e": "environments"}[word[0]]

    assert edits_of(SHELL.format("replicas: 1").replace(right + ":", word + ":", 1)) == [(word, right)]


def test_edits_leave_everything_between_them() -> None:
    source = Source("a.yaml", "uno: yes\r\ndós: no 🏍\r\n")
    first, second = source.span(5, 8), source.span(15, 17)
    edits = safe_edits(
        [
            diagnose("KM206", second, value="no", suggestion=Suggestion("false", safe=True)),
            diagnose("KM206", first, value="yes", suggestion=Suggestion("true", safe=True)),
            diagnose("KM206", first, value="yes", suggestion=Suggestion("true", safe=True)),
            diagnose("KM206", source.span(0, 8), value="uno: yes", suggestion=Suggestion("x", safe=True)),
        ],
        {"a.yaml": source},
    )

    assert [edit.after for edit in edits] == ["x", "false"]
    assert fixed(source, edits) == "x\r\ndós: false 🏍\r\n"
    assert fixed(source, edits[1:]) == "uno: yes\r\ndós: false 🏍\r\n"
    assert fixed(Source("b.yaml", "other"), edits) == "other"
