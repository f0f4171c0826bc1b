"""SVG to PDF, with its text as text: an extra, since it needs the svg2pdf and pypdf libraries (``kmtopo[pdf]``)."""

from __future__ import annotations

from io import BytesIO
from typing import cast

from kmtopo_diagram.assets import font_files


def printed(svg: str) -> bytes:
    """Writes a picture as one page of its own size, with its fonts inside, the same on every machine.

    Raises:
        ImportError: svg2pdf-py or pypdf is not installed.
    """
    import svg2pdf_py

    with font_files() as paths:
        fonts = svg2pdf_py.FontDatabase()
        for path in paths:
            fonts.load_font_file(path)
        return _in_order(bytes(svg2pdf_py.svg_to_pdf(svg, fonts)))


def _in_order(pdf: bytes) -> bytes:
    """Writes the page anew, what it uses in the order of its names: svg2pdf takes that of a hash map, which varies."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject

    page = PdfReader(BytesIO(pdf)).pages[0]
    resources = cast(DictionaryObject, page["/Resources"])
    for kind, used in resources.items():
        if isinstance(used, DictionaryObject):
            ordered = {NameObject(name): used.raw_get(name) for name in sorted(used)}
            resources[NameObject(kind)] = DictionaryObject(ordered)
    writer, written = PdfWriter(), BytesIO()
    writer.add_page(page)
    writer.metadata, writer.pdf_header = None, "%PDF-1.7"
    writer.write(written)
    return written.getvalue()
