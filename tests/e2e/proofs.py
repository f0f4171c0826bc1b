"""What is proven about a running stack: claims as data, each with a twin that shows that the claim could fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from e2e.stack import Stack

Look = Callable[[Stack], list[str]]


@dataclass(frozen=True)
class Proof:
    """A claim and its twin; each lists what contradicts it, so that an empty list is a proof.

    The twin does what the claim says to be impossible where it must be possible, by the same means.
    """

    name: str
    claim: Look
    twin: Look

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Verdict:
    """What contradicted a claim and its twin."""

    against_claim: list[str]
    against_twin: list[str]


def judged(stack: Stack, proofs: Iterable[Proof]) -> dict[str, Verdict]:
    """Looks at everything at once: most of the time goes by while connections do not come about."""
    proofs = tuple(proofs)
    with ThreadPoolExecutor(8) as pool:
        claims = pool.map(lambda proof: _seen(proof.claim, stack), proofs)
        twins = pool.map(lambda proof: _seen(proof.twin, stack), proofs)
        return {p.name: Verdict(c, t) for p, c, t in zip(proofs, claims, twins, strict=True)}


def red(verdicts: dict[str, Verdict]) -> set[str]:
    """Returns the names of claims that do not hold."""
    return {name for name, verdict in verdicts.items() if verdict.against_claim}


def _seen(look: Look, stack: Stack) -> list[str]:
    try:
        return look(stack)
    except Exception as why:  # noqa: BLE001 - a look that fails is no proof, and hides no other
        return [f"{type(why).__name__}: {why}"]
