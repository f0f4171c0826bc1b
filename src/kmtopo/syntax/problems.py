"""Why a text is not YAML, in words for people: the parser's own message only says where it gave up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from types import MappingProxyType

from yaml.error import MarkedYAMLError

from kmtopo.syntax import clues
from kmtopo.syntax.findings import Findings
from kmtopo.values import frozen

_CLOSING = {"[": "]", "{": "}"}
_WORD = re.compile(r"\S+")
_ESCAPE = re.compile(r"\\(?:x\w{0,2}|u\w{0,4}|U\w{0,8}|.?)")


@frozen
class Problem:
    """Where the parser gave up (``at``), where what it was reading begins, and its own message."""

    text: str
    at: int
    begun: int
    message: str

    @classmethod
    def of(cls, text: str, error: MarkedYAMLError) -> Problem:
        """Takes over what an error of PyYAML's knows."""
        at = min(error.problem_mark.index, len(text)) if error.problem_mark else 0
        begun = error.context_mark.index if error.context_mark else at
        return cls(text, at, begun, f"{error.context}: {error.problem}")

    @property
    def before(self) -> str:
        """What stands before the problem on its line."""
        return self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at]

    @property
    def character(self) -> str:
        """The character at the problem, "" at the end of the text."""
        return self.text[self.at : self.at + 1]


@frozen
class Explanation:
    """What to tell: which of the code's texts, the stretch of text, and a labelled second one if that helps."""

    variant: str
    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    also: tuple[int, int, str] | None = None
    code: str = "KM101"


def report_unreadable(findings: Findings, error: Exception) -> None:
    """Reports what made the parser give up, and the control characters that no parser takes."""
    _report_control_characters(findings)
    if isinstance(error, MarkedYAMLError):
        told = _explain(Problem.of(findings.source.text, error))
        also = () if told.also is None else (findings.label(*told.also),)
        findings.add(told.code, told.start, told.end, also=also, help=told.variant, **told.values)


def _report_control_characters(findings: Findings) -> None:
    found = list(clues.unprintable(findings.source.text))
    if found:
        variant = "several" if len(found) > 1 else ""
        findings.add("KM112", *found[0].span(), help=variant, character=f"U+{ord(found[0][0]):04X}", count=len(found))


def _explain(problem: Problem) -> Explanation:
    for words, explain in _EXPLANATIONS:
        if any(word in problem.message for word in words):
            told = explain(problem)
            if told is not None:
                return told
    return _here(problem, "")


def _here(problem: Problem, variant: str, **values: str) -> Explanation:
    return Explanation(variant, problem.at, problem.at + 1, values)


def _word(problem: Problem, start: int, variant: str) -> Explanation:
    """Points at the word at a place."""
    found = _WORD.match(problem.text, start)
    return Explanation(variant, start, found.end() if found else start)


def _merge_conflict(problem: Problem) -> Explanation | None:
    at = clues.merge_conflict(problem.text)
    return None if at is None else _word(problem, at, "conflict")


def _tab(problem: Problem) -> Explanation | None:
    at = clues.tab_in_indentation(problem.text, problem.at)
    return None if at is None else Explanation("", at, at + 1, code="KM102")


def _tag(problem: Problem) -> Explanation:
    word = _word(problem, problem.begun, "")
    return Explanation("", word.start, word.end, {"tag": problem.text[word.start : word.end]}, code="KM104")


def _open_quote(problem: Problem) -> Explanation:
    quote = problem.text[problem.begun]
    return Explanation("quote", problem.begun, problem.begun + 1, {"quote": quote})


def _escape(problem: Problem) -> Explanation | None:
    found = _ESCAPE.match(problem.text, problem.text.rfind("\\", 0, problem.at + 1))
    return Explanation("escape", *found.span(), {"escape": found[0]}) if found else None


def _bracket(problem: Problem) -> Explanation:
    if problem.begun in clues.unclosed(problem.text):
        return _unclosed(problem.text, problem.begun)
    closing = _CLOSING.get(problem.text[problem.begun], "")
    also = (problem.begun, problem.begun + 1, "begun")
    return Explanation("separator", problem.at, problem.at + 1, {"closing": closing}, also)


