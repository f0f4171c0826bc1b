"""``kmtopo docs``: blocks of people's documents are filled in place, and what their prose claims is held against the topology."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_lines import Kmtopo
from kmtopo.texts.tables import tables
from topologies import KMMOTOS, ROOT

DOCUMENTS = ROOT / "tests" / "data" / "documents"
CHAPTER = "07-vista-de-despliegue.md"
SAID_OF_BLOCKS = """\
# Despliegue

<!-- BEGIN KMTOPO motivation -->
<!-- END KMTOPO -->

Fin.
"""
FILLED = """\
# Despliegue

<!-- BEGIN KMTOPO motivation -->

Consolidar la aplicación en un VPS económico, como monolito modular, mantiene baja la complejidad sin renunciar a varias \
empresas y sucursales, ni exigir especialistas en infraestructura.

<!-- END KMTOPO motivation 18fd21264ea0 -->

Fin.
"""


def without_redis() -> str:
    """KMMotos after somebody has taken Redis out."""
    text = KMMOTOS.replace("      redis: {for: [cache, sessions, queue]}\n", "")
    text = re.sub(r"\n  redis:\n    type: redis\n(?:    .*\n)+", "\n", text)
    text = re.sub(r"\n      redis: \{publish.*", "", text)
    return (
        text.replace("migracion: null, redis: null", "migracion: null").replace(", redis", "").replace(": prefix", "")
    )


@pytest.fixture
def chapter(kmmotos: Path) -> Path:
    """The chapter that KMMotos's architect wrote, beside the topology."""
    path = kmmotos / CHAPTER
    path.write_bytes((DOCUMENTS / CHAPTER).read_bytes())
    return path


def test_the_missing_diagram_becomes_a_picture_and_tables_and_a_second_run_changes_no_byte(
    kmtopo: Kmtopo, chapter: Path
) -> None:
    before = chapter.read_text(encoding="utf-8")

    first = kmtopo("docs", CHAPTER)
    after = chapter.read_text(encoding="utf-8")
    pictures = {path.name: path.read_bytes() for path in (chapter.parent / "kmtopo").iterdir()}
    second = kmtopo("docs", CHAPTER)

    assert (first.code, first.out.splitlines()) == (
        0,
        [
            f"{CHAPTER}: blocks filled: 4",
            "  claims of technologies, prices, counts and names: 22; contradicted by the topology: 0; not backed: 4",
        ],
    )
    begin, end = after.index("<!-- BEGIN KMTOPO deployment -->"), after.index("\n\n## Motivación")
    todo = before.index("> **TODO:**")
    assert after[:begin] == before[:todo]
    assert after[end:] == before[before.index("\n\n## Motivación") :]
    assert re.findall(r"BEGIN KMTOPO (.*) -->", after) == ["deployment", "containers", "networks", "tenants"]
    assert sorted(pictures) == [
        "manifest.json",
        "produccion.deployment.dark.svg",
        "produccion.deployment.light.svg",
    ]
    assert second.out.splitlines()[0] == f"{CHAPTER}: blocks up to date: 4"
    assert chapter.read_text(encoding="utf-8") == after
    assert {path.name: path.read_bytes() for path in (chapter.parent / "kmtopo").iterdir()} == pictures
    assert kmtopo("docs", CHAPTER, "--check").code == 0


def test_a_passage_left_over_from_elsewhere_is_told_by_its_places_and_fails_nothing(
    kmtopo: Kmtopo, chapter: Path
) -> None:
    """The paragraph that names the network, and each item of the list to which it leads."""
    kmtopo("docs", CHAPTER)
    checked = kmtopo("docs", CHAPTER, "--check")

    told = r"note\[(KM\d+)\]: the topology does not back what is said of this network\n *--> \S+?:(\d+):(\d+)\n"
    places = [("54", "4"), ("55", "23"), ("56", "25"), ("57", "30")]
    assert re.findall(told, checked.err) == [("KM859", *place) for place in places]
    assert checked.code == 0


def test_no_word_of_that_passage_is_known_to_the_program() -> None:
    passage = " ".join((DOCUMENTS / CHAPTER).read_text(encoding="utf-8").splitlines()[53:57])
    telling = ("estrella", "muerte", "superláser", "reactor", "vigilancia", "transmisiones")
    code = [path.read_text(encoding="utf-8").lower() for path in (ROOT / "src").rglob("*.py")]
    messages = [str(dict(tables(language)[name])) for language in ("en", "es") for name in tables(language)]

    assert all(word in passage.lower() for word in telling)
    assert [word for word in telling for text in (*code, *messages) if word in text] == []


