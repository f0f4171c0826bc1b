"""What formats write is read back by programs that others wrote: every value arrives as the text that it was."""

from __future__ import annotations

import re
from html import unescape

import docutils.core
import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hostile_words import HOSTILE
from kmtopo.markup.formats import FORMATS
from kmtopo.markup.pieces import Bullets, Code, Paragraph, Picture, Piece, Table, one_line

SIGNS = st.text(st.sampled_from([*"\\`*_{}[]()<>#+-.!|~^$&;:=@%'\"/,? \n\taZ1é中"]), min_size=1, max_size=24)
TAG = re.compile(r"<[^>]*>")


def by_markdown(text: str) -> str:
    return markdown.markdown(text, extensions=["tables"])


def by_docutils(text: str) -> str:
    strict = {"report_level": 2, "halt_level": 2, "file_insertion_enabled": False, "raw_enabled": False}
    return str(docutils.core.publish_parts(text, writer="html5", settings_overrides=strict)["body"])


READERS = {"markdown": by_markdown, "restructuredtext": by_docutils}


def words(html: str) -> str:
    """What a reader sees, on one line."""
    return one_line(unescape(TAG.sub(" ", html)))


def arrived(name: str, piece: Piece) -> str:
    return READERS[name](FORMATS[name].written([piece]))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_arrives_as_text_wherever_it_stands(name: str, value: str) -> None:
    plain = one_line(value)

    assert words(arrived(name, Paragraph(value))) == plain
    assert words(arrived(name, Bullets((value,)))) == plain
    assert words(arrived(name, Table(("h",), ((value,),)))) == f"h {plain}"
    assert words(arrived(name, Table(("h", "i"), ((value, Code(value)),)))) == f"h i {plain} {plain}"


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(value=SIGNS.filter(str.strip))
@example(value="a_")
def test_any_signs_arrive_in_a_cell(name: str, value: str) -> None:
    html = arrived(name, Table(("h",), ((value,),)))

    assert re.sub(r"\s+", "", words(html)) == re.sub(r"\s+", "", f"h{one_line(value)}")
    assert not re.search(r"<(?!/?(?:table|thead|tbody|tr|t[hd]|p|colgroup|col|div)\b)", html)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("value", HOSTILE)
def test_captions_and_alternative_texts_arrive(name: str, value: str) -> None:
    html = arrived(name, Picture("p", f"c {value}", f"a {value}"))
    alt = re.search(r'alt="([^"]*)"', html)

    assert alt
    assert unescape(alt[1]) == f"a {one_line(value)}"
    assert words(html) == f"c {one_line(value)}"
