"""What things are called in documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtopo.plugin import Code, Container, Deployment, Port, Publication, Tenant, Text, Vps, frozen
from kmtopo_docs.words import Words

INTERNET = "internet"
# Whoever needs one row of a longer table searches, and does not read; a screen of a page holds half of it.
MOST_ROWS = 100

Name = tuple[str, str | None]
Runs = tuple[str | Code, ...]


@frozen
class Titles:
    """What the things of one noun are called: ``names`` has the title of each, and the dedicated tenant whose copy it is.

    ``apart``: each copy is told by itself. Where they are too many, those that are alike but for their owner are one.
    """

    names: Mapping[str, Name]
    owners: Mapping[str, Tenant]
    words: Words
    apart: bool

    def listed(self, names: Iterable[str], beside: str | None = None) -> str:
        """Names things in one cell; ``beside`` is the tenant whose copy the row is about."""
        groups: dict[Name, list[Name]] = {}
        for name in dict.fromkeys(names):
            groups.setdefault(self.kind(name), []).append(self.names[name])
        return ", ".join(self._called(group, beside) for group in groups.values())

    def kind(self, name: str) -> Name:
        """Returns what the rows of things that are told together have in common."""
        title, owner = self.names[name]
        return (title, owner) if self.apart or owner is None else (title, "")

    def rows(self, told: Iterable[tuple[str, tuple[Text, ...]]]) -> Iterator[tuple[Text, ...]]:
        """Makes rows of names and what is told of each; what is told of several of a kind is told once."""
        alike: dict[tuple[Name, tuple[Text, ...]], list[str]] = {}
        for name, cells in told:
            alike.setdefault((self.kind(name), cells), []).append(name)
        for (_, cells), names in alike.items():
            yield self.listed(names), *cells

    def _called(self, group: list[Name], beside: str | None) -> str:
        title, owner = group[0]
        if owner is None:
            return title
        if len(group) > 1:
            return f"{title} ({self.words.owners.counted(len(group))})"
        is_own = owner == beside and not self.apart
        return f"{title} ({self.words.same_owner if is_own else self.owners[owner].title})"


def container_titles(deployment: Deployment, words: Words) -> Titles:
    """What each container is called: a copy says whose it is, and namesakes say their names."""
    things = [(each.name, each.original, each.title, each.tenant) for each in deployment.containers.values()]
    return _titles(deployment, [(INTERNET, INTERNET, "Internet", None), *things], words)


def network_titles(deployment: Deployment, words: Words) -> Titles:
    """What each network is called: a copy says whose it is, and namesakes say their names."""
    things = [(each.name, each.name, each.title, each.tenant) for each in deployment.networks.values()]
    return _titles(deployment, things, words)


def _titles(deployment: Deployment, things: Sequence[tuple[str, str, str, str | None]], words: Words) -> Titles:
    shared = Counter((title, owner) for _, _, title, owner in things)
    names = {
        name: (title if shared[title, owner] == 1 else f"{title} {original}", owner)
        for name, original, title, owner in things
    }
    copies = sum(container.tenant is not None for container in deployment.containers.values())
    return Titles(names, deployment.tenants, words, apart=copies <= MOST_ROWS)


def joined(*parts: Text) -> Runs:
    """Makes one text of several."""
    return tuple(run for part in parts for run in (part if isinstance(part, tuple) else (part,)))


def port_name(port: Port | None) -> Runs:
    """``9000`` and its protocol behind it, where a line may break; UDP is named, since it is the exception."""
    if port is None:
        return ()
    return Code(str(port.number)), f" {port.protocol if port.transport == 'tcp' else port.transport}"


def published(containers: Iterable[Container], machines: Mapping[str, Vps]) -> Runs:
    """Which ports of the machine lead in: ``443``, ``8443 → 443``; an address where it is not the machine's public one."""
    shown: list[str | Code] = []
    for container in containers:
        vps = machines.get(container.vps or "")
        for each in container.publications:
            shown += [", "] * bool(shown) + [Code(_lead(each, vps.public_ip if vps else None))]
    return tuple(shown)


def _lead(publication: Publication, public: str | None) -> str:
    ip = publication.host_ip
    host = "" if ip == public else f"[{ip}]:" if ":" in ip else f"{ip}:"
    inner = "" if publication.host_port == publication.container_port else f" → {publication.container_port}"
    return (
        f"{host}{publication.host_port}{inner}{'' if publication.transport == 'tcp' else f'/{publication.transport}'}"
    )


def counts(deployment: Deployment, words: Words) -> str:
    """What there is: ``1 VPS, 9 contenedores, 3 redes y 7 tenencias``."""
    ours = sum(not container.is_external for container in deployment.containers.values())
    parts = [f"{len(deployment.vps)} VPS"] * bool(deployment.vps)
    parts += [words.containers.counted(ours), words.networks_of.counted(len(deployment.networks))]
    if deployment.tenants:
        parts.append(words.tenants_of.counted(len(deployment.tenants)))
    return words.listed(parts)
