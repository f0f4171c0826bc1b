"""``kmtopo reach``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kmtopo.cli.questions import Asked, asked, named, tell
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.graph.ends import INTERNET, chosen
from kmtopo.graph.graph import Graph
from kmtopo.graph.proof import Hop, Reached, proven
from kmtopo.graph.reach import ALL, Cut
from kmtopo.values import frozen

EXPECTATIONS = ("reachable", "unreachable")


@frozen
class Question:
    """From where to where, over declared calls only or not, with whom breached."""

    source: str
    target: str
    declared: bool
    breached: tuple[str, ...]


@frozen
class Answer:
    """One environment's: what was found out, or the name that it does not know."""

    environment: str
    graph: Graph
    found: Reached | None = None
    missing: str | None = None


def reach(
    session: Session,
    question: Question,
    file: Path,
    environments: list[str] | None,
    *,
    expect: str | None,
    format: str,
) -> None:
    """Prints who reaches whom, and the proof; exit 1 where an environment's answer is not the expected one."""
    if expect not in (None, *EXPECTATIONS):
        raise session.refuse("bad-choice", known=EXPECTATIONS, name=expect)
    world = asked(session, file, environments, format)
    lost = [word for word in question.breached if word != ALL]
    named(session, world.graphs, [question.source, question.target, *lost])
    answers = [_answer(name, graph, question) for name, graph in world.graphs.items()]
    if format == "json":
        tell(_shape(world, answer, question) for answer in answers)
    else:
        for answer in answers:
            _say(session, world, answer, question)
    surprises = [a.environment for a in answers if expect and bool(a.found) != (expect == "reachable")]
    if surprises:
        key = "not-reachable" if expect == "reachable" else "not-unreachable"
        session.complain(key, environments=", ".join(surprises))
        raise Stop(Exit.PROBLEM)


def _answer(environment: str, graph: Graph, question: Question) -> Answer:
    ends = {word: chosen(graph, [word]) for word in (question.source, question.target)}
    missing = next((word for word, names in ends.items() if not names), None)
    if missing is not None:
        return Answer(environment, graph, missing=missing)
    lost = [ALL] if ALL in question.breached else chosen(graph, question.breached)
    sources, targets = ends[question.source], ends[question.target]
    return Answer(environment, graph, proven(graph, sources, targets, declared=question.declared, breached=lost))


def _say(session: Session, world: Asked, answer: Answer, question: Question) -> None:
    ends = {"environment": answer.environment, "source": question.source, "target": question.target}
    found = answer.found
    if found is None:
        session.say("not-there", environment=answer.environment, name=answer.missing)
    elif found.cut is None:
        session.say("reaches", **ends)
        _say_hops(session, world, found.hops)
    else:
        session.say("reaches-not", **ends)
        _say_cut(session, world, answer.graph, found.cut, question)


def _say_hops(session: Session, world: Asked, way: tuple[Hop, ...]) -> None:
    rows = [(f"{hop.source} → {hop.target}", _carried(session, hop), world.place(hop.origin)) for hop in way]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for step, carried, place in rows:
        print(f"  {step:<{widths[0]}}  {carried:<{widths[1]}}  {place}")


def _carried(session: Session, hop: Hop) -> str:
    if hop.publication is not None:
        way = hop.publication
        return session.word("hop-in", address=way.host_ip, host_port=way.host_port, port=_port(hop))
    if hop.target == INTERNET:
        return session.word("hop-out", network=hop.network)
    key = "hop-declared" if hop.declared else "hop-undeclared"
    return session.word(key, network=hop.network, port=_port(hop)) if hop.port else str(hop.network)


def _port(hop: Hop) -> str:
    if hop.port is None:
        return ""
    spoken = hop.port.protocol or hop.port.transport
    return f"{hop.port.number}/{spoken}"


def _say_cut(session: Session, world: Asked, graph: Graph, cut: Cut, question: Question) -> None:
    if question.source == INTERNET and not cut.reached:
        session.say("cut-unpublished")
        return
    if cut.reached:
        session.say("cut-reached", names=", ".join(cut.reached))
    else:
        session.say("cut-alone", source=question.source)
    targets = [graph.deployment.containers.get(name) for name in chosen(graph, [question.target])]
    is_outside = all(target is None or target.is_external for target in targets)
    key = "cut-way-out" if is_outside else "cut-end"
    for name, networks in cut.ends.items():
        place = world.place(graph.deployment.containers[name].address, "key")
        session.say(key, name=name, networks=", ".join(networks), place=place)
    if not cut.ends:
        session.say("cut-undeclared" if question.declared else "cut-apart", target=question.target)


def _shape(world: Asked, answer: Answer, question: Question) -> dict[str, Any]:
    """``environment, from, to, declared, breached, reachable``, ``hops`` and ``steps``, or ``reached`` and ``cut``."""
    shape: dict[str, Any] = {
        "environment": answer.environment,
        "from": question.source,
        "to": question.target,
        "declared": question.declared,
        "breached": list(question.breached),
        "reachable": bool(answer.found),
    }
    found = answer.found
    if found is None:
        return {**shape, "missing": answer.missing}
    if found.cut is None:
        return {**shape, "hops": list(found.path), "steps": [dict(_step(world, hop)) for hop in found.hops]}
    ends = [{"container": name, "networks": list(networks)} for name, networks in found.cut.ends.items()]
    return {**shape, "reached": list(found.cut.reached), "cut": ends}


def _step(world: Asked, hop: Hop) -> Iterator[tuple[str, Any]]:
    yield from (("from", hop.source), ("to", hop.target), ("network", hop.network), ("declared", hop.declared))
    if hop.port is not None:
        yield from (("port", hop.port.number), ("protocol", hop.port.protocol or hop.port.transport))
    if hop.publication is not None:
        yield from (("host_ip", hop.publication.host_ip), ("host_port", hop.publication.host_port))
    yield "place", world.position(hop.origin)
