"""Claim: each process has the variables of its container, each with its value, whichever way it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.diagnostics import Term
from kmtopo.resolve.deployment import Deployment
from kmtopo.types.runtime import Secret, ValuePart
from kmtopo.verify.claims.services import pairs
from kmtopo.verify.facts import Due, Finding, Said, Subject, compare
from kmtopo.verify.rebuilt import SECRETS, Rebuilt, Service


def variables(rebuilt: Rebuilt, deployment: Deployment) -> Iterator[Finding]:
    """Holds the variables of each process equal to the container's."""
    for service, container in pairs(rebuilt, deployment):
        wanted = {
            variable.name: Due("".join(map(_part, variable.parts)), variable.origin or container.address)
            for variable in container.variables
        }
        subject = Subject("KM754", Term("variable"), service.name)
        yield from compare(subject, _of_process(service, wanted), wanted, service.place, container.address)


def _of_process(service: Service, wanted: Mapping[str, Due]) -> dict[str, Said]:
    """Its variables by the topology's names: an image may read a secret's path from a variable with another one."""
    found: dict[str, Said] = {}
    for name, said in service.variables.items():
        plain = name.removesuffix("_FILE")
        if name not in wanted and plain != name and said.text.startswith(f"{SECRETS}/"):
            found[plain] = Said(f"<secret {said.text.removeprefix(f'{SECRETS}/')}>", said.place)
        elif name in wanted or not name.startswith("KMTOPO_ENV_"):
            found[name] = said
    return found


def _part(part: ValuePart) -> str:
    if isinstance(part, str):
        return part
    return f"<secret {part.name}>" if isinstance(part, Secret) else f"<env {part.name}>"
