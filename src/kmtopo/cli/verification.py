"""``build --verify``: what was or would be written is read back before anything touches the disk."""

from __future__ import annotations

from pathlib import Path

from kmtopo.cli.inputs import sources
from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.diagnostics import Diagnostic
from kmtopo.pipeline import Build
from kmtopo.verdict import verdict


def verify(session: Session, made: Build, out: Path) -> None:
    """Ends the command where the files of a build do not say what its topology says."""
    from kmtopo.verify import compose_program

    program = compose_program()
    try:
        with session.progress("verifying"):
            found = _findings(made, out, program)
    except ImportError:
        raise session.refuse("no-verify", Exit.MISSING) from None
    if found:
        session.report(verdict(found, made.document, None), sources(made))
        raise Stop(Exit.PROBLEM)
    reader = session.word("read-by-compose" if program else "read-as-yaml")
    session.say("verified", environments=", ".join(made.artifacts), reader=reader)


def _findings(made: Build, out: Path, program: tuple[str, ...] | None) -> list[Diagnostic]:
    from kmtopo.verify import told
    from kmtopo.verify import verify as verify_files

    found = []
    for name, artifacts in made.artifacts.items():
        files = {str(artifact.path): artifact.content for _, artifact in artifacts}
        ours = _overridden(made, name)
        found += [
            told(finding, f"{out}/{name}", files, ours)
            for finding in verify_files(files, made.deployments[name], program)
        ]
    return found


def _overridden(made: Build, environment: str) -> frozenset[str]:
    """The files of an environment that a patch has changed, or whose generator works with a template of the project's."""
    patched = {hatch.file for hatch in made.hatches if hatch.kind == "patch"}
    templated = {hatch.file.split("/")[1] for hatch in made.hatches if hatch.kind == "template"}
    files = made.artifacts[environment]
    return frozenset(
        str(file.path) for maker, file in files if maker in templated or f"{environment}/{file.path}" in patched
    )
