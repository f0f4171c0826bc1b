"""What the compiler writes of many topologies says what their graphs say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo import pipeline
from kmtopo.pipeline import Build, Request
from kmtopo.reading import read
from kmtopo.testing import SAMPLES
from kmtopo.verify import Finding, verify
from topologies import DATA, KMMOTOS, ROOT, UNDRAWN, built

EXAMPLES = sorted(path.parent for path in ROOT.glob("examples/*/topology.yaml"))
OTHERS = ("agencia-wordpress", "clinicas-tres-vps", "leaflet", "saas-dos-vps", "sitio")
# What KMMotos becomes by a few words.
VARIANTS: dict[str, dict[str, str]] = {
    "a tenant of its own": {"km-cars: {title: KM Cars,": "km-cars: {title: KM Cars, placement: dedicated,"},
    "another flavor": {"flavor: stancl": "flavor: spatie"},
    "a schema for each": {"flavor: stancl": "flavor: custom", "{postgres: database": "{postgres: schema"},
    "secrets by sops": {"tls: acme}": "tls: acme, secrets: sops}"},
    "secrets in variables": {"tls: acme}": "tls: acme, secrets: env}"},
    "TLS elsewhere": {"tls: acme}": "tls: {mode: external, trusted: [10.1.0.0/16]}}"},
    "TLS by files": {"tls: acme}": "tls: {mode: files, certificate: /etc/tls/a.pem, key: /etc/tls/a.key}}"},
    "limits and domains": {
        "km-cars: {title: KM Cars,": "km-cars: {title: KM Cars, domain: [a.hn, b.hn], limits: {body: 3MiB},"
    },
    "more routes": {
        "/sanctum: backend": "/sanctum: {to: backend, timeout: 90s}\n      /ws/x: {to: frontend, websocket: true, body: 3MiB}"
    },
    "values of all kinds": {
        "APP_LOCALE: es": """APP_LOCALE: es, MIX: "a-${secrets.other}-b${env:X}", Y: "${env:Y}", Z: "it's $HOME #x" """
    },
}


def varied(changes: dict[str, str]) -> str:
    text = KMMOTOS
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


def found(build: Build) -> list[Finding]:
    """What verification has to say of all environments."""
    assert build.artifacts
    return [
        finding
        for name, artifacts in build.artifacts.items()
        for finding in verify({str(a.path): a.content for _, a in artifacts}, build.deployments[name], None)
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_it_is_silent_on_every_example(example: Path) -> None:
    request = Request(generators=UNDRAWN)

    build = pipeline.run(pipeline.BUILDING, pipeline.start(read(example / "topology.yaml"), request))

    assert found(build) == []


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_silent_on_other_systems(name: str) -> None:
    build = built((DATA / f"{name}.yaml").read_text(encoding="utf-8"), generators=UNDRAWN)

    assert found(build) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_silent_on_the_samples_of_the_kit(name: str) -> None:
    build = built(SAMPLES[name], generators=UNDRAWN)

    assert found(build) == []


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_silent_on_variants_of_kmmotos(name: str) -> None:
    build = built(varied(VARIANTS[name]), generators=UNDRAWN)

    assert found(build) == []
