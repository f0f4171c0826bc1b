"""From a path to all texts of a project: the topology, what it includes, the lock, and templates of its own."""

from __future__ import annotations

from pathlib import Path

from kmtopo import registry
from kmtopo.source import Project, read_project
from kmtopo.syntax.inclusion import inclusions


def read(path: Path) -> Project:
    """Reads a topology file, or ``topology.yaml`` of a folder, with everything that belongs to it."""
    return read_project(path, inclusions, registry.generator_names)
