"""Headless Chromium, asked what it sees on a page."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from pathlib import Path

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

# What a page says at its end: `measure` is a function of it that returns what is asked for.
ANSWER = """
  measure().then((found) => found, (error) => ({ error: String(error) })).then((found) => {
    document.body.textContent = "measured " + btoa(unescape(encodeURIComponent(JSON.stringify(found)))) + " end";
  });
"""


def measured(chromium: str, page: Path, *flags: str) -> dict[str, object]:
    """Opens a page that ends in ``ANSWER`` and returns what its ``measure`` found."""
    command = [
        chromium,
        *QUIET,
        f"--user-data-dir={page.parent / 'profile'}",
        *flags,
        "--virtual-time-budget=10000",
        "--dump-dom",
        page.as_uri(),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    found = re.search(r"measured (\S+) end", shown)
    assert found, shown[-2000:]
    answer: dict[str, object] = json.loads(base64.b64decode(found[1]))
    return answer
