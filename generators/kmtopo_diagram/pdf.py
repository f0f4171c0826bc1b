"""SVG to PDF, with its text as text: an extra, since it needs the svg2pdf library (``kmtopo[pdf]``)."""

from __future__ import annotations

from kmtopo_diagram.assets import font_files


def printed(svg: str) -> bytes:
    """Writes a picture as one page of its own size, with its fonts inside, the same on every machine.

    Raises:
        ImportError: svg2pdf-py is not installed.
    """
    import svg2pdf_py

    with font_files() as paths:
        fonts = svg2pdf_py.FontDatabase()
        for path in paths:
            fonts.load_font_file(path)
        return bytes(svg2pdf_py.svg_to_pdf(svg, fonts))
