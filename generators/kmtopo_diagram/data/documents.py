"""The plain data as a file: JSON for scripts, GraphML for programs that draw and analyse graphs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from kmtopo.plugin import Graph
from kmtopo_diagram.data import Facts, relations, things

FORMAT = 1
ENDINGS = {"json": "json", "graphml": "graphml"}


def written(graph: Graph, format: str) -> str:
    """Writes the graph of an environment in a format of ``ENDINGS``."""
    return _json(graph) if format == "json" else _graphml(graph)


def _json(graph: Graph) -> str:
    deployment = graph.deployment
    document = {
        "format": FORMAT,
        "project": {"name": deployment.project.name, "title": deployment.project.title},
        "environment": {
            "name": deployment.environment.name,
            "title": deployment.environment.title,
            "stage": deployment.environment.stage,
        },
        "nodes": list(things(graph)),
        "edges": list(relations(graph)),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, default=_number) + "\n"


def _number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


def _graphml(graph: Graph) -> str:
    import networkx

    drawn: Any = networkx.MultiDiGraph(name=graph.deployment.project.title)
    for thing in things(graph):
        drawn.add_node(thing["id"], **_flat(thing, "id"))
    for relation in relations(graph):
        drawn.add_edge(relation["source"], relation["target"], **_flat(relation, "source", "target"))
    return "\n".join(networkx.generate_graphml(drawn)) + "\n"


def _flat(facts: Facts, *but: str) -> dict[str, Any]:
    """GraphML knows no lists, one type for each name, and no controls."""
    return {key: _plain(value) for key, value in facts.items() if key not in but}


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return float(value)
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return "".join(letter if letter.isprintable() else " " for letter in text)
