"""Generators that each break one promise: the conformance kit must catch every one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from kmtopo.plugin import Address, Artifact, Generator, Graph, Options, Tools, option

HERE = Address.of("environments")
PATH = PurePosixPath("planted.txt")


class Unreadable(Options):
    """Options with a default that nobody may write."""

    count: int = option("none")


def planted(content: Callable[[Graph, Tools], str], **changes: Any) -> Generator[Any]:
    """A generator of one file."""

    def generate(graph: Graph, _options: Options, tools: Tools) -> Iterable[Artifact]:
        return [Artifact(PATH, content(graph, tools))]

    return Generator(**{"name": "planted", "summary": "one file", "options": Options, "generate": generate, **changes})


def yielding(*artifacts: Artifact) -> Generator[Any]:
    """A generator of the same files whatever it is asked."""
    return planted(lambda _, __: "", generate=lambda graph, options, tools: artifacts)


def writes(_: Graph, __: Tools) -> str:
    Path(tempfile.gettempdir(), "kmtopo-planted").write_text("x", encoding="utf-8")
    return "x\n"


def listens(_: Graph, __: Tools) -> str:
    socket.socket().close()
    return "x\n"


def runs(_: Graph, __: Tools) -> str:
    subprocess.run([sys.executable, "-c", ""], check=True)
    return "x\n"


def crashes_on_nothing(graph: Graph, _: Tools) -> str:
    return f"{min(graph.deployment.containers)}\n"


def draws(_: Graph, tools: Tools) -> str:
    return f"{tools.layout('graph { a [width=1 height=1] }')}\n"


_numbers = count()

conforming = planted(draws)
counting = planted(lambda _, __: f"{next(_numbers)}\n")
in_hash_order = planted(lambda _, __: f"{sorted({'a', 'b', 'c', 'd', 'e', 'f'}, key=hash)}\n")
dated = planted(lambda _, __: f"{datetime.now().astimezone():%Z}\n")
located = planted(lambda _, __: f"{Path.cwd()}\n")
telling = planted(lambda _, __: f"{os.environ.get('USER')}\n")
writing = planted(writes)
networking = planted(listens)
running = planted(runs)
escaping = yielding(Artifact(PurePosixPath("../x"), "x\n"), Artifact(PurePosixPath("/x"), "x\n"))
doubled = yielding(Artifact(PATH, "x\n"), Artifact(PurePosixPath("PLANTED.txt"), "x\n"))
windows = yielding(Artifact(PATH, "a\r\n"))
unended = yielding(Artifact(PATH, "a"))
overended = yielding(Artifact(PATH, "a\n\n"))
wide_open = yielding(Artifact(PATH, "a\n", mode=0o777))
rootless = yielding(Artifact(PATH, "# from containers.nobody\n", origins=(HERE, Address.of("tenants", "nobody"))))
unreadable = planted(draws, options=Unreadable)
misnamed = planted(draws, name="Planted Thing", summary="", api_version=0)
crashing = planted(crashes_on_nothing)
