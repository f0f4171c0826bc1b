"""The difference is in the form that git and patch read."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kmtopo.writer import Output, Tree, diff, plan
from writer_worlds import BUILD, build, contents, tree


def test_every_kind_of_change_is_shown_and_the_manifest_is_not(tmp_path: Path) -> None:
    build(tmp_path, tree({"p/change": "one\ntwo\nthree\n", "p/delete": "gone\n", "p/edit": "ours\n"}))
    (tmp_path / "build/p/edit").write_bytes(b"mine \xff\x0c without an end")

    made = plan(tmp_path, BUILD, tree({"p/change": "one\n2\nthree\n", "p/create": "new\n", "p/edit": "ours\n"}))

    assert (
        diff(made)
        == """\
--- a/build/p/change
+++ b/build/p/change
@@ -1,3 +1,3 @@
 one
-two
+2
 three
--- /dev/null
+++ b/build/p/create
@@ -0,0 +1 @@
+new
--- a/build/p/delete
+++ /dev/null
@@ -1 +0,0 @@
-gone
--- a/build/p/edit
+++ b/build/p/edit
@@ -1 +1 @@
-mine \ufffd\x0c without an end
\\ No newline at end of file
+ours
"""
    )


def test_where_only_the_manifest_differs_it_is_shown(tmp_path: Path) -> None:
    build(tmp_path, tree({}))

    assert (
        diff(plan(tmp_path, BUILD, tree({}, version="1.1")))
        == """\
--- a/build/manifest.json
+++ b/build/manifest.json
@@ -1,5 +1,5 @@
 {
-  "kmtopo": "1.0",
+  "kmtopo": "1.1",
   "input": "aaaa",
   "files": {}
 }
"""
    )


def test_a_clean_plan_has_none(tmp_path: Path) -> None:
    build(tmp_path, tree({"a": "1\n"}))

    assert diff(plan(tmp_path, BUILD, tree({"a": "1\n"}))) == ""


def test_git_applies_it(tmp_path: Path) -> None:
    script = Output("p/run.sh", "#!/bin/sh\n", "compose")
    build(tmp_path, Tree("1", "a", (script, Output("p/a", "1\n2\n", "compose"), Output("p/gone", "x\n", "compose"))))
    runnable = Output("p/run.sh", "#!/bin/sh\n", "compose", mode=0o755)
    after = Tree("1", "a", (runnable, Output("p/a", "1\n3\n", "compose"), Output("p/new/b", "b\n", "compose")))

    patch = diff(plan(tmp_path, BUILD, after))
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=tmp_path, input=patch, text=True, check=True)

    patched = contents(tmp_path)
    assert build(tmp_path, after) == ()
    assert {**contents(tmp_path), "build/manifest.json": ""} == {**patched, "build/manifest.json": ""}
    assert (tmp_path / "build/p/run.sh").stat().st_mode & 0o111
