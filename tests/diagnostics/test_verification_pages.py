"""Pages of built files that do not say what the topology says: faults are seeded, and what is printed is compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kmtopo.report import render_text
from kmtopo.texts import LANGUAGES
from kmtopo.verdict import verdict
from kmtopo.verify import told, verify
from seeded_faults import FAULTS
from topologies import KMMOTOS, UNDRAWN, built

PAGES = Path(__file__).parents[2] / "docs" / "diagnostics"
OUTPUT = re.compile(r"^```text output yaml none\n((?:.*\n)*?)```$", re.MULTILINE)
BUILD = built(KMMOTOS, generators=UNDRAWN)
SHOWN = {
    "KM750": "a file that is no YAML",
    "KM751": "a network that a service should not be on",
    "KM752": "a published port too many",
    "KM753": "a body that may be larger",
    "KM754": "a swapped database in an env file",
    "KM755": "readers that may write",
    "KM756": "a volume of another container",
    "KM757": "a secret too many",
    "KM758": "a host that leads to another tenant at the proxy",
    "KM759": "a replica too many",
}


def printed(code: str, language: str) -> str:
    """What is printed first of the fault of a code."""
    (fault,) = (fault for fault in FAULTS if fault.name == SHOWN[code])
    files = fault.seeded({str(a.path): a.content for _, a in BUILD.artifacts[fault.environment]})
    findings = verify(files, BUILD.deployments[fault.environment], None)
    diagnostics = [told(finding, f"build/{fault.environment}", files) for finding in findings]
    first, *_ = (one for one in verdict(diagnostics, BUILD.document, None) if one.code == code)
    return render_text([first], {"topology.yaml": BUILD.source}, language)


def without_built_lines(text: str) -> str:
    """A text without the numbers of built lines: a page need not follow every line of a generator."""
    return re.sub(r"(`build/[^`:]+:)\d+`", r"\1N`", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SHOWN)
def test_the_page_shows_what_is_printed(code: str, language: str) -> None:
    shown = OUTPUT.findall((PAGES / language / f"{code}.md").read_text(encoding="utf-8"))

    assert [without_built_lines(one) for one in shown] == [without_built_lines(printed(code, language))]
