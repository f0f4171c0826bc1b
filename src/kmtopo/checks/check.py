"""What the rules here are made of."""

from __future__ import annotations

from kmtopo.rule import Check, Project

__all__ = ["Check", "Project"]
