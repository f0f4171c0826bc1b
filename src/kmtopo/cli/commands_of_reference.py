"""The commands that tell of the language and of what is installed; each body loads what it needs when it runs."""

from typing import Annotated

import typer

from kmtopo.cli.arguments import Decorator, Words


def reference(command: Decorator, w: Words) -> None:
    """Adds ``explain``, ``schema`` and ``generators`` to the command line; ``w`` gives its words in the reader's language."""

    @command("explain", help=w("explain"))
    def explain(
        context: typer.Context,
        code: Annotated[str, typer.Argument(metavar="CODE", help=w("explain-code"), autocompletion=_codes)],
    ) -> None:
        from kmtopo.cli.explain import explain as run_command

        run_command(context.obj, code)

    @command("schema", help=w("schema"))
    def schema(context: typer.Context) -> None:
        from kmtopo.cli.schema import schema as run_command

        run_command(context.obj)

    @command("generators", help=w("generators"))
    def generators(context: typer.Context) -> None:
        from kmtopo.cli.generators import generators as run_command

        run_command(context.obj)


def _codes(incomplete: str) -> list[str]:
    from kmtopo.texts import CODES

    return [code for code in CODES if code.startswith(incomplete.upper())]
