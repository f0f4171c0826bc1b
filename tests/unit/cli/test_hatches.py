"""What ``build`` and ``plan`` say of patches and templates, and that the real tools take what is patched."""

from __future__ import annotations

from pathlib import Path

from command_lines import Kmtopo
from realtools import compose

PATCHES = """\
patches:
  - file: "*/server/compose.yaml"
    set: services.postgres.ulimits
    value: {nofile: {soft: 1024, hard: 2048}}
    why: Many connections
  - file: production/server/compose.yaml
    delete: services.postgres.restart
    why: An operator starts it
  - file: production/server/compose.yaml
    set: services.postgres.labels
    value: {backup.every: 24h}
    why: The backup program asks for it
"""
TOLD = """\

outside of the language: 4
  templates/postgres/pg_hba.conf: in the place of the template of postgres
  build/production/server/compose.yaml: services.postgres.ulimits  topology.yaml:{first}:5  Many connections
  build/production/server/compose.yaml: services.postgres.restart  topology.yaml:{second}:5  An operator starts it
  build/production/server/compose.yaml: services.postgres.labels  topology.yaml:{third}:5  The backup program asks for it
"""


def patched(folder: Path) -> str:
    """Writes the patches and a template; returns what builds say of them."""
    topology = folder / "topology.yaml"
    text = topology.read_text(encoding="utf-8")
    topology.write_text(text + PATCHES, encoding="utf-8")
    (folder / "templates" / "postgres").mkdir(parents=True)
    (folder / "templates" / "postgres" / "pg_hba.conf").write_text("local all all peer\n", encoding="utf-8")
    lines = [n for n, line in enumerate((text + PATCHES).splitlines(), 1) if line.startswith("  - file:")]
    return TOLD.format(**dict(zip(("first", "second", "third"), lines, strict=True)))


def test_build_and_plan_end_with_what_is_outside_of_the_language(hello: Path, kmtopo: Kmtopo) -> None:
    told = patched(hello)

    assert kmtopo("plan").out.endswith(told)
    first = kmtopo("build")
    assert (first.code, first.err) == (0, "")
    assert first.out.endswith(told)
    # What is remembered is told again.
    again = kmtopo("build")
    assert again.out.startswith("nothing to change")
    assert again.out.endswith(told)
    assert kmtopo("plan").out.endswith(told)
    assert "\nfuera del lenguaje: 4\n" in kmtopo("--lang", "es", "build").out


def test_another_template_makes_another_build(hello: Path, kmtopo: Kmtopo) -> None:
    patched(hello)
    kmtopo("build")
    (hello / "templates" / "postgres" / "pg_hba.conf").write_text("local all all peer\n# ours\n", encoding="utf-8")

    assert kmtopo("build").out.startswith("wrote build: 0 created, ")
    built = next((hello / "build").rglob("pg_hba.conf"))
    assert built.read_text(encoding="utf-8") == "local all all peer\n# ours\n"


def test_the_real_compose_reads_what_is_patched(hello: Path, kmtopo: Kmtopo) -> None:
    patched(hello)
    kmtopo("build")
    folder = hello / "build" / "production" / "server"

    service = compose.read(folder)["services"]["postgres"]

    assert service["ulimits"] == {"nofile": {"soft": 1024, "hard": 2048}}
    assert service["labels"] == {"backup.every": "24h"}
    assert "restart" not in service
    assert compose.config(folder).code == 0


def test_show_leads_from_a_patched_line_to_the_patch(hello: Path, kmtopo: Kmtopo) -> None:
    patched(hello)
    kmtopo("build")
    file = Path("build/production/server/compose.yaml")
    lines = (hello / file).read_text(encoding="utf-8").splitlines()

    shown = kmtopo("show", f"{file}:{lines.index('    ulimits:') + 1}")

    assert (shown.code, shown.err) == (0, "")
    assert "patches[0]" in shown.out
