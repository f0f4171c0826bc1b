"""The example sites in the browser that shows them: of the two pictures the one for the reader's theme, and it is loaded."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.browser import ANSWER, measured
from topologies import ROOT

pytestmark = pytest.mark.e2e

SCHEMES = {"dark": 0, "light": 1}
SITES = {
    "site-mkdocs": ("mkdocs", "build", "--strict", "--quiet", "--site-dir"),
    "site-sphinx": ("sphinx-build", "-q", "-W", "."),
}
SCRIPT = """
<script>
  async function measure() {
    const images = [...document.querySelectorAll("figure.kmtopo img")];
    const shown = images.filter((image) => getComputedStyle(image).display !== "none");
    await Promise.all(shown.map((image) => image.decode()));
    return {
      shown: shown.map((image) => image.getAttribute("src").split(".").at(-2)),
      wide: shown.map((image) => image.naturalWidth > 600 && image.getBoundingClientRect().width > 300),
      described: images.every((image) => image.alt.startsWith("Internet enters through Nginx.")),
      captions: [...document.querySelectorAll("figure.kmtopo figcaption")].map((each) => each.innerText.split("\\n")[0]),
      rows: document.querySelectorAll("table tbody tr").length > 3,
    };
  }
%s</script>
"""


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A copy, so that nothing is left in the repository."""
    for name in ("01-minimal", *SITES):
        shutil.copytree(ROOT / "examples" / name, tmp_path / name, ignore=shutil.ignore_patterns("build"))
    return tmp_path


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("site", SITES)
def test_a_reader_sees_the_picture_of_his_theme(site: str, scheme: str, chromium: str, examples: Path) -> None:
    program, *arguments = SITES[site]
    command = [str(Path(sys.executable).with_name(program)), *arguments, str(examples / "shown")]
    subprocess.run(command, cwd=examples / site, check=True)
    page = examples / "shown" / "index.html"
    page.write_text(page.read_text(encoding="utf-8") + SCRIPT % ANSWER, encoding="utf-8")

    assert measured(chromium, page, f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}") == {
        "shown": [scheme],
        "wide": [True],
        "described": True,
        "captions": ["Hello · Deployment · Production"],
        "rows": True,
    }
