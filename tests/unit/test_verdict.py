"""The verdict: what is told, and what waits until the rest is mended."""

from __future__ import annotations

from topologies import KMMOTOS, checked

UNLIKE = KMMOTOS.replace("    publish: [80, 443]\n", "    publish: [80, 443, 9443]\n")
TYPO = ("    type: static\n", "    type: statik\n")


def codes(text: str) -> list[str]:
    return [d.code for d in checked(text).diagnostics]


def test_environments_are_compared_once_nothing_else_is_wrong() -> None:
    assert codes(UNLIKE) == ["KM560"]
    assert codes(UNLIKE.replace(*TYPO)) == ["KM219"]
