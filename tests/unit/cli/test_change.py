"""``graph --view change``: what became of an environment, as a picture."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

from command_lines import Kmtopo, Outcome

WORDS = tuple(f"{{http://www.w3.org/2000/svg}}{tag}" for tag in ("text", "tspan"))
TITLE = "{http://www.w3.org/2000/svg}title"


def said(outcome: Outcome) -> list[str]:
    assert (outcome.code, outcome.err) == (0, "")
    return [element.text or "" for element in ET.fromstring(outcome.out).iter() if element.tag in WORDS]


def earlier(folder: Path) -> Path:
    """The same topology with an older Redis, in a folder of its own."""
    text = (folder / "topology.yaml").read_text(encoding="utf-8")
    assert text.count("redis:7.4.5") == 1
    other = folder / "other"
    other.mkdir()
    (other / "topology.yaml").write_text(text.replace("redis:7.4.5", "redis:7.4.4"), encoding="utf-8")
    return other


def test_another_file_or_folder_may_be_the_other_side(kmtopo: Kmtopo, kmmotos: Path) -> None:
    earlier(kmmotos)

    for against in ("other", "other/topology.yaml"):
        words = said(kmtopo("graph", "--view", "change", "--against", against, "-e", "produccion"))
        assert words[:2] == ["Cambios · Producción", f"Frente a {against} — contenedores ~1"]
        assert words[words.index("Qué cambia") + 1 : words.index("cambiado")] == [
            "containers.redis.image",
            "redis:7.4.5 (antes redis:7.4.4)",
        ]


def test_a_revision_is_the_other_side_and_the_last_one_unless_said(kmtopo: Kmtopo, kmmotos: Path) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "KMMotos")):
        subprocess.run(["git", *identity, *words], cwd=kmmotos, check=True, capture_output=True)

    same = said(kmtopo("graph", "--view", "change", "-e", "produccion"))
    text = (kmmotos / "topology.yaml").read_text(encoding="utf-8")
    (kmmotos / "topology.yaml").write_text(text.replace("redis:7.4.5", "redis:7.4.6"), encoding="utf-8")
    changed = said(kmtopo("graph", "--view", "change", "--against", "HEAD", "-e", "produccion"))

    assert same[1] == "Frente a HEAD — sin cambios"
    assert changed[1] == "Frente a HEAD — contenedores ~1"
    assert "redis:7.4.6 (antes redis:7.4.5)" in changed


def test_themes_and_files_are_those_of_every_picture(kmtopo: Kmtopo, kmmotos: Path) -> None:
    other = str(earlier(kmmotos))
    arguments = ("graph", "--view", "change", "--against", other, "-e", "pruebas")

    for theme in ("light", "dark"):
        assert kmtopo(*arguments, "--theme", theme, "-o", f"{theme}.svg") == Outcome(0, "", "")
        written = (kmmotos / f"{theme}.svg").read_text(encoding="utf-8")
        assert ET.fromstring(written).findtext(TITLE) == "KMMotos: gestión empresarial multiempresa · Cambios · Pruebas"
    assert kmtopo("graph", "--view", "change", "--against", other).err == (
        "kmtopo: a picture shows one environment: name it with -e: desarrollo, produccion, pruebas\n"
    )


def test_what_cannot_be_compared_is_said(kmtopo: Kmtopo, kmmotos: Path) -> None:
    outcomes = [
        kmtopo("graph", "--against", "HEAD", "-e", "produccion"),
        kmtopo("graph", "--view", "change", "--against", "nowhere", "-e", "produccion"),
        kmtopo("graph", "--view", "change", "--against", ".", "-e", "produccion", "--format", "dot"),
    ]

    assert [(outcome.code, outcome.out, outcome.err) for outcome in outcomes] == [
        (2, "", "kmtopo: --against is for --view change: other views show one side\n"),
        (2, "", "kmtopo: `nowhere` is neither a file nor a revision of git\n"),
        (
            1,
            "",
            "kmtopo: `diagrams/change.dot` was not drawn: the view shows nothing here, or is not written in this format\n",
        ),
    ]


def test_a_change_is_no_picture_of_a_build(kmtopo: Kmtopo, kmmotos: Path) -> None:
    kmtopo("build", "--only", "diagram")

    assert list((kmmotos / "build").rglob("change*")) == []
