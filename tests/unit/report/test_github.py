"""Annotations for GitHub: one line for each finding, nothing in it that GitHub would read as its own."""

from __future__ import annotations

import pytest

from kmtopo.diagnostics import diagnose
from kmtopo.report import render_github
from kmtopo.source import Source

SOURCE = Source("a,b:c.yaml", "título: 1\ntítulo: 2\n")


def test_a_finding_is_a_command_with_its_place() -> None:
    found = diagnose("KM103", Source("topology.yaml", SOURCE.text).span(10, 16), key="título")

    assert render_github([found], "es", "") == (
        "::error file=topology.yaml,line=2,endLine=2,col=1,endColumn=7,title=KM103 key-duplicate::"
        "la clave `título` aparece aquí por segunda vez%0A"
        "ayuda: quédate con una de las dos, o dale otro nombre a esta\n"
    )


def test_what_means_something_to_github_is_escaped() -> None:
    found = diagnose("KM103", SOURCE.span(0, 6), key="100%: a,b")

    assert render_github([found], "en", "50%") == (
        "::error file=50%25/a%2Cb%3Ac.yaml,line=1,endLine=1,col=1,endColumn=7,title=KM103 key-duplicate::"
        "the key `100%25: a,b` stands here a second time%0A"
        "help: keep one of the two, or give this one another name\n"
    )


@pytest.mark.parametrize(("code", "command"), [("KM103", "error"), ("KM516", "warning"), ("KM502", "notice")])
def test_a_severity_is_a_command_and_no_place_is_no_property(code: str, command: str) -> None:
    line = render_github([diagnose(code)], "en", "")

    assert line.startswith(f"::{command} title={code} ")
    assert "\n" not in line.removesuffix("\n")


def test_a_place_of_several_lines_has_no_columns() -> None:
    assert ",line=1,endLine=2,title=" in render_github([diagnose("KM103", SOURCE.span(0, 12), key="a")], "en", "")