def test_a_technology_that_is_gone_is_named_in_each_sentence_that_still_claims_it(
    kmtopo: Kmtopo, chapter: Path
) -> None:
    kmtopo("docs", CHAPTER)
    for name in ("README-operations.md", "adr-0012-almacenamiento.md", "handbook.adoc"):
        (chapter.parent / name).write_bytes((DOCUMENTS / name).read_bytes())
    (chapter.parent / "topology.yaml").write_text(without_redis(), encoding="utf-8")

    names = (CHAPTER, "README-operations.md", "adr-0012-almacenamiento.md", "handbook.adoc")
    checked = kmtopo("docs", *names, "--check")

    places = re.findall(r"KM855\]: the topology has no `Redis`\n *--> (\S+?):\d+\n", checked.err)
    assert checked.code == 1
    assert places == [
        "07-vista-de-despliegue.md:21",
        "README-operations.md:15",
        "README-operations.md:52",
        "adr-0012-almacenamiento.md:27",
        "handbook.adoc:31",
    ]
    assert "out of date: run `kmtopo docs 07-vista-de-despliegue.md`" in checked.err
    assert re.findall(r"names: \d+; contradicted by the topology: (\d+)", checked.out) == ["1", "2", "1", "1"]


def test_a_block_between_marks_is_filled_and_the_rest_stays(kmtopo: Kmtopo, kmmotos: Path) -> None:
    document = kmmotos / "d.md"
    document.write_text(SAID_OF_BLOCKS, encoding="utf-8")

    assert kmtopo("docs", "d.md").code == 0
    assert document.read_text(encoding="utf-8") == FILLED


def test_a_check_shows_what_would_change_and_writes_nothing(kmtopo: Kmtopo, kmmotos: Path) -> None:
    document = kmmotos / "d.md"
    document.write_text(SAID_OF_BLOCKS, encoding="utf-8")

    checked = kmtopo("docs", "d.md", "--check")

    assert checked.code == 1
    assert checked.out.startswith("--- a/d.md\n+++ b/d.md\n")
    assert checked.out.splitlines()[-2:] == [
        "d.md: out of date",
        "  claims of technologies, prices, counts and names: 0; contradicted by the topology: 0; not backed: 0",
    ]
    assert checked.err == "kmtopo: out of date: run `kmtopo docs d.md`\n"
    assert document.read_text(encoding="utf-8") == SAID_OF_BLOCKS
    assert not (kmmotos / "kmtopo").exists()


def test_documents_whose_pictures_are_missing_are_named_with_the_command_that_draws_them(
    kmtopo: Kmtopo, kmmotos: Path
) -> None:
    (kmmotos / "topology.yaml").rename(kmmotos / "mine.yaml")
    (kmmotos / "my book").mkdir()
    for name in ("my book/d.md", "e.md"):
        (kmmotos / name).write_text("<!-- BEGIN KMTOPO matrix -->\n<!-- END KMTOPO -->\n", encoding="utf-8")
    (kmmotos / "my book" / "d.md").write_text(
        "<!-- BEGIN KMTOPO view matrix -->\n<!-- END KMTOPO -->\n", encoding="utf-8"
    )
    kmtopo("docs", "my book/d.md", "e.md", "-t", "mine.yaml")
    for picture in (kmmotos / "my book" / "kmtopo").glob("*.svg"):
        picture.unlink()

    checked = kmtopo("docs", "my book/d.md", "e.md", "-t", "mine.yaml", "--check")

    assert (checked.code, checked.err) == (1, "kmtopo: out of date: run `kmtopo docs -t mine.yaml 'my book/d.md'`\n")
    assert checked.out.splitlines()[:2] == [
        f"picture out of date: my book/kmtopo/produccion.matrix.{shade}.svg" for shade in ("dark", "light")
    ]


def test_a_block_that_was_edited_is_a_conflict_and_no_document_is_written(kmtopo: Kmtopo, kmmotos: Path) -> None:
    (kmmotos / "edited.md").write_text(FILLED.replace("económico", "barato"), encoding="utf-8")
    (kmmotos / "other.md").write_text(SAID_OF_BLOCKS, encoding="utf-8")

    refused = kmtopo("docs", "edited.md", "other.md")

    assert refused.code == 4
    assert refused.err.startswith("error[KM854]: the block `motivation` was edited since kmtopo wrote it\n")
    assert (kmmotos / "other.md").read_text(encoding="utf-8") == SAID_OF_BLOCKS


def test_a_picture_that_was_edited_is_a_conflict(kmtopo: Kmtopo, chapter: Path) -> None:
    kmtopo("docs", CHAPTER)
    picture = chapter.parent / "kmtopo" / "produccion.deployment.dark.svg"
    picture.write_text("mine", encoding="utf-8")
    chapter.write_bytes((DOCUMENTS / CHAPTER).read_bytes())

    refused = kmtopo("docs", CHAPTER)

    assert refused.code == 4
    assert "`kmtopo/produccion.deployment.dark.svg` is not the picture that kmtopo wrote" in refused.err
    assert picture.read_text(encoding="utf-8") == "mine"
    assert chapter.read_bytes() == (DOCUMENTS / CHAPTER).read_bytes()


LINK, MANIFEST = "`kmtopo` is a symbolic link", "`kmtopo/manifest.json` is not a manifest"


