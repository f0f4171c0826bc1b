"""What a list of hosts shows at a glance: names that the Internet will never resolve."""

from __future__ import annotations

from collections.abc import Iterator

from kmtopo.plugin import Check, Diagnostic, Graph, Severity, diagnose

# RFC 6761, RFC 6762, RFC 8375 and ICANN's reservation of `internal`.
NEVER_PUBLIC = ("internal", "invalid", "lan", "local", "localhost", "test")
TEXTS = {
    "en": {
        "summary": "no public name server will ever resolve `{host}`",
        "help": "choose a domain that you can register; names below `{suffix}` are for private networks",
    },
    "es": {
        "summary": "ningún servidor de nombres público resolverá nunca `{host}`",
        "help": "elige un dominio que puedas registrar; los nombres de `{suffix}` son para redes privadas",
    },
}


def never_public(graph: Graph) -> Iterator[Diagnostic]:
    """In production every host is a name that somebody can look up."""
    if graph.deployment.environment.stage == "production":
        for host in graph.deployment.hosts:
            suffix = host.name.rpartition(".")[2]
            if suffix in NEVER_PUBLIC:
                yield diagnose("hosts/HO001", host.origin, host=host.name, suffix=suffix)


RULES = (Check("hosts/HO001", never_public, name="never-public", severity=Severity.WARNING, texts=TEXTS),)
