"""Documents that people write: marked blocks are filled from the graph, and what the prose claims is held against it."""

from __future__ import annotations

from kmtopo.documents.filling import Filled, fill, wanted
from kmtopo.documents.library import Library, Wish

__all__ = ["Filled", "Library", "Wish", "fill", "wanted"]
