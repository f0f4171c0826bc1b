"""The command line."""

from __future__ import annotations


def main() -> None:
    """Runs the command line and leaves the process with its exit code."""
    import gc
    import os
    import sys

    # The process ends soon: collecting what it built costs a third of the time and frees nothing in time.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets its number: half a word is better than no report.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    from kmtopo.cli.app import run

    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
