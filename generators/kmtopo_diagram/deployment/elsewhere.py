"""One of several machines: what runs there, and cards that stand for whoever it calls elsewhere or is called by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kmtopo.plugin import Container, Deployment, frozen
from kmtopo_diagram.deployment.picture import Arrow, Card, Chip
from kmtopo_diagram.signs.forms import Shape
from kmtopo_diagram.signs.glyphs import glyph_for

_AS_CALLER = "@caller"  # behind the name of a container that is both called and calling: it is drawn twice


@frozen
class Surroundings:
    """A machine's arrows, the containers that they join on it or outside all machines, and cards for those elsewhere."""

    arrows: tuple[Arrow, ...]
    shown: frozenset[str]
    callers: tuple[Card, ...]
    callees: tuple[Card, ...]


def surroundings(vps: str, arrows: Sequence[Arrow], deployment: Deployment, order: Mapping[str, int]) -> Surroundings:
    """Returns what a machine's picture shows; ``order`` gives each network's place."""
    containers = deployment.containers
    here = frozenset(c.name for c in deployment.containers_on(vps))
    leaving = [arrow for arrow in arrows if arrow.source in here]
    coming = [arrow for arrow in arrows if arrow.target in here and arrow.source not in here]
    outside = frozenset(arrow.target for arrow in leaving if containers[arrow.target].is_external)
    callees = sorted({arrow.target for arrow in leaving} - here - outside)
    names = {
        name: f"{name}{_AS_CALLER}" if name in callees else name for name in sorted({arrow.source for arrow in coming})
    }
    return Surroundings(
        arrows=(*leaving, *(replace(arrow, source=names[arrow.source]) for arrow in coming)),
        shown=here | outside,
        callers=tuple(replace(_stub(containers[name], deployment, order), name=key) for name, key in names.items()),
        callees=tuple(_called(containers[name], [containers[c] for c in here], deployment, order) for name in callees),
    )


def _stub(container: Container, deployment: Deployment, order: Mapping[str, int]) -> Card:
    machine = deployment.vps[container.vps]
    networks = tuple(sorted(container.networks, key=lambda name: order[name]))
    return Card(
        name=container.name,
        origin=container.address,
        title=container.title,
        kind=machine.title,
        glyph=glyph_for(container.icon, container.role, container.process),
        shape=Shape.ELSEWHERE,
        role="",
        networks=networks,
        taps=tuple(order[name] for name in networks),
        chips=(Chip(machine.private_ip, "server"),) if machine.private_ip else (),
        badge="",
        is_local=False,
        loopback="",
        tip=f"{container.title} · {machine.title}",
    )


def _called(
    container: Container, clients: Iterable[Container], deployment: Deployment, order: Mapping[str, int]
) -> Card:
    """The card of a server elsewhere, with the port of its machine that leads to it."""
    ports = [each.port for client in clients for each in client.neighbours if each.name == container.name and each.port]
    own = container.port.number if container.port else None
    port = min(ports, default=own)
    return replace(_stub(container, deployment, order), badge=f":{port}" if port else "")
