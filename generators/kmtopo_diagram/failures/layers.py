"""Columns of a picture that is read from the left: callers before those whom they call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Pair = tuple[str, str]


def layers(
    names: Sequence[str], calls: Iterable[Pair], doors: Collection[str], last: Collection[str]
) -> dict[str, int]:
    """Returns each one's column, from 0: a caller's lies before its callees', and as near to them as its own callers let it.

    Ways in come first. Those in ``last`` share the last column if they call nobody. A circle of calls is cut where it closes.
    """
    onward = _acyclic(names, calls, doors)
    callers = {callee for callees in onward.values() for callee in callees}
    column = dict.fromkeys(names, 0)
    for name in _in_order(names, onward):
        for callee in onward[name]:
            column[callee] = max(column[callee], column[name] + 1)
    for name in names:  # whom nobody calls moves up to its first callee
        if name not in callers and name not in doors and onward[name]:
            column[name] = min(column[callee] for callee in onward[name]) - 1
    ends = [name for name in names if name in last and not onward[name]]
    return column | dict.fromkeys(ends, max([column[name] for name in ends], default=0))


def _acyclic(names: Sequence[str], calls: Iterable[Pair], doors: Collection[str]) -> dict[str, list[str]]:
    """The calls without those that close a circle, as seen from the ways in."""
    callees: dict[str, list[str]] = {name: [] for name in names}
    for source, target in sorted(set(calls)):
        if source != target:
            callees[source].append(target)
    kept: dict[str, list[str]] = {name: [] for name in names}
    done: set[str] = set()
    for start in sorted(names, key=lambda name: (name not in doors, name)):
        _walk(start, callees, kept, done)
    return kept


def _walk(start: str, callees: Mapping[str, list[str]], kept: dict[str, list[str]], done: set[str]) -> None:
    """Follows calls into the depth; one that leads back to whom the walk came from is not kept."""
    if start in done:
        return
    path: list[tuple[str, Iterator[str]]] = [(start, iter(callees[start]))]
    on_path = {start}
    while path:
        name, left = path[-1]
        callee = next(left, None)
        if callee is None:
            path.pop()
            on_path.discard(name)
            done.add(name)
            continue
        if callee in on_path:
            continue
        kept[name].append(callee)
        if callee not in done:
            path.append((callee, iter(callees[callee])))
            on_path.add(callee)


def _in_order(names: Sequence[str], onward: Mapping[str, Sequence[str]]) -> list[str]:
    """Callers before callees."""
    waiting = dict.fromkeys(names, 0)
    for callees in onward.values():
        for callee in callees:
            waiting[callee] += 1
    order = [name for name in names if not waiting[name]]
    for name in order:
        for callee in onward[name]:
            waiting[callee] -= 1
            if not waiting[callee]:
                order.append(callee)
    return order
