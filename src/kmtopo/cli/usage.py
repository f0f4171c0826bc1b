"""What Typer says of a command line, in the reader's language: its help pages and its complaints."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kmtopo.cli.session import Exit, Stop, silence
from kmtopo.cli.words import word

# Click's base of all complaints, wherever this version of Typer keeps it.
COMPLAINT: Any = typer.BadParameter.__mro__[2]

# Typer speaks English only: these are its headings, where a line of help begins or ends with one.
_HEADINGS = {
    r"^Usage:": "Uso:",
    r"^Arguments:$": "Argumentos:",
    r"^Options:$": "Opciones:",
    r"^Commands:$": "Comandos:",
    r"\[OPTIONS\]": "[OPCIONES]",
    r"COMMAND \[ARGS\]\.\.\.": "COMANDO [ARGUMENTOS]...",
    r"\[required\]$": "[obligatorio]",
}
_COMPLAINTS = {
    r"No such option:? (?P<name>\S+)": "no-option",
    r"No such command '(?P<name>.*?)'": "no-command",
    r"Missing command": "missing-command",
    r"Missing (?:argument|option|parameter) '(?P<name>.*?)'": "missing-argument",
    r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)": "extra-argument",
    r"Option '?(?P<name>[^ ']+)'? requires an argument": "missing-value",
}


class Command(TyperCommand):
    """A command whose help page is in the language of the session."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; where nobody reads on, there is nothing left to do, and nothing wrong."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            silence()
            raise Stop(Exit.OK) from None

    def get_help(self, ctx: Any) -> str:
        """Returns the page."""
        return _translated(super().get_help(ctx), ctx)


class Group(TyperGroup):
    """The program itself, its help page in the language of the session."""

    def get_help(self, ctx: Any) -> str:
        """Returns the page."""
        return _translated(super().get_help(ctx), ctx)


def parser(app: typer.Typer, language: str, first: str = "") -> Any:
    """Makes the parser of a command line; what Typer adds by itself is described in the language.

    Where the ``first`` argument names a command, the parser knows no other: each takes a millisecond to make.
    """
    commands = [command for command in app.registered_commands if command.name == first]
    groups = [group for group in app.registered_groups if group.name == first]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups
    root: Any = typer.main.get_command(app)
    for option in root.params:
        if option.name in ("install_completion", "show_completion"):
            option.help = word(option.name.replace("_", "-"), language)
    return root


def complaint(error: Any, language: str) -> str:
    """Returns what is wrong with a command line, what may have been meant, and where help is."""
    from kmtopo.report.visible import visible

    text = visible(error.format_message())
    for pattern, key in _COMPLAINTS.items():
        found = re.match(pattern, text)
        if found:
            text = word(key, language, **found.groupdict()) + _meant(error, found.groupdict().get("name"), language)
            break
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "kmtopo"
    return f"kmtopo: {text}\n" + word("see-help", language, command=path)


def _meant(error: Any, name: str | None, language: str) -> str:
    from kmtopo.diagnostics import did_you_mean

    command = getattr(getattr(error, "ctx", None), "command", None)
    options = [option for each in getattr(command, "params", ()) for option in each.opts if option.startswith("-")]
    known = options if str(name).startswith("-") else list(getattr(command, "commands", ()))
    close = did_you_mean(name, known) if name else None
    return word("did-you-mean", language, name=close) if close and close != name else ""


def _translated(page: str, context: Any) -> str:
    session = context.find_root().obj
    if getattr(session, "language", "en") != "es":
        return page
    for heading, translation in _HEADINGS.items():
        page = re.sub(heading, translation, page, flags=re.MULTILINE)
    return page.replace("Show this message and exit.", word("help", "es"))
