"""The commands that show what a build would be, write it, and say where its parts come from; each body loads what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from kmtopo.cli.arguments import FILE, Decorator, Words, environments_option, file_argument, only_option, output_option


def building(command: Decorator, w: Words) -> None:
    """Adds ``plan``, ``build`` and ``show`` to the command line; ``w`` gives its words in the reader's language."""
    file_, environments_ = file_argument(w), environments_option(w)
    output_, only_ = output_option(w), only_option(w)

    @command("plan", help=w("plan"))
    def plan(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        output: Annotated[Path | None, output_] = None,
        only: Annotated[str | None, only_] = None,
    ) -> None:
        from kmtopo.cli.build import Order
        from kmtopo.cli.build import plan as run_command

        run_command(context.obj, Order(file, environments, output, only))

    @command("build", help=w("build"))
    def build(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        output: Annotated[Path | None, output_] = None,
        only: Annotated[str | None, only_] = None,
        check: Annotated[bool, typer.Option("--check", help=w("check-only"))] = False,
        force: Annotated[bool, typer.Option("--force", help=w("force"))] = False,
        verify: Annotated[bool, typer.Option("--verify", help=w("verify"))] = False,
    ) -> None:
        from kmtopo.cli.build import Order
        from kmtopo.cli.build import build as run_command

        order = Order(file, environments, output, only, verify=verify)
        run_command(context.obj, order, check=check, force=force)

    @command("show", help=w("show"))
    def show(
        context: typer.Context,
        what: Annotated[str, typer.Argument(metavar="ADDRESS|BUILT_FILE:LINE", help=w("show-what"))],
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
    ) -> None:
        from kmtopo.cli.show import show as run_command

        run_command(context.obj, what, file, environments)
