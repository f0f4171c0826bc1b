"""Text inside Markdown: whoever wrote it, it stays text."""

from __future__ import annotations

import pytest

from kmtopo.report.markdown import code, plain


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("memoria en principal: 1 GiB → 2 GiB", "memoria en principal: 1 GiB → 2 GiB"),
        ("a_b *c* ~d~ `e`", r"a\_b \*c\* \~d\~ \`e\`"),
        ("![x](https://example.org)", r"\!\[x\](https://<!-- -->example.org)"),
        ("<img src=x> &amp; a|b #1 @ana", r"\<img src=x\> \&amp; a\|b \#1 @<!-- -->ana"),
        ("back\\slash\nline\x1b[1m", "back\\\\slash␊line␛\\[1m"),
    ],
)
def test_nothing_in_a_line_begins_anything(text: str, written: str) -> None:
    assert plain(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("nginx:1.29", "`nginx:1.29`"),
        ("a\\_b*[c]", "`a\\_b*[c]`"),
        ("a`b``c", "```a`b``c```"),
        ("`a`", "`` `a` ``"),
        ("a|b", r"`a\|b`"),
        (" ", "`   `"),
    ],
)
def test_a_code_span_ends_where_it_ends(text: str, written: str) -> None:
    assert code(text) == written
