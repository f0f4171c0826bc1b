"""A project's own templates: read with the topology, filled like the generator's, and nothing but text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtopo import pipeline
from kmtopo.artifacts import Hatch
from kmtopo.pipeline import Build, Request
from kmtopo.reading import read
from kmtopo.report.words import summary
from topologies import UNDRAWN

SHOP = """\
kmtopo: 1
name: shop
vps: {main: {}}
containers:
  db: {type: postgres, image: "postgres:17.2", resources: {cpu: 1, memory: 1GiB}, volumes: {db: 1GiB}}
environments:
  live: {}
"""
HBA = "templates/postgres/pg_hba.conf"


def built(folder: Path, **files: str) -> Build:
    (folder / "topology.yaml").write_text(SHOP, encoding="utf-8")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    project = read(folder)
    assert project.refusals == ()
    return pipeline.run(pipeline.BUILDING, pipeline.start(project, Request(generators=UNDRAWN)))


def hba_of(build: Build) -> str:
    return next(a.content for _, a in build.artifacts["live"] if a.path.name == "pg_hba.conf")


def told(build: Build) -> list[tuple[str, str, str, int]]:
    spans = [(d, d.primary.span) for d in build.diagnostics if d.primary]
    return [(d.code, summary(d, "en"), s.source, s.start.line) for d, s in spans if s]


def test_it_takes_the_place_of_the_generators_and_is_told(tmp_path: Path) -> None:
    build = built(tmp_path, **{HBA: "{% for who in ['a', 'b'] %}\nhost {{ who }}\n{% endfor %}\nend"})

    assert hba_of(build) == "host a\nhost b\nend\n"
    assert build.hatches == (Hatch("template", HBA),)


def test_what_is_not_meant_for_a_generator_is_not_read(tmp_path: Path) -> None:
    build = built(tmp_path, **{"templates/mail/hello.txt": "{{", HBA + "~": "{{", "templates/postgres/.swp": "{{"})

    assert (told(build), build.hatches, build.templates) == ([], (), ())


@pytest.mark.parametrize(
    ("template", "said", "line"),
    [
        ("a\n{{ nothing }}\n", "this template gets nothing that is called `nothing`", 2),
        ("{% if %}\n", "this is not written as Jinja2 reads it", 1),
        ("{{ a b }}\n", "this is not written as Jinja2 reads it", 1),
        ("{{ 'a'.b }}\n", "nothing here has a part `b`", 1),
        ("{% foo %}\n", "`foo` is no tag that can stand here", 1),
        ("{% for a in [] %}\n", "`for` is never closed", 1),
        ("a\n\n{{ 1 | shout }}\n", "there is no filter or test `shout`", 3),
        ("{{ 1 is loud }}\n", "there is no filter or test `loud`", 1),
        ("{% include 'pg_hba.conf' %}\n", "this template asks for another one", 1),
        ("{% import '/etc/passwd' as p %}\n", "this template asks for another one", 1),
        (
            "{{ ''.__class__.__mro__ }}\n",
            "this template may use the values that it gets, and nothing behind them",
            1,
        ),
        ("a\n{{ 1 / 0 }}\n", "this template fails with a ZeroDivisionError", 2),
    ],
)
def test_one_that_fails_is_told_at_its_line_and_nothing_is_built(
    tmp_path: Path, template: str, said: str, line: int
) -> None:
    build = built(tmp_path, **{HBA: template})

    assert told(build) == [("KM646", said, HBA, line)]
    assert build.artifacts == {}


def test_a_name_that_the_generator_does_not_know_is_told(tmp_path: Path) -> None:
    build = built(tmp_path, **{"templates/postgres/pg_hba.cnf": "", "templates/compose/compose.yaml": ""})

    assert [(code, source) for code, _, source, _ in told(build)] == [
        ("KM645", "templates/compose/compose.yaml"),
        ("KM645", "templates/postgres/pg_hba.cnf"),
    ]


def test_one_that_lies_outside_of_the_project_is_refused(tmp_path: Path) -> None:
    folder, outside = tmp_path / "shop", tmp_path / "outside.conf"
    (folder / "templates" / "postgres").mkdir(parents=True)
    (folder / "topology.yaml").write_text(SHOP, encoding="utf-8")
    outside.write_text("secret", encoding="utf-8")
    (folder / HBA).symlink_to(outside)

    assert [(refusal.code, refusal.values["name"]) for refusal in read(folder).refusals] == [("KM118", HBA)]
