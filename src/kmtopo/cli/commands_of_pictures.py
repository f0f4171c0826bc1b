"""The commands that draw; each body loads what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from kmtopo.cli.arguments import FILE, UNTRIED, Decorator, Words, environments_option, file_argument


def pictures(command: Decorator, w: Words) -> None:
    """Adds ``graph`` and ``serve`` to the command line; ``w`` gives its words in the reader's language."""
    file_, environments_ = file_argument(w), environments_option(w)

    @command("graph", help=w("graph"))
    def graph(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        view: Annotated[
            str, typer.Option("--view", help=w("graph-view"), metavar="VIEW", show_default=False)
        ] = "deployment",
        format: Annotated[
            str, typer.Option("--format", help=w("graph-format"), metavar="FORMAT", show_default=False)
        ] = "svg",
        theme: Annotated[
            str, typer.Option("--theme", help=w("graph-theme"), metavar="THEME", show_default=False)
        ] = "auto",
        output: Annotated[
            Path | None, typer.Option("--output", "-o", help=w("graph-output"), metavar="FILE", **UNTRIED)
        ] = None,
        against: Annotated[
            str | None, typer.Option("--against", help=w("graph-against"), metavar="REV|FILE", show_default=False)
        ] = None,
    ) -> None:
        from kmtopo.cli.graph import graph as run_command

        run_command(
            context.obj, file, environments, view=view, format=format, theme=theme, output=output, against=against
        )

    @command("serve", help=w("serve"))
    def serve(
        context: typer.Context,
        file: Annotated[Path, file_] = FILE,
        environments: Annotated[list[str] | None, environments_] = None,
        host: Annotated[str, typer.Option("--host", help=w("serve-host"), metavar="ADDRESS")] = "127.0.0.1",
        port: Annotated[int, typer.Option("--port", "-p", help=w("serve-port"), metavar="NUMBER")] = 8765,
    ) -> None:
        from kmtopo.cli.serve import serve as run_command

        run_command(context.obj, file, environments, host=host, port=port)
