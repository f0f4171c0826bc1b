"""``kmtopo fmt``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from kmtopo.cli.inputs import read
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Diagnostic
from kmtopo.editing import in_form
from kmtopo.source import Source, folder_of
from kmtopo.syntax import parse
from kmtopo.syntax.parts import TABLE
from kmtopo.writer.diff import text_diff
from kmtopo.writer.rewriting import rewrite


def fmt(session: Session, file: Path, *, check: bool) -> None:
    """Puts a topology and the YAML that it includes in canonical form; with ``check`` only says what would change.

    Nothing is written while one of the files cannot be read as YAML.
    """
    project = read(session, file)
    assert project.root is not None, "read() ends the command where the topology was refused"
    texts = {s.name: s for s in (project.root, *project.included) if not s.name.lower().endswith(TABLE)}
    _stop_at_findings(session, texts)
    changed = {name: text for name, source in texts.items() if (text := in_form(source)) != source.text}
    if check and changed:
        sys.stdout.write("".join(text_diff(name, texts[name].text, text) for name, text in changed.items()))
        raise Stop(Exit.PROBLEM)
    for name, text in changed.items():
        refused = rewrite(folder_of(file), texts[name], text)
        if refused:
            session.report([refused], texts)
            raise Stop(Exit.PROBLEM)
        session.say("formatted", file=name)
    if not changed:
        session.say("in-form", files=", ".join(texts))


def _stop_at_findings(session: Session, texts: Mapping[str, Source]) -> None:
    found: list[Diagnostic] = [one for source in texts.values() for one in parse(source)[1]]
    if found:
        session.report(found, texts)
        raise Stop(Exit.PROBLEM)
