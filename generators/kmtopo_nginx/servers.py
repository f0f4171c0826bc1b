"""``servers.conf`` and ``tenants.map``: the two files that list all hosts, a line or a block for each owner.

They are written as text: with ten thousand tenants a tree of directives would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kmtopo_nginx import limits, names
from kmtopo_nginx.directives import HEADER, Node, directive, origin, origin_line, text
from kmtopo_nginx.front import TLS_PORT, Front
from kmtopo_nginx.owners import Owner, Policy
from kmtopo_nginx.tls import ISSUER


def tenants_map(front: Front) -> str:
    """Returns the rows that lead from a host to its tenant."""
    rows = (
        f"{owner.mark}" + "".join(f"{names.map_key(host)} {owner.tenant};\n" for host in owner.hosts)
        for owner in front.owners
        if owner.tenant
    )
    return HEADER + "".join(rows)


def servers(front: Front) -> str:
    """Returns the server blocks of all hosts; without hosts, of whoever asks."""
    redirect = (_redirect(front),) if front.ends_tls else ()
    return HEADER + "".join((*redirect, *_blocks(front)))


def _redirect(front: Front) -> str:
    port = "" if front.https_port == TLS_PORT else f":{front.https_port}"
    answer = (origin(front.deployment.tls.origin), directive("return", "308", f"https://$host{port}$request_uri"))
    return (
        f"{origin_line(front.deployment.tls.origin)}server {{\n"
        f"{_listen(front, str(front.http_port))}{_hosts(front.owners)}{text(answer, 1)}}}\n"
    )


def _blocks(front: Front) -> Iterator[str]:
    listen = _listen(front, *((str(TLS_PORT), "ssl") if front.ends_tls else (str(front.http_port),)))
    for policy, owners in front.groups:
        rules = text(_rules(front, policy), 1)
        if front.uses_acme:
            yield from (_own_block(owner, listen, rules) for owner in owners)
        else:
            mark = origin_line(front.container.address)
            yield f"{mark}server {{\n{listen}{_hosts(owners)}    {mark}{rules}}}\n"


def _own_block(owner: Owner, listen: str, rules: str) -> str:
    return f"{owner.mark}server {{\n{listen}    server_name {' '.join(owner.hosts)};\n{rules}}}\n"


def _hosts(owners: Iterable[Owner]) -> str:
    rows = "".join(f"    {owner.mark}    server_name {' '.join(owner.hosts)};\n" for owner in owners)
    return rows or "    server_name _;\n"


def _listen(front: Front, *words: str) -> str:
    default = () if front.owners else ("default_server",)
    return text((directive("listen", *words, *default),), 1)


def _rules(front: Front, policy: Policy) -> Iterator[Node]:
    if front.uses_acme:
        yield directive("acme_certificate", ISSUER)
    if front.ends_tls:
        yield directive("include", "tls.conf")
    yield from limits.of_owner(front, policy)
    yield directive("include", policy.locations)
