"""The door for generators: what they ask a graph is what an architect is answered."""

from __future__ import annotations

import subprocess
import sys

from kmtopo.plugin import answers
from topologies import KMMOTOS, checked


def test_a_generator_asks_what_an_architect_asks() -> None:
    build = checked(KMMOTOS)
    asked = answers(build.graphs["produccion"])

    assert asked == build.environment("produccion")
    assert [point.name for point in asked.weak_points()] == ["nginx", "postgres"]
    assert asked.impact("redis").down == ("backend", "cola", "programador", "redis")
    assert asked.matrix().between("internet", "postgres") == "unreachable"


def test_a_picture_of_one_environment_knows_what_its_machine_carries_besides() -> None:
    graphs = checked(KMMOTOS).graphs

    loads = {name: answers(graph).capacity() for name, graph in graphs.items()}

    assert {name: list(found) for name, found in loads.items()} == {
        "desarrollo": ["local"],
        "produccion": ["principal"],
        "pruebas": ["principal"],
    }
    assert loads["produccion"] == loads["pruebas"]
    assert loads["produccion"]["principal"].memory == 23552 * 2**20


def test_the_answers_are_imported_when_they_are_asked_for() -> None:
    imported = "import sys, kmtopo.plugin; print([m for m in sys.modules if m in ('networkx', 'kmtopo.graph.answers')])"

    found = subprocess.run([sys.executable, "-c", imported], capture_output=True, text=True, check=True).stdout

    assert found == "[]\n"
