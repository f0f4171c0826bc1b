"""The commands that change the user's own files: ``check --fix`` and ``fmt``; and the reports of ``check`` for CI."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_lines import HELLO, Kmtopo
from topologies import ROOT

SHIPPED = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("examples/*/topology.yaml"))
MISSPELT = HELLO.replace("image: postgres:17.6", "imagen: postgres:17.6").replace("memory: 512MiB", "memory: 512m")
INCLUDING = """\
kmtopo: 1
name: shop
include: [parts/*]
vps: {main: {}}
containers: {web: {type: generic, image: "shop/web:1.0.0", resources: {cpu: 1, memory: 1g}}}
environments: {production: {domain: "{tenant}.shop.example"}}
"""


def including(folder: Path) -> Path:
    parts = folder / "parts"
    parts.mkdir()
    (parts / "networks.yaml").write_text("networks:\n  inner: {internal: yes}\n", encoding="utf-8")
    (parts / "tenants.csv").write_text("id,centrl,limits.rate\none,yes,20r/s\n", encoding="utf-8")
    (folder / "topology.yaml").write_text(INCLUDING, encoding="utf-8")
    return parts


def test_fix_mends_what_is_safe_and_reports_what_is_left(folder: Path, kmtopo: Kmtopo) -> None:
    path = folder / "topology.yaml"
    path.write_text(MISSPELT.replace("uses: [postgres]", "uses: [postgress]"), encoding="utf-8")

    outcome = kmtopo("check", "--fix")

    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        "fixed topology.yaml:35:35: `512m` -> `512MiB`",
        "fixed topology.yaml:42:5: `imagen` -> `image`",
    ]
    assert outcome.err.startswith("error[KM301]: unknown container `postgress`")
    assert outcome.err.endswith("\n1 error\n")
    assert path.read_text(encoding="utf-8") == HELLO.replace("uses: [postgres]", "uses: [postgress]")


def test_a_fix_may_bring_others_to_light(folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "topology.yaml").write_text(
        HELLO.replace("resources: {cpu: 0.25", "resorces: {cpu: 250m"), encoding="utf-8"
    )

    outcome = kmtopo("check", "--fix", "--strict")

    assert (outcome.code, outcome.out.splitlines()[-1]) == (0, "no problems in production")
    assert [line.partition(": ")[2] for line in outcome.out.splitlines()[:-1]] == [
        "`resorces` -> `resources`",
        "`resorces` -> `resources`",
        "`250m` -> `0.25`",
        "`250m` -> `0.25`",
    ]
    assert (folder / "topology.yaml").read_text(encoding="utf-8") == HELLO


def test_where_nothing_is_safe_nothing_is_written(folder: Path, kmtopo: Kmtopo) -> None:
    path = folder / "topology.yaml"
    path.write_text(HELLO.replace("uses: [postgres]", "uses: [postgress]"), encoding="utf-8")
    before = path.stat()

    assert kmtopo("check", "--fix").out == ""
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_fix_reaches_included_files_and_the_cells_of_a_table(folder: Path, kmtopo: Kmtopo) -> None:
    parts = including(folder)

    outcome = kmtopo("check", "--fix")

    assert sorted(outcome.out.splitlines()) == [
        "fixed parts/networks.yaml:2:21: `yes` -> `true`",
        "fixed parts/tenants.csv:1:4: `centrl` -> `central`",
        "fixed parts/tenants.csv:2:5: `yes` -> `true`",
        "fixed parts/tenants.csv:2:9: `20r/s` -> `20/s`",
        "fixed topology.yaml:5:88: `1g` -> `1GiB`",
        "no problems in production",
    ]
    assert (parts / "networks.yaml").read_text(encoding="utf-8") == "networks:\n  inner: {internal: true}\n"
    assert (parts / "tenants.csv").read_text(encoding="utf-8") == "id,central,limits.rate\none,true,20/s\n"


def test_the_heading_of_a_nested_column_is_left_alone(folder: Path, kmtopo: Kmtopo) -> None:
    parts = including(folder)
    (parts / "tenants.csv").write_text("id,limits.rat\none,20/s\n", encoding="utf-8")

    assert kmtopo("check", "--fix").code == 1
    assert (parts / "tenants.csv").read_text(encoding="utf-8") == "id,limits.rat\none,20/s\n"


def test_what_stands_in_the_way_of_a_fix_is_told(folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "topology.yaml").write_text(MISSPELT, encoding="utf-8")
    (folder / ".topology.yaml.kmtopo-new").mkdir()

    outcome = kmtopo("check", "--fix")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("error[KM70")
    assert (folder / "topology.yaml").read_text(encoding="utf-8") == MISSPELT


@pytest.mark.parametrize("format", ["json", "sarif"])
def test_programs_get_one_document_even_after_fixes(format: str, folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "topology.yaml").write_text(MISSPELT, encoding="utf-8")

    outcome = kmtopo("check", "--fix", "--format", format)

    assert outcome.code == 0
    assert json.loads(outcome.out)
    assert len(outcome.err.splitlines()) == 2


def test_ci_gets_paths_from_where_the_command_runs(folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "deploy").mkdir()
    (folder / "deploy" / "topology.yaml").write_text(MISSPELT, encoding="utf-8")

    annotations = kmtopo("check", "deploy/topology.yaml", "--format", "github")
    log = json.loads(kmtopo("check", "deploy", "--format", "sarif").out)

    assert (annotations.code, annotations.err) == (1, "")
    assert annotations.out.splitlines()[1].startswith(
        "::error file=deploy/topology.yaml,line=42,endLine=42,col=5,endColumn=11,title=KM201 unknown-key::"
    )
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["runs"][0]["results"]]
    assert set(places) == {"deploy/topology.yaml"}


@pytest.mark.parametrize("format", ["json", "sarif", "github"])
def test_a_file_that_cannot_be_read_is_told_to_programs_too(format: str, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("check", "nowhere.yaml", "--format", format)

    assert (outcome.code, outcome.err) == (1, "")
    assert "KM115" in outcome.out


def test_a_format_that_nobody_knows_is_refused(kmtopo: Kmtopo) -> None:
    assert kmtopo("check", "--format", "sarf").code == 2


def test_fmt_puts_keys_in_order_and_says_so(folder: Path, kmtopo: Kmtopo) -> None:
    ports = "    publish: [80, 443] # the only way in\n"
    moved = HELLO.replace(ports, "").replace("    routes:\n", f"{ports}    routes:\n")
    (folder / "topology.yaml").write_text(moved, encoding="utf-8")

    assert moved != HELLO
    assert kmtopo("fmt").out == "formatted topology.yaml\n"
    assert kmtopo("--lang", "es", "fmt").out == "nada que cambiar en topology.yaml\n"
    assert (folder / "topology.yaml").read_text(encoding="utf-8") == HELLO


@pytest.mark.parametrize("path", ["topology.yaml", *SHIPPED])
def test_what_is_shipped_is_in_form(path: str, kmtopo: Kmtopo) -> None:
    assert kmtopo("fmt", "--check", str(ROOT / path)).code == 0


def test_fmt_check_shows_what_would_change_and_writes_nothing(folder: Path, kmtopo: Kmtopo) -> None:
    path = folder / "topology.yaml"
    path.write_text("name: shop\nkmtopo: 1\n", encoding="utf-8")

    outcome = kmtopo("fmt", "--check")

    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out == (
        "--- a/topology.yaml\n+++ b/topology.yaml\n@@ -1,2 +1,2 @@\n+kmtopo: 1\n name: shop\n-kmtopo: 1\n"
    )
    assert path.read_text(encoding="utf-8") == "name: shop\nkmtopo: 1\n"
    assert kmtopo("fmt").code == kmtopo("fmt", "--check").code == 0


def test_fmt_puts_included_yaml_in_order_and_leaves_tables_alone(folder: Path, kmtopo: Kmtopo) -> None:
    parts = including(folder)
    (parts / "networks.yaml").write_text("networks:\n  inner:\n    internal: true\n    title: In\n", encoding="utf-8")

    assert kmtopo("fmt").out == "formatted parts/networks.yaml\n"
    assert (parts / "networks.yaml").read_text(encoding="utf-8") == (
        "networks:\n  inner:\n    title: In\n    internal: true\n"
    )


@pytest.mark.parametrize(("text", "code"), [("a: 1\na: 2\n", "KM103"), ("a: [", "KM101"), ("", "KM117")])
def test_fmt_writes_nothing_that_it_cannot_read(text: str, code: str, folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "topology.yaml").write_text(text, encoding="utf-8")

    outcome = kmtopo("fmt")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"error[{code}]: ")
    assert (folder / "topology.yaml").read_text(encoding="utf-8") == text
