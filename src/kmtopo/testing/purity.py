"""Hears what a pure function must not do: an audit hook that listens while generators run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PROCESSES = (
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
)
_CHANGES = (
    *("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"),
    *("os.chdir", "os.putenv", "os.truncate", "os.unsetenv", "os.utime", "shutil.", "tempfile."),
)
_FORBIDDEN = (*_PROCESSES, *_CHANGES, "socket.", "subprocess.Popen", "http.client.", "urllib.Request")


@dataclass
class _Ear:
    heard: list[str] | None = None
    is_installed: bool = False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if self.heard is not None and _is_forbidden(event, args):
            self.heard.append(f"{event} {args[0]!r}" if args else event)

    def install(self) -> None:
        # A hook stays for good: there is one, and it listens only where it is told to.
        if not self.is_installed:
            self.is_installed = True
            sys.addaudithook(self)


_EAR = _Ear()


@contextmanager
def listening() -> Iterator[list[str]]:
    """Yields the list of forbidden acts, such as ``open '/tmp/x'``, which grows while the block runs."""
    _EAR.install()
    heard: list[str] = []
    writes_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    _EAR.heard = heard
    try:
        yield heard
    finally:
        _EAR.heard = None
        sys.dont_write_bytecode = writes_bytecode


@contextmanager
def not_listening() -> Iterator[None]:
    """Lets the block do as it likes: what a tool does is not the generator's doing."""
    heard, _EAR.heard = _EAR.heard, None
    try:
        yield
    finally:
        _EAR.heard = heard


def _is_forbidden(event: str, args: tuple[Any, ...]) -> bool:
    if event == "open":
        return bool(args[2] & _WRITING)
    return event.startswith(_FORBIDDEN)
