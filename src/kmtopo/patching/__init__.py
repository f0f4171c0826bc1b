"""Patches: the topology's own changes of built files, each at its place and with its reason."""

from __future__ import annotations

from kmtopo.patching.application import Site, patched

__all__ = ["Site", "patched"]
