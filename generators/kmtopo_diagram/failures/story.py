"""One scenario as a picture: who is drawn, who calls whom, and what each call hands on."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from kmtopo.plugin import Container, Graph, frozen
from kmtopo_diagram.failures.layers import layers
from kmtopo_diagram.failures.picture import Arrow, Node, Story
from kmtopo_diagram.failures.scenarios import Scenario
from kmtopo_diagram.failures.words import FailureWords
from kmtopo_diagram.signs.forms import Shape, shape_of
from kmtopo_diagram.signs.glyphs import glyph_for
from kmtopo_diagram.signs.states import State
from kmtopo_diagram.subject.folding import Call, alike
from kmtopo_diagram.subject.naming import shared_title
from kmtopo_diagram.subject.tiers import entries, is_public
from kmtopo_diagram.subject.words import Words

MOST_NODES = 14  # cards that a reader still tells apart


@frozen
class _Cast:
    """Who plays a part: containers by name, in which state, and how they call each other."""

    containers: Mapping[str, Container]
    states: Mapping[str, State]
    shapes: Mapping[str, Shape]
    calls: tuple[Call, ...]
    doors: frozenset[str]
    scenario: Scenario

    def kind(self, name: str) -> tuple[State, Shape, bool]:
        """What two must have in common to be drawn as one."""
        return self.states[name], self.shapes[name], name in self.scenario.failed


def story(graph: Graph, scenario: Scenario, said: Words, words: FailureWords) -> Story:
    """Tells one scenario; of many containers those are left out to whom nothing happens, and those alike are one card.

    Copies of one container that dedicated tenants have are one card, too, however few they are.
    """
    cast = _cast(graph, scenario)
    playing = _playing(cast)
    groups = alike(playing, cast.calls, cast.kind, MOST_NODES) if len(playing) > MOST_NODES else _copies(playing, cast)
    heads = {name: group[0] for group in groups for name in group}
    nodes = tuple(_node(group, cast, words) for group in groups)
    arrows = tuple(_arrows(heads, cast, words))
    doors = tuple(dict.fromkeys(heads[name] for name in sorted(cast.doors)))
    last = [node.key for node in nodes if node.shape in (Shape.STORE, Shape.OUTSIDE)]
    return Story(
        nodes=nodes,
        arrows=arrows,
        levels=layers([node.key for node in nodes], [(a.source, a.target) for a in arrows], doors, last),
        doors=doors,
        origin=_origin(graph, said),
        quiet=len(cast.containers) - len(playing),
    )


def _cast(graph: Graph, scenario: Scenario) -> _Cast:
    containers = graph.deployment.containers
    doors = entries(graph)
    optional: dict[tuple[str, str], bool] = {}
    for edge in graph.calls():
        pair = edge.source.name, edge.target.name
        if containers.keys() >= set(pair) and pair[0] != pair[1]:
            optional[pair] = optional.get(pair, True) and edge.optional
    return _Cast(
        containers,
        {name: scenario.states.get(name, State.UP) for name in containers},
        {name: shape_of(container, doors) for name, container in containers.items()},
        tuple((source, target, maybe) for (source, target), maybe in sorted(optional.items())),
        frozenset(door.name for door in doors),
        scenario,
    )


def _playing(cast: _Cast) -> tuple[str, ...]:
    """Everybody, or of many: who is touched, whom those call, and the ways in."""
    if len(cast.containers) <= MOST_NODES:
        return tuple(cast.containers)
    touched = {name for name, state in cast.states.items() if state is not State.UP}
    called = {target for source, target, _ in cast.calls if source in touched}
    playing = touched | called | cast.doors
    return tuple(name for name in cast.containers if name in playing)


def _copies(playing: Sequence[str], cast: _Cast) -> tuple[tuple[str, ...], ...]:
    """Puts together what several tenants have copies of and what is in one state; all others stay by themselves."""
    groups: dict[Hashable, list[str]] = {}
    for name in playing:
        container = cast.containers[name]
        key = (container.original, cast.kind(name)) if container.tenant else name
        groups.setdefault(key, []).append(name)
    return tuple(map(tuple, groups.values()))


def _node(group: tuple[str, ...], cast: _Cast, words: FailureWords) -> Node:
    first = cast.containers[group[0]]
    titles = [cast.containers[name].title for name in group]
    return Node(
        key=first.name,
        names=group,
        title=titles[0] if len(group) == 1 else shared_title(titles, words.container),
        tip=" · ".join([", ".join(titles), *_fate(group, cast, words)]),
        glyph=glyph_for(first.icon, first.role, first.process),
        shape=cast.shapes[first.name],
        role=first.role,
        state=cast.states[first.name],
        fails=first.name in cast.scenario.failed,
    )


def _fate(group: Sequence[str], cast: _Cast, words: FailureWords) -> Iterator[str]:
    state = cast.states[group[0]]
    yield {
        State.DOWN: words.down,
        State.DEGRADED: words.degraded,
        State.CUT_OFF: words.cut_off,
        State.UP: words.up,
    }[state].full
    missing = sorted({other for name in group for other in cast.scenario.because.get(name, ())})
    if missing:
        yield words.says_missing.format(names=", ".join(cast.containers[other].title for other in missing))


def _arrows(heads: Mapping[str, str], cast: _Cast, words: FailureWords) -> Iterator[Arrow]:
    """One arrow between two cards, as grave as the gravest call it stands for."""
    calls: dict[tuple[str, str], list[Call]] = {}
    for call in cast.calls:
        ends = heads.get(call[0], ""), heads.get(call[1], "")
        if all(ends) and ends[0] != ends[1]:
            calls.setdefault(ends, []).append(call)
    for place, ((source, target), each) in enumerate(sorted(calls.items())):
        optional = all(call[2] for call in each)
        meaning = words.helps if optional else words.needs
        who, whom = (cast.containers[name].title for name in (each[0][0], each[0][1]))
        gravity = min((_gravity(call, cast) for call in each), key=("bad", "warn", "edge").index)
        yield Arrow(f"e{place}", source, target, optional, gravity, f"{who} → {whom}: {meaning.full}")


def _gravity(call: Call, cast: _Cast) -> str:
    """What a call hands on: that its caller goes down, that it degrades, or nothing."""
    source, target, optional = call
    if cast.states[target] is not State.DOWN:
        return "edge"
    return "bad" if cast.states[source] is State.DOWN and not optional else "warn"


def _origin(graph: Graph, said: Words) -> tuple[str, str] | None:
    doors = entries(graph)
    if any(map(is_public, doors)):
        return said.internet, "globe"
    return (said.developer, "laptop") if doors else None
