"""Two independent mistakes give what each gives alone, and the order of keys gives nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest
import yaml

from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.testing import tree_of
from topologies import KMMOTOS, UNDRAWN, built, checked

PAIRS, PLACES = 60, 120

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
}


def broken(*names: str) -> str:
    text = KMMOTOS
    for name in names:
        right, wrong = MISTAKES[name]
        assert text.count(right) == 1, name
        text = text.replace(right, wrong)
    return text


def errors(text: str) -> list[tuple[Any, ...]]:
    """What is said, where (but not in which column: another mistake may stand before it on the line), and about what."""
    return sorted(map(essence, (d for d in checked(text).diagnostics if d.severity is Severity.ERROR)))


def essence(diagnostic: Diagnostic) -> tuple[Any, ...]:
    assert diagnostic.primary is not None
    assert diagnostic.primary.span is not None
    return (diagnostic.code, diagnostic.primary.span.start.line, sorted(diagnostic.values.items()))


@pytest.fixture(scope="module")
def alone() -> dict[str, list[tuple[Any, ...]]]:
    return {name: errors(broken(name)) for name in MISTAKES}


def test_each_mistake_is_one_error(alone: dict[str, list[tuple[Any, ...]]]) -> None:
    assert {name: found for name, found in alone.items() if len(found) != 1} == {}


def test_two_mistakes_give_exactly_what_each_gives_alone(alone: dict[str, list[tuple[Any, ...]]]) -> None:
    pairs = random.Random(20261124).sample(list(combinations(MISTAKES, 2)), PAIRS)

    for one, other in pairs:
        assert errors(broken(one, other)) == sorted([*alone[one], *alone[other]]), f"{one} and {other}"


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
