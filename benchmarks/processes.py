"""What a process costs: CPU time and peak memory, as the kernel counted them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, user and system together, and peak resident memory in MiB."""

    cpu: float
    memory: float


def run(command: Sequence[str | Path], folder: Path) -> Cost:
    """Runs a command to its end and returns what the whole process cost.

    Raises:
        RuntimeError: the command failed; its output is the message.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            said = output.read().decode(errors="replace")
            raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """Returns the medians."""
    return Cost(median(cost.cpu for cost in costs), median(cost.memory for cost in costs))


def _environment() -> dict[str, str]:
    # Without bytecode every start compiles anew, and compiling is what would be measured.
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
