"""``kmtopo cost``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kmtopo.checks.budgets import Spending, spendings
from kmtopo.cli.questions import Asked, asked, tell_whole
from kmtopo.cli.session import Session
from kmtopo.graph import cost as costs
from kmtopo.graph.cost import RULES, Saving, money, plain

if TYPE_CHECKING:
    from kmtopo.resolve.deployment import Vps
    from kmtopo.types.runtime import Cost

_MOST_TENANTS = 40


def ask_cost(session: Session, file: Path, environments: list[str] | None, *, split: str, format: str) -> None:
    """Prints what each environment and tenant costs a month, against budgets and alternatives."""
    if split not in RULES:
        raise session.refuse("bad-choice", known=RULES, name=split)
    world = asked(session, file, environments, format)
    if format == "json":
        tell_whole(_shape(world, split))
        return
    _say_environments(session, world)
    _say_savings(session, costs.savings(_machines(world)))
    for each in _budgets(world):
        budget, left = each.budget, each.budget.high - each.spent.high
        key = "budget-kept" if left >= 0 else "budget-broken"
        session.say(
            key, budget=money(budget), left=plain(abs(left)), currency=budget.currency, place=world.place(each.at)
        )
    for name, graph in world.graphs.items():
        _say_tenants(session, name, costs.shares(graph, split), split)


def _machines(world: Asked) -> list[Vps]:
    return [vps for graph in world.graphs.values() for vps in graph.deployment.vps.values()]


def _say_environments(session: Session, world: Asked) -> None:
    rows = []
    for name, graph in world.graphs.items():
        machines = [f"{vps.name} {money(vps.cost)}" if vps.cost else vps.name for vps in graph.deployment.vps.values()]
        rows.append((name, _sum(costs.environment_cost(graph.deployment)), ", ".join(machines)))
    rows.append((session.word("cost-total"), _sum(costs.total(_machines(world))), session.word("cost-once")))
    session.say("cost-month")
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, price, carried in rows:
        print(f"  {name:<{widths[0]}}  {price:>{widths[1]}}  {carried}")


def _say_savings(session: Session, savings: Iterable[Saving]) -> None:
    for saving in savings:
        price = money(saving.alternative.cost)
        session.say(
            "cost-saves", vps=saving.vps.name, title=saving.alternative.title, price=price, saving=money(saving.cost)
        )


def _say_tenants(session: Session, environment: str, borne: Mapping[str, Cost], split: str) -> None:
    if not borne:
        return
    session.say("cost-tenants", environment=environment, rule=split)
    width = max(map(len, borne))
    for name, price in sorted(borne.items())[:_MOST_TENANTS]:
        print(f"  {name:<{width}}  {money(price)}")
    if len(borne) > _MOST_TENANTS:
        print("  " + session.word("and-more", count=len(borne) - _MOST_TENANTS))


def _budgets(world: Asked) -> list[Spending]:
    """The budgets that speak of an environment asked for; one of the whole project is held against all of them."""
    build = world.build
    policies = build.topology.lists.get("policies", ()) if build.topology else ()
    return [each for each in spendings(policies, build.graphs) if each.environment in (None, *world.graphs)]


def _shape(world: Asked, split: str) -> dict[str, Any]:
    """``unit`` (None where currencies differ), ``environments`` (``cost, machines, tenants``), ``total, alternatives, saving, budgets``.

    A price is a number, or ``[least, most]`` where it is a range; a list of objects with ``currency`` where there
    are several.
    """
    machines = _machines(world)
    currencies = {c.currency for c in costs.total(machines)}
    savings = costs.savings(machines)
    return {
        "unit": f"{currencies.copy().pop()}/month" if len(currencies) == 1 else None,
        "split": split,
        "environments": {
            name: {
                "cost": _price(costs.environment_cost(graph.deployment)),
                "machines": {v.name: _price([v.cost] if v.cost else []) for v in graph.deployment.vps.values()},
                "tenants": {tenant: _price([price]) for tenant, price in costs.shares(graph, split).items()},
            }
            for name, graph in world.graphs.items()
        },
        "total": _price(costs.total(machines)),
        "alternatives": [_alternative(saving) for saving in savings],
        "budgets": [
            {
                "budget": _price([each.budget]),
                "environment": each.environment,
                "spent": _price([each.spent]),
                "place": world.position(each.at),
            }
            for each in _budgets(world)
        ],
    }


def _alternative(saving: Saving) -> dict[str, Any]:
    other = saving.alternative
    return {
        "of": str(saving.vps.address),
        "title": other.title,
        "cost": _price([other.cost]),
        "saving": _price([saving.cost]),
    }


def _sum(parts: Iterable[Cost]) -> str:
    return " + ".join(map(money, parts)) or "–"


def _price(parts: Iterable[Cost]) -> Any:
    found = [(_plain(c.low) if c.low == c.high else [_plain(c.low), _plain(c.high)], c.currency) for c in parts]
    if len(found) > 1:
        return [{"amount": amount, "currency": currency} for amount, currency in found]
    return found[0][0] if found else 0


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
