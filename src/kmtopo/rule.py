"""A rule is one function: from graphs to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.graph.graph import Graph
from kmtopo.model.layered import Layer
from kmtopo.packages import API_VERSION
from kmtopo.values import frozen


@frozen
class Environments:
    """All that a rule may look at: every environment's graph by name, and the entries that speak of all of them.

    ``names`` are all that the file gives, by noun: a policy may name what an environment removes.
    ``named`` are the environments that it names, those that could not be built too.
    """

    graphs: Mapping[str, Graph]
    policies: tuple[Layer, ...] = ()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()


@frozen
class Check:
    """A named rule. ``run`` sees one environment, ``run_all`` all of them together; one of the two is set.

    Who brings a rule in a package of its own brings what it is called and how much it weighs, too, and what it says
    (``texts``): per language ``summary``, ``help``, their variants (``help_suggest``), and ``labels``. The code begins
    with the name that the package's rules are registered as (``traefik/TR001``), which goes before ``name``, too.
    """

    code: str
    run: Callable[[Graph], Iterable[Diagnostic]] | None = None
    run_all: Callable[[Environments], Iterable[Diagnostic]] | None = None
    name: str = ""
    severity: Severity = Severity.ERROR
    texts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    api_version: int = API_VERSION
