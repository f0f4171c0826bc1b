"""Several files are one topology: what is read, in which order, and where its parts stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo import pipeline
from kmtopo.pipeline import Build
from kmtopo.reading import read

TOPOLOGY = """\
kmtopo: 1
name: shop
include: INCLUDE
vps: {main: {}}
containers:
  web: {type: generic, image: shop/web:1.0.0, resources: {cpu: 1, memory: 1GiB}}
tenancy: {domain: "{tenant}.shop.example"}
policies:
  - {publish: [web], why: One way in}
environments: {production: {tls: false}}
"""


def write(folder: Path, include: str, **files: str) -> Path:
    (folder / "topology.yaml").write_text(TOPOLOGY.replace("INCLUDE", include), encoding="utf-8")
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def compiled(folder: Path) -> Build:
    return pipeline.run(pipeline.CHECKING, pipeline.start(read(folder)))


def test_items_of_several_files_are_one_noun(tmp_path: Path) -> None:
    write(
        tmp_path,
        "[parts/*.yaml, more.csv]",
        parts__b_yaml="tenants: {south: {title: South}}\n",
        parts__a_yaml="tenants: {north: {title: North}}\nzones: {sea: {}}\n",
        more_csv="id,zone\nwest,sea\n",
    )
    build = compiled(tmp_path)

    assert build.diagnostics == ()
    assert [source.name for source in build.included] == ["parts/a.yaml", "parts/b.yaml", "more.csv"]
    assert sorted(build.deployments["production"].tenants) == ["north", "south", "west"]
    assert build.document is not None
    places = {name: build.document.place(("tenants", name)) for name in ("north", "south", "west")}
    assert places == {"north": "parts/a.yaml:1:11", "south": "parts/b.yaml:1:11", "west": "more.csv:2:1"}
    assert build.document.place(("zones", "sea")) == "parts/a.yaml:2:9"
    assert build.document.place(("vps", "main")) == "topology.yaml:4:7"


def test_lists_go_on(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", more_yaml="policies:\n  - {budget: 5 USD/month, why: It is small}\n")
    build = compiled(tmp_path)

    assert build.topology is not None
    assert [sorted(layer.data) for layer in build.topology.lists["policies"]] == [["publish", "why"], ["budget", "why"]]
    assert build.document is not None
    assert build.document.place(("policies", 1, "budget")) == "more.yaml:2:6"


def test_a_diagnostic_of_one_file_may_show_another(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", more_yaml="containers:\n  web: {}\ntenancy: {}\n")
    found = [
        (d.code, d.primary.span.source if d.primary and d.primary.span else "", d.secondary[0].span.source)
        for d in compiled(tmp_path).diagnostics
        if d.secondary and d.secondary[0].span
    ]

    assert found == [("KM121", "more.yaml", "topology.yaml"), ("KM121", "more.yaml", "topology.yaml")]


@pytest.mark.parametrize(
    ("include", "code", "variant"),
    [
        ("missing.yaml", "KM115", "included"),
        ("/etc/hostname", "KM118", ""),
        ("../topology.yaml", "KM118", ""),
        ("[link.yaml]", "KM118", ""),
        ("[parts]", "KM116", "special"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_where_it_is_named(
    tmp_path: Path, include: str, code: str, variant: str
) -> None:
    (tmp_path / "inner" / "parts").mkdir(parents=True)
    (tmp_path / "topology.yaml").write_text("", encoding="utf-8")
    (tmp_path / "inner" / "link.yaml").symlink_to("/etc/hostname")
    (refusal,) = read(write(tmp_path / "inner", include)).refusals

    assert (refusal.code, refusal.variant) == (code, variant)
    assert refusal.span is not None
    assert (refusal.span.source, refusal.span.start.line) == ("topology.yaml", 3)


def test_a_pattern_that_nothing_fits_includes_nothing(tmp_path: Path) -> None:
    assert read(write(tmp_path, "parts/*.yaml")).included == ()


def test_a_file_counts_once_and_the_topology_is_no_part_of_itself(tmp_path: Path) -> None:
    project = read(write(tmp_path, "['*.yaml', more.yaml]", more_yaml="zones: {sea: {}}\n"))

    assert [source.name for source in project.included] == ["more.yaml"]


def test_what_an_unreadable_part_may_have_said_is_missed_by_nobody(tmp_path: Path) -> None:
    write(tmp_path, "[parts/bad.yaml, more.csv]", parts__bad_yaml="zones: {sea: {}\n", more_csv="id,zone\nwest,sea\n")

    assert [d.code for d in compiled(tmp_path).diagnostics] == ["KM101"]


def test_the_whole_is_what_one_file_would_have_been(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    whole = write(tmp_path / "one", "[]")
    with (whole / "topology.yaml").open("a", encoding="utf-8") as file:
        file.write("tenants: {north: {title: North}}\n")
    parts = write(tmp_path / "two", "more.yaml", more_yaml="tenants: {north: {title: North}}\n")

    assert compiled(whole).deployments == compiled(parts).deployments
