"""What a networks' view must show, counted in its pictures and in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.plugin import Graph
from kmtopo_diagram.critique.scene import scene
from kmtopo_diagram.subject.calls import pairs
from kmtopo_diagram.subject.dedicated import folded
from kmtopo_diagram.subject.words import words_for

Facts = Mapping[str, set[tuple[str, ...]]]


def miscounts(svgs: Iterable[str], graph: Graph) -> tuple[str, ...]:
    """Returns what the pictures of a view leave out, and what they add, all of them taken together."""
    expected, shown = _in_the_graph(graph), _in_the_pictures(svgs)
    return tuple(
        f"{kind}: {word} {' '.join(fact)}"
        for kind in expected
        for word, facts in (("missing", expected[kind] - shown[kind]), ("invented", shown[kind] - expected[kind]))
        for fact in sorted(facts)
    )


def _in_the_graph(graph: Graph) -> Facts:
    graph = folded(graph, words_for(graph.deployment.project.locale))
    containers = graph.deployment.containers
    calls = list(pairs(graph))
    return {
        "container": {(name,) for name in containers},
        "network": {(name,) for name in graph.deployment.networks if graph.members.get(name)}
        | {(call.network,) for call in calls if call.network},
        "attachment": {(member, network) for network, members in graph.members.items() for member in members},
        "call": {(call.source, call.target, call.network, str(call.optional)) for call in calls if call.network},
        "published port": {(c.name, f":{p.host_port}") for c in containers.values() for p in c.publications},
    }


def _in_the_pictures(svgs: Iterable[str]) -> Facts:
    marks = [mark for svg in svgs for mark in scene(svg).marks]
    lanes = [mark for mark in marks if mark.get("class") == "edge"]
    servers = {(mark["data-to"], mark["data-net"]) for mark in lanes if "data-net" in mark}
    pills = {
        (mark["data-node"], mark["data-net"]) for mark in marks if mark.get("class") == "pill" and "data-net" in mark
    }
    outside = {mark["data-node"] for mark in marks if mark.get("data-role") == "external"}
    visitors = {mark["data-node"] for mark in marks if mark.get("class") == "node" and "data-role" not in mark}
    return {
        "container": {(mark["data-node"],) for mark in marks if mark.get("data-role")},
        "network": {(mark["data-net"],) for mark in marks if mark.get("class") == "network" and "data-net" in mark},
        "attachment": {pill for pill in pills if pill[0] not in outside or pill not in servers},
        "call": {call for lane in lanes if "data-net" in lane for call in _calls(lane)},
        "published port": {(lane["data-to"], lane["data-port"]) for lane in lanes if lane["data-from"] in visitors},
    }


def _calls(lane: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    optional = lane.get("data-optional", "").split()
    for client in lane["data-from"].split():
        yield client, lane["data-to"], lane["data-net"], str(client in optional)
