"""What a reader sees, as whole text."""

from __future__ import annotations

from textwrap import dedent
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kmtopo.addresses import Address
from kmtopo.diagnostics import Diagnostic, Label, Term, diagnose
from kmtopo.report import render_text
from kmtopo.report.visible import cells
from kmtopo.source import Position, Source, Span
from kmtopo.syntax import parse


def shown(text: str, *, language: str = "en", width: int = 80) -> str:
    """The report of a YAML text."""
    source = Source("topology.yaml", text)
    return render_text(parse(source)[1], {"topology.yaml": source}, language, width=width)


def block(text: str) -> str:
    return dedent(text).lstrip("\n")


def test_a_finding_is_a_header_a_place_a_frame_and_a_help() -> None:
    assert shown("a: 1\nb: [1, 2\n") == block(
        """
        error[KM101]: `[` is never closed
         --> topology.yaml:2:4
          |
        2 | b: [1, 2
          |    ^
          = help: close it with `]`

        1 error
        """
    )


def test_it_is_told_in_spanish_too() -> None:
    assert shown("a: 1\nb: [1, 2\n", language="es") == block(
        """
        error[KM101]: `[` no se cierra nunca
         --> topology.yaml:2:4
          |
        2 | b: [1, 2
          |    ^
          = ayuda: ciérralo con `]`

        1 error
        """
    )


def test_places_that_are_near_share_a_frame() -> None:
    assert shown("one: 1\ntwo: 2\none: 3\n") == block(
        """
        error[KM103]: the key `one` stands here a second time
         --> topology.yaml:3:1
          |
        1 | one: 1
          | --- first here
        2 | two: 2
        3 | one: 3
          | ^^^
          = help: keep one of the two, or give this one another name

        1 error
        """
    )


def test_lines_between_places_that_are_far_are_dots_and_the_gutter_fits_the_largest_number() -> None:
    assert shown("one: 1\n" + "\n" * 10 + "one: 3\n") == block(
        """
        error[KM103]: the key `one` stands here a second time
          --> topology.yaml:12:1
           |
         1 | one: 1
           | --- first here
        ...
        12 | one: 3
           | ^^^
           = help: keep one of the two, or give this one another name

        1 error
        """
    )


def test_two_places_on_one_line_stand_below_it_one_after_the_other() -> None:
    assert shown("{a: 1, 'a': 2}\n", language="es") == block(
        """
        error[KM103]: la clave `a` aparece aquí por segunda vez
         --> topology.yaml:1:8
          |
        1 | {a: 1, 'a': 2}
          |        ^^^
          |  - la primera está aquí
          = ayuda: quédate con una de las dos, o dale otro nombre a esta

        1 error
        """
    )


def test_places_in_other_files_have_frames_of_their_own() -> None:
    root, lock = Source("topology.yaml", "a: 1\n"), Source("kmtopo.lock", "x: 1\na: 2\n")
    diagnostic = diagnose("KM103", root.span(0, 1), also=[Label(span=lock.span(5, 6), text="first")], key="a")

    assert render_text([diagnostic], {source.name: source for source in (root, lock)}, "en") == block(
        """
        error[KM103]: the key `a` stands here a second time
         --> topology.yaml:1:1
          |
        1 | a: 1
          | ^
         ::: kmtopo.lock:2:1
          |
        2 | a: 2
          | - first here
          = help: keep one of the two, or give this one another name

        1 error
        """
    )


def test_a_finding_without_a_place_has_no_frame() -> None:
    diagnostic = diagnose("KM115", help="others", name="topology.yaml", others="`a.yaml`, `b.yaml`")

    assert render_text([diagnostic], {}, "es") == block(
        """
        error[KM115]: no existe el archivo `topology.yaml`
          = ayuda: indica el archivo; aquí están: `a.yaml`, `b.yaml`

        1 error
        """
    )


def test_a_place_in_a_text_that_is_not_at_hand_is_only_named() -> None:
    diagnostic = diagnose("KM105", Span("elsewhere.yaml", Position(3, 1), Position(3, 4)))

    assert render_text([diagnostic], {}, "en") == block(
        """
        error[KM105]: a second YAML document starts here
         --> elsewhere.yaml:3:1
          = help: keep one document a file: remove this line and what does not belong to the first

        1 error
        """
    )


def test_a_place_that_nobody_located_is_left_out() -> None:
    diagnostic = diagnose("KM105", Address.of("containers", "backend"))

    assert render_text([diagnostic], {}, "en").splitlines()[1] == (
        "  = help: keep one document a file: remove this line and what does not belong to the first"
    )


def test_findings_come_in_the_order_of_their_places_and_are_counted() -> None:
    source = Source("topology.yaml", "a: 1\nb: 2\n")
    found = [
        diagnose("KM105", source.span(5, 6)),
        diagnose("KM102", source.span(5, 6)),
        diagnose("KM102", source.span(0, 1)),
    ]
    headers = [line for line in render_text(found, {}, "en").splitlines() if "[" in line or "-->" in line]

    assert headers == [
        "error[KM102]: a tab is used as indentation",
        " --> topology.yaml:1:1",
        "error[KM102]: a tab is used as indentation",
        " --> topology.yaml:2:1",
        "error[KM105]: a second YAML document starts here",
        " --> topology.yaml:2:1",
    ]


