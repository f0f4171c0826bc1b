"""YAML that knows the line of each of its parts."""

from __future__ import annotations

from typing import Any

import yaml

from kmtopo.verify.facts import Place
from kmtopo.verify.ground import Unreadable

Path = tuple[str, ...]


class Located:
    """A YAML text as plain data, with the lines of its parts."""

    def __init__(self, file: str, text: str) -> None:
        """Reads a text.

        Raises:
            Unreadable: it is no YAML.
        """
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            root = yaml.compose(text, Loader=loader)
            self.data: dict[str, Any] = yaml.load(text, Loader=loader) or {}  # noqa: S506 - both are safe loaders
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise Unreadable(str(getattr(error, "problem", error)), Place(file, line)) from error
        self._lines: dict[Path, int] = {}
        if root is not None:
            self._collect(root, ())

    def line(self, *path: str) -> int:
        """The line of a part, or of the nearest part around it; items of lists are named by their text or number."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _collect(self, node: yaml.Node, path: Path) -> None:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below = (*path, str(key.value))
                self._lines[below] = key.start_mark.line + 1
                self._collect(value, below)
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                name = item.value if isinstance(item, yaml.ScalarNode) else str(index)
                self._collect(item, (*path, name))
