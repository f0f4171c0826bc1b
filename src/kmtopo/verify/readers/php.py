"""PHP files that return an array of arrays and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kmtopo.verify.facts import Place, Said
from kmtopo.verify.ground import Unreadable

_TOKEN = re.compile(
    r"\s+|//[^\n]*|\#[^\n]*|/\*.*?\*/"
    r"|(?P<text>'(?:[^'\\]|\\.)*')|(?P<arrow>=>)|(?P<sign>[\[\],;])|(?P<word>\w+)|(?P<other>.)",
    re.DOTALL,
)
Keys = tuple[str, ...]
_Token = tuple[str, str, int]


def returned(file: str, text: str) -> Mapping[Keys, Said]:
    """Returns the leaves of the array that a file returns, by their keys from the outside in; an empty array is "".

    Raises:
        Unreadable: it returns something else.
    """
    start = re.search(r"^return\b", text, re.MULTILINE)
    if start is None:
        raise Unreadable("it returns nothing", Place(file))
    line = text.count("\n", 0, start.start()) + 1
    tokens = list(_tokens(text[start.end() :], line))
    found: dict[Keys, Said] = {}
    end = _value(file, tokens, 0, (), found)
    if [kind for kind, _, _ in tokens[end:]] != [";"]:
        line = tokens[min(end, len(tokens) - 1)][2]
        raise Unreadable("it does not end where its array ends", Place(file, line))
    return found


def _tokens(text: str, line: int) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        if found.lastgroup is not None:
            kind = found[0] if found.lastgroup in ("sign", "arrow") else found.lastgroup
            yield kind, found[0], line
        line += found[0].count("\n")


def _value(file: str, tokens: list[_Token], at: int, keys: Keys, found: dict[Keys, Said]) -> int:
    """Reads one value, notes its leaves, and returns where the next token is."""
    kind, text, line = _token(file, tokens, at)
    if kind == "[":
        return _array(file, tokens, at + 1, keys, found)
    if kind not in ("text", "word"):
        raise Unreadable(f"{text} is no plain value", Place(file, line))
    found[keys] = Said(_plain(text), Place(file, line))
    return at + 1


def _array(file: str, tokens: list[_Token], at: int, keys: Keys, found: dict[Keys, Said]) -> int:
    count = 0
    if _token(file, tokens, at)[0] == "]":
        found[keys] = Said("", Place(file, tokens[at][2]))
    while _token(file, tokens, at)[0] != "]":
        key = str(count)
        if _token(file, tokens, at + 1)[0] == "=>":
            key, at = _plain(tokens[at][1]), at + 2
        at = _value(file, tokens, at, (*keys, key), found)
        at += _token(file, tokens, at)[0] == ","
        count += 1
    return at + 1


def _token(file: str, tokens: list[_Token], at: int) -> _Token:
    if at >= len(tokens):
        raise Unreadable("it ends too early", Place(file, tokens[-1][2] if tokens else 1))
    return tokens[at]


def _plain(text: str) -> str:
    return re.sub(r"\\([\\'])", r"\1", text[1:-1]) if text.startswith("'") else text
