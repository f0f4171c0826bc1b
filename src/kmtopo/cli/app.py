"""The commands and their options; each body loads what it needs when it runs."""

import errno
import os
import sys
from contextlib import suppress
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from kmtopo.cli.arguments import UNTRIED
from kmtopo.cli.commands_of_building import building
from kmtopo.cli.commands_of_editing import editing
from kmtopo.cli.commands_of_pictures import pictures
from kmtopo.cli.commands_of_questions import questions
from kmtopo.cli.commands_of_reference import reference
from kmtopo.cli.commands_of_secrets import secrets
from kmtopo.cli.session import Exit, Session, Stop, silence
from kmtopo.cli.usage import COMPLAINT, Command, Group, complaint, parser
from kmtopo.cli.words import word
from kmtopo.packages import PluginFault
from kmtopo.report.language import language_of

_UNWRITABLE = {errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}


def run(arguments: list[str]) -> int:
    """Runs one command line and returns its exit code; nothing escapes as a traceback."""
    session = _early(arguments)
    try:
        code = _run(arguments or ["--help"], session)
        sys.stdout.flush()
    except OSError as error:
        return _unwritable(error, session)
    return code


def _run(arguments: list[str], session: Session) -> int:
    try:
        command = parser(application(session.language), session.language, arguments[0])
        code = command(arguments, standalone_mode=False, prog_name="kmtopo", obj=session)
    except (Stop, typer.Exit) as left:
        if left.exit_code == Exit.INTERRUPTED:  # some versions of Typer say it so
            session.complain("interrupted")
        return left.exit_code
    except SystemExit as left:  # completion ends so
        return left.code if isinstance(left.code, int) else Exit.OK
    except (KeyboardInterrupt, typer.Abort):
        session.complain("interrupted")
        return Exit.INTERRUPTED
    except COMPLAINT as error:
        print(complaint(error, session.language), file=sys.stderr)
        return Exit.USAGE
    except Exception as error:
        return _failed(error, session)
    return code if isinstance(code, int) else Exit.OK


def _early(arguments: list[str]) -> Session:
    """What must be known before the arguments are parsed: even a usage error is told in the reader's language."""
    lang = None
    for given, following in pairwise([*arguments, ""]):
        if given == "--lang" or given.startswith("--lang="):
            lang = following if given == "--lang" else given.partition("=")[2]
    return Session(language_of(os.environ, lang), debug="--debug" in arguments)


def _failed(error: Exception, session: Session) -> int:
    # A stream that refuses what is written to it says so without the name of a file.
    if isinstance(error, OSError) and error.filename is None and error.errno in _UNWRITABLE:
        raise error
    is_bug = not isinstance(error, PluginFault)
    if session.debug and is_bug:
        import traceback

        traceback.print_exception(error)
    try:
        from kmtopo.diagnostics import unexpected

        session.report([unexpected(error)], {})
    except Exception:  # the bug may lie in what reports are made with
        print(f"error[KM999]: {type(error).__name__}: {error}", file=sys.stderr)
    return Exit.BUG if is_bug else Exit.MISSING


def _unwritable(error: OSError, session: Session) -> int:
    """Ends a run whose output nobody takes; what is still buffered goes nowhere."""
    silence()
    if error.errno == errno.EPIPE:
        # Whoever read our output has seen enough; nothing more can be said to them.
        return Exit.OK
    with suppress(OSError):
        session.complain("unwritable", reason=session.reason(error))
    return Exit.PROBLEM


def application(language: str) -> typer.Typer:
    """Builds the command line in a language."""

    def w(key: str) -> str:
        return word(key, language)

    settings = {"help_option_names": ["--help", "-h"]}
    app = typer.Typer(
        name="kmtopo",
        cls=Group,
        help=w("app"),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=settings,
    )
    command = partial(app.command, cls=Command, context_settings=settings)

    @app.callback()
    def options(
        context: typer.Context,
        lang: Annotated[str | None, typer.Option(help=w("lang"), metavar="es|en")] = None,
        color: Annotated[str, typer.Option(help=w("color"), metavar="WHEN", show_default=False)] = "auto",
        debug: Annotated[bool, typer.Option("--debug", help=w("debug"))] = False,
        version: Annotated[  # noqa: ARG001 - its callback has run before
            bool, typer.Option("--version", help=w("version"), is_eager=True, callback=_print_version)
        ] = False,
    ) -> None:
        context.obj = _session(lang, color, debug)

    @command("init", help=w("init"))
    def init(
        context: typer.Context,
        folder: Annotated[
            Path, typer.Argument(metavar="DIR", help=w("init-dir"), show_default=False, **UNTRIED)
        ] = Path(),
        example: Annotated[str | None, typer.Option(help=w("init-example"), metavar="NAME")] = None,
    ) -> None:
        from kmtopo.cli.init import init as run_command

        run_command(context.obj, folder, example)

    # Help lists them in this order.
    editing(command, w)
    building(command, w)
    reference(command, w)
    pictures(command, w)
    env = typer.Typer(cls=Group, rich_markup_mode=None, context_settings=settings)
    questions(command, partial(env.command, cls=Command, context_settings=settings), w)
    app.add_typer(env, name="env", help=w("env-group"))
    app.add_typer(secrets(settings, w))
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        from kmtopo import __version__

        print(f"kmtopo {__version__}")
        raise typer.Exit


def _session(lang: str | None, color: str, debug: bool) -> Session:
    session = Session(language_of(os.environ, lang), color, debug)
    for value, known in ((lang, ("es", "en")), (color, ("auto", "always", "never"))):
        if value is not None and value not in known:
            raise session.refuse("bad-choice", known=known, name=value)
    return session
