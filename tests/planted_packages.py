"""Packages that extend kmtopo, planted on the path as an installer would leave them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kmtopo import packages, registry
from kmtopo.checks.rulebook import rulebook
from kmtopo.texts import CODES, LANGUAGES
from kmtopo.texts.tables import tables
from kmtopo.types.catalogue import catalogue

CACHES = (packages._registered, packages.plugins, registry.generator, registry.template_names, rulebook, catalogue)


@contextmanager
def planted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever lies in the folder is installed; afterwards nobody remembers it."""
    codes, modules = set(CODES), set(sys.modules)
    monkeypatch.syspath_prepend(folder)
    _forget()
    yield
    for code in CODES.keys() - codes:
        del CODES[code]
        for language in LANGUAGES:
            del tables(language)[code]
    for module in sys.modules.keys() - modules:
        if str(folder) in (getattr(sys.modules[module], "__file__", None) or ""):
            del sys.modules[module]
    _forget()


def plant(folder: Path, package: str, entry_points: str, code: str = "") -> None:
    """Installs a package with one module, which is called like it."""
    module = package.replace("-", "_")
    metadata = folder / f"{module}-1.2.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Name: {package}\nVersion: 1.2\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    (folder / module).mkdir()
    (folder / module / "__init__.py").write_text(code, encoding="utf-8")


def _forget() -> None:
    for known in CACHES:
        known.cache_clear()
