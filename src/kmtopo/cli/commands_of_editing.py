"""The commands that look at the user's own files and may change them; each body loads what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from kmtopo.cli.arguments import FILE, UNTRIED, Decorator, Words, environments_option, file_argument


def editing(command: Decorator, w: Words) -> None:
    """Adds ``check``, ``fmt`` and ``docs`` to the command line; ``w`` gives its words in the reader's language."""
    file_ = file_argument(w)
    environments_ = environments_option(w)

    @command("check", help=w("check"))
    def check(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        strict: Annotated[bool, typer.Option("--strict", help=w("strict"))] = False,
        format: Annotated[
            str,
            typer.Option("--format", help=w("check-format"), metavar="text|json|sarif|github", show_default=False),
        ] = "text",
        fix: Annotated[bool, typer.Option("--fix", help=w("fix"))] = False,
        error: Annotated[list[str] | None, typer.Option("--error", help=w("weigh-error"), metavar="RULE")] = None,
        warn: Annotated[list[str] | None, typer.Option("--warn", help=w("weigh-warn"), metavar="RULE")] = None,
    ) -> None:
        from kmtopo.cli.check import Wish
        from kmtopo.cli.check import check as run_command
        from kmtopo.cli.severities import weights

        weighing = weights(context.obj, error or (), warn or ())
        run_command(context.obj, Wish(file, tuple(environments or ()), strict, format, fix, weighing))

    @command("fmt", help=w("fmt"))
    def fmt(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        check: Annotated[bool, typer.Option("--check", help=w("fmt-check"))] = False,
    ) -> None:
        from kmtopo.cli.fmt import fmt as run_command

        run_command(context.obj, file, check=check)

    @command("docs", help=w("docs"))
    def docs(
        context: typer.Context,
        files: Annotated[
            list[Path], typer.Argument(metavar="FILE…", help=w("docs-files"), show_default=False, **UNTRIED)
        ],
        topology: Annotated[
            Path, typer.Option("--topology", "-t", help=w("file"), metavar="FILE", show_default=False, **UNTRIED)
        ] = FILE,
        check: Annotated[bool, typer.Option("--check", help=w("docs-check"))] = False,
    ) -> None:
        from kmtopo.cli.docs import docs as run_command

        run_command(context.obj, files, topology, check=check)
