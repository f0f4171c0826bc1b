"""The commands that ask, and their options; each body loads what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from kmtopo.cli.arguments import FILE, Decorator, Words, environments_option, file_argument


def questions(command: Decorator, env_command: Decorator, w: Words) -> None:
    """Adds the questions to the command line, ``env_command`` those under ``env``; ``w`` gives its words in the reader's language."""
    file_ = file_argument(w)
    environments_ = environments_option(w)
    format_ = typer.Option("--format", help=w("answer-format"), metavar="text|json", show_default=False)

    @command("reach", help=w("reach"))
    def reach(
        context: typer.Context,
        source: Annotated[str, typer.Argument(metavar="FROM", help=w("reach-from"), show_default=False)],
        target: Annotated[str, typer.Argument(metavar="TO", help=w("reach-to"), show_default=False)],
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        expect: Annotated[
            str | None, typer.Option("--expect", help=w("expect"), metavar="reachable|unreachable")
        ] = None,
        declared: Annotated[bool, typer.Option("--declared", help=w("declared"))] = False,
        breached: Annotated[str | None, typer.Option("--breached", help=w("breached"), metavar="X,Y")] = None,
        format: Annotated[str, format_] = "text",
    ) -> None:
        from kmtopo.cli.reach import Question
        from kmtopo.cli.reach import reach as run_command

        asked = Question(source, target, declared, _listed(breached))
        run_command(context.obj, asked, file, environments, expect=expect, format=format)

    @command("impact", help=w("impact"))
    def impact(
        context: typer.Context,
        of: Annotated[str | None, typer.Argument(metavar="ADDRESS", help=w("impact-of"), show_default=False)] = None,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        without: Annotated[str | None, typer.Option("--without", help=w("without"), metavar="X,Y")] = None,
        format: Annotated[str, format_] = "text",
    ) -> None:
        from kmtopo.cli.impact import ask_impact

        ask_impact(context.obj, (*_listed(of), *_listed(without)), file, environments, format=format)

    @command("matrix", help=w("matrix"))
    def matrix(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        format: Annotated[str, format_] = "text",
    ) -> None:
        from kmtopo.cli.matrix import ask_matrix

        ask_matrix(context.obj, file, environments, format=format)

    @command("cost", help=w("cost"))
    def cost(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        split: Annotated[str, typer.Option("--split", help=w("split"), metavar="RULE", show_default=False)] = "equal",
        format: Annotated[str, format_] = "text",
    ) -> None:
        from kmtopo.cli.cost import ask_cost

        ask_cost(context.obj, file, environments, split=split, format=format)

    @command("capacity", help=w("capacity"))
    def capacity(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        format: Annotated[str, format_] = "text",
    ) -> None:
        from kmtopo.cli.capacity import ask_capacity

        ask_capacity(context.obj, file, environments, format=format)

    @command("diff", help=w("diff"))
    def diff(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        against: Annotated[
            str, typer.Option("--against", help=w("against"), metavar="REV|FILE", show_default=False)
        ] = "HEAD",
        format: Annotated[
            str, typer.Option("--format", help=w("diff-format"), metavar="text|json|md", show_default=False)
        ] = "text",
        exit_code: Annotated[bool, typer.Option("--exit-code", help=w("exit-code"))] = False,
    ) -> None:
        from kmtopo.cli.diff import diff as run_command

        run_command(context.obj, file, against, format=format, exit_code=exit_code)

    @env_command("diff", help=w("env-diff"))
    def env_diff(
        context: typer.Context,
        left: Annotated[str, typer.Argument(metavar="A", help=w("env-left"), show_default=False)],
        right: Annotated[str, typer.Argument(metavar="B", help=w("env-right"), show_default=False)],
        file: Annotated[Path, file_] = FILE,
        exit_code: Annotated[bool, typer.Option("--exit-code", help=w("exit-code"))] = False,
        format: Annotated[str, format_] = "text",
    ) -> None:
        from kmtopo.cli.environments import compare

        compare(context.obj, left, right, file, exit_code=exit_code, format=format)


def _listed(words: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (words or "").split(",") if word.strip())
