"""``kmtopo impact``."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from kmtopo.cli.questions import Asked, asked, named, tell
from kmtopo.cli.session import Session
from kmtopo.graph.ends import INTERNET, chosen
from kmtopo.graph.graph import Graph
from kmtopo.graph.impact import Impact, WeakPoint, impact, weak_points

_SHOWN_TENANTS = 8


def ask_impact(
    session: Session, words: tuple[str, ...], file: Path, environments: list[str] | None, *, format: str
) -> None:
    """Prints what fails with containers or machines; without any, the single points of failure."""
    world = asked(session, file, environments, format)
    if not words:
        _weak(session, world, format)
        return
    if INTERNET in words:
        raise session.refuse("no-failure", name=INTERNET)
    named(session, world.graphs, words)
    found = {name: _failing(graph, words) for name, graph in world.graphs.items()}
    if format == "json":
        tell(
            {"environment": name, "of": list(words), **(_shape(result) if result else {"missing": list(words)})}
            for name, result in found.items()
        )
        return
    for name, result in found.items():
        if result is None:
            session.say("not-there", environment=name, name=", ".join(words))
        else:
            _say(session, name, world.graphs[name], words, result)


def _failing(graph: Graph, words: tuple[str, ...]) -> Impact | None:
    """What fails in one environment; None where it has nothing of that name."""
    failed = chosen(graph, words)
    return impact(graph, failed) if failed else None


def _say(session: Session, environment: str, graph: Graph, words: tuple[str, ...], result: Impact) -> None:
    session.say("fails", environment=environment, names=", ".join(words))
    _say_containers(session, "down", result.down, result)
    _say_containers(session, "degraded", result.degraded, result)
    _say_containers(session, "cut-off", result.cut_off, result)
    _say_tenants(session, "tenants-down", result.tenants_down, len(graph.deployment.tenants))
    _say_tenants(session, "tenants-degraded", result.tenants_degraded, len(graph.deployment.tenants))
    touched = {*result.down, *result.degraded, *result.cut_off}
    if touched == set(result.failed) and not result.tenants_down and not result.tenants_degraded:
        session.say("nothing-else")


def _say_containers(session: Session, key: str, names: Collection[str], result: Impact) -> None:
    if not names:
        return
    width = max(map(len, names))
    session.say(key)
    for name in names:
        missing = ", ".join(result.because.get(name, ()))
        why = session.word("misses", names=missing) if missing else ""
        print(f"    {name:<{width}}  {why}".rstrip())


def _say_tenants(session: Session, key: str, names: Collection[str], all_of_them: int) -> None:
    if not names:
        return
    shown = ", ".join(sorted(names)[:_SHOWN_TENANTS])
    more = len(names) - _SHOWN_TENANTS
    if more > 0:
        shown += " " + session.word("and-more", count=more)
    session.say(key, count=len(names), all=all_of_them, names=shown)


def _shape(result: Impact) -> dict[str, Any]:
    """``down, degraded, cut_off, tenants_down, tenants_degraded``: sorted names; ``because``: what each of them misses."""
    return {
        "failed": list(result.failed),
        "down": list(result.down),
        "degraded": list(result.degraded),
        "cut_off": list(result.cut_off),
        "tenants_down": list(result.tenants_down),
        "tenants_degraded": list(result.tenants_degraded),
        "because": {name: list(missing) for name, missing in result.because.items()},
    }


def _weak(session: Session, world: Asked, format: str) -> None:
    found = {name: weak_points(graph) for name, graph in world.graphs.items()}
    if format == "json":
        tell({"environment": name, "single_points_of_failure": _points(points)} for name, points in found.items())
        return
    for name, points in found.items():
        session.say("weak" if points else "not-weak", environment=name)
        for point in points:
            key = "weak-entry" if point.stops_entry else "weak-half"
            lost = len(point.impact.tenants_down)
            session.say(key, name=point.name, down=point.down, all=point.of, tenants=lost)


def _points(points: tuple[WeakPoint, ...]) -> list[dict[str, Any]]:
    return [{"name": p.name, "stops_entry": p.stops_entry, **_shape(p.impact)} for p in points]
