"""The command line."""

from __future__ import annotations

_INTERRUPTED = 130


def main() -> None:
    """Runs the command line and leaves the process with its exit code."""
    import gc
    import os
    import sys

    # The process ends soon: collecting what it built costs a third of the time and frees nothing in time.
    gc.disable()
    # Looking for plugins of pydantic among all installed packages takes longer than checking a topology does.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    try:
        _prepare_streams()
        from kmtopo.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    os._exit(code)


def _prepare_streams() -> None:
    import os
    import sys

    # Whoever closed one of them does not want to read it.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets its number: half a word is better than no report.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
