"""A command line that makes no sense is answered in the reader's language, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_lines import Kmtopo


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("buld", "there is no command `buld`; did you mean `build`?\n  = help: see `kmtopo --help`"),
        ("xyz", "there is no command `xyz`\n  = help: see `kmtopo --help`"),
        ("--lang es buld", "no hay ningún comando `buld`; ¿quisiste decir `build`?\n  = ayuda: mira `kmtopo --help`"),
        ("--lang=es", "nombra un comando\n  = ayuda: mira `kmtopo --help`"),
        ("--colour", "there is no option `--colour`; did you mean `--color`?\n  = help: see `kmtopo --help`"),
        (
            "check --strct",
            "there is no option `--strct`; did you mean `--strict`?\n  = help: see `kmtopo check --help`",
        ),
        ("check a b", "`b` is one argument too many\n  = help: see `kmtopo check --help`"),
        ("check -e", "`-e` needs a value\n  = help: see `kmtopo --help`"),
        ("explain", "`CODE` is missing\n  = help: see `kmtopo explain --help`"),
        ("--lang fr check", "`fr` is not possible here; known: es, en"),
        ("--lang es --color rojo check", "`rojo` no es posible aquí; hay: auto, always, never"),
        ("check --format jsn", "`jsn` is not possible here; did you mean `json`?"),
        ("graph --theme blue", "`blue` is not possible here; known: auto, light, dark"),
        ("explain unknown-kye", "there is no code or name `unknown-kye`; did you mean `unknown-key`?"),
        ("init --example minimall", "no example is called `minimall`; did you mean `01-minimal`?"),
    ],
)
def test_what_is_wrong_is_said_with_what_may_be_meant(line: str, said: str, kmtopo: Kmtopo) -> None:
    outcome = kmtopo(*line.split())

    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"kmtopo: {said}\n")


def test_an_option_without_a_name_is_refused(hello: object, kmtopo: Kmtopo) -> None:
    assert (
        kmtopo("build", "--only", "").err
        == "kmtopo: no generator is called ``; known: compose, diagram, docs, env, laravel, mongo, nginx, postgres, redis\n"
    )
    assert kmtopo("build", "--only", "enw").err == "kmtopo: no generator is called `enw`; did you mean `env`?\n"
    assert (
        kmtopo("check", "-e", "prodution").err
        == "kmtopo: no environment is called `prodution`; did you mean `production`?\n"
    )


@pytest.mark.parametrize("line", ["--help", "-h", ""])
def test_help_is_printed_where_it_is_asked_for_or_nothing_is(line: str, kmtopo: Kmtopo) -> None:
    outcome = kmtopo(*line.split())

    assert outcome.code == 0
    assert outcome.out.startswith("Usage: kmtopo [OPTIONS] COMMAND [ARGS]...\n")
    assert [row.split()[0] for row in outcome.out.partition("Commands:\n")[2].splitlines()] == [
        "init", "check", "fmt", "docs", "plan", "build", "show", "explain", "schema", "generators", "graph", "serve",
        "reach", "impact", "matrix", "cost", "capacity", "diff", "env", "secrets",
    ]  # fmt: skip


def test_a_help_page_in_spanish_has_no_english_left(kmtopo: Kmtopo) -> None:
    assert (
        kmtopo("--lang", "es", "show", "--help").out
        == """\
Uso: kmtopo show [OPCIONES] {ADDRESS|BUILT_FILE:LINE} [FILE]

  Muestra de dónde viene un valor o una línea generada.

Argumentos:
  ADDRESS|BUILT_FILE:LINE  Una dirección como containers.backend, o una línea
                           de un archivo generado.  [obligatorio]
  FILE                     La topología (por omisión: topology.yaml).

Opciones:
  -e, --env NAME  Solo este entorno; se puede repetir.
  -h, --help      Muestra esta ayuda y termina.
"""
    )


@pytest.mark.parametrize("line", ["--version", "--lang es --version", "--version check"])
def test_the_version_needs_no_command(line: str, kmtopo: Kmtopo) -> None:
    outcome = kmtopo(*line.split())

    assert (outcome.code, outcome.out, outcome.err) == (0, "kmtopo 0.1.0\n", "")


def test_what_was_given_cannot_act_on_a_terminal(kmtopo: Kmtopo) -> None:
    assert kmtopo("explain", "\x1b[31m").err == "kmtopo: there is no code or name `␛[31m`\n"
    assert "\x1b" not in kmtopo("\x1b[31m").err + kmtopo("check", "--\x1b[31m").err + kmtopo("show", "\x1b.yaml:3").err


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"LANG": "es_HN.UTF-8"}, "nombra un comando"),
        ({"LANG": "es_HN.UTF-8", "LC_ALL": "C"}, "name a command"),
        ({"LC_ALL": "en_US.UTF-8", "KMTOPO_LANG": "es"}, "nombra un comando"),
    ],
)
def test_the_language_is_the_reader_s(
    environ: dict[str, str], said: str, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    assert kmtopo("--debug").err.startswith(f"kmtopo: {said}\n")


def test_a_bug_is_no_traceback_unless_it_is_asked_for(kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("kmtopo.model.schema.json_schema", broken)
    outcome = kmtopo("schema")

    assert (outcome.code, outcome.out) == (70, "")
    assert (
        outcome.err
        == """\
error[KM999]: a bug in kmtopo: RuntimeError: planted
  = help: report it with the topology; `--debug` shows the traceback

1 error
"""
    )
    assert kmtopo("--lang", "es", "schema").err.startswith("error[KM999]: un error interno de kmtopo: ")
    assert kmtopo("--debug", "schema").err.startswith("Traceback (most recent call last):\n")


def test_a_bug_in_the_reports_themselves_is_no_traceback_either(
    kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("kmtopo.model.schema.json_schema", broken)
    monkeypatch.setattr("kmtopo.report.render_text", broken)

    assert kmtopo("schema").err == "error[KM999]: RuntimeError: planted\n"


def test_whether_a_file_can_be_read_is_left_to_whoever_reads_it(
    hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    (hello / "page.md").write_text("# Page\n", encoding="utf-8")
    (hello / "picture.svg").touch()
    (hello / "out").mkdir()

    for line in ("check", "build -o out", "graph -o picture.svg", "docs page.md", "cost", "secrets init", "init ."):
        assert "not readable" not in kmtopo(*line.split()).err
    assert kmtopo("check").code == 0
