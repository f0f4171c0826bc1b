"""``kmtopo diff``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kmtopo import pipeline
from kmtopo.cli.build import OUT
from kmtopo.cli.inputs import compiled, sources, taken
from kmtopo.cli.next_steps import tell_steps
from kmtopo.cli.questions import tell_whole
from kmtopo.cli.revisions import as_it_was
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Diagnostic, Severity
from kmtopo.graph.changes import Changes, Pair, changes
from kmtopo.graph.cost import money
from kmtopo.graph.load import Load, mib
from kmtopo.lifecycle import Outlook, Steps, outlooks
from kmtopo.pipeline import Build
from kmtopo.reading import read as read_all
from kmtopo.report.markdown import code, plain
from kmtopo.report.visible import visible
from kmtopo.types.runtime import Cost
from kmtopo.values import frozen
from kmtopo.writer.plan import Action, Change

FORMATS = ("text", "json", "md")
_MOST_PAIRS = 12


@frozen
class Difference:
    """One environment before and after: it is new where ``before`` is False, gone where ``after`` is."""

    environment: str
    before: bool
    after: bool
    changes: Changes | None = None
    outlook: Outlook | None = None


def diff(session: Session, file: Path, against: str, *, format: str, exit_code: bool) -> None:
    """Says in words what a change of the topology changes, who notices, and what is to be done in which order."""
    if format not in FORMATS:
        raise session.refuse("bad-choice", known=FORMATS, name=format)
    after, broken = built(session, file)
    with as_it_was(session, file, against) as old:
        before, _ = built(session, old, against)
    found = list(_differences(before, after))
    if format == "json":
        tell_whole({"against": against, "environments": {d.environment: _shape(d) for d in found}})
    elif not found:
        session.say("no-difference", against=against)
    else:
        tell = _say_markdown if format == "md" else _say
        for difference in found:
            tell(session, difference)
    if broken:
        session.report(broken, sources(after))
    if broken or (found and exit_code):
        raise Stop(Exit.PROBLEM)


def built(session: Session, file: Path, revision: str = "") -> tuple[Build, list[Diagnostic]]:
    """Compiles one side; second are the rules that it breaks, which do not hide what changes: it may be why."""
    project = read_all(file)
    if revision and project.refusals:
        session.complain("wrong-then", revision=revision)
    build = compiled(session, taken(session, project), phases=pipeline.BUILDING, drawing=False)
    wrong = [d for d in build.diagnostics if d.severity is Severity.ERROR]
    if not build.understood:
        if revision:
            session.complain("wrong-then", revision=revision)
        session.report(wrong, sources(build))
        raise Stop(Exit.PROBLEM)
    return build, wrong


def _differences(before: Build, after: Build) -> Iterator[Difference]:
    # Where a rule is broken nothing is built, and so nothing is to be done.
    both = before.artifacts and after.artifacts
    ahead = outlooks(_file_changes(before, after), "", after.artifacts, after.deployments) if both else {}
    for name in sorted({*before.graphs, *after.graphs}):
        if name not in before.graphs or name not in after.graphs:
            yield Difference(name, name in before.graphs, name in after.graphs)
            continue
        found = changes(before.graphs[name], after.graphs[name])
        outlook = ahead.get(name)
        if not found.is_none or (outlook and outlook.steps):
            yield Difference(name, True, True, found, outlook)


def _file_changes(before: Build, after: Build) -> Iterator[Change]:
    old, new = _files(before), _files(after)
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            yield Change(path, Action.CHANGE, old.get(path), new.get(path))


def _files(build: Build) -> dict[str, str]:
    return {f"{name}/{a.path}": a.content for name, made in build.artifacts.items() for _, a in made}


def _say(session: Session, found: Difference) -> None:
    print(visible(found.environment))
    if found.changes is None:
        session.say("environment-new" if found.after else "environment-gone")
        return
    for each in found.changes.said:
        values = f"  {' → '.join(each.values)}" if each.values else ""
        print(visible(f"  {each.sign:<3} {each.address}{values}"))
    for line in _effects(session, found.changes):
        print(f"  {visible(line)}")
    for due in _steps(found):
        tell_steps(session, due, Path(OUT, found.environment, due.machine))


def _say_markdown(session: Session, found: Difference) -> None:
    print(f"### {plain(found.environment)}\n")
    if found.changes is None:
        print(session.word("environment-new" if found.after else "environment-gone").strip() + "\n")
        return
    if found.changes.said:
        what, values = session.word("diff-what"), session.word("diff-values")
        print(f"| | {what} | {values} |\n|---|---|---|")
        for each in found.changes.said:
            print(f"| `{each.sign}` | {code(str(each.address))} | {' → '.join(map(code, each.values))} |")
        print()
    effects = [f"- {plain(line)}" for line in _effects(session, found.changes)]
    if effects:
        print("\n".join(effects) + "\n")
    for due in _steps(found):
        print("```console")
        tell_steps(session, due, Path(OUT, found.environment, due.machine))
        print("```\n")


def _effects(session: Session, found: Changes) -> Iterator[str]:
    if found.opened:
        yield session.word("diff-opened", pairs=_listed(session, found.opened))
    if found.closed:
        yield session.word("diff-closed", pairs=_listed(session, found.closed))
    before, after = found.cost
    if before != after:
        yield session.word("diff-cost", before=_sum(before), after=_sum(after))
    for name, (old, new) in found.loads.items():
        if _memory(old) != _memory(new):
            yield session.word("diff-memory", vps=name, before=mib(_memory(old)), after=mib(_memory(new)))


def _listed(session: Session, pairs: tuple[Pair, ...]) -> str:
    listed = ", ".join(f"{a} → {b}" for a, b in pairs[:_MOST_PAIRS])
    more = len(pairs) - _MOST_PAIRS
    return f"{listed} {session.word('and-more', count=more)}" if more > 0 else listed


def _memory(load: Load | None) -> int:
    return load.memory if load else 0


def _sum(costs: Iterable[Cost]) -> str:
    return " + ".join(map(money, costs)) or "0"


def _steps(found: Difference) -> tuple[Steps, ...]:
    return found.outlook.steps if found.outlook else ()


def _shape(found: Difference) -> dict[str, Any]:
    """``state`` (``new, gone, changed``), ``changes, opened, closed, cost, memory_mib``, ``machines`` with their steps."""
    state = "changed" if found.before and found.after else "new" if found.after else "gone"
    if found.changes is None:
        return {"state": state}
    before, after = found.changes.cost
    return {
        "state": state,
        "changes": [
            {"sign": d.sign, "address": str(d.address), "before": d.left or None, "after": d.right or None}
            for d in found.changes.said
        ],
        "opened": [list(pair) for pair in found.changes.opened],
        "closed": [list(pair) for pair in found.changes.closed],
        "cost": {"before": [money(c) for c in before], "after": [money(c) for c in after]},
        "memory_mib": {
            n: {"before": _memory(a) / 2**20, "after": _memory(b) / 2**20} for n, (a, b) in found.changes.loads.items()
        },
        "machines": {due.machine: _due(due) for due in _steps(found)},
    }


def _due(due: Steps) -> Mapping[str, Any]:
    steps = [{"command": s.command, "reasons": {r.word: list(r.names) for r in s.reasons}} for s in due.steps]
    return {"steps": steps, "stopped": list(due.notice.names) if due.notice else [], "untouched": list(due.untouched)}
