"""JSON for programs: a shape that stays, in any language."""

from __future__ import annotations

import json

from kmtopo.addresses import Address
from kmtopo.diagnostics import Label, Suggestion, diagnose
from kmtopo.report import render_json
from kmtopo.source import Source


def test_a_finding_has_all_that_a_program_needs() -> None:
    source = Source("topology.yaml", "título: 1\ntítulo: 2\n")
    diagnostic = diagnose(
        "KM103",
        source.span(10, 16),
        also=[Label(span=source.span(0, 6), text="first"), Label(address=Address.of("nowhere"))],
        subject=Address.of("containers", "backend"),
        suggestion=Suggestion("title", safe=True),
        key="título",
    )

    assert (
        render_json([diagnostic], {"topology.yaml": source}, "es")
        == """\
{
  "version": 1,
  "diagnostics": [
    {
      "code": "KM103",
      "name": "key-duplicate",
      "severity": "error",
      "message": "la clave `título` aparece aquí por segunda vez",
      "help": "quédate con una de las dos, o dale otro nombre a esta",
      "subject": "containers.backend",
      "place": {
        "file": "topology.yaml",
        "start": {
          "line": 2,
          "column": 1
        },
        "end": {
          "line": 2,
          "column": 7
        },
        "text": "título",
        "message": null
      },
      "related": [
        {
          "file": "topology.yaml",
          "start": {
            "line": 1,
            "column": 1
          },
          "end": {
            "line": 1,
            "column": 7
          },
          "text": "título",
          "message": "la primera está aquí"
        }
      ],
      "suggestion": {
        "replacement": "title",
        "safe": true
      }
    }
  ],
  "summary": {
    "errors": 1,
    "warnings": 0,
    "infos": 0
  }
}
"""
    )


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render_json([], {}, "en")) == {
        "version": 1,
        "diagnostics": [],
        "summary": {"errors": 0, "warnings": 0, "infos": 0},
    }


def test_what_is_not_known_is_null() -> None:
    (found,) = json.loads(render_json([diagnose("KM115", name="x", help="suggest")], {}, "en"))["diagnostics"]

    assert found["place"] is None
    assert found["subject"] is None
    assert found["suggestion"] is None
    assert found["related"] == []


def test_the_language_changes_words_and_nothing_else() -> None:
    diagnostic = diagnose("KM102")
    english, spanish = (json.loads(render_json([diagnostic], {}, language)) for language in ("en", "es"))

    for report in (english, spanish):
        del report["diagnostics"][0]["message"], report["diagnostics"][0]["help"]
    assert english == spanish
