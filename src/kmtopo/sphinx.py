"""Sphinx: the directive ``kmtopo`` shows a block or a view of the topology."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from kmtopo import __version__
from kmtopo.documents.library import Library, Wish, production
from kmtopo.documents.offers import Contested
from kmtopo.documents.pictures import drawn, file_name
from kmtopo.documents.sites import SHEET, SHEET_NAME, THEMES, Unusable, library_of, unusable
from kmtopo.markup.pieces import Bullets, Code, Heading, Paragraph, Picture, Piece, Table, Text, runs
from kmtopo.packages import PluginFault


class KmtopoDirective(SphinxDirective):
    """``.. kmtopo:: tenants`` with ``:environment:``, and ``:view:`` where a table has the same name as a view."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"environment": directives.unchanged, "view": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Returns what the block shows; a warning where nothing is called so."""
        topology = Path(self.env.srcdir) / self.config.kmtopo_topology
        self.env.note_dependency(str(topology))
        name, said, is_view = self.arguments[0], self.options.get("environment"), "view" in self.options
        try:
            library = library_of(topology, [Wish(said, name, is_view)])
        except Unusable as error:
            raise self.severe(str(error)) from None
        environment = said or production(library.graphs)
        if environment is None or environment not in library.graphs:
            known = ", ".join(sorted(library.graphs))
            raise self.error(f"no environment is called {said!r}: name one of {known} with :environment:")
        try:
            pieces = library.pieces(name, environment, is_view=is_view)
        except Contested as contest:
            known = ", ".join(f"{each}.{contest.name}" for each in contest.generators)
            raise self.error(f"several generators offer a block called {contest.name!r}: say which, {known}") from None
        except PluginFault as fault:
            raise self.severe(str(unusable(fault))) from None
        if pieces is None:
            raise self.error(f"nothing is called {name!r} that a block could show of {environment}")
        return [node for piece in pieces for node in self._nodes(piece, library, environment)]

    def _nodes(self, piece: Piece, library: Library, environment: str) -> Iterable[nodes.Node]:
        match piece:
            case Paragraph():
                yield nodes.paragraph("", "", *_inline(piece.text))
            case Heading():
                yield nodes.rubric("", piece.text)
            case Bullets():
                items = (nodes.list_item("", nodes.paragraph("", "", *_inline(item))) for item in piece.items)
                yield nodes.bullet_list("", *items)
            case Table():
                yield _table(piece)
            case Picture():
                yield self._figure(piece, library, environment)

    def _figure(self, picture: Picture, library: Library, environment: str) -> nodes.figure:
        """Both pictures in one figure; the sheet, or the theme, shows the one for the reader."""
        made, folder = drawn(library.build, environment), _folder(self.env.app)
        figure = nodes.figure("", classes=["kmtopo"])
        for theme in THEMES:
            path = folder / f"{file_name(picture.path, environment)}.{theme}.svg"
            path.write_text(made[f"{picture.path}.{theme}.svg"], encoding="utf-8")
            # Relative to the document, as Sphinx wants it, though it lies with what Sphinx itself keeps.
            uri = os.path.relpath(path, Path(self.env.doc2path(self.env.docname)).parent)
            figure += nodes.image("", uri=uri, alt=picture.alt, classes=[f"kmtopo-{theme}", f"only-{theme}"])
        if picture.caption:
            figure += nodes.caption("", picture.caption)
        return figure


def _inline(text: Text) -> list[nodes.Node]:
    return [nodes.literal("", run.text) if isinstance(run, Code) else nodes.Text(run) for run in runs(text)]


def _table(piece: Table) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec("", colwidth=1) for _ in piece.head), cols=len(piece.head))
    group += nodes.thead("", _row(piece.head))
    group += nodes.tbody("", *(_row(row) for row in piece.rows))
    return nodes.table("", group, classes=["kmtopo"])


def _row(cells: tuple[Text, ...]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *_inline(cell))) for cell in cells))


def _folder(app: Sphinx) -> Path:
    folder = Path(app.doctreedir) / "kmtopo"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _add_sheet(app: Sphinx) -> None:
    folder = _folder(app) / "static"
    try:
        folder.mkdir(exist_ok=True)
        (folder / SHEET_NAME).write_text(SHEET, encoding="utf-8")
    except OSError as error:
        raise ExtensionError(f"{folder} cannot be written") from error
    app.config.html_static_path.append(str(folder))


def setup(app: Sphinx) -> dict[str, Any]:
    """Adds the directive, and the setting ``kmtopo_topology``: where the topology lies, relative to the sources."""
    app.add_config_value("kmtopo_topology", "topology.yaml", "env", [str])
    app.add_directive("kmtopo", KmtopoDirective)
    app.add_css_file(SHEET_NAME)
    app.connect("builder-inited", _add_sheet)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
