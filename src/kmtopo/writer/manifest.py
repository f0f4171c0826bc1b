"""The manifest: which files of the output folder are kmtopo's, and what it wrote into them last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from json.encoder import encode_basestring

from kmtopo.diagnostics import Diagnostic, diagnose
from kmtopo.values import frozen
from kmtopo.writer.places import is_safe

_PLAIN_MODE = 0o644


@frozen
class Entry:
    """One file that kmtopo wrote: the sha256 of its content, who made it, and from which parts of the topology."""

    sha256: str
    generator: str
    origins: tuple[str, ...] = ()
    mode: int = _PLAIN_MODE


@frozen
class Manifest:
    """The record of ownership. ``input`` is the sha256 of what the build was made from, ``files`` go by path."""

    version: str = ""
    input: str = ""
    files: Mapping[str, Entry] = field(default_factory=dict)

    def render(self) -> str:
        """Returns the manifest as text: sorted, one line a file, so that changes are easy to read and to merge."""
        head = f'{{\n  "kmtopo": {_text(self.version)},\n  "input": {_text(self.input)},\n  "files": {{'
        lines = ",\n".join(f"    {_text(path)}: {_line(self.files[path])}" for path in sorted(self.files))
        return f"{head}\n{lines}\n  }}\n}}\n" if lines else f"{head}}}\n}}\n"

    @classmethod
    def parse(cls, text: str) -> Manifest:
        """Reads what ``render`` wrote.

        Raises:
            ValueError: the text is no manifest, or names a file outside the output folder.
        """
        try:
            data = json.loads(text)
            files = {path: _entry(path, entry) for path, entry in data["files"].items()}
            return cls(str(data["kmtopo"]), str(data["input"]), files)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"no manifest: {error!r}") from error


def manifest_of(data: bytes | None, place: str) -> Manifest | Diagnostic:
    """Reads a manifest's bytes; none at all is an empty manifest, broken ones are a diagnostic."""
    if data is None:
        return Manifest()
    try:
        return Manifest.parse(data.decode())
    except ValueError:
        return diagnose("KM707", path=place)


def _entry(path: str, entry: Mapping[str, object]) -> Entry:
    sha256, generator, origins = entry["sha256"], entry["generator"], entry.get("origins", [])
    if not (is_safe(path) and isinstance(sha256, str) and isinstance(generator, str) and isinstance(origins, list)):
        raise ValueError(f"no entry of a manifest: {path}")
    return Entry(sha256, generator, tuple(map(str, origins)), int(str(entry.get("mode", "0644")), 8))


def _line(entry: Entry) -> str:
    mode = "" if entry.mode == _PLAIN_MODE else f', "mode": "{entry.mode:04o}"'
    origins = f', "origins": [{", ".join(map(_text, entry.origins))}]' if entry.origins else ""
    return f'{{"generator": {_text(entry.generator)}{mode}{origins}, "sha256": {_text(entry.sha256)}}}'


def _text(value: str) -> str:
    return encode_basestring(value)
