"""Facts: what a built file says and what the graph wants, under the same names, so that two mappings can be held equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kmtopo.addresses import Address
from kmtopo.diagnostics import Term
from kmtopo.values import frozen


@frozen
class Place:
    """A line of a built file; ``file`` is relative to the environment's folder, lines count from 1."""

    file: str
    line: int = 1


@frozen
class Said:
    """What a built file says, and where."""

    text: str
    place: Place


@frozen
class Due:
    """What the compiled graph wants, and where the topology says so."""

    text: str
    origin: Address


@frozen
class Subject:
    """What a claim is about: ``code`` names the claim, ``of`` whose ``what`` it is."""

    code: str
    what: Term
    of: str


@frozen
class Finding:
    """One place where files and graph differ.

    ``kind`` is ``extra`` for what only a file says, ``missing`` for what only the graph wants, ``unreachable`` for a
    callee that its caller does not get to, ``unknown`` for a login that the callee (``wanted``) does not have, else "".
    ``origin`` is where the topology says it, None where it says nothing of the kind.
    """

    subject: Subject
    place: Place
    kind: str = ""
    built: str = ""
    wanted: str = ""
    origin: Address | None = None


def compare(
    subject: Subject, built: Mapping[str, Said], wanted: Mapping[str, Due], home: Place, origin: Address | None = None
) -> Iterator[Finding]:
    """Yields each name under which the two say different things.

    ``home`` is where a missing one should have stood, ``origin`` what is behind one that should not be there.
    """
    for name in sorted(built.keys() | wanted.keys()):
        said, due = built.get(name), wanted.get(name)
        if due is None and said is not None:
            yield Finding(subject, said.place, "extra", _shown(name, said.text), origin=origin)
        elif said is None and due is not None:
            yield Finding(subject, home, "missing", wanted=_shown(name, due.text), origin=due.origin)
        elif said is not None and due is not None and said.text != due.text:
            yield Finding(subject, said.place, "", _shown(name, said.text), _shown(name, due.text), due.origin)


def _shown(name: str, text: str) -> str:
    return f"{name}: {text}" if name and text else name or text
