"""What may be spent, held against the machines of all environments that a budget speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, diagnose
from kmtopo.graph.cost import total
from kmtopo.graph.graph import Graph
from kmtopo.model.layered import Layer, settled
from kmtopo.model.policy import PolicyEntry
from kmtopo.records import validated
from kmtopo.resolve.deployment import Vps
from kmtopo.types.runtime import Cost
from kmtopo.values import frozen


@frozen
class Spending:
    """A budget, where it stands, the environment that it speaks of (None: all), and the machines that it pays, each once."""

    at: Address
    budget: Cost
    environment: str | None
    machines: tuple[Vps, ...]

    @property
    def spent(self) -> Cost:
        """What the machines cost a month in the budget's currency."""
        currency = self.budget.currency
        paid = (cost for cost in total(self.machines) if cost.currency == currency)
        return next(paid, Cost(Decimal(0), Decimal(0), currency))


def spendings(policies: Iterable[Layer], graphs: Mapping[str, Graph]) -> Iterator[Spending]:
    """Yields each budget of the policies with what it pays for; one that speaks of no known environment is passed over."""
    for layer in policies:
        entry = validated(PolicyEntry, settled(layer.data))
        paid = [graph for name, graph in sorted(graphs.items()) if entry.environment in (None, name)]
        if entry.budget is not None and paid and "environment" not in layer.absent_keys():
            machines = {vps.name: vps for graph in paid for vps in graph.deployment.vps.values()}
            by_name = tuple(machines[name] for name in sorted(machines))
            yield Spending(layer.where.find(("budget",)), entry.budget, entry.environment, by_name)


def overspent(spending: Spending) -> Iterator[Diagnostic]:
    """A budget may not be exceeded, nor held against another currency."""
    budget = spending.budget
    costs = {vps.address / "cost": vps.cost for vps in spending.machines if vps.cost}
    foreign = {place: cost for place, cost in costs.items() if cost.currency != budget.currency}
    if foreign:
        also = [Label(address=place, text="currency") for place in foreign]
        other = next(iter(foreign.values())).currency
        yield diagnose("KM510", spending.at, also=also, help="currency", currency=budget.currency, other=other)
    elif spending.spent.high > budget.high:
        also = [Label(address=place, text="cost") for place, cost in costs.items() if cost.high]
        limit, spent = f"{budget.high:f}", f"{spending.spent.high:f}"
        yield diagnose("KM510", spending.at, also=also, cost=spent, budget=limit, currency=budget.currency)
