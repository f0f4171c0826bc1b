"""Which lines of a document are examples: nothing is filled there, and nothing claimed."""

from __future__ import annotations

import pytest

from kmtopo.documents.lines import lines

# A bar stands before the lines that are examples.
EXAMPLES = {
    "markdown, backticks": ("markdown", ["before", "|```sh", "|one", "|", "|```", "after"]),
    "markdown, a longer fence ends a shorter one": ("markdown", ["|```", "|one", "|`````  ", "after"]),
    "markdown, a shorter fence does not end a longer one": ("markdown", ["|````", "|```", "|one", "|````", "after"]),
    "markdown, words behind a fence do not end it": ("markdown", ["|```", "|``` one", "|```", "after"]),
    "markdown, the other sign does not end it": ("markdown", ["|~~~ a`b", "|```", "|~~~", "after"]),
    "markdown, within a list": ("markdown", ["- item", "|  ```", "|  one", "|  ```", "after"]),
    "markdown, words of a machine": ("markdown", ["```one``` is a word", "", "after"]),
    "markdown, to the end": ("markdown", ["before", "|```", "|one", "|"]),
    "asciidoc, a listing": ("asciidoc", ["[source]", "|----", "|one", "|----", "after"]),
    "asciidoc, a longer line does not end it": ("asciidoc", ["|----", "|------", "|one", "|----", "after"]),
    "asciidoc, backticks with a language": ("asciidoc", ["|```ruby", "|one", "|```", "after"]),
    "asciidoc, a comment": ("asciidoc", ["|////", "|one", "|////", "after"]),
    "restructuredtext has none": ("restructuredtext", ["```", "----", "after"]),
}


@pytest.mark.parametrize("case", EXAMPLES)
def test_a_line_between_fences_is_an_example(case: str) -> None:
    format, expected = EXAMPLES[case]
    text = "\n".join(line.removeprefix("|") for line in expected) + "\n"

    assert [f"|{line.text}" if line.fenced else line.text for line in lines(text, format)] == expected
    assert [text[line.start : line.end] for line in lines(text, format)] == text.splitlines()
