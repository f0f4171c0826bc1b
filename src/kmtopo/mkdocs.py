"""MkDocs: blocks of pages are filled while the site is built, with pictures in the reader's theme."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from kmtopo.documents import Library, Wish, fill, wanted
from kmtopo.documents.pictures import FOLDER
from kmtopo.documents.sites import SHEET, SHEET_NAME, THEMES, Unusable, library_of, raise_for
from kmtopo.markup.formats import FORMATS
from kmtopo.markup.pieces import Picture
from kmtopo.source import Source

MARKDOWN = FORMATS["markdown"]


class Settings(base.Config):
    """What ``plugins: - kmtopo:`` may say: where the topology lies, relative to mkdocs.yml."""

    topology = config_options.Type(str, default="topology.yaml")


class KmtopoPlugin(BasePlugin[Settings]):
    """Fills the marked blocks of every page in memory; the pages themselves stay as they are."""

    _library: Library | None = None

    def on_serve(self, server: Any, *, config: MkDocsConfig, **_: Any) -> Any:
        """Builds anew when the topology changes."""
        server.watch(str(self._topology(config)))
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Draws what the pages want to show, and adds the pictures and their sheet to the site."""
        wishes = {wish for page in files.documentation_pages() for wish in _wishes(page)}
        self._library = self._read(config, wishes) if wishes else None
        if self._library:
            _add(files, config, SHEET_NAME, SHEET)
            config.extra_css.append(SHEET_NAME)
            for page in files.documentation_pages():
                for name, svg in fill(_source(page), MARKDOWN, self._library).pictures:
                    _add(files, config, f"{FOLDER}/{name}", svg)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Fills the page's blocks."""
        if self._library is None:
            return markdown
        source = Source(page.file.src_uri, markdown)
        shown = replace(MARKDOWN, picture=partial(_figure, page_url=page.url))
        filled = fill(source, shown, self._library)
        try:
            raise_for(filled.found, {source.name: source})
        except Unusable as error:
            raise PluginError(str(error)) from None
        return filled.text

    def _read(self, config: MkDocsConfig, wishes: set[Wish]) -> Library:
        try:
            return library_of(self._topology(config), wishes)
        except Unusable as error:
            raise PluginError(str(error)) from None

    def _topology(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).parent / self.config.topology


def _source(file: File) -> Source:
    return Source(file.src_uri, file.content_string)


def _wishes(file: File) -> frozenset[Wish]:
    return wanted(_source(file), MARKDOWN)


def _add(files: Files, config: MkDocsConfig, path: str, content: str) -> None:
    """Adds a file to the site, in the place of one that ``kmtopo docs`` may have put there."""
    there = files.get_file_from_path(path)
    if there:
        files.remove(there)
    files.append(File.generated(config, path, content=content))


def _figure(picture: Picture, page_url: str) -> str:
    """Both pictures in one figure; the sheet shows the one for the reader's theme."""
    images = [
        f'<img class="kmtopo-{theme}" src="{escape(get_relative_url(f"{picture.path}.{theme}.svg", page_url))}"'
        f' alt="{escape(picture.alt)}">'
        for theme in THEMES
    ]
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    return f'<figure class="kmtopo">\n{"".join(images)}\n{caption}\n</figure>'
