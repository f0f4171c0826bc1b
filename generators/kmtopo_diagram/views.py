"""The views by name; each is loaded when it is drawn."""

from __future__ import annotations

from importlib import import_module

from kmtopo_diagram.view import View


def view(name: str) -> View:
    """Returns a view: ``VIEW`` of the package of its name."""
    found: View = import_module(f"kmtopo_diagram.{name}").VIEW
    return found
