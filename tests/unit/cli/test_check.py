"""``check`` reports everything, and its exit code says what that weighs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_lines import HELLO, Kmtopo

NOTE = """\
note[KM502]: 3 pairs can talk over `default` without having declared it
  --> topology.yaml:15:1
   |
15 | containers:
   | ^^^^^^^^^^
   = help: part them by networks or forbid it with a `deny` where it matters: api ↔ site, nginx ↔ postgres, postgres ↔ site

1 note
"""


def write(folder: Path, old: str, new: str) -> None:
    assert old in HELLO
    (folder / "topology.yaml").write_text(HELLO.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("line", ["check", "check --strict", "check topology.yaml", "check .", "check -e production"])
def test_a_note_is_no_problem(line: str, hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo(*line.split())

    assert (outcome.code, outcome.out, outcome.err) == (0, "no problems in production\n", NOTE)


def test_a_warning_fails_under_strict_only(folder: Path, kmtopo: Kmtopo) -> None:
    write(folder, "image: postgres:17.6", "image: postgres:latest")

    assert kmtopo("check").code == 0
    strict = kmtopo("check", "--strict")
    assert (strict.code, strict.out) == (1, "")
    assert strict.err.startswith("note[KM502]")
    assert strict.err.endswith("\n1 warning, 1 note\n")


def test_an_error_fails_and_writes_nothing(folder: Path, kmtopo: Kmtopo) -> None:
    write(folder, "uses: [postgres]", "uses: [postgress]")

    outcome = kmtopo("check")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("error[KM301]: unknown container `postgress`\n  --> topology.yaml:34:12\n")
    for command in ("build", "plan", "graph", "show api"):
        assert kmtopo(*command.split()).code == (0 if command == "show api" else 1)
    assert [path.name for path in folder.iterdir()] == ["topology.yaml"]


def test_programs_get_json_in_the_same_order(folder: Path, kmtopo: Kmtopo) -> None:
    write(folder, "image: postgres:17.6", "imagen: postgres:17.6")

    english, spanish = kmtopo("check", "--format", "json"), kmtopo("--lang", "es", "check", "--format", "json")

    assert (english.code, english.err) == (spanish.code, spanish.err) == (1, "")
    found = json.loads(english.out)
    assert found["summary"] == {"errors": 1, "warnings": 0, "infos": 0}
    assert found["diagnostics"][0]["message"] == "unknown key `imagen`"
    assert json.loads(spanish.out)["diagnostics"][0]["message"] == "clave desconocida `imagen`"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nothing.yaml", "KM115"),
        ("folder", "KM115"),
        ("binary.yaml", "KM111"),
        ("empty.yaml", "KM117"),
        ("/dev/null", "KM116"),
        ("x" * 300, "KM116"),
        ("\udcff.yaml", "KM115"),
        ("binary.yaml/x", "KM115"),
    ],
)
@pytest.mark.parametrize("command", ["check", "plan", "build", "graph"])
def test_a_file_that_is_none_is_told(name: str, code: str, command: str, folder: Path, kmtopo: Kmtopo) -> None:
    (folder / "folder").mkdir()
    (folder / "binary.yaml").write_bytes(b"\x7fELF\xff\x00")
    (folder / "empty.yaml").write_bytes(b"")

    outcome = kmtopo(command, name)

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"error[{code}]: ")


def test_colours_come_where_they_are_asked_for(hello: Path, kmtopo: Kmtopo) -> None:
    assert kmtopo("--color", "always", "check").err.startswith("\x1b[1;36mnote[KM502]\x1b[0m")
    assert kmtopo("--color", "never", "check").err == kmtopo("check").err == NOTE


@pytest.mark.parametrize("rule", ["KM516", "image-unpinned"])
def test_a_warning_may_be_an_error_for_once(rule: str, folder: Path, kmtopo: Kmtopo) -> None:
    write(folder, "image: postgres:17.6", "image: postgres:latest")

    assert kmtopo("check", "--error", "resources-unbounded").code == 0
    outcome = kmtopo("check", "--error", rule)
    assert (outcome.code, outcome.out) == (1, "")
    assert "error[KM516]: `postgres:latest` may be another image tomorrow" in outcome.err
    assert outcome.err.endswith("\n1 error, 1 note\n")


def test_a_note_may_be_a_warning_or_an_error(hello: Path, kmtopo: Kmtopo) -> None:
    warned = kmtopo("check", "--warn", "reachability-excess")
    assert (warned.code, warned.err.splitlines()[0]) == (0, NOTE.splitlines()[0].replace("note[", "warning["))
    assert kmtopo("check", "--strict", "--warn", "KM502").code == 1
    assert kmtopo("check", "--warn", "KM502", "--error", "KM502").err.endswith("\n1 error\n")
    found = json.loads(kmtopo("check", "--format", "json", "--error", "KM502").out)
    assert [(each["code"], each["severity"]) for each in found["diagnostics"]] == [("KM502", "error")]


def test_what_is_accepted_with_a_reason_stays_so(folder: Path, kmtopo: Kmtopo) -> None:
    write(folder, "image: postgres:17.6", "image: postgres:latest")
    accepted = "\naccept:\n  - {rule: image-unpinned, of: containers.postgres, why: Only this one is tested}\n"
    with (folder / "topology.yaml").open("a", encoding="utf-8") as file:
        file.write(accepted)

    assert kmtopo("check", "--error", "image-unpinned").code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check --error image-unpined", "kmtopo: there is no rule `image-unpined`; did you mean `image-unpinned`?\n"),
        (
            "check --warn port-conflict",
            "kmtopo: `port-conflict` is an error and stays one: what it finds makes the outputs wrong\n",
        ),
        (
            "--lang es check --warn KM503",
            "kmtopo: `KM503` es un error y lo sigue siendo: lo que encuentra vuelve incorrectas las salidas\n",
        ),
    ],
)
def test_nothing_may_weigh_less(line: str, said: str, hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo(*line.split())

    assert (outcome.code, outcome.err) == (2, said)
