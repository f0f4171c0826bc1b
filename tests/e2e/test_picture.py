"""The picture in the browser that shows it: headless Chromium, light and dark."""

from __future__ import annotations

import base64
from pathlib import Path
from string import Template

import pytest

from e2e.browser import ANSWER, measured

pytestmark = pytest.mark.e2e

SCHEMES = {"dark": 0, "light": 1}
WHITE, NIGHT = [255, 255, 255], [15, 20, 27]
# The page shows the picture twice: inline, so that its texts can be measured, and as <img>, as documents embed it.
PAGE = Template("""<!doctype html>
<meta charset="utf-8">
<title>measuring</title>
<body style="margin:0">
<div id="inline">$svg</div>
<img id="embedded" src="data:image/svg+xml;base64,$data">
<script>
  const round = (box) => [box.left, box.top, box.right, box.bottom].map(Math.round);
  async function measure() {
    await document.fonts.ready;
    const picture = document.querySelector("#inline svg");
    const frame = picture.getBoundingClientRect();
    const outside = [...picture.querySelectorAll("text")].filter((text) => {
      const box = text.getBoundingClientRect();
      return box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
    });
    const image = document.querySelector("#embedded");
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    return {
      texts: picture.querySelectorAll("text").length,
      outside: outside.map((text) => [text.textContent, ...round(text.getBoundingClientRect())]),
      fonts: [...document.fonts].map((font) => font.status),
      corner: [...pen.getImageData(2, 2, 1, 1).data].slice(0, 3),
      colours: new Set(new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size,
    };
  }
$answer</script>
""")


def seen(chromium: str, svg: Path, scheme: str, folder: Path) -> dict[str, object]:
    """Shows the picture to a reader with that colour scheme and returns what the browser measured."""
    text = svg.read_text(encoding="utf-8")
    page = folder / "page.html"
    data = base64.b64encode(text.encode()).decode()
    page.write_text(PAGE.substitute(svg=text, data=data, answer=ANSWER), encoding="utf-8")
    return measured(chromium, page, f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}")


@pytest.mark.parametrize("environment", ["desarrollo", "pruebas", "produccion"])
@pytest.mark.parametrize(
    ("name", "scheme", "page"),
    [
        ("deployment.svg", "light", WHITE),
        ("deployment.svg", "dark", NIGHT),
        ("deployment.light.svg", "dark", WHITE),
        ("deployment.dark.svg", "light", NIGHT),
    ],
)
def test_the_picture_follows_its_reader_and_fits_its_frame(
    environment, name, scheme, page, chromium, kmmotos, tmp_path
):
    found = seen(chromium, kmmotos / "build" / environment / "diagrams" / name, scheme, tmp_path)

    assert "error" not in found, found
    assert found["corner"] == page
    assert found["outside"] == []
    assert set(found["fonts"]) <= {"loaded"}
    assert found["texts"] > 20
    assert found["colours"] > 100
