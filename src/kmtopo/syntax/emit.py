"""Plain data to YAML text that every reader of YAML 1.1 or 1.2 takes back to the same data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import isfinite
from typing import Any

from kmtopo.values import frozen

WIDTH = 120

# Only what no version of YAML reads as anything but text (`15s`, `64m` and `./x` are); a colon inside is safe outside flow style.
_PLAIN = re.compile(r"(?:(?:\.\.?/)*[A-Za-z_/][A-Za-z0-9_./-]*|[0-9]+[ghkms])\Z").match
_PLAIN_IN_BLOCK = re.compile(r"[A-Za-z_/][A-Za-z0-9_./-]*(?::[A-Za-z0-9_./-]+)+\Z").match
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# What an editor would not show as it is: controls, invisible spaces, marks that turn text around, tags.
_HIDDEN = (
    r"[\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LITERAL = re.compile(r"[^ \n][^\n]*(?<! )(?:\n+ *[^ \n][^\n]*(?<! ))*\n?\Z").match
_ESCAPES = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_SCALARS = frozenset({str, int, float, bool, type(None)})


@frozen
class Commented:
    """A value with comment lines above its entry; an empty line leaves a blank one."""

    value: Any
    lines: tuple[str, ...]


@frozen
class Repeated:
    """A value that stands in several places: it is worked out once for each key. What it is in becomes a block."""

    value: Any


class _Lines(list[str]):
    """The lines so far, and those of what stands in several places, by what is before it and the object itself."""

    def __init__(self) -> None:
        super().__init__()
        self.repeated: dict[tuple[str, int], list[str]] = {}


def emit(data: Any) -> str:
    """Writes mappings, lists, text, numbers, booleans and None as one YAML document.

    Entries keep their order. Leaves that fit into 120 columns stand on one line, text of several
    lines as a block; keys are shorter than 1,000 characters.

    Raises:
        TypeError: something is of another type, or a number without an end.
    """
    lines = _Lines()
    if type(data) is Commented:
        lines.extend(_comments(data.lines, ""))
        data = data.value
    if data and type(data) in _BLOCKS:
        _BLOCKS[type(data)](data, "", lines)
    else:
        lines.append(_flow(data) or _scalar(data))
    return "\n".join(lines) + "\n"


def _mapping(data: dict[str, Any], indent: str, lines: _Lines) -> None:
    for key, value in data.items():
        _entry(f"{indent}{_text(key)}:", value, indent, lines)


def _sequence(data: list[Any], indent: str, lines: _Lines) -> None:
    for value in data:
        first = len(lines) + (len(value.lines) if type(value) is Commented else 0)
        _entry(f"{indent}-", value, indent, lines)
        if lines[first] == f"{indent}-":  # the item's first line moves up beside its dash
            lines[first : first + 2] = [f"{indent}- {lines[first + 1].lstrip()}"]


def _entry(head: str, value: Any, indent: str, lines: _Lines) -> None:
    if type(value) is Commented:
        lines.extend(_comments(value.lines, indent))
        value = value.value
    if type(value) is Repeated:
        _repeat(head, value, indent, lines)
        return
    kind = type(value)
    if kind not in _BLOCKS:
        lines.append(f"{head} {_block_text(value, indent) if kind is str else _scalar(value)}")
        return
    flow = _flow(value)
    if flow is not None and len(head) + len(flow) < WIDTH and "\\n" not in flow:
        lines.append(f"{head} {flow}")
    else:
        lines.append(head)
        _BLOCKS[kind](value, f"{indent}  ", lines)


def _repeat(head: str, value: Repeated, indent: str, lines: _Lines) -> None:
    place = (head, id(value))
    known = lines.repeated.get(place)
    if known is not None:
        lines.extend(known)
        return
    first = len(lines)
    _entry(head, value.value, indent, lines)
    lines.repeated[place] = lines[first:]


_BLOCKS: dict[type, Callable[[Any, str, _Lines], None]] = {dict: _mapping, list: _sequence}


def _flow(data: Any) -> str | None:
    if type(data) is dict:
        if _SCALARS.issuperset(map(type, data.values())):
            return "{" + ", ".join([f"{_text(key)}: {_scalar(value)}" for key, value in data.items()]) + "}"
    elif type(data) is list and _SCALARS.issuperset(map(type, data)):
        return "[" + ", ".join(map(_scalar, data)) + "]"
    return None


def _scalar(value: Any) -> str:
    if type(value) is str:
        return _text(value)
    if value is None:
        return "null"
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is int:
        return str(value)
    if type(value) is float and isfinite(value):
        return _float(value)
    raise TypeError(f"YAML text of a {type(value).__name__}")


def _float(value: float) -> str:
    # YAML 1.1 takes a power of ten only behind a point.
    digits, power, exponent = repr(value).partition("e")
    return f"{digits}.0e{exponent}" if power and "." not in digits else repr(value)


@lru_cache(maxsize=8192)
def _text(text: str) -> str:
    if _PLAIN(text) and text.lower() not in _WORDS:
        return text
    return '"' + _visible(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def _block_text(text: str, indent: str) -> str:
    if "\n" not in text:
        return _line(text)
    if _LITERAL(text) and _visible(plain := text.replace("\n", "")) == plain:
        body = text.removesuffix("\n").split("\n")
        return "\n".join(
            ["|" if text.endswith("\n") else "|-", *(f"{indent}  {line}" if line else "" for line in body)]
        )
    return _text(text)


@lru_cache(maxsize=8192)
def _line(text: str) -> str:
    return text if _PLAIN_IN_BLOCK(text) else _text(text)


def _comments(texts: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}# {_visible(text)}" if text else "" for text in texts]


def _visible(text: str) -> str:
    # What is printable is hidden only where it is a tag.
    if text.isprintable() and (text.isascii() or max(text) < "\U000e0000"):
        return text
    return re.sub(_HIDDEN, _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x100:
        return _ESCAPES.get(found[0]) or f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
