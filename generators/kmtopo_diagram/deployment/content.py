"""A container as a card: what it is called, what form it has, which facts it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kmtopo.plugin import Container, Deployment
from kmtopo_diagram.deployment.picture import Card, Chip
from kmtopo_diagram.signs.forms import Shape, shape_of
from kmtopo_diagram.signs.glyphs import glyph_for
from kmtopo_diagram.subject.quantities import decimal, size
from kmtopo_diagram.subject.words import Words


def card_of(
    container: Container, deployment: Deployment, order: Mapping[str, int], entries: Iterable[Container], words: Words
) -> Card:
    """Makes the card; ``order`` gives each network's place."""
    shape = shape_of(container, entries)
    networks = tuple(sorted(container.networks, key=lambda name: order[name]))
    return Card(
        name=container.name,
        origin=container.address,
        title=container.title,
        kind=container.kind
        if container.replicas == 1
        else f"{container.kind} \N{MULTIPLICATION SIGN}{container.replicas}",
        glyph=glyph_for(container.icon, container.role, container.process),
        shape=shape,
        role=container.role,
        networks=networks,
        taps=tuple(order[name] for name in networks),
        chips=tuple(_chips(container, deployment, words)),
        badge=_badge(container, shape),
        is_local=shape is not Shape.ENTRY and any(p.is_loopback for p in container.publications),
        loopback=_loopback(container),
        tip=_tip(container, deployment, words),
    )


def front_port(container: Container) -> int:
    """Returns the container's port that visitors end at: 443 where it is published, else its own, else the lowest."""
    ports = {publication.container_port for publication in container.publications}
    own = container.port.number if container.port else 443
    return next((port for port in (443, own) if port in ports), min(ports, default=own))


def _badge(container: Container, shape: Shape) -> str:
    if shape is Shape.ENTRY:
        return f":{front_port(container)}"
    return f":{container.port.number}" if container.port else ""


def _loopback(container: Container) -> str:
    """The machine's own ports that lead here, where they are not the container's."""
    own = container.port.number if container.port else None
    return "".join(f":{p.host_port}" for p in container.publications if p.is_loopback and p.host_port != own)


def _chips(container: Container, deployment: Deployment, words: Words) -> Iterator[Chip]:
    if container.host:
        yield Chip(container.host)
    limits = [
        *([] if container.memory is None else [size(container.memory, words)]),
        *([] if container.cpu is None else [f"{decimal(container.cpu, words)} CPU"]),
    ]
    if limits:
        yield Chip(" · ".join(limits))
    yield from (_volume(mount.volume, container, deployment, words) for mount in container.mounts if mount.volume)
    folders = [mount.bind for mount in container.mounts if mount.bind]
    if folders:
        yield Chip(glyph="code", tip=words.mounted_code.format(folder=words.listed(folders)))


def _volume(name: str, container: Container, deployment: Deployment, words: Words) -> Chip:
    """A volume is measured on one card, its owner's; whoever shares it shows the glyph alone."""
    volume = deployment.volumes.get(name)
    mounting = volume.mounted_by if volume else ()
    heads = [other for other in mounting if deployment.containers[other].family == other]
    if container.name != next(iter([*heads, *mounting]), container.name):
        return Chip(glyph="disk", tip=words.shared_volume.format(volume=name))
    known = volume.size if volume else None
    return Chip(size(known, words) if known else name.removeprefix(f"{container.name}-"), "disk", name)


def _tip(container: Container, deployment: Deployment, words: Words) -> str:
    titles = [deployment.networks[name].title for name in container.networks if name in deployment.networks]
    waiting = [c.title for c in deployment.containers.values() if any(call.to == container.name for call in c.calls)]
    once = words.once_before.format(others=words.listed(waiting)) if container.once and waiting else ""
    facts = [container.title, container.purpose or container.kind, once, container.image, words.listed(titles)]
    return " · ".join(filter(None, facts))
