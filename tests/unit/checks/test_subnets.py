"""Ranges that meet: each mistake once, however many machines and environments it is found in."""

from __future__ import annotations

import pytest

from topologies import KMMOTOS, checked, told

COMANDO, SEGURIDAD = "  comando: {title", "  seguridad: {title"


def places(comando: str, seguridad: str) -> list[tuple[str, int]]:
    """The codes and lines that KMMotos with these ranges is told; its networks stand in lines 23 and 24."""
    text = KMMOTOS.replace(COMANDO, f"  comando: {{{comando}title").replace(
        SEGURIDAD, f"  seguridad: {{{seguridad}title"
    )
    lines = text.splitlines()
    assert (lines[22].lstrip()[:7], lines[23].lstrip()[:9]) == ("comando", "seguridad")
    return [(code, line) for code, line, _ in told(checked(text)) if code == "KM507"]


@pytest.mark.parametrize(
    ("comando", "seguridad", "found"),
    [
        ("", "", []),
        # Two environments share a machine: one written range is one mistake there.
        ("subnet: 10.70.0.0/24, ", "", [("KM507", 23)]),
        ("subnet: 10.70.0.0/24, ", "subnet: 10.71.0.0/24, ", [("KM507", 23), ("KM507", 24)]),
        # They also meet each other, on both machines: that is one mistake more, and not two.
        ("subnet: 10.70.0.0/24, ", "subnet: 10.70.0.128/25, ", [("KM507", 23), ("KM507", 24)]),
    ],
)
def test_a_mistake_is_told_once(comando: str, seguridad: str, found: list[tuple[str, int]]) -> None:
    assert places(comando, seguridad) == found


def test_what_the_lock_gave_is_each_environments_own() -> None:
    text = KMMOTOS.replace(COMANDO, "  comando: {subnet: 10.64.0.0/22, title")
    lock = "kmtopo-lock: 1\nsubnets:\n  produccion.seguridad: 10.64.1.0/24\n  pruebas.seguridad: 10.64.2.0/24\n"

    found = [d for d in checked(text, lock).diagnostics if d.code == "KM507"]

    assert [d.values["key"] for d in found] == ["", "produccion.seguridad", "pruebas.seguridad"]
