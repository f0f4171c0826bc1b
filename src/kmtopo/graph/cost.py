"""What an environment costs a month, who bears it, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_DOWN, Decimal

from kmtopo.graph.graph import Graph
from kmtopo.graph.load import wanted_memory
from kmtopo.resolve.companies import Tenant
from kmtopo.resolve.deployment import Alternative, Deployment, Vps
from kmtopo.types.runtime import Cost
from kmtopo.values import frozen

_CENT = Decimal("0.01")

# What each tenant weighs where containers are shared.
RULES: Mapping[str, Callable[[Tenant], int]] = {
    "equal": lambda _: 1,
    "companies": lambda tenant: 0 if tenant.central else 1,
    "branches": lambda tenant: max(len(tenant.branches), 1),
}


@frozen
class Saving:
    """What a machine saves against another way to run the same: the difference of both prices, at least and at most."""

    vps: Vps
    alternative: Alternative
    cost: Cost


def environment_cost(deployment: Deployment) -> tuple[Cost, ...]:
    """The full price of an environment's machines, one sum for each currency."""
    return total(deployment.vps.values())


def total(machines: Iterable[Vps]) -> tuple[Cost, ...]:
    """The price of machines, each counted once by its name, one sum for each currency."""
    sums: dict[str, Cost] = {}
    for vps in {vps.name: vps for vps in machines}.values():
        if vps.cost is not None:
            so_far = sums.get(vps.cost.currency, Cost(Decimal(0), Decimal(0), vps.cost.currency))
            sums[vps.cost.currency] = _added(so_far, vps.cost)
    return tuple(sums[currency] for currency in sorted(sums))


def savings(machines: Iterable[Vps]) -> tuple[Saving, ...]:
    """What each machine saves against each of its alternatives that is priced in the same currency."""
    return tuple(
        Saving(vps, other, Cost(other.cost.low - vps.cost.high, other.cost.high - vps.cost.low, vps.cost.currency))
        for vps in sorted({vps.name: vps for vps in machines}.values(), key=lambda vps: vps.name)
        for other in vps.alternatives
        if vps.cost is not None and other.cost.currency == vps.cost.currency
    )


def shares(graph: Graph, rule: str) -> dict[str, Cost]:
    """Splits an environment's cost among its tenants; what they bear adds up to the whole, cent by cent.

    A machine's price falls on its containers by their memory limits (evenly where nobody limits any). A dedicated
    copy is its tenant's; what is shared is split by the rule. Ranges are split at both ends. Nothing is split
    where machines are priced in several currencies, or no tenant bears anything.
    """
    deployment = graph.deployment
    costs, weights = environment_cost(deployment), {t.name: RULES[rule](t) for t in deployment.tenants.values()}
    if len(costs) != 1 or not any(weights.values()):
        return {}
    borne = dict.fromkeys(weights, Decimal(0))
    for vps in deployment.vps.values():
        for tenant, part in _portions(deployment, vps, weights).items():
            borne[tenant] += part * _share_of(vps, costs[0])
    return _rounded(borne, costs[0])


def _portions(deployment: Deployment, vps: Vps, weights: Mapping[str, int]) -> dict[str, Decimal]:
    """Which part of a machine each tenant takes; the parts add up to one."""
    containers = deployment.containers_on(vps.name)
    sizes = {c.name: Decimal(wanted_memory(c)) for c in containers}
    if not any(sizes.values()):
        sizes = dict.fromkeys(sizes, Decimal(1))
    whole = sum(sizes.values())
    own: dict[str, Decimal] = dict.fromkeys(weights, Decimal(0))
    common = Decimal(0)
    for container in containers:
        if container.tenant is not None and container.tenant in own:
            own[container.tenant] += sizes[container.name] / whole
        else:
            common += sizes[container.name] / whole
    heads = sum(weights.values())
    return {tenant: part + common * weights[tenant] / heads for tenant, part in own.items()}


def _share_of(vps: Vps, whole: Cost) -> Decimal:
    """A machine's part of the whole cost, by its highest price."""
    if vps.cost is None or not whole.high:
        return Decimal(0)
    return vps.cost.high / whole.high


def _rounded(borne: Mapping[str, Decimal], whole: Cost) -> dict[str, Cost]:
    parts = sum(borne.values())
    low = _cents({name: part / parts * whole.low if parts else part for name, part in borne.items()}, whole.low)
    high = _cents({name: part / parts * whole.high if parts else part for name, part in borne.items()}, whole.high)
    return {name: Cost(low[name], high[name], whole.currency) for name in sorted(borne)}


def _cents(exact: Mapping[str, Decimal], whole: Decimal) -> dict[str, Decimal]:
    """Rounds down, and hands what is left over to those who lost most by it."""
    down = {name: value.quantize(_CENT, ROUND_DOWN) for name, value in exact.items()}
    left = int((whole.quantize(_CENT) - sum(down.values())) / _CENT)
    losers = sorted(exact, key=lambda name: (down[name] - exact[name], name))
    for name in losers[:left]:
        down[name] += _CENT
    return down


def _added(one: Cost, other: Cost) -> Cost:
    return Cost(one.low + other.low, one.high + other.high, one.currency)


def money(cost: Cost) -> str:
    """A price for people: ``250 USD``, ``400–700 USD``."""
    low, high = plain(cost.low), plain(cost.high)
    return f"{low} {cost.currency}" if low == high else f"{low}–{high} {cost.currency}"


def plain(value: Decimal) -> str:
    """An amount for people: no cents where there are none."""
    whole = value == value.to_integral_value()
    return f"{value:.0f}" if whole else f"{value:.2f}"
