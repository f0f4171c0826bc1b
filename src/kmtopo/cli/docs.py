"""``kmtopo docs``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from shlex import quote

from kmtopo import pipeline, writer
from kmtopo.cli.arguments import FILE
from kmtopo.cli.inputs import compiled, read, sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Diagnostic, Severity, diagnose, has_errors
from kmtopo.documents import Filled, Library, fill, wanted
from kmtopo.documents.drift import Drift, drift
from kmtopo.documents.pictures import FOLDER
from kmtopo.markup.formats import FORMATS, Format, format_of
from kmtopo.pipeline import Build
from kmtopo.source import Refusal, Source, folder_of, read_text
from kmtopo.syntax import diagnose_refusal
from kmtopo.values import frozen
from kmtopo.writer.diff import text_diff
from kmtopo.writer.rewriting import rewrite

_EDITED = "KM854"
_CONFLICTS = frozenset({_EDITED, "KM705"})
# What the writer finds, and which help it has, where pictures have no other place than beside their document.
_HELPED = {
    *(("KM701", variant) for variant in ("file", "folder", "special")),
    *(("KM705", variant) for variant in ("folder", "moved")),
    *((code, "") for code in ("KM703", "KM704", "KM707", "KM708")),
}
# Pictures change when what they show does, and not with the version that drew them.
_MAKER = "docs"


@frozen
class Document:
    """One of the user's documents, and what becomes of it."""

    path: Path
    source: Source
    format: Format
    filled: Filled
    drift: Drift

    @property
    def folder(self) -> Path:
        """Where its pictures lie, in a folder of their own."""
        return self.path.absolute().parent

    @property
    def is_changed(self) -> bool:
        """Whether a block is out of date."""
        return self.filled.text != self.source.text


def docs(session: Session, files: list[Path], topology: Path, *, check: bool) -> None:
    """Fills the blocks of documents in place and holds their prose against the topology; all of them or none."""
    texts = [(path, _source(session, path), _format(session, path)) for path in _once(files)]
    build = _compiled(session, topology)
    wishes = [wish for _, source, format in texts for wish in wanted(source, format)]
    with session.progress("drawing"):
        library = Library.of(build, wishes)
    documents = [
        Document(path, source, format, fill(source, format, library), drift(source, format, build))
        for path, source, format in texts
    ]
    root = folder_of(topology)
    plans = {folder: _plan(root, folder, group) for folder, group in sorted(_by_folder(documents).items())}
    _report(session, library.build, documents, plans.values())
    if check:
        _check(session, topology, documents, plans)
    else:
        _write(session, documents, plans.values())
        _tell(session, documents, "docs-filled")


def _once(files: Iterable[Path]) -> tuple[Path, ...]:
    """Each file by the first of its names: written a second time, it would be another than the one that was read."""
    first: dict[str, Path] = {}
    for path in files:
        first.setdefault(os.path.realpath(path), path)
    return tuple(first.values())


def _source(session: Session, path: Path) -> Source:
    found = read_text(path, str(path))
    if isinstance(found, Refusal):
        shown = {found.shown.name: found.shown} if found.shown else {}
        session.report([diagnose_refusal(found)], shown)
        raise Stop(Exit.PROBLEM)
    return found


def _format(session: Session, path: Path) -> Format:
    format = format_of(path.name)
    if format is None:
        endings = ", ".join(ending for each in FORMATS.values() for ending in each.endings)
        raise session.refuse("no-document", path=path, endings=endings)
    return format


def _compiled(session: Session, topology: Path) -> Build:
    build = compiled(session, read(session, topology), phases=pipeline.CHECKING)
    if not build.ok:
        session.report(build.diagnostics, sources(build))
        raise Stop(Exit.PROBLEM)
    return build


def _by_folder(documents: Iterable[Document]) -> dict[Path, list[Document]]:
    folders: dict[Path, list[Document]] = {}
    for document in documents:
        folders.setdefault(document.folder, []).append(document)
    return folders