@pytest.mark.parametrize(
    ("codes", "english", "spanish"),
    [
        (["KM101"], "1 error", "1 error"),
        (["KM101", "KM101", "KM516"], "2 errors, 1 warning", "2 errores, 1 advertencia"),
        (["KM516", "KM516", "KM502"], "2 warnings, 1 note", "2 advertencias, 1 nota"),
        (["KM502", "KM502"], "2 notes", "2 notas"),
    ],
)
def test_the_last_line_counts(codes: list[str], english: str, spanish: str) -> None:
    found = [diagnose(code) for code in codes]

    assert render_text(found, {}, "en").splitlines()[-1] == english
    assert render_text(found, {}, "es").splitlines()[-1] == spanish


def test_nothing_found_is_nothing_said() -> None:
    assert render_text([], {}, "en") == ""


def test_signs_stand_under_wide_characters_combining_marks_and_tabs() -> None:
    assert shown("{日本: 1, 'e\u0301': 2,\t日本: 3}\n") == block(
        """
        error[KM103]: the key `日本` stands here a second time
         --> topology.yaml:1:18
          |
        1 | {日本: 1, 'e\u0301': 2,    日本: 3}
          |                      ^^^^
          |  ---- first here
          = help: keep one of the two, or give this one another name

        1 error
        """
    )


def test_a_place_that_spans_lines_is_shown_by_its_first() -> None:
    source = Source("topology.yaml", "a: |\n  x\n  y\n")
    report = render_text([diagnose("KM110", source.span(3, 13))], {"topology.yaml": source}, "en")

    assert report.splitlines()[3:5] == ["1 | a: |", "  |    ^"]


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        (0, ["1 | abcdefghijklmnopqrstuvwxyzabcdefghi…", "  | ^"]),
        (60, ["1 | …wxyzabcdefghijklmnopqrstuvwxyzabcd…", "  |              ^"]),
        (103, ["1 | …stuvwxyzabcdefghijklmnopqrstuvwxyz", "  |                                   ^"]),
    ],
)
def test_a_long_line_is_cut_around_the_place(column: int, rows: list[str]) -> None:
    source = Source("topology.yaml", "abcdefghijklmnopqrstuvwxyz" * 4 + "\n")
    report = render_text([diagnose("KM105", source.span(column, column + 1))], {source.name: source}, "en", width=40)

    assert report.splitlines()[3:5] == rows


def test_what_acts_on_a_terminal_is_shown_as_a_sign() -> None:
    report = shown("name: \x1b[31m\u202e\x9b\x7f\r\n", language="es")

    assert report == block(
        """
        error[KM112]: aquí está el carácter de control U+001B
         --> topology.yaml:1:7
          |
        1 | name: ␛[31m\ufffd\ufffd␡
          |       ^
          = ayuda: quítalo, y también los demás: hay 3 en este archivo

        1 error
        """
    )


def test_values_cannot_act_on_a_terminal_either_and_do_not_flood_it() -> None:
    diagnostic = diagnose("KM103", key="\x1b]0;x\x07\n" + "k" * 1_000)
    (header, *_) = render_text([diagnostic], {}, "en").splitlines()

    assert header == f"error[KM103]: the key `␛]0;x␇␊{'k' * 392}…` stands here a second time"


def test_colours_come_only_when_asked_for() -> None:
    source = Source("topology.yaml", "a: *b\n")
    report = render_text(parse(source)[1], {source.name: source}, "en", color=True)

    assert report.replace("\x1b[", "<").replace("m", ">", 1).startswith("<1;31>error[KM108]")
    assert report.splitlines()[4] == "\x1b[1;34m  |\x1b[0m    \x1b[1;31m^^\x1b[0m"


TEXTS = st.text(st.characters(), max_size=300)


@given(TEXTS, TEXTS, st.integers(0, 300), st.integers(0, 300), st.integers(30, 120))
@example("\t" * 50, "", 10, 20, 30)
@example("日" * 100, "", 50, 60, 31)
@example("0" * 26, "", 26, 0, 30)
@example("\u202e\x1b[2J", "\u202e\x1b[2J", 0, 1, 30)
def test_no_text_breaks_out_of_its_frame(text: str, value: str, start: int, length: int, width: int) -> None:
    source = Source("topo\x1blogy.yaml", text)
    diagnostic: Diagnostic = diagnose("KM103", source.span(start, start + length), key=value)

    lines = render_text([diagnostic], {source.name: source}, "en", width=width).split("\n")

    assert {category(character) for line in lines for character in line}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert "\u202e" not in "".join(lines)
    assert len(lines) == len(["header", "place", "gutter", "line", "signs", "help", "", "count", ""])
    assert max(cells(line) for line in lines[2:5]) <= width


@pytest.mark.parametrize(
    ("value", "shown"), [(Term("mapping"), "un mapa"), ("mapping", "mapping"), (Term("unheard-of"), "unheard-of")]
)
def test_a_word_of_kmtopos_own_is_translated_and_one_of_the_file_is_not(value: str, shown: str) -> None:
    (header, *_) = render_text([diagnose("KM103", key=value)], {}, "es").splitlines()

    assert header == f"error[KM103]: la clave `{shown}` aparece aquí por segunda vez"
