"""The commands of ``kmtopo secrets`` and their options; each body loads what it needs when it runs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from kmtopo.cli.arguments import FILE, Words, environments_option, file_argument
from kmtopo.cli.usage import Command, Group


def secrets(settings: dict[str, Any], w: Words) -> typer.Typer:
    """Builds the group ``secrets``; ``w`` gives its words in the reader's language."""
    group = typer.Typer(name="secrets", cls=Group, help=w("secrets"), context_settings=settings, rich_markup_mode=None)
    file_ = file_argument(w)
    environments_ = environments_option(w)

    @group.command("init", cls=Command, context_settings=settings, help=w("secrets-init"))
    def init(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
    ) -> None:
        from kmtopo.cli.secrets import init as run_command

        run_command(context.obj, file, environments)

    @group.command("check", cls=Command, context_settings=settings, help=w("secrets-check"))
    def check(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
    ) -> None:
        from kmtopo.cli.secrets import check as run_command

        run_command(context.obj, file, environments)

    @group.command("rotate", cls=Command, context_settings=settings, help=w("secrets-rotate"))
    def rotate(
        context: typer.Context,
        name: Annotated[str, typer.Argument(metavar="NAME", help=w("secrets-name"), show_default=False)],
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
    ) -> None:
        from kmtopo.cli.secrets import rotate as run_command

        run_command(context.obj, name, file, environments)

    return group