def _plan(root: Path, folder: Path, documents: Iterable[Document]) -> writer.Plan:
    """What becomes of the pictures beside some documents; others' pictures stay."""
    pictures = {name: svg for document in documents for name, svg in document.filled.pictures}
    outputs = tuple(writer.Output(name, svg, _MAKER) for name, svg in sorted(pictures.items()))
    tree = writer.Tree(_MAKER, "", outputs, writer.Scope(generators=frozenset()))
    return writer.plan(root, folder / FOLDER, tree)


def _report(session: Session, build: Build, documents: Iterable[Document], plans: Iterable[writer.Plan]) -> None:
    """Says everything that was found; an error ends the command before anything is written."""
    texts = {**sources(build), **{document.source.name: document.source for document in documents}}
    found = [d for d in build.diagnostics if d.severity is not Severity.INFO]
    found += [one for plan in plans for one in _conflicts(plan)]
    found += [one for document in documents for one in (*document.filled.found, *document.drift.found)]
    session.report(sorted(found, key=lambda one: one.sort_key), texts)
    if has_errors(found):
        errors = {one.code for one in found if one.severity is Severity.ERROR}
        raise Stop(Exit.CONFLICT if errors <= _CONFLICTS else Exit.PROBLEM)


def _conflicts(plan: writer.Plan) -> Iterable[Diagnostic]:
    yield from map(_told, (*plan.problems, *(plan.strangers if _is_stale(plan) else ())))
    for change in plan.conflicts:
        yield diagnose(_EDITED, help="picture", name=change.path)


def _told(problem: Diagnostic) -> Diagnostic:
    """The writer's finding with help that fits this command, which has no output folder to choose."""
    if (problem.code, problem.help) not in _HELPED:
        return problem
    return replace(problem, help=f"docs-{problem.help}".removesuffix("-"))


def _is_stale(plan: writer.Plan) -> bool:
    return any(change.path != plan.manifest for change in plan.changes)


def _lacks_pictures(document: Document, plan: writer.Plan) -> bool:
    changed = {Path(change.path).name for change in plan.changes}
    return any(name in changed for name, _ in document.filled.pictures)


def _check(session: Session, topology: Path, documents: Iterable[Document], plans: Mapping[Path, writer.Plan]) -> None:
    changes = (text_diff(d.source.name, d.source.text, d.filled.text) for d in documents if d.is_changed)
    sys.stdout.write("".join(changes))
    for plan in plans.values():
        for change in plan.changes:
            if change.path != plan.manifest:
                session.say("docs-picture", path=change.path)
    _tell(session, documents, "docs-old")
    stale = [each for each in documents if each.is_changed or _lacks_pictures(each, plans[each.folder])]
    if stale:
        given = [] if topology == FILE else ["-t", topology]
        session.complain("docs-stale", files=" ".join(quote(str(word)) for word in (*given, *(d.path for d in stale))))
    claimed = any(one.severity is Severity.WARNING for each in documents for one in each.drift.found)
    if stale or claimed:
        raise Stop(Exit.PROBLEM)


def _write(session: Session, documents: Iterable[Document], plans: Iterable[writer.Plan]) -> None:
    # Pictures first: a document never shows one that is not there.
    for plan in plans:
        if _is_stale(plan):
            _refuse(session, map(_told, writer.commit(plan)), {})
    for document in documents:
        if document.is_changed:
            source = Source(document.path.name, document.source.text)
            refused = rewrite(document.path.parent, source, document.filled.text)
            _refuse(session, [refused] if refused else [], {source.name: source})


def _refuse(session: Session, problems: Iterable[Diagnostic], texts: Mapping[str, Source]) -> None:
    found = tuple(problems)
    session.report(found, texts)
    if has_errors(found):
        raise Stop(Exit.PROBLEM)


def _tell(session: Session, documents: Iterable[Document], changed: str) -> None:
    """Says what became of each document, and how many of its claims were looked at: silence proves nothing."""
    for document in documents:
        key = changed if document.is_changed else "docs-same"
        session.say(key, path=document.path, count=document.filled.blocks)
        looked = document.drift
        wrong = sum(one.severity is Severity.WARNING for one in looked.found)
        session.say("docs-claims", count=looked.claims, wrong=wrong, unbacked=len(looked.found) - wrong)
