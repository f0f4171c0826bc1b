"""Whatever is built, edited and deleted in whatever order: the disk is what a model of twenty lines says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kmtopo.writer import Scope, plan
from writer_worlds import BUILD, build, contents, tree

PATHS = st.sampled_from([f"{environment}/{path}" for environment in "pq" for path in ("a", "b", "n/c", "n/d", "n/m/e")])
CONTENTS = st.sampled_from(["", "1\n", "2\n", "mine\n"])
FILES = st.dictionaries(PATHS, CONTENTS, max_size=6)
SCOPES = st.sampled_from([None, frozenset("p"), frozenset("q"), frozenset("pq")])


@dataclass(frozen=True)
class Build:
    """A build of a tree, as far as the scope covers it."""

    wanted: dict[str, str]
    scope: frozenset[str] | None
    force: bool

    @property
    def files(self) -> dict[str, str]:
        return {path: text for path, text in self.wanted.items() if self.covers(path)}

    def covers(self, path: str) -> bool:
        return self.scope is None or path[0] in self.scope


@dataclass(frozen=True)
class Edit:
    """Somebody writes a file, or deletes one."""

    path: str
    content: str | None


@dataclass
class Model:
    """What is on disk, what the last build wrote there, and the folders that others made there before the first one."""

    disk: dict[str, str] = field(default_factory=dict)
    owned: dict[str, str] = field(default_factory=dict)
    strange: set[str] = field(default_factory=set)
    is_ours: bool = False

    def build(self, step: Build) -> bool:
        """Tells whether the build goes through."""
        files = step.files
        orphans = {path for path in self.owned if step.covers(path) and path not in files}
        conflicts = [path for path in {*files, *orphans} if self.is_conflict(path, files.get(path))]
        strangers = not self.is_ours and self.strange - {path[0] for path in files}
        if (conflicts or strangers) and not step.force:
            return False
        self.is_ours = True
        for path in orphans:
            self.disk.pop(path, None)
            self.owned.pop(path)
        self.disk |= files
        self.owned |= files
        return True

    def is_conflict(self, path: str, wanted: str | None) -> bool:
        return path in self.disk and self.disk[path] not in (wanted, self.owned.get(path))

    def edit(self, step: Edit) -> None:
        if step.content is None:
            self.disk.pop(step.path, None)
        else:
            self.disk[step.path] = step.content
            self.strange.add(step.path[0])


STEPS = st.lists(
    st.one_of(
        st.builds(Build, FILES, SCOPES, st.booleans()),
        st.builds(Edit, PATHS, st.one_of(st.none(), CONTENTS)),
    ),
    max_size=8,
)


def edited(root: Path, step: Edit) -> None:
    file = root / "build" / step.path
    if step.content is None:
        file.unlink(missing_ok=True)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(step.content, encoding="utf-8")


def files_below(root: Path) -> dict[str, str]:
    below = {path.removeprefix("build/"): text for path, text in contents(root).items() if text != "/"}
    below.pop("manifest.json", None)
    return below


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_the_writer_does_what_its_model_does(steps: Iterable[Build | Edit]) -> None:
    model = Model()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for step in steps:
            if isinstance(step, Edit):
                model.edit(step)
                edited(root, step)
            else:
                wanted = tree(step.files, scope=Scope(environments=step.scope))
                problems = build(root, wanted, force=step.force)
                assert {problem.code for problem in problems} == (set() if model.build(step) else {"KM705"})
                assert problems or plan(root, BUILD, wanted).is_clean
            assert files_below(root) == model.disk
