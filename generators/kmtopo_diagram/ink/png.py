"""SVG to PNG: an extra, since it needs the resvg library (``kmtopo[png]``)."""

from __future__ import annotations

from kmtopo_diagram.assets import font_files


def rasterised(svg: str, zoom: int = 2) -> bytes:
    """Renders a picture with its own fonts, the same on every machine.

    Raises:
        ImportError: resvg-py is not installed.
    """
    import resvg_py

    with font_files() as paths:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                zoom=zoom,
                font_files=paths,
                skip_system_fonts=True,
                font_family="Inter",
                sans_serif_family="Inter",
            )
        )
