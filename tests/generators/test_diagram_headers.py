"""A machine's header among lines: it keeps clear of them, or has grounds of its own, and is never cut for their sake."""

from __future__ import annotations

import pytest

from kmtopo.plugin import Address, Box, Point
from kmtopo_diagram.critique.lint import lint
from kmtopo_diagram.critique.scene import scene
from kmtopo_diagram.deployment.machines import machine_frame, machine_words
from kmtopo_diagram.deployment.picture import VpsBox
from kmtopo_diagram.ink.svg import Drawing, group, path, written
from kmtopo_diagram.layout.geometry import straight
from kmtopo_diagram.signs.strokes import curve

FRAME = Box(16, 40, 588, 160)


def header(title: str, *xs: float, cost: str = "USD 80-120 / mes", ip: str = "203.0.113.11") -> str:
    """The picture of a machine whose header lines cross at these places."""
    machine = VpsBox("vps", Address.of("vps", "vps"), title, "Debian 12", ip, cost, (), ())
    lines: list[tuple[Point, ...]] = [straight((x, 20), (x, 180)) for x in xs]
    elements = [
        machine_frame(machine, FRAME),
        *(
            group([path(curve(line), stroke="edge")], kind="edge", **{"from": f"a{x:.0f}", "to": "b"})
            for line, x in zip(lines, xs, strict=True)
        ),
        machine_words(machine, FRAME, lines),
    ]
    return written(Drawing("picture", 620, 240, "en", "title", "description", elements), "light")


def said(svg: str) -> list[str]:
    return [text.content for text in scene(svg).texts]


@pytest.mark.parametrize(
    "xs",
    [
        (),
        (60.0,),
        (60.0, 120.0, 180.0),
        (60.0, 90.0, 120.0, 250.0, 380.0, 500.0),
        tuple(float(x) for x in range(24, 600, 12)),
    ],
    ids=["free", "one line", "three", "six", "everywhere"],
)
@pytest.mark.parametrize("title", ["Ñandú, pingüino y camión", "サービス管理", "数据分析与报告生成平台", "vps"])
@pytest.mark.parametrize(("cost", "ip"), [("USD 80-120 / mes", "203.0.113.11"), ("", "10.0.0.1"), ("", "")])
def test_whatever_crosses_a_header_its_words_are_whole_and_legible(title, xs, cost, ip) -> None:
    svg = header(title, *xs, cost=cost, ip=ip)

    assert lint(svg) == ()
    assert said(svg) == [each for each in (title, "Debian 12", cost, ip) if each]


def test_where_lines_leave_room_nothing_lies_over_them() -> None:
    free, beside = header("vps"), header("vps", 300.0)

    assert beside.count("<rect") == free.count("<rect")
