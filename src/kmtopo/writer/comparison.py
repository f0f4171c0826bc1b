"""The comparison of tree, disk and manifest that makes the plan; it writes nothing."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from kmtopo.diagnostics import Diagnostic
from kmtopo.writer.disk import Disk
from kmtopo.writer.ground import strangers
from kmtopo.writer.manifest import Entry, Manifest, manifest_of
from kmtopo.writer.places import MANIFEST, place_of, under
from kmtopo.writer.plan import Action, Change, Plan
from kmtopo.writer.sightings import Sightings, load_sightings
from kmtopo.writer.survey import Found, Survey
from kmtopo.writer.tree import Output, Tree, path_problems

_PLAIN_MODE = 0o644
_EXECUTABLE = 0o100


def plan(root: Path, out: Path, tree: Tree) -> Plan:
    """Compares the tree with what lies in the output folder; a relative ``out`` is meant below ``root``."""
    place = place_of(root, out)
    with Disk(root) as disk:
        survey = Survey(disk, load_sightings(disk, place))
        manifest = under(place, MANIFEST)
        known = survey.find(manifest)
        record = manifest_of(survey.content(manifest, known), manifest)
        if isinstance(record, Diagnostic):
            return Plan(root, place, problems=(record,))
        comparison = _Comparison(place, tree, record, survey)
        problems = comparison.run()
        return Plan(
            root=root,
            out=place,
            changes=() if problems else tuple(sorted(comparison.changes, key=lambda change: change.path)),
            unchanged=tuple(sorted(comparison.unchanged)),
            problems=tuple(sorted(problems, key=lambda problem: problem.sort_key)),
            strangers=() if known or problems else strangers(disk, place, tree.folders),
            known=survey.known,
            seen=Sightings(place, tree.build, survey.seen),
        )


class _Comparison:
    def __init__(self, out: str, tree: Tree, record: Manifest, survey: Survey) -> None:
        self.changes: list[Change] = []
        self.unchanged: list[str] = []
        self._out = out
        self._tree = tree
        self._owned = record.files
        self._survey = survey

    def run(self) -> list[Diagnostic]:
        wanted = {output.path for output in self._tree.outputs}
        covers = self._tree.scope.covers
        others = {p: e for p, e in self._owned.items() if p not in wanted and not covers(p, e.generator)}
        problems = path_problems(self._tree.outputs, (*others, *(() if self._out else self._tree.beside)))
        if problems:
            return problems
        entries = {output.path: self._compare(output) for output in self._tree.outputs}
        for path in self._owned.keys() - entries.keys() - others.keys():
            self._compare_orphan(path)
        manifest = Manifest(self._tree.version, self._tree.input, {**others, **entries})
        self._compare_own(under(self._out, MANIFEST), manifest.render())
        for name, content in self._tree.beside.items():
            self._compare_own(name, content)
        return list(self._survey.problems.values())

    def _compare(self, output: Output) -> Entry:
        place, owned = under(self._out, output.path), self._owned.get(output.path)
        wanted = _Wanted(output.content, output.mode)
        self._settle(place, self._survey.find(place), wanted, owned.sha256 if owned else None)
        return Entry(wanted.sha256, output.generator, tuple(map(str, output.origins)), output.mode)

    def _compare_orphan(self, path: str) -> None:
        place = under(self._out, path)
        if found := self._survey.find(place, wanted=False):
            self._settle(place, found, None, self._owned[path].sha256)

    def _compare_own(self, place: str, content: str) -> None:
        found = self._survey.find(place)
        self._settle(place, found, _Wanted(content), found.sha256 if found else None)

    def _settle(self, place: str, found: Found | None, wanted: _Wanted | None, ours: str | None) -> None:
        action = _action(found, wanted, ours)
        if action is None:
            self.unchanged.append(place)
            return
        before = self._survey.content(place, found)
        self.changes.append(
            Change(
                path=place,
                action=action,
                before=None if before is None else before.decode("utf-8", "surrogateescape"),
                after=wanted.content if wanted else None,
                sha256=wanted.sha256 if wanted else None,
                mode=wanted.mode if wanted else _PLAIN_MODE,
                owned=ours is not None,
                found=found,
            )
        )


class _Wanted:
    __slots__ = ("content", "mode", "sha256")

    def __init__(self, content: str, mode: int = _PLAIN_MODE) -> None:
        self.content = content
        self.mode = mode
        self.sha256 = sha256(content.encode()).hexdigest()


def _action(found: Found | None, wanted: _Wanted | None, ours: str | None) -> Action | None:
    if found is None:
        return Action.CREATE
    if wanted and found.sha256 == wanted.sha256:
        # A file system may give every right to everybody: only one that is missing matters.
        return Action.CHANGE if wanted.mode & ~found.mode & _EXECUTABLE else None
    if found.sha256 != ours:
        return Action.CONFLICT
    return Action.CHANGE if wanted else Action.DELETE
