"""Broken files: topologies of which a line, a block or a few bytes were changed, from a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from topologies import DATA, ROOT

FILES = sorted([ROOT / "topology.yaml", *ROOT.glob("examples/*/topology.yaml"), *DATA.glob("*.yaml")])
GARBAGE = (
    *(";", "}", "{", "]", "[", "$", "${", "'", '"', "\\", ": ", "- ", "#", " #", "&a ", "*a ", "!x ", "<<: ", "? "),
    *(
        "\t",
        "\r",
        "é",
        "😀",
        "\x07",
        "\x00",
        "\ufeff",
        "\u2028",
        "%",
        "@",
        "`",
        "|",
        ">",
        "?",
        "---\n",
        "...",
        "\\u0000",
    ),
)
WRONG = (
    *("[1, 2]", "{a: b}", "[]", "{}", "true", "12", "-1", "0", "1e999", ".inf", ".nan", "yes", "''", "null", "~"),
    *(
        "'../../x'",
        '"a\\nb"',
        "${tenant.slug}",
        "${containers.x.host}",
        "a..b",
        "9" * 40,
        "a" * 300,
        "10.0.0.0/8",
        "443",
    ),
    *("[[['x']]]", "{to: {to: {to: a}}}", "'{tenant}'", "0x1F", "2026-11-24", "é; }"),
)
Change = Callable[[random.Random, list[str], int], str | None]


@dataclass(frozen=True)
class Mutant:
    """A changed text; ``line`` (from 1) is where, ``depth`` how far it was indented before, ``length`` how many it is now."""

    change: str
    line: int
    depth: int
    length: int
    text: str

    def family(self) -> set[int]:
        """The lines that were changed, and those that they lie, or lay, under: every less indented one above."""
        lines = self.text.split("\n")
        changed = range(self.line, self.line + self.length)
        found = set(changed)
        depth = max(self.depth, *(_depth(lines[number - 1]) for number in changed))
        for above in range(self.line - 1, 0, -1):
            here = lines[above - 1]
            if here.strip() and _depth(here) < depth:
                depth = _depth(here)
                found.add(above)
        return found


def mutants(path: Path, count: int, seed: int) -> Iterator[Mutant]:
    """Yields as many mutants of a file, each another text than the file itself."""
    dice = random.Random(f"{seed} {path.parent.name}/{path.name}")
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    while count:
        at = dice.randrange(len(lines))
        change = dice.choice(CHANGES)
        changed = change(dice, lines, at)
        if changed is None or changed == lines[at]:
            continue
        broken = "\n".join([*lines[:at], changed, *lines[at + 1 :]])
        yield Mutant(change.__name__, at + 1, _depth(lines[at]), changed.count("\n") + 1, broken)
        count -= 1


def damaged(path: Path, count: int, seed: int) -> Iterator[bytes]:
    """Yields a file of which a few bytes were replaced, dropped or cut off."""
    dice = random.Random(f"bytes {seed} {path.parent.name}/{path.name}")
    whole = path.read_bytes()
    for _ in range(count):
        at = dice.randrange(len(whole))
        kept = dice.choice([whole[at + dice.randint(0, 2) :], whole[at + 1 :], b""])
        yield whole[:at] + dice.randbytes(dice.randint(0, 3)) + kept


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def insert(dice: random.Random, lines: list[str], at: int) -> str | None:
    column = dice.randint(0, len(lines[at]))
    return lines[at][:column] + dice.choice(GARBAGE) + lines[at][column:]


def delete(dice: random.Random, lines: list[str], at: int) -> str | None:
    if not lines[at].strip():
        return None
    column = dice.randrange(len(lines[at]))
    return lines[at][:column] + lines[at][column + dice.randint(1, 3) :]


def swap(dice: random.Random, lines: list[str], at: int) -> str | None:
    """Two neighbouring characters change places."""
    if len(lines[at]) < 2:
        return None
    column = dice.randrange(len(lines[at]) - 1)
    one, other = lines[at][column : column + 2]
    return lines[at][:column] + other + one + lines[at][column + 2 :]


def misspell(dice: random.Random, lines: list[str], at: int) -> str | None:
    key, colon, rest = lines[at].partition(":")
    return f"{key}x{colon}{rest}" if colon and key.strip() and not key.strip().startswith("#") else None


def another_type(dice: random.Random, lines: list[str], at: int) -> str | None:
    key, colon, rest = lines[at].partition(": ")
    return f"{key}{colon}{dice.choice(WRONG)}" if colon and rest and not key.strip().startswith("#") else None


def another_value(dice: random.Random, lines: list[str], at: int) -> str | None:
    """The value of another key of the file."""
    key, colon, rest = lines[at].partition(": ")
    values = [value for _, _, value in (line.partition(": ") for line in lines) if value]
    return f"{key}{colon}{dice.choice(values)}" if colon and rest and not key.strip().startswith("#") else None


def another_key(dice: random.Random, lines: list[str], at: int) -> str | None:
    """Another key of the file in its place."""
    key, colon, rest = lines[at].partition(":")
    keys = [other.strip() for other, mark, _ in (line.partition(":") for line in lines) if mark and other.strip()]
    if not colon or not key.strip() or key.strip().startswith(("#", "-")):
        return None
    return f"{' ' * _depth(key)}{dice.choice(keys)}{colon}{rest}"


def indent(dice: random.Random, lines: list[str], at: int) -> str | None:
    return f"{' ' * dice.randint(1, 3)}{lines[at]}" if lines[at].strip() else None


def outdent(dice: random.Random, lines: list[str], at: int) -> str | None:
    return lines[at][dice.randint(1, 2) :] if lines[at].startswith("  ") else None


def without(dice: random.Random, lines: list[str], at: int) -> str | None:
    """The line is gone, and becomes a comment so that others keep their numbers."""
    return f"{' ' * _depth(lines[at])}#" if lines[at].strip() and not lines[at].strip().startswith("#") else None


def twice(dice: random.Random, lines: list[str], at: int) -> str | None:
    return f"{lines[at]}\n{lines[at]}" if lines[at].strip() else None


def elsewhere(dice: random.Random, lines: list[str], at: int) -> str | None:
    """Another line of the file in its place."""
    return dice.choice(lines)


CHANGES: tuple[Change, ...] = (
    insert,
    delete,
    swap,
    misspell,
    another_type,
    another_value,
    another_key,
    indent,
    outdent,
    without,
    twice,
    elsewhere,
)
