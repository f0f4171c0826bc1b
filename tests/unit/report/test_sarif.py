"""SARIF 2.1.0: the shape that code scanning reads."""

from __future__ import annotations

import json
from typing import Any

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, Suggestion, diagnose
from kmtopo.report import render_sarif
from kmtopo.source import Source

SOURCE = Source("topology.yaml", "título: 1\n🏍 = título: 2\n")


def found(key: str = "título") -> Diagnostic:
    return diagnose(
        "KM103",
        SOURCE.span(14, 20),
        also=[Label(span=SOURCE.span(0, 6), text="first"), Label(address=Address.of("nowhere"))],
        subject=Address.of("containers", "backend"),
        suggestion=Suggestion("title", safe=True),
        key=key,
    )


def run_of(*diagnostics: Diagnostic, language: str = "en", folder: str = "") -> dict[str, Any]:
    log = json.loads(render_sarif(diagnostics, {"topology.yaml": SOURCE}, language, folder, "1.2.3"))
    run: dict[str, Any] = log["runs"][0]
    return run


def result_of(diagnostic: Diagnostic, **options: str) -> dict[str, Any]:
    result: dict[str, Any] = run_of(diagnostic, **options)["results"][0]
    return result


def test_a_finding_has_all_that_code_scanning_shows() -> None:
    file = {"uri": "deploy/topology.yaml", "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 11}

    assert result_of(found(), language="es", folder="deploy") == {
        "ruleId": "KM103",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "la clave `título` aparece aquí por segunda vez\n"
            "ayuda: quédate con una de las dos, o dale otro nombre a esta"
        },
        "locations": [
            {
                "physicalLocation": {"artifactLocation": file, "region": {**region, "snippet": {"text": "título"}}},
                "logicalLocations": [{"fullyQualifiedName": "containers.backend"}],
            }
        ],
        "partialFingerprints": {"kmtopoFinding/v1": "4de1a5b3dd23976d4c39a16a7d7d9696"},
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": {
                        "startLine": 1,
                        "startColumn": 1,
                        "endLine": 1,
                        "endColumn": 7,
                        "snippet": {"text": "título"},
                    },
                },
                "message": {"text": "la primera está aquí"},
            }
        ],
        "fixes": [
            {
                "description": {"text": "quédate con una de las dos, o dale otro nombre a esta"},
                "artifactChanges": [
                    {
                        "artifactLocation": file,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "title"}}],
                    }
                ],
            }
        ],
    }


def test_a_log_says_what_made_it_how_it_counts_and_what_its_rules_are() -> None:
    log = json.loads(render_sarif([diagnose("KM516", image="a"), found()], {}, "en", "", "1.2.3"))
    run = log["runs"][0]
    driver = run["tool"]["driver"]

    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    assert run["columnKind"] == "unicodeCodePoints"
    assert (driver["name"], driver["version"], driver["language"]) == ("kmtopo", "1.2.3", "en")
    assert [(r["id"], r["name"], r["defaultConfiguration"]["level"]) for r in driver["rules"]] == [
        ("KM103", "key-duplicate", "error"),
        ("KM516", "image-unpinned", "warning"),
    ]
    assert driver["rules"][0]["shortDescription"]["text"] == "The same key stands twice in one mapping."
    assert driver["rules"][0]["help"]["markdown"].startswith("# KM103: key-duplicate\n")
    assert [(r["ruleId"], r["ruleIndex"]) for r in run["results"]] == [("KM516", 1), ("KM103", 0)]


def test_a_fingerprint_holds_while_lines_move_and_in_any_language() -> None:
    prints = [
        result["partialFingerprints"]["kmtopoFinding/v1"]
        for result in (
            result_of(found()),
            result_of(found(), language="es"),
            result_of(diagnose("KM103", SOURCE.span(0, 6), subject=Address.of("containers", "backend"), key="título")),
            result_of(found(key="other")),
        )
    ]

    assert len(set(prints[:3])) == 1
    assert prints[3] not in prints[:3]


def test_braces_and_links_of_a_message_are_only_text() -> None:
    assert result_of(found(key="{0} [a](b)"))["message"]["text"].startswith("the key `{{0}} [a\\](b)` stands")


def test_a_finding_without_a_place_has_none() -> None:
    result = result_of(diagnose("KM103", key="a"))

    assert (result["locations"], "fixes" in result, "relatedLocations" in result) == ([], False, False)


def test_a_path_is_a_uri() -> None:
    source = Source("año #1.yaml", "a: 1")
    location = result_of(diagnose("KM103", source.span(0, 1), key="a"))["locations"][0]

    assert location["physicalLocation"]["artifactLocation"]["uri"] == "a%C3%B1o%20%231.yaml"
