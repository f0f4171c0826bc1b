"""What starts ``provision.js``: the image on its first start, the operator on any later day."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath

from kmtopo.plugin import Container
from kmtopo_mongo.provision import HEADER
from kmtopo_mongo.quoting import literal

SHELL_HEADER = HEADER.replace("//", "#", 1)

_PROVISION = """\
#!/bin/sh
{header}
# from {address}
#
# Brings the users of the running server to what the topology says. It may run at any time and as often as you like:
# nothing restarts, and no data is lost.
set -eu
cd "$(dirname "$0")/{up}"
docker compose exec -T {shell} {script}
"""


def provision(container: Container) -> str:
    """Writes the operator's script."""
    return _PROVISION.format(
        header=SHELL_HEADER,
        address=container.address,
        up=way_up(container),
        shell=shell_in(container),
        script=shlex.quote(f"{container.runtime.folders[0].target}/provision.js"),
    )


def first_start(container: Container) -> str:
    """Writes what the image runs once, on an empty folder of data."""
    script = literal(f"{container.runtime.folders[0].target}/provision.js")
    return f"{HEADER}\n// from {container.address}\nload({script});\n"


def shell_in(container: Container) -> str:
    """The words that start MongoDB's shell in a container; without a home it keeps no log of what it did."""
    return f"-e HOME=/nonexistent {shlex.quote(container.name)} mongosh --quiet --norc"


def way_up(container: Container) -> str:
    """The way from the generated folder to that of ``compose.yaml``."""
    return "/".join(".." for _ in PurePosixPath(container.runtime.folders[0].name).parts)
