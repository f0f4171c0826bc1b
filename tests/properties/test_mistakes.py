"""Two independent mistakes give what each gives alone, and the order of keys gives nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from copy import deepcopy
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import pytest
import yaml

from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.testing import tree_of
from topologies import DATA, KMMOTOS, UNDRAWN, built, checked

PAIRS, PLACES = int(os.environ.get("KMTOPO_PAIRS", "120")), 120
# Unreadable YAML ends a run early.
UNREADABLE = ("tab-indent",)
# Whether it is too much, or a host taken, depends on what cannot be read.
DEPENDENT = [{"bad scale", "memory-over-capacity"}, {"bad pattern of hosts", "another company's host"}]

# One-line edits, each a mistake by itself: what stands in KMMotos and what is written instead.
MISTAKES = {
    "unknown key of a machine": ("    os: Debian 12", "    oss: Debian 12"),
    "size in another unit": ("disk: 480GiB}", "disk: 480GB}"),
    "unknown network": ("    networks: [comunicaciones]\n    publish", "    networks: [comunicacion]\n    publish"),
    "port twice": ("    publish: [80, 443]", '    publish: [80, 443, "443:8443"]'),
    "misspelt key": ("    image: nginx:1.29.8-alpine", "    imagen: nginx:1.29.8-alpine"),
    "unknown target of a route": ("      /sanctum: backend", "      /sanctum: backendo"),
    "unknown callee": ("      migracion: {}", "      migracio: {}"),
    "bad process": ("    process: scheduler", "    process: programador"),
    "bad rule": ("  - deny: {from: internet,", "  - denies: {from: internet,"),
    "unknown zone": ("km-motos: {title: KM Motos, zone: norte}", "km-motos: {title: KM Motos, zone: nort}"),
    "bad domain": ("km-cars: {title: KM Cars, zone: norte}", "km-cars: {title: KM Cars, zone: norte, domain: a..hn}"),
    "yes for true": ("zone: centro, central: true,", "zone: centro, central: yes,"),
    "bad flavor": ("  flavor: stancl", "  flavor: stanc"),
    "bad tls": ("    tls: self-signed", "    tls: selfsigned"),
    "unknown company": ("    tenants: [central, km-motos]", "    tenants: [central, km-moto]"),
    "unknown policy member": ("[nginx, frontend], to: [postgres", "[nginx, frontent], to: [postgres"),
    "empty reason": ("why: Restricción del proyecto", 'why: ""'),
    "bad address": ("    address: 203.0.113.10", "    address: 203.0.113.300"),
    "bad pattern of hosts": ('  domain: "{tenant}.kmmotos.hn"', '  domain: "{tenant}..hn"'),
    "unknown stage": ("stage: production, vps: principal", "stage: produccion, vps: principal"),
    "unknown type": ("    type: static\n", "    type: statik\n"),
    "bad scale": ("memory: 0.25, disk: 0.25", "memory: 0.25x, disk: 0.25"),
    "bad project name": ("name: kmmotos", "name: KMMotos"),
    "credential in the file": ("    env: {APP_LOCALE: es}", "    env: {APP_LOCALE: es, API_TOKEN: abc123}"),
    "two schedulers": ("    process: scheduler\n", "    process: scheduler\n    replicas: 2\n"),
    "more cores than there are": ("    resources: {cpu: 1, memory: 4GiB}", "    resources: {cpu: 9, memory: 4GiB}"),
    "a store's volume for another": ("    volumes: {redis-datos: 2GiB}", "    volumes: {mongo-datos: 2GiB}"),
    "reference to nobody": (
        "    image: kmmotos/frontend:1.0.0\n",
        '    image: kmmotos/frontend:1.0.0\n    env: {OTHER: "${containers.nadie.host}"}\n',
    ),
    "size of a body": ("body: 20MiB", "body: 20M"),
    "no replicas": ("    replicas: 2\n", "    replicas: 0\n"),
    "another company's host": (
        "grupo-km-cars-hn: {title: Grupo KM Cars HN, zone: sur}",
        "grupo-km-cars-hn: {title: Grupo KM Cars HN, zone: sur, domain: all-in-one.kmmotos.hn}",
    ),
    "word of Compose": ("    title: Cola de trabajos\n", "    title: Cola de trabajos\n    depends_on: [redis]\n"),
    "health check of a path": (
        "    title: Frontend Vue.js\n",
        "    title: Frontend Vue.js\n    healthcheck: {http: up}\n",
    ),
    "lock of nobody": (
        "locale: es\n",
        "locale: es\nmoved: [{from: tenants.uno, to: tenants.dos, why: Se llama así}]\n",
    ),
}
# Each is an edit of lines of KMMotos: what stands there (from, to), and what is written instead.
Edit = tuple[int, int, tuple[str, ...]]
LINES = KMMOTOS.split("\n")


def edits(text: str) -> tuple[Edit, ...]:
    """What makes the text of KMMotos."""
    lines = text.split("\n")
    blocks = SequenceMatcher(None, LINES, lines, autojunk=False).get_opcodes()
    return tuple((a, b, tuple(lines[c:d])) for kind, a, b, c, d in blocks if kind != "equal")


def recipes() -> dict[str, tuple[Edit, ...]]:
    """All mistakes: those above, and those of the faulty files whose YAML can be read."""
    made = {}
    for name, (right, wrong) in MISTAKES.items():
        assert KMMOTOS.count(right) == 1, name
        made[name] = edits(KMMOTOS.replace(right, wrong))
    files = (path for path in (DATA / "faults").glob("*.yaml") if path.stem not in UNREADABLE)
    return made | {path.stem: edits(path.read_text(encoding="utf-8")) for path in sorted(files)}


def apart(one: str, other: str) -> bool:
    """Whether two mistakes stand on lines of their own, so that both can be made."""
    spans = [[(a, b) for a, b, _ in RECIPES[name]] for name in (one, other)]
    return all(b < c or d < a for a, b in spans[0] for c, d in spans[1])


def broken(*names: str) -> str:
    lines = list(LINES)
    for start, end, written in sorted((edit for name in names for edit in RECIPES[name]), reverse=True):
        lines[start:end] = written
    return "\n".join(lines)


def line_of(number: int, *others: str) -> int:
    """Which line of KMMotos, from 1, a line is in the end where other mistakes move it."""
    moved = sum(len(written) - (b - a) for name in others for a, b, written in RECIPES[name] if b < number)
    return number + moved


def errors(text: str) -> list[tuple[Any, ...]]:
    """What is said, where (but not in which column: another mistake may stand before it on the line), and about what."""
    return sorted(map(essence, (d for d in checked(text).diagnostics if d.severity is Severity.ERROR)))


def essence(diagnostic: Diagnostic) -> tuple[Any, ...]:
    assert diagnostic.primary is not None
    assert diagnostic.primary.span is not None
    # What is free to write instead, what forbids it, and what all adds up to, depends on what else is there.
    advice = ("policy", "right", "sum")
    values = sorted((name, value) for name, value in diagnostic.values.items() if name not in advice)
    return (diagnostic.code, diagnostic.primary.span.start.line, values)


RECIPES = recipes()


@pytest.fixture(scope="module")
def alone() -> dict[str, list[tuple[Any, ...]]]:
    return {name: errors(broken(name)) for name in RECIPES}


def test_each_mistake_is_one_error(alone: dict[str, list[tuple[Any, ...]]]) -> None:
    assert {name: found for name, found in alone.items() if len(found) != (5 if name == "five-at-once" else 1)} == {}


def test_two_mistakes_give_exactly_what_each_gives_alone(alone: dict[str, list[tuple[Any, ...]]]) -> None:
    possible = [pair for pair in combinations(RECIPES, 2) if apart(*pair) and set(pair) not in DEPENDENT]

    for one, other in random.Random(20261124).sample(possible, min(PAIRS, len(possible))):
        expected = [*moved(alone[one], other), *moved(alone[other], one)]
        assert errors(broken(one, other)) == sorted(expected), f"{one} and {other}"


def moved(found: list[tuple[Any, ...]], other: str) -> Iterator[tuple[Any, ...]]:
    """The findings on the lines where they are once another mistake is made, too."""
    return ((code, line_of(line, other), values) for code, line, values in found)


def shuffled(value: Any, dice: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], dice) for key in dice.sample(list(value), len(value))}
    return [shuffled(item, dice) for item in value] if isinstance(value, list) else value


def dumped(data: Any) -> str:
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return text


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_keys_changes_nothing(seed: int) -> None:
    mixed = built(dumped(shuffled(yaml.safe_load(KMMOTOS), random.Random(seed))), generators=UNDRAWN)
    plain = built(KMMOTOS, generators=UNDRAWN)

    assert mixed.ok
    assert mixed.lock == plain.lock
    assert without_trace(tree_of(mixed)) == without_trace(tree_of(plain))


def without_trace(files: dict[str, str]) -> dict[str, str]:
    """All files but the one that holds the topology's lines."""
    return {path: text for path, text in files.items() if not path.endswith("trace.json")}


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path of the data."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in entries:
        yield (*here, step)
        yield from places(inner, (*here, step))


def test_what_cannot_be_read_brings_no_finding_about_what_is_missing_then() -> None:
    data = yaml.safe_load(KMMOTOS)
    dice = random.Random(20261126)
    for *way, last in dice.sample(list(places(data)), PLACES):
        spoilt = deepcopy(data)
        item = spoilt
        for step in way:
            item = item[step]
        item[last] = dice.choice([[["x"]], "; } {", -5])
        codes = {d.code for d in checked(dumped(spoilt)).diagnostics if d.severity is Severity.ERROR}

        assert all(code < "KM300" for code in codes) or all(code >= "KM300" for code in codes), (*way, last)
