"""Redis's list of users: what each may do once all its rules have been applied, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.values import frozen
from kmtopo.verify.facts import Place
from kmtopo.verify.rebuilt import SECRETS


@frozen
class User:
    """A user of Redis. ``commands`` are the rules about commands that still count, in order, ``secret`` its password's slot."""

    name: str
    on: bool
    secret: str
    keys: tuple[str, ...]
    channels: tuple[str, ...]
    commands: tuple[str, ...]
    open: bool
    place: Place


def users(file: str, text: str) -> Iterator[User]:
    """Yields the users of a list, one a line."""
    for number, line in enumerate(text.split("\n"), 1):
        word, *rules = line.split() or [""]
        if word == "user" and rules:
            yield _user(rules[0], rules[1:], Place(file, number))


def _user(name: str, rules: list[str], place: Place) -> User:
    held: dict[str, list[str]] = {"~": [], "&": [], "+": []}
    on, opened, secret = False, False, ""
    for rule in rules:
        sign, rest = rule[0], rule[1:]
        if rule in _RESETS:
            held[_RESETS[rule]] = []
        elif rule in _WHOLE:
            held[_WHOLE[rule][0]] = [_WHOLE[rule][1:]]
        elif rule.startswith("%"):
            held["~"].append(rule)
        elif sign in "~&":
            held[sign].append(rest)
        elif sign in "+-":
            held["+"] = [*(held["+"] if rest != "@all" else []), rule]
        elif sign == "#":
            secret = rest.strip("<>").removeprefix(f"{SECRETS}/")
        on = rule == "on" or (on and rule != "off")
        opened = opened or rule == "nopass"
    return User(name, on, secret, tuple(held["~"]), tuple(held["&"]), tuple(held["+"]), opened, place)


_RESETS: Mapping[str, str] = {"resetkeys": "~", "resetchannels": "&"}
_WHOLE: Mapping[str, str] = {"allkeys": "~*", "allchannels": "&*", "allcommands": "++@all", "nocommands": "+-@all"}
