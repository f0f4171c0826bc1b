"""A rule is one function: from graphs to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from kmtopo.diagnostics import Diagnostic
from kmtopo.graph.graph import Graph
from kmtopo.model.layered import Layer
from kmtopo.values import frozen


@frozen
class Project:
    """What a rule may look at: every environment's graph, and the entries that speak of all of them.

    ``names`` are all that the file gives, by noun: a policy may name what an environment removes.
    ``environments`` are all that it names, those that could not be built too.
    """

    graphs: Mapping[str, Graph]
    policies: tuple[Layer, ...] = ()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    environments: frozenset[str] = frozenset()


@frozen
class Check:
    """A named rule. ``run`` sees one environment, ``run_all`` all of them together; one of the two is set."""

    code: str
    run: Callable[[Graph], Iterable[Diagnostic]] | None = None
    run_all: Callable[[Project], Iterable[Diagnostic]] | None = None
