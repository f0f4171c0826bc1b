"""What is run: the scripts for the machine, the first start's, and who may connect how."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

from kmtopo.plugin import Container, Tools

PACKAGE = "kmtopo_postgres"
# Path below the container's folder, mode, content.
Script = tuple[str, int, str]

_FILES = (
    ("deprovision.sh", 0o755),
    ("initdb/10-provision.sh", 0o755),
    ("pg_hba.conf", 0o644),
    ("provision.sh", 0o755),
)
_FROM_INSIDE = """\
# The administrator works from inside; no network has to know who it is.
host    all          {administrator}  127.0.0.1/32  scram-sha-256
host    all          {administrator}  all  reject
"""


def scripts(container: Container, stage: str, tools: Tools) -> Iterator[Script]:
    """Yields what is written from templates for one server."""
    folder = container.runtime.folders[0]
    administrator = administrator_of(container)
    # In pg_hba.conf double quotes keep a name from being a keyword; a double quote itself has no way in.
    in_hba = f'"{administrator}"'
    known = {
        "address": str(container.address),
        "service": shlex.quote(container.name),
        "administrator": shlex.quote(administrator),
        "administrator_in_hba": in_hba,
        "administrator_by_network": "" if stage == "development" else _FROM_INSIDE.format(administrator=in_hba),
        "folder": shlex.quote(folder.target),
        "up": "/".join([".."] * len(PurePosixPath(folder.name).parts)),
        "here": shlex.quote(folder.name),
    }
    for path, mode in _FILES:
        name = PurePosixPath(path).name
        yield path, mode, tools.template(PACKAGE, name).render(known)


def administrator_of(container: Container) -> str:
    """Names the superuser that the image makes at the first start."""
    return next((v.literal for v in container.variables if v.name == "POSTGRES_USER" and v.literal), "postgres")
