"""The example sites in the browser that shows them: the picture for the page's theme, whoever chose it, and it is loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.browser import ANSWER, measured
from e2e.machine import program
from kmtopo.values import frozen
from topologies import ROOT

pytestmark = pytest.mark.e2e

SCHEMES = {"dark": 0, "light": 1}


@frozen
class Site:
    """How an example is built and where its page lies; ``switch`` is where its theme keeps what the reader chose."""

    example: str
    page: str
    commands: tuple[tuple[str, ...], ...]
    switch: str = ""
    light: str = "light"
    dark: str = "dark"
    follows: bool = True


def filled(document: str) -> tuple[str, ...]:
    """The command that fills a page before its site is built."""
    return ("kmtopo", "docs", document, "-t", "../01-minimal/topology.yaml")


MKDOCS = ("mkdocs", "build", "--strict", "--quiet", "--site-dir", "site")
SITES = {
    "mkdocs": Site("site-mkdocs", "site/index.html", (MKDOCS,), "documentElement.dataset.bsTheme"),
    "material": Site(
        "site-mkdocs",
        "site/index.html",
        ((*MKDOCS, "--theme", "material"),),
        "body.dataset.mdColorScheme",
        "default",
        "slate",
        follows=False,
    ),
    "alabaster": Site("site-sphinx", "site/index.html", (("sphinx-build", "-q", "-W", ".", "site"),), follows=False),
    "furo": Site(
        "site-sphinx",
        "site/index.html",
        (("sphinx-build", "-q", "-W", "-D", "html_theme=furo", ".", "site"),),
        "body.dataset.theme",
    ),
    "zensical": Site(
        "site-zensical",
        "site/index.html",
        (filled("docs/index.md"), ("zensical", "build")),
        "body.dataset.mdColorScheme",
        "default",
        "slate",
    ),
    "asciidoctor": Site(
        "site-asciidoc",
        "index.html",
        (filled("index.adoc"), ("asciidoctor", "-w", "--failure-level", "WARN", "index.adoc")),
        follows=False,
    ),
}
SCRIPT = """
<script>
  const images = [...document.querySelectorAll('img[src*="production.deployment"]')];
  const captions = "figure.kmtopo figcaption, .imageblock > .title, picture + p > em, p:has(picture) + p > em";
  async function shown() {
    const visible = images.filter((image) => getComputedStyle(image).display !== "none");
    await Promise.all(visible.map((image) => image.decode()));
    return visible.map((image) => (image.currentSrc || image.src).split(".").at(-2)).join();
  }
  async function measure() {
    const found = {
      first: await shown(),
      chosen: [],
      wide: images.some((image) => image.naturalWidth > 600 && image.getBoundingClientRect().width > 300),
      described: images.every((image) => image.alt.startsWith("Internet enters through Nginx.")),
      captions: [...document.querySelectorAll(captions)].map((each) => each.innerText.split("\\n")[0]),
      rows: document.querySelectorAll("table tbody tr").length > 3,
    };
    for (const value of %s) {
      document.%s = value;
      await new Promise((done) => setTimeout(done, 100));
      found.chosen.push(await shown());
    }
    return found;
  }
%s</script>
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each site, built in a copy, so that nothing is left in the repository."""
    pages = {}
    for name, site in SITES.items():
        folder = tmp_path_factory.mktemp(name)
        for example in ("01-minimal", site.example):
            shutil.copytree(ROOT / "examples" / example, folder / example, ignore=shutil.ignore_patterns("build"))
        for words in site.commands:
            ours = Path(sys.executable).with_name(words[0])
            started = str(ours) if ours.exists() else program(words[0], name)
            subprocess.run([started, *words[1:]], cwd=folder / site.example, check=True)
        pages[name] = folder / site.example / site.page
    return pages


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", SITES)
def test_a_reader_sees_the_picture_of_the_page_s_theme(
    name: str, scheme: str, chromium: str, built: dict[str, Path]
) -> None:
    site = SITES[name]
    choices = [site.light, site.dark] if site.switch else []
    page = built[name].with_name(f"{scheme}.html")
    script = SCRIPT % (json.dumps(choices), site.switch or "title", ANSWER)
    page.write_text(built[name].read_text(encoding="utf-8") + script, encoding="utf-8")

    found = measured(chromium, page, f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}")

    assert found == {
        "first": scheme if site.follows else "light",
        "chosen": ["light", "dark"] if site.switch else [],
        "wide": True,
        "described": True,
        "captions": [f"{'Figure 1. ' if name == 'asciidoctor' else ''}Hello · Deployment · Production"],
        "rows": True,
    }
