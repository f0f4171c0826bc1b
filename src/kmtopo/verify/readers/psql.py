r"""Scripts for psql: ``\set`` and ``\ir`` by psql's rules, and the rights that the included files give away.

No SQL parser reads these: psql's own commands are no SQL, and the statements of a ``DO`` block are made by ``format``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kmtopo.values import frozen
from kmtopo.verify.facts import Place

SECRET_OF_LOGIN = re.compile(r"\\set secret '([^']*)'")

_SET = re.compile(r"\\set\s+(?P<name>\w+)\s+(?P<value>'(?:[^'\\]|''|\\.)*'|[^\s\\]+)")
_INCLUDE = re.compile(r"\\ir\s+(?P<file>\S+)\s*$")
_FORMAT = re.compile(
    r"format\(\s*'(?P<pattern>(?:[^']|'')*)'(?P<arguments>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)", re.DOTALL
)
_COMMENT = re.compile(r"--[^\n]*")
_PLAIN = re.compile(
    r"^\s*(?P<statement>(?:GRANT|ALTER ROLE|ALTER DEFAULT PRIVILEGES|CREATE ROLE)\b[^;']*);", re.MULTILINE
)
_GRANT = re.compile(
    r"^(?:ALTER DEFAULT PRIVILEGES FOR ROLE (?P<maker>.+?) )?GRANT (?P<rights>.+?)(?: ON (?P<kind>[A-Z]+)(?: (?P<on>.+?))?)?"
    r" TO (?P<whom>.+)$"
)


@frozen
class Inclusion:
    """A file that a script includes, with the variables as they are then."""

    file: str
    variables: Mapping[str, str]
    place: Place


@frozen
class Right:
    """A right that a statement gives away: ``rights`` on a ``kind`` of thing, ``whom`` as the statement calls it.

    ``maker`` is set for what will be made by somebody; a role given to a role has no ``kind``.
    """

    whom: str
    rights: str
    kind: str
    maker: str
    place: Place


def inclusions(file: str, text: str) -> Iterator[Inclusion]:
    """Follows a script line by line and yields what it includes."""
    variables: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("--"):
            continue
        for found in _SET.finditer(line):
            variables[found["name"]] = _unquoted(found["value"])
        if included := _INCLUDE.search(line):
            yield Inclusion(included["file"], dict(variables), Place(file, number))


def statements(file: str, text: str) -> Iterator[tuple[str, Place]]:
    """Yields the statements about roles and rights: as written, or made by ``format`` with what fills its places."""
    plain = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    for found in _FORMAT.finditer(plain):
        arguments = iter(_split(found["arguments"].lstrip(", \n")))
        made = re.sub(r"%[ILs]", lambda _, rest=arguments: next(rest, "?"), found["pattern"])
        yield " ".join(made.split()), Place(file, plain.count("\n", 0, found.start()) + 1)
    for found in _PLAIN.finditer(plain):
        line = plain.count("\n", 0, found.start("statement")) + 1
        yield " ".join(found["statement"].split()), Place(file, line)


def rights(file: str, text: str) -> Iterator[Right]:
    """Yields every right that a script gives away, each grantee by itself."""
    for statement, place in statements(file, text):
        if found := _GRANT.match(statement):
            for whom in _split(found["whom"]):
                listed = ", ".join(sorted(_split(found["rights"]))) if found["kind"] else found["rights"]
                yield Right(whom, listed, found["kind"] or "", found["maker"] or "", place)


def _unquoted(value: str) -> str:
    if not value.startswith("'"):
        return value
    return re.sub(r"''|\\(.)", lambda found: found[1] or "'", value[1:-1])


def _split(text: str) -> list[str]:
    """Parts between commas that stand in no brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [" ".join(part.split()) for part in parts if part.strip()]
