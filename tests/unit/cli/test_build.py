"""``plan`` and ``build``: what would change, what was written, and what the operator does next."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from command_lines import HELLO, Kmtopo

WROTE = """\
wrote build: 29 created, 0 changed, 0 deleted, 0 unchanged
"""
NEXT = """\

Production (production)
  picture: build/production/diagrams/deployment.svg
  missing before the start: secrets/production/postgres_api_password
  missing before the start: secrets/production/postgres_password
  make what is missing: kmtopo secrets init -e production
  start: (cd build/production/server && docker compose up -d)
"""
COMPOSE = Path("build/production/server/compose.yaml")


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / "topology.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "topology.yaml").write_text(text.replace(old, new), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".kmtopo" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_build_ends_with_what_the_operator_does_next(hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("build")

    assert (outcome.code, outcome.out, outcome.err) == (0, WROTE + NEXT, "")


def test_a_second_build_changes_nothing_and_says_so(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    before = tree(hello)

    outcome = kmtopo("build")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "nothing to change: 29 files are up to date in build\n" + NEXT
    assert tree(hello) == before
    spanish = kmtopo("--lang", "es", "build").out
    assert (
        spanish
        == """\
nada que cambiar: 29 archivos al día en build

Production (production)
  imagen: build/production/diagrams/deployment.svg
  falta antes del arranque: secrets/production/postgres_api_password
  falta antes del arranque: secrets/production/postgres_password
  crea lo que falta: kmtopo secrets init -e production
  arranque: (cd build/production/server && docker compose up -d)
