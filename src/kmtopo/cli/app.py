"""The commands and their options; each body loads what it needs when it runs."""

import itertools
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kmtopo.cli.session import Exit, Session, Stop
from kmtopo.cli.words import word
from kmtopo.report.language import language_of

FILE = Path("topology.yaml")
OUT = Path("build")
# Click's base of all usage errors, wherever this version of Typer keeps it.
_USAGE_ERROR: Any = typer.BadParameter.__mro__[2]


def run(arguments: list[str]) -> int:
    """Runs one command line and returns its exit code; nothing escapes as a traceback."""
    session = _early(arguments)
    try:
        code = application(session.language)(arguments, standalone_mode=False, prog_name="kmtopo", obj=session)
    except Stop as stop:
        return stop.code
    except typer.Exit as left:
        return left.exit_code
    except (KeyboardInterrupt, typer.Abort):
        print(word("interrupted", session.language), file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except Exception as error:
        return _failed(error, session)
    return code if isinstance(code, int) else Exit.OK


def _early(arguments: list[str]) -> Session:
    """What must be known before the arguments are parsed: even a usage error is told in the reader's language."""
    lang = next((b for a, b in itertools.pairwise(arguments) if a == "--lang"), None)
    return Session(language_of(os.environ, lang), debug="--debug" in arguments)


def _failed(error: Exception, session: Session) -> int:
    if isinstance(error, _USAGE_ERROR):
        error.show()
        return Exit.USAGE
    if session.debug:
        import traceback

        traceback.print_exception(error)
    notes = " ".join(getattr(error, "__notes__", ()))
    text = f"{type(error).__name__}: {error} {notes}".strip()
    print(word("bug", session.language, error=text), file=sys.stderr)
    return Exit.BUG


def application(language: str) -> Any:
    """Builds the command line in a language."""

    def w(key: str) -> str:
        return word(key, language)

    app = typer.Typer(
        name="kmtopo", help=w("app"), rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True
    )
    file_ = typer.Argument(help=w("file"), show_default=False)
    environments_ = typer.Option("--env", "-e", help=w("env"), metavar="NAME")
    output_ = typer.Option("--output", "-o", help=w("output"), show_default=False)
    only_ = typer.Option("--only", help=w("only"), metavar="G,…")

    @app.callback()
    def options(
        context: typer.Context,
        lang: Annotated[str | None, typer.Option(help=w("lang"), metavar="es|en")] = None,
        color: Annotated[str, typer.Option(help=w("color"), metavar="WHEN")] = "auto",
        debug: Annotated[bool, typer.Option("--debug", help=w("debug"))] = False,
        version: Annotated[bool, typer.Option("--version", help=w("version"))] = False,
    ) -> None:
        context.obj = _session(lang, color, debug, version)

    @app.command(help=w("init"))
    def init(
        context: typer.Context,
        folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=w("init-dir"), show_default=False)] = Path("."),
        example: Annotated[str | None, typer.Option(help=w("init-example"), metavar="NAME")] = None,
    ) -> None:
        from kmtopo.cli.init import init as command

        command(context.obj, folder, example)

    @app.command(help=w("check"))
    def check(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        strict: Annotated[bool, typer.Option("--strict", help=w("strict"))] = False,
        format: Annotated[str, typer.Option("--format", help=w("format"), metavar="text|json")] = "text",
    ) -> None:
        from kmtopo.cli.check import check as command

        command(context.obj, file, environments, strict=strict, format=format)

    @app.command(help=w("plan"))
    def plan(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        output: Annotated[Path, output_] = OUT,
        only: Annotated[str | None, only_] = None,
    ) -> None:
        from kmtopo.cli.build import plan as command

        command(context.obj, file, environments, output, only)

    @app.command(help=w("build"))
    def build(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        output: Annotated[Path, output_] = OUT,
        only: Annotated[str | None, only_] = None,
        check: Annotated[bool, typer.Option("--check", help=w("check-only"))] = False,
        force: Annotated[bool, typer.Option("--force", help=w("force"))] = False,
    ) -> None:
        from kmtopo.cli.build import build as command

        command(context.obj, file, environments, output, only, check=check, force=force)

    @app.command(help=w("show"))
    def show(
        context: typer.Context,
        what: Annotated[str, typer.Argument(metavar="ADDRESS|BUILT_FILE:LINE", help=w("show-what"))],
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
    ) -> None:
        from kmtopo.cli.show import show as command

        command(context.obj, what, file, environments)

    @app.command(help=w("explain"))
    def explain(
        context: typer.Context,
        code: Annotated[str, typer.Argument(metavar="CODE", help=w("explain-code"))],
    ) -> None:
        from kmtopo.cli.explain import explain as command

        command(context.obj, code)

    @app.command(help=w("schema"))
    def schema(context: typer.Context) -> None:
        from kmtopo.cli.schema import schema as command

        command(context.obj)

    @app.command(help=w("generators"))
    def generators(context: typer.Context) -> None:
        from kmtopo.cli.generators import generators as command

        command(context.obj)

    @app.command(help=w("graph"))
    def graph(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        view: Annotated[str, typer.Option("--view", help=w("graph-view"), metavar="VIEW")] = "deployment",
        format: Annotated[str, typer.Option("--format", help=w("graph-format"), metavar="FORMAT")] = "svg",
        theme: Annotated[str, typer.Option("--theme", help=w("graph-theme"), metavar="THEME")] = "auto",
        output: Annotated[
            Path | None, typer.Option("--output", "-o", help=w("graph-output"), show_default=False)
        ] = None,
    ) -> None:
        from kmtopo.cli.graph import graph as command

        command(context.obj, file, environments, view=view, format=format, theme=theme, output=output)

    return app


def _session(lang: str | None, color: str, debug: bool, version: bool) -> Session:
    session = Session(language_of(os.environ, lang), color, debug)
    if lang not in (None, "es", "en"):
        raise session.refuse("bad-choice", value=lang, known="es, en")
    if color not in ("auto", "always", "never"):
        raise session.refuse("bad-choice", value=color, known="auto, always, never")
    if version:
        from kmtopo import __version__

        print(f"kmtopo {__version__}")
        raise Stop(Exit.OK)
    return session
