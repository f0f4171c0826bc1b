"""What share of a container's memory each thing in it may take."""

from __future__ import annotations

from kmtopo.types.runtime import Tmpfs

MIB = 1024**2
GIB = 1024**3

# In the container, where it is a folder in memory of its own.
TMP = "/tmp"  # noqa: S108


def mebibytes(limit: int, percent: int) -> int:
    """Returns a share of a limit in bytes as whole MiB, at least 1."""
    return max(limit * percent // 100 // MIB, 1)


def scratch(path: str, limit: int | None, most: int, percent: int = 25, mode: int = 0o1777) -> Tmpfs:
    """Makes a folder in memory of at most ``most`` bytes.

    What lies in it counts towards the container's limit, so a small container gets a small one.
    """
    size = most if limit is None else min(most, mebibytes(limit, percent) * MIB)
    return Tmpfs(path, size, mode)