"""
    )


def test_a_secret_that_is_there_is_not_missing(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    kmtopo("secrets", "init")

    assert "missing" not in kmtopo("build").out


def remembered(folder: Path) -> Path:
    """Changes what a build is remembered by, so that one that is recalled can be told from one that is made."""
    record = folder / ".kmtopo/build.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"Production"', '"Recalled"'), encoding="utf-8")
    return record


def test_nothing_new_is_recalled_and_not_compiled(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    remembered(hello)

    assert "Recalled (production)" in kmtopo("build").out
    assert kmtopo("build", "--check").out == "nothing to change: 29 files are up to date in build\n"
    assert kmtopo("plan").out == "0 to create, 0 to change, 0 to delete, 29 unchanged\n"


@pytest.mark.parametrize("line", ["build -e production", "build --only env", "build -o elsewhere"])
def test_a_part_of_a_build_or_another_is_made(line: str, hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    remembered(hello)

    assert "Recalled" not in kmtopo(*line.split()).out


@pytest.mark.parametrize(
    "happened",
    [
        lambda folder: edit(folder, "12 USD/month", "13 USD/month"),
        lambda folder: (folder / "kmtopo.lock").unlink(),
        lambda folder: (folder / COMPOSE).unlink(),
        lambda folder: (folder / ".kmtopo/build.json").write_text("[]", encoding="utf-8"),
        lambda folder: (folder / ".kmtopo/build.json").write_bytes(b"\xff"),
        lambda folder: (folder / ".kmtopo/build.json").unlink(),
        lambda folder: (folder / ".kmtopo/stat.json").unlink(),
    ],
)
def test_whatever_happened_is_noticed(happened: object, hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    remembered(hello)
    happened(hello)  # type: ignore[operator]

    outcome = kmtopo("build")

    assert outcome.code == 0
    assert "Production (production)" in outcome.out
    assert (hello / COMPOSE).is_file()


def test_other_code_builds_anew(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    record = remembered(hello)
    code = hello / "code"
    code.mkdir()
    (code / "generator.py").write_text("old", encoding="utf-8")
    known = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**known, "code": [*known["code"], str(code)]}), encoding="utf-8")

    assert "Production (production)" in kmtopo("build").out


def test_a_warning_is_told_by_every_build(hello: Path, kmtopo: Kmtopo) -> None:
    edit(hello, "image: postgres:17.6", "image: postgres:latest")

    first, second = kmtopo("build"), kmtopo("build")

    assert first.err == second.err
    assert first.err.startswith("warning[KM516]: ")
    assert second.out.startswith("nothing to change: ")


def test_a_plan_says_what_a_build_would_do_and_writes_nothing(hello: Path, kmtopo: Kmtopo) -> None:
    fresh = kmtopo("plan")
    assert (fresh.code, fresh.out.splitlines()[-1]) == (0, "29 to create, 0 to change, 0 to delete, 0 unchanged")
    assert fresh.out.splitlines()[0] == "+ build/manifest.json"
    assert not (hello / "build").exists()
    kmtopo("build")
    (hello / COMPOSE).write_text("mine\n", encoding="utf-8")
    edit(hello, "    image: hello/api:1.0.0", "    image: hello/api:1.0.1")

    outcome = kmtopo("plan")

    assert (outcome.code, outcome.err) == (0, "")
    assert f"! {COMPOSE}\n" in outcome.out
    assert "~ build/manifest.json\n" in outcome.out
    assert (hello / COMPOSE).read_text(encoding="utf-8") == "mine\n"


def test_check_shows_the_difference_and_writes_nothing(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    edit(hello, "    image: hello/api:1.0.0", "    image: hello/api:1.0.1")
    before = tree(hello)

    outcome = kmtopo("build", "--check")

    assert (outcome.code, outcome.err) == (1, "kmtopo: out of date: run `kmtopo build`\n")
    assert f"--- a/{COMPOSE}\n+++ b/{COMPOSE}\n" in outcome.out
    assert "\n-    image: hello/api:1.0.0\n+    image: hello/api:1.0.1\n" in outcome.out
    assert tree(hello) == before


def test_a_file_that_was_edited_stays_until_it_is_forced(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    built = (hello / COMPOSE).read_bytes()
    (hello / COMPOSE).write_text("mine\n", encoding="utf-8")

    refused = kmtopo("--lang", "es", "build")

    assert (refused.code, refused.out) == (4, "")
    assert refused.err.startswith(f"error[KM705]: `{COMPOSE}` fue editado después de que kmtopo lo escribiera\n")
    assert (hello / COMPOSE).read_text(encoding="utf-8") == "mine\n"
    forced = kmtopo("build", "--force")
    assert (forced.code, forced.out) == (0, "wrote build: 0 created, 1 changed, 0 deleted, 28 unchanged\n" + NEXT)
    assert (hello / COMPOSE).read_bytes() == built


def test_only_what_was_asked_for_is_built(hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("build", "--only", "env, compose")

    assert outcome.code == 0
    assert "picture" not in outcome.out
    assert sorted(tree(hello / "build")) == [
        "manifest.json",
        "production/server/.env.example",
        "production/server/compose.yaml",
        "production/server/env/api.env",
        "production/server/env/postgres.env",
        "production/trace.json",
    ]


def trace(folder: Path) -> dict[str, list[str]]:
    """The places that the trace names for each file."""
    known = json.loads((folder / "build/production/trace.json").read_text(encoding="utf-8"))
    return {path: [place for _, _, place in rows] for path, rows in known.items()}


def test_a_part_of_a_build_leaves_a_trace_of_the_whole(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    before = trace(hello)
    edit(hello, "kmtopo: 1\n", "# one line more\nkmtopo: 1\n")

    assert kmtopo("build", "--only", "compose").code == 0

    after = trace(hello)
    assert after.keys() == before.keys()
    changed = {path for path in before if after[path] != before[path]}
    assert changed == {"server/compose.yaml"}
    assert kmtopo("build", "--only", "compose").out.startswith("nothing to change: ")
    assert kmtopo("build").code == 0
    assert trace(hello)["server/nginx/nginx.conf"] != before["server/nginx/nginx.conf"]


@pytest.mark.parametrize(
    "broken", ["", "[]", "{", '{"server/nginx/nginx.conf": 1}', '{"server/nginx/nginx.conf": [[1]]}']
)
def test_a_trace_that_somebody_broke_is_made_anew(broken: str, hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    (hello / "build/production/trace.json").write_text(broken, encoding="utf-8")

    assert kmtopo("build", "--only", "compose", "--force").code == 0
    assert list(trace(hello)) == ["server/compose.yaml"]


def test_another_folder_is_meant_from_where_the_command_runs(
    hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch
) -> None:
    (hello / "below").mkdir()
    monkeypatch.chdir(hello / "below")

    beside = kmtopo("build", "..").out
    assert "  start: (cd ../build/production/server && docker compose up -d)\n" in beside
    assert "  missing before the start: ../secrets/production/postgres_password\n" in beside
    assert "  make what is missing: kmtopo secrets init .. -e production\n" in beside
    relative = kmtopo("build", "../topology.yaml", "-o", "my output").out
    assert relative.startswith("wrote my output: 28 created, 0 changed, 0 deleted, 1 unchanged\n")
    assert "  start: (cd 'my output/production/server' && docker compose up -d)\n" in relative
    assert (hello / "below/my output/production/server/compose.yaml").is_file()
    absolute = kmtopo("plan", "..", "-o", str(hello / "below/my output"))
    assert absolute.out == "0 to create, 0 to change, 0 to delete, 29 unchanged\n"


def test_secrets_are_found_from_wherever_the_output_lies(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build", "-o", "deep/er/out")

    text = (hello / "deep/er/out/production/server/compose.yaml").read_text(encoding="utf-8")
    assert "${KMTOPO_SECRETS:-../../../../../secrets/production}/postgres_password" in text


@pytest.mark.parametrize("out", ["topology.yaml", "topology.yaml/below"])
def test_an_output_that_is_a_file_is_refused(out: str, hello: Path, kmtopo: Kmtopo) -> None:
    outcome = kmtopo("build", "-o", out)

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("error[KM701]: ")
    assert tree(hello) == {"topology.yaml": HELLO.encode()}


def test_nothing_is_remembered_outside_of_the_project(
    hello: Path, kmtopo: Kmtopo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kmtopo("build")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shutil.rmtree(hello / ".kmtopo")
    (hello / ".kmtopo").symlink_to(elsewhere)

    outcome = kmtopo("build")

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("error[KM704]: `.kmtopo` is a symbolic link")
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("out", ["/", ".", "..", "{home}", "{home}/", ".git/hooks", "a/../.kmtopo"])
@pytest.mark.parametrize("line", ["build -o", "build --force -o", "build --check -o", "plan -o"])
def test_a_folder_that_can_be_no_builds_own_is_refused(
    line: str, out: str, hello: Path, kmtopo: Kmtopo, monkeypatch: pytest.MonkeyPatch, tmp_path_factory
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))

    outcome = kmtopo(*line.split(), out.format(home=home))

    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("error[KM710]: ")
    assert tree(hello) == {"topology.yaml": HELLO.encode()}
    assert list(home.iterdir()) == []


def test_a_folder_behind_a_link_is_the_folder_it_leads_to(hello: Path, kmtopo: Kmtopo, tmp_path_factory) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(hello)

    assert kmtopo("build", "-o", str(link)).err.startswith(f"error[KM710]: `{link}` holds the project itself")


def test_a_folder_that_others_use_is_built_into_by_force_alone(hello: Path, kmtopo: Kmtopo) -> None:
    (hello / "docs").mkdir()
    (hello / "docs/guide.md").write_text("mine\n", encoding="utf-8")

    assert kmtopo("plan", "-o", "docs").out.startswith("! docs\n+ docs/manifest.json\n")
    refused = kmtopo("build", "-o", "docs")
    assert (refused.code, refused.out) == (4, "")
    assert refused.err.startswith(
        "error[KM705]: `docs` has files in it that kmtopo did not write, such as `guide.md`\n"
    )
    assert sorted(tree(hello)) == ["docs/guide.md", "topology.yaml"]
    assert kmtopo("build", "-o", "docs", "--force").code == 0
    assert kmtopo("build", "-o", "docs").out.startswith("nothing to change: ")
    assert (hello / "docs/guide.md").read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize("name", [".gitkeep", "production"])
def test_a_folder_that_waits_for_the_build_is_built_into(name: str, hello: Path, kmtopo: Kmtopo) -> None:
    (hello / "build").mkdir()
    (hello / "build" / name).mkdir()

    assert kmtopo("build").code == 0


STEPS = """\

