"""The example sites are built by MkDocs and Sphinx themselves: pictures for both themes, captions, alternative text, tables."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from planted_packages import plant
from topologies import ROOT

BIN = Path(sys.executable).parent
Build = Callable[[Path], subprocess.CompletedProcess[str]]
CAPTION = "Hello · Deployment · Production"
ALT = (
    "Internet enters through Nginx. Server runs 4 containers on 1 network. default: api, Nginx, PostgreSQL and site. "
    "api calls PostgreSQL. Nginx calls api and site."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the examples, so that nothing is left in the repository."""
    for name in ("01-minimal", "site-mkdocs", "site-sphinx"):
        shutil.copytree(ROOT / "examples" / name, tmp_path / "examples" / name, ignore=shutil.ignore_patterns("build"))
    return tmp_path


def built(example: str, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Builds an example by the program of this environment."""
    where = folder / "examples" / example
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=where, capture_output=True, text=True, check=False)


def mkdocs(folder: Path) -> subprocess.CompletedProcess[str]:
    return built("site-mkdocs", folder, "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder / "site"))


def sphinx(folder: Path) -> subprocess.CompletedProcess[str]:
    return built(
        "site-sphinx", folder, "sphinx-build", "-q", "-W", "-d", str(folder / "kept"), ".", str(folder / "site")
    )


@pytest.mark.parametrize("build", [mkdocs, sphinx])
def test_a_site_shows_the_topology(build: Build, folder: Path) -> None:
    ended = build(folder)
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    images = re.findall(r"<img[^>]*kmtopo[^>]*>", page)
    shown = [re.search(r'src="([^"]*)"', image) for image in images]

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert [f'alt="{ALT}"' in image for image in images] == [True, True]
    assert [("kmtopo-light" in image, "kmtopo-dark" in image) for image in images] == [(True, False), (False, True)]
    for source, ground in zip(shown, ("#FFFFFF", "#0F141B"), strict=True):
        assert source
        assert f'fill="{ground}"' in (folder / "site" / source[1]).read_text(encoding="utf-8")
    assert re.search(rf"<figcaption>\s*(<p>)?(<span[^>]*>)?{CAPTION}", page)
    assert "kmtopo.css" in page
    assert re.search(r"<t[hd][^>]*>(<p>)?PostgreSQL", page)


def test_the_pages_of_mkdocs_stay_as_they_are(folder: Path) -> None:
    mkdocs(folder)

    for page in (ROOT / "examples" / "site-mkdocs" / "docs").glob("*.md"):
        assert (folder / "examples" / "site-mkdocs" / "docs" / page.name).read_bytes() == page.read_bytes()


def test_mkdocs_finds_pictures_from_pages_in_folders(folder: Path) -> None:
    deep = folder / "examples" / "site-mkdocs" / "docs" / "deep"
    deep.mkdir()
    (deep / "page.md").write_text("<!-- BEGIN KMTOPO deployment -->\n<!-- END KMTOPO -->\n", encoding="utf-8")

    assert mkdocs(folder).returncode == 0
    page = (folder / "site" / "deep" / "page" / "index.html").read_text(encoding="utf-8")
    assert 'src="../../kmtopo/production.deployment.light.svg"' in page


BARE = "site_name: Hello\nuse_directory_urls: false\n"


@pytest.mark.parametrize("settings", ["", BARE], ids=["with the plugin", "without it, and pages where they lie"])
def test_pages_that_are_filled_before_show_their_pictures_on_mkdocs(settings: str, folder: Path) -> None:
    site = folder / "examples" / "site-mkdocs"
    page = site / "docs" / "deep" / "page.md"
    page.parent.mkdir()
    page.write_text("<!-- BEGIN KMTOPO deployment -->\n<!-- END KMTOPO -->\n", encoding="utf-8")
    filled = built("site-mkdocs", folder, "kmtopo", "docs", "docs/deep/page.md", "-t", "../01-minimal/topology.yaml")
    if settings:
        (site / "mkdocs.yml").write_text(settings, encoding="utf-8")

    assert (filled.returncode, mkdocs(folder).returncode) == (0, 0)
    html = folder / "site" / "deep" / ("page.html" if settings else "page/index.html")
    shown = re.findall(r'(?:src|srcset)="([^"]*kmtopo/[^"]*\.svg)"', html.read_text(encoding="utf-8"))
    assert [Path(path).suffixes for path in sorted(shown)] == [
        [".deployment", f".{shade}", ".svg"] for shade in ("dark", "light")
    ]
    assert all((html.parent / path).is_file() for path in shown)


BROKEN_PAGE = "<!-- BEGIN KMTOPO tenantz -->\n<!-- END KMTOPO -->\n"


def test_mkdocs_ends_with_the_report_where_a_block_is_unknown(folder: Path) -> None:
    (folder / "examples" / "site-mkdocs" / "docs" / "broken.md").write_text(BROKEN_PAGE, encoding="utf-8")

    ended = mkdocs(folder)

    assert ended.returncode == 1
    assert "error[KM852]: nothing is called `tenantz` that a block could show" in ended.stderr


@pytest.mark.parametrize("build", [mkdocs, sphinx])
def test_a_site_ends_with_the_report_where_the_topology_is_in_error(build: Build, folder: Path) -> None:
    topology = folder / "examples" / "01-minimal" / "topology.yaml"
    topology.write_text(topology.read_text(encoding="utf-8").replace("type: nginx", "type: nginks"), encoding="utf-8")

    ended = build(folder)

    assert ended.returncode != 0
    assert "nginks" in ended.stderr


@pytest.mark.parametrize(
    ("directive", "said"),
    [
        (".. kmtopo:: tenantz", "nothing is called 'tenantz' that a block could show of production"),
        (".. kmtopo:: containers\n   :environment: mars", "no environment is called 'mars': name one of production"),
    ],
)
def test_sphinx_says_at_which_line_a_directive_asks_for_nothing(directive: str, said: str, folder: Path) -> None:
    (folder / "examples" / "site-sphinx" / "index.rst").write_text(f"T\n=\n\n{directive}\n", encoding="utf-8")

    ended = sphinx(folder)

    assert ended.returncode != 0
    assert re.search(rf"index\.rst:4: ERROR: {re.escape(said)}", ended.stderr)


RIVAL = """
from kmtopo.plugin import Generator, Options, Paragraph
generator = Generator("acme", "x", Options, lambda *_: (), blocks={"containers": lambda graph, graphs: [Paragraph("Of acme.")]})
"""
SAID_OF_RIVALS = {
    mkdocs: "several generators offer a block called `containers`: acme, docs",
    sphinx: "several generators offer a block called 'containers': say which, acme.containers, docs.containers",
}


@pytest.mark.parametrize("build", SAID_OF_RIVALS)
def test_a_site_ends_with_the_report_where_two_generators_offer_a_block(
    build: Build, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = folder / "packages"
    packages.mkdir()
    plant(packages, "acme", "[kmtopo.generators]\nacme = acme:generator\n", RIVAL)
    monkeypatch.setenv("PYTHONPATH", str(packages))

    ended = build(folder)

    assert ended.returncode != 0
    assert SAID_OF_RIVALS[build] in ended.stderr


HOSTILE = """<script>alert(1)</script> "> & |x| *y* `z` {{ a }} {% b %} </figcaption> \\"""


@pytest.mark.parametrize("build", [mkdocs, sphinx])
def test_a_title_is_words_on_every_site(build: Build, folder: Path) -> None:
    topology = folder / "examples" / "01-minimal" / "topology.yaml"
    text = topology.read_text(encoding="utf-8")
    for title in ("Hello", "Server"):
        text = text.replace(f"title: {title}\n", f"title: '{HOSTILE}'\n")
    topology.write_text(text, encoding="utf-8")

    ended = build(folder)
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)

    assert ended.returncode == 0, ended.stderr
    assert "<script>alert" not in page
    # Sphinx sets quotes as a printer does.
    said = [unescape(re.sub(r"<[^>]*>", "", caption)).replace("“", '"') for caption in captions]
    assert [HOSTILE in each for each in said] == [True]