@pytest.mark.parametrize(
    ("there", "code", "said", "help_"),
    [
        ("file", 1, "KM701]: `kmtopo` is a file where", "move it away: pictures lie there, beside their document"),
        ("link", 1, f"KM704]: {LINK}", "put a real folder there: pictures lie in it, beside their document"),
        (
            "manifest",
            1,
            f"KM707]: {MANIFEST}",
            "bring back its last good version (after a merge, either side will do), or",
        ),
        ("foreign", 4, "KM705]: `kmtopo` has files in it", "move them to another folder: this one is for the pictures"),
        (
            "folder",
            1,
            "KM701]: `kmtopo/produccion.deployment.dark.svg` is a folder",
            "move it away: the picture lies there",
        ),
    ],
)
def test_what_lies_where_pictures_belong_is_told_with_what_to_do_about_it(
    there: str, code: int, said: str, help_: str, kmtopo: Kmtopo, chapter: Path
) -> None:
    folder = chapter.parent / "kmtopo"
    if there == "file":
        folder.touch()
    elif there == "link":
        folder.symlink_to(chapter.parent)
    else:
        name = {"manifest": "manifest.json", "folder": "produccion.deployment.dark.svg/x"}.get(there, "mine.txt")
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("{}", encoding="utf-8")

    refused = kmtopo("docs", CHAPTER)

    assert refused.code == code
    assert refused.err.startswith(f"error[{said}")
    assert refused.err.splitlines()[1].startswith(f"  = help: {help_}")
    assert chapter.read_bytes() == (DOCUMENTS / CHAPTER).read_bytes()


def test_a_block_names_its_environment_and_its_pictures_lie_beside_the_document(kmtopo: Kmtopo, kmmotos: Path) -> None:
    (kmmotos / "book").mkdir()
    for name, begin, end in (("a.adoc", "// ", ""), ("r.rst", ".. ", "")):
        text = f"{begin}BEGIN KMTOPO deployment:pruebas{end}\n{begin}END KMTOPO{end}\n"
        (kmmotos / "book" / name).write_text(text, encoding="utf-8")

    assert kmtopo("docs", "book/a.adoc", "book/r.rst").code == 0
    assert sorted(path.name for path in (kmmotos / "book" / "kmtopo").iterdir()) == [
        "manifest.json",
        "pruebas.deployment.dark.svg",
        "pruebas.deployment.light.svg",
        "pruebas.deployment.svg",
    ]
    assert 'image::kmtopo/pruebas.deployment{kmtopo-shade}.svg["' in (kmmotos / "book" / "a.adoc").read_text(
        encoding="utf-8"
    )
    assert ".. figure:: kmtopo/pruebas.deployment.svg" in (kmmotos / "book" / "r.rst").read_text(encoding="utf-8")
    assert kmtopo("docs", "book/a.adoc", "book/r.rst", "--check").code == 0


def test_lines_end_as_they_did_and_a_link_stays_a_link(kmtopo: Kmtopo, kmmotos: Path) -> None:
    (kmmotos / "real.md").write_bytes(SAID_OF_BLOCKS.replace("\n", "\r\n").encode())
    (kmmotos / "link.md").symlink_to("real.md")

    assert kmtopo("docs", "link.md").code == 0
    assert (kmmotos / "link.md").is_symlink()
    assert (kmmotos / "real.md").read_bytes() == FILLED.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("notes.txt", 2, "kmtopo: `notes.txt` is no document: its name has to end in .md, .markdown"),
        ("absent.md", 1, "error[KM115]:"),
    ],
)
def test_what_is_no_document_is_refused(name: str, code: int, said: str, kmtopo: Kmtopo, kmmotos: Path) -> None:
    (kmmotos / "notes.txt").write_text("x\n", encoding="utf-8")

    refused = kmtopo("docs", name)

    assert refused.code == code
    assert refused.err.startswith(said)


def test_an_error_in_the_topology_writes_no_document(kmtopo: Kmtopo, chapter: Path) -> None:
    (chapter.parent / "topology.yaml").write_text(KMMOTOS.replace("type: nginx", "type: nginks"), encoding="utf-8")

    assert kmtopo("docs", CHAPTER).code == 1
    assert chapter.read_bytes() == (DOCUMENTS / CHAPTER).read_bytes()


def test_a_document_that_is_named_twice_is_filled_once(kmtopo: Kmtopo, kmmotos: Path) -> None:
    (kmmotos / "vista.md").write_text(SAID_OF_BLOCKS, encoding="utf-8")
    (kmmotos / "otra.md").symlink_to("vista.md")

    outcome = kmtopo("docs", "vista.md", "./vista.md", "otra.md")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0::2] == ["vista.md: blocks filled: 1"]
    assert (kmmotos / "vista.md").read_text(encoding="utf-8") == FILLED


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("vitsa.md", "did you mean `vista.md`?"),
        ("./vitsa.md", "did you mean `vista.md`?"),
        ("z.md", "name the file; here are: `vista.md`"),
        ("z.adoc", "check the path: it counts from where the command runs"),
        ("no/vista.md", "check the path: it counts from where the command runs"),
    ],
)
def test_a_document_that_is_not_there_is_told_with_those_that_are(
    name: str, help_: str, kmtopo: Kmtopo, kmmotos: Path
) -> None:
    (kmmotos / "vista.md").touch()

    outcome = kmtopo("docs", name)

    assert (outcome.code, outcome.err.splitlines()[1:2]) == (1, [f"  = help: {help_}"])