Production (production)
  make what is missing: kmtopo secrets init -e production
  on server: copy build/production/server there, and its secrets, unless this is the machine; then in that folder:
    docker compose up -d  # replaces api
  who notices: everybody, while these start again: api
  untouched: nginx, postgres, site
"""
PASOS = """\

Production (production)
  imagen: build/production/diagrams/deployment.svg
  falta antes del arranque: secrets/production/postgres_api_password
  falta antes del arranque: secrets/production/postgres_password
  crea lo que falta: kmtopo secrets init -e production
  en server: copia allí build/production/server y sus secretos, si no es esta máquina; después, en esa carpeta:
    docker compose up -d  # reemplaza api
  quién lo nota: todos, mientras arranca de nuevo: api
  sin tocar: nginx, postgres, site
"""


def test_a_change_of_what_runs_already_is_planned_and_built_with_its_steps(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    edit(hello, "hello/api:1.0.0", "hello/api:1.1.0")

    planned, built = kmtopo("plan"), kmtopo("--lang", "es", "build")

    assert planned.out.partition(" unchanged\n")[2] == STEPS
    assert built.out.partition("\n")[2] == PASOS
    assert kmtopo("plan").out == "0 to create, 0 to change, 0 to delete, 29 unchanged\n"
    assert "start:" in kmtopo("build").out


def test_of_a_part_of_the_files_no_steps_are_told(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    edit(hello, "hello/api:1.0.0", "hello/api:1.1.0")

    assert "docker compose" not in kmtopo("plan", "--only", "compose").out
    assert kmtopo("build", "--only", "compose").out.count("docker compose up -d") == 1


def test_long_lists_of_services_are_cut(hello: Path, kmtopo: Kmtopo) -> None:
    more = "".join(
        f"  job-{n}: {{type: static, image: 'hello/job:1', resources: {{memory: 64MiB}}}}\n" for n in range(9)
    )
    edit(hello, "containers:\n", f"containers:\n{more}")
    kmtopo("build")
    edit(hello, "hello/api:1.0.0", "hello/api:1.1.0")

    assert "untouched: job-0, job-1, job-2, job-3, job-4, job-5, job-6, job-7 … and 4 more\n" in kmtopo("plan").out


def test_a_laravel_application_is_told_where_its_lines_are(kmmotos: Path, kmtopo: Kmtopo) -> None:
    told = kmtopo("build", "--only", "laravel", "-e", "pruebas").out.splitlines()

    assert told[2:4] == [
        "Pruebas (pruebas)",
        "  Laravel: trustProxies and trustHosts for its proxy's subnet: build/pruebas/principal/laravel/bootstrap.php",
    ]


def test_a_change_that_no_machine_sees_leaves_nothing_to_do(hello: Path, kmtopo: Kmtopo) -> None:
    kmtopo("build")
    edit(hello, "12 USD/month", "13 USD/month")

    assert kmtopo("build").out.endswith("\n  nothing to do on its machines\n")
