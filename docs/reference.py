"""Writes what the documents take from the program: the reference pages and the picture of the README."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from kmtopo import pipeline
from kmtopo.cli.app import application
from kmtopo.model.schema import json_schema
from kmtopo.registry import generator, generator_names
from kmtopo.source import Source
from kmtopo.texts.codes import CODES
from kmtopo.texts.tables import tables

DOCS = Path(__file__).parent
ROOT = DOCS.parent
DEFAULTS: Mapping[str, Mapping[str, str]] = runpy.run_path(str(DOCS / "defaults.py"))["DEFAULTS"]
_MOST_WORDS = 12
NOTE = "<!-- Made by `make docs`. Do not edit. -->"
FAMILIES = {
    "1": "Reading the file",
    "2": "One entry by itself",
    "3": "One environment",
    "4": "The graph",
    "5": "Rules over all environments",
    "6": "Generators",
    "7": "Writing",
    "8": "Secrets",
    "9": "kmtopo itself",
}


def language() -> str:
    """Returns the reference of the language: every key with its type, its default and its meaning."""
    schema = json_schema({name: generator(name).options for name in generator_names()})
    entries = {"topology.yaml": schema, **dict(sorted(schema["$defs"].items()))}
    parts = [
        NOTE,
        "",
        "# The language",
        "",
        "Every key of `topology.yaml`. `kmtopo schema` prints the same for editors.",
    ]
    for name, entry in entries.items():
        parts += ["", *_entry(name, entry)]
    return "\n".join(parts) + "\n"


def _entry(name: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {_title(name)}"
    yield ""
    if entry.get("description"):
        yield " ".join(entry["description"].split())
        yield ""
    yield "| key | takes | unless written | is |"
    yield "|---|---|---|---|"
    for key, value in entry.get("properties", {}).items():
        default = DEFAULTS.get(name, {}).get(key) or _default(value)
        yield f"| `{key}` | {_cell(_takes(value))} | {_cell(default)} | {_cell(value.get('description', ''))} |"


def _default(schema: Mapping[str, Any]) -> str:
    return f"`{_yaml(schema['default'])}`" if "default" in schema else ""


def _takes(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        title = _title(schema["$ref"].rpartition("/")[2])
        return f"[{title}](#{title.replace(' ', '-')})"
    if "enum" in schema or "const" in schema:
        words = [f"`{_yaml(value)}`" for value in schema.get("enum", [schema.get("const")]) if value is not None]
        return ", ".join(words) if len(words) <= _MOST_WORDS else "string"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_takes(way) for way in schema["anyOf"] if way.get("type") != "null")) or "null"
    return _by_type(schema)


def _by_type(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_takes(schema['items'])}" if schema.get("items") else "list"
    if kind == "object":
        values = schema.get("additionalProperties") or next(iter(schema.get("patternProperties", {}).values()), None)
        return f"mapping of {_takes(values)}" if isinstance(values, dict) and values else "mapping"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _yaml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _title(name: str) -> str:
    words = name.removesuffix("Entry").removesuffix("Options").removeprefix("Listed")
    kinds = {"Options": " options", "ListedRoute": " in a list"}
    return words.lower() + next((added for part, added in kinds.items() if name.endswith(part)), "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def commands() -> str:
    """Returns the reference of the command line: what each command does and takes."""
    root: Any = typer.main.get_command(application("en"))
    parts = [NOTE, "", "# The command line", "", "`kmtopo [OPTIONS] COMMAND [ARGS]…`", "", *_parameters(root)]
    for name, command in root.commands.items():
        parts += _command(f"kmtopo {name}", command)
    return "\n".join(parts) + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    yield from ("", f"## {name}", "", command.help, "")
    if not hasattr(command, "commands"):
        yield from _parameters(command)
        return
    yield "| command | does |"
    yield "|---|---|"
    yield from (f"| `{name} {each}` | {_cell(part.help)} |" for each, part in command.commands.items())
    for each, part in command.commands.items():
        yield from _command(f"{name} {each}", part)


def _parameters(command: Any) -> Iterator[str]:
    yield "| takes | is |"
    yield "|---|---|"
    for each in command.params:
        if each.name not in ("install_completion", "show_completion"):
            yield f"| `{_cell(_called(each))}` | {_cell(each.help or '')} |"


def _called(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    names = ", ".join(sorted(parameter.opts, key=len))
    return names if parameter.is_flag else f"{names} {parameter.metavar or 'PATH'}"


def diagnostics() -> str:
    """Returns the index of all diagnostics, each linked to its page."""
    words = tables("en")
    parts = [NOTE, "", "# Diagnostics", "", "`kmtopo explain CODE` prints the page of a code, offline."]
    for family, title in FAMILIES.items():
        codes = [code for code in sorted(CODES) if code.startswith(f"KM{family}")]
        if codes:
            parts += ["", f"## {title}", "", "| code | name | weighs | says |", "|---|---|---|---|"]
            parts += [_row(code, words[code]["summary"]) for code in codes]
    return "\n".join(parts) + "\n"


def _row(code: str, summary: str) -> str:
    link = f"[{code}](../diagnostics/en/{code}.md)"
    return f"| {link} | `{CODES[code].name}` | {CODES[code].severity} | {_cell(summary)} |"


def pictures() -> dict[str, str]:
    """Returns the deployment diagram of production, light and dark, as `kmtopo build` writes it."""
    topology = Source("topology.yaml", (ROOT / "topology.yaml").read_text(encoding="utf-8"))
    lock = Source("kmtopo.lock", (ROOT / "kmtopo.lock").read_text(encoding="utf-8"))
    request = pipeline.Request(("produccion",), ("diagram",))
    build = pipeline.run(pipeline.BUILDING, pipeline.Build(topology, lock, request))
    drawn = {artifact.path.as_posix(): artifact.content for _, artifact in build.artifacts["produccion"]}
    return {
        f"images/kmmotos-produccion.{theme}.svg": drawn[f"diagrams/deployment.{theme}.svg"]
        for theme in ("light", "dark")
    }


def pages() -> dict[str, str]:
    """Returns all that is made, by path below docs."""
    return {
        "reference/language.md": language(),
        "reference/cli.md": commands(),
        "reference/diagnostics.md": diagnostics(),
        **pictures(),
    }


def main() -> int:
    """Writes the pages and says which are new."""
    for path, text in pages().items():
        target = DOCS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote docs/{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