def _unclosed(text: str, bracket: int) -> Explanation:
    values = {"bracket": text[bracket], "closing": _CLOSING.get(text[bracket], "")}
    return Explanation("bracket", bracket, bracket + 1, values)


def _second_colon(problem: Problem) -> Explanation:
    """A colon where the line or the one above already has a value."""
    if ": " in problem.before:
        return _here(problem, "colon")
    start, above = clues.line_before(problem.text, problem.at)
    if ": " in above or above.endswith(":"):
        return _indentation(problem, problem.at - len(problem.before.lstrip()))
    return _keyless(problem.text, start, above)


def _keyless_line(problem: Problem) -> Explanation:
    end = problem.text.find("\n", problem.begun)
    return _keyless(problem.text, problem.begun, problem.text[problem.begun : end if end >= 0 else None])


def _keyless(text: str, start: int, line: str) -> Explanation:
    colon = clues.colon_without_space(line)
    if colon is not None:
        return Explanation("space", start + colon, start + colon + 1)
    words = line.strip()
    start = text.index(words, start)
    return Explanation("key", start, start + len(words))


def _indentation(problem: Problem, start: int) -> Explanation:
    """Points at the line that is out of line: the one that the parser stumbled over, or one above that led it there."""
    start = clues.odd_line(problem.text, start) or start
    told = _word(problem, start, "indentation")
    parent = clues.line_further_left(problem.text, start)
    return replace(told, also=(*parent, "parent")) if parent else told


def _misplaced(problem: Problem) -> Explanation:
    """Something stands where a mapping's next key should."""
    before = problem.before.rstrip()
    if not before and problem.character == ":":
        return _missing_key(problem)
    if not before:
        return _indentation(problem, problem.at)
    if problem.character in ("]", "}"):
        return _here(problem, "closing", closing=problem.character)
    if before[-1] in "\"'":
        return _after_quote(problem)
    return _here(problem, "after" if before[-1] in "]}" else "")


def _after_quote(problem: Problem) -> Explanation:
    quoted = clues.last_quoted(problem.text)
    if quoted and "\n" in problem.text[quoted[0] : quoted[1]]:
        # A quote left open runs into the next one, lines below: that is where the parser stumbles.
        return Explanation("quote", quoted[0], quoted[0] + 1, {"quote": problem.text[quoted[0]]})
    return _here(problem, "after")


def _reserved(problem: Problem) -> Explanation:
    return Explanation("reserved", problem.begun, problem.begun + 1, {"character": problem.text[problem.begun]})


def _missing_item(problem: Problem) -> Explanation:
    unclosed = clues.unclosed(problem.text)
    if not problem.text[problem.at :].strip() and unclosed:
        return _unclosed(problem.text, unclosed[-1])
    if problem.character == ":":
        return _missing_key(problem)
    return _here(problem, "item", character=problem.character)


def _missing_key(problem: Problem) -> Explanation:
    return Explanation("empty", problem.at, problem.at + 1, code="KM106")


# What libyaml and PyYAML say, by words that both use; the first that has an explanation wins.
_EXPLANATIONS: tuple[tuple[tuple[str, ...], Callable[[Problem], Explanation | None]], ...] = (
    ((":",), _merge_conflict),
    ((":",), _tab),
    (("scanning a tag", "parsing a tag", "tag handle"), _tag),
    (("quoted scalar: found unexpected",), _open_quote),
    (("quoted scalar",), _escape),
    (("flow sequence", "flow mapping"), _bracket),
    (("mapping values",), _second_colon),
    (("simple key",), _keyless_line),
    (("block mapping",), _misplaced),
    (("block collection",), lambda problem: _word(problem, problem.at, "list")),
    (("sequence entries",), lambda problem: _here(problem, "dash")),
    (("start any token", "scanning an anchor", "scanning an alias"), _reserved),
    (("block scalar",), lambda problem: _word(problem, problem.at, "block")),
    (("directive", "incompatible"), lambda problem: _word(problem, problem.begun, "directive")),
    (("node content",), _missing_item),
)
