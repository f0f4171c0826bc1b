"""Templates for generators: Jinja2, strict, with one quoting filter per target format; a project may have its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, Protocol

from kmtopo import registry
from kmtopo.diagnostics import Diagnostic, diagnose, did_you_mean
from kmtopo.source import Source, Span

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "templates"
_NAME = re.compile(r"\{\{ ?(\w+) ?\}\}")
_LOGIC = re.compile(r"\{[{%#]")
_PLANTUML = re.compile(r"[!-~](?<![\w.,:;()/-])|(?<=[-_./])[-_./]")
_MERMAID = str.maketrans({c: f"#{ord(c)};" for c in "#\"'<>[]{}()|\\;`&"})
_ENTITY = re.compile(r"&(?=#?\w+;)")

# What Jinja2 says, by the words that kmtopo has for it; the group is a name of the template.
_FAILURES = {
    "undefined": re.compile(r"^'(\w+)' is undefined").search,
    "attribute": re.compile(r"has no (?:attribute|element) '?([^']+)'?$").search,
    "filter": re.compile(r"^No (?:filter|test) named '(\w+)'").search,
    "tag": re.compile(r"^Encountered unknown tag '(\w+)'").search,
    "unclosed": re.compile(r"block that needs to be closed is '(\w+)'").search,
    "loader": re.compile(r"^(no loader)").search,
}
_KINDS = {"TemplateSyntaxError": "syntax", "SecurityError": "forbidden"}


class Template(Protocol):
    """A text with places for values."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text with the values, which are given as ``dict`` takes them, in their places."""


class NamesOnly:
    """A template in which only names stand between braces: it does without Jinja2, which takes as long to load as a build."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text with the values in their places."""
        values = dict(*args, **kwargs)
        return _NAME.sub(lambda found: str(values[found[1]]), self._text)


@cache
def template(package: str, name: str) -> Template:
    """Loads a template from a generator's package; a name that it misses is an error, never an empty text."""
    text = (get_data(package, f"{FOLDER}/{name}") or b"").decode()
    if _LOGIC.search(_NAME.sub("", text)):
        return _environment(package).get_template(name)
    return NamesOnly(text)


class Overrides:
    """A project's own templates, by the names of those that they replace; ``used`` are the ones that were asked for."""

    def __init__(self, sources: Iterable[Source], found: list[Diagnostic]) -> None:
        self._own = {source.name: source for source in sources}
        self._made: dict[str, Template] = {}
        self._found = found
        found += [wrong for source in self._own.values() if (wrong := _unknown(source) or _unreadable(source))]

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return tuple(sorted(self._made))

    def template(self, generator: str, package: str, name: str) -> Template:
        """Returns the project's template where it has one, else the generator's."""
        file, theirs = f"{FOLDER}/{generator}/{name}", template(package, name)
        source = self._own.get(file)
        if source is None or _unreadable(source):
            return theirs
        return self._made.setdefault(file, _Override(source, theirs, self._found))


class _Override:
    """A template of the project; where it fails that is reported, and the text is the generator's."""

    def __init__(self, source: Source, theirs: Template, found: list[Diagnostic]) -> None:
        self._source, self._theirs, self._found = source, theirs, found
        self._own = _sandbox().from_string(_whole(source))

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Returns the text with the values in their places."""
        try:
            return self._own.render(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  # what a template calls may raise anything
            self._found.append(_broken(self._source, error, _line(error)))
            return self._theirs.render(*args, **kwargs)


def _whole(source: Source) -> str:
    return source.text if source.text.endswith("\n") else f"{source.text}\n"


def _unknown(source: Source) -> Diagnostic | None:
    _, generator, name = source.name.split("/", 2)
    known = registry.template_names(generator)
    if name in known:
        return None
    close = did_you_mean(name, known)
    help_, listed = "suggest" if close else "" if known else "none", ", ".join(known)
    told: dict[str, Any] = {"name": source.name, "generator": generator, "known": listed, "right": close or ""}
    return diagnose("KM645", _span(source, 1), help=help_, **told)


def _unreadable(source: Source) -> Diagnostic | None:
    from jinja2 import TemplateSyntaxError

    try:
        _sandbox().compile(_whole(source))
    except TemplateSyntaxError as error:
        return _broken(source, error, error.lineno)
    return None


def _broken(source: Source, error: Exception, line: int) -> Diagnostic:
    """Reports what fails in kmtopo's words: those of Jinja2 are English, and only names are taken from them."""
    said, kind = one_line(str(error)), type(error).__name__
    for variant, pattern in _FAILURES.items():
        found = pattern(said)
        if found:
            return diagnose("KM646", _span(source, line), help=variant, name=found[1])
    return diagnose("KM646", _span(source, line), help=_KINDS.get(kind, ""), name=kind)


def _line(error: Exception) -> int:
    """The line of the template in which something was raised: Jinja2 puts it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _span(source: Source, number: int) -> Span:
    lines = source.text.split("\n")
    start = sum(len(line) + 1 for line in lines[: number - 1])
    text = source.line(number)
    indent = len(text) - len(text.lstrip())
    return source.span(min(start + indent, len(source.text)), min(start + len(text), len(source.text)))


@cache
def _environment(package: str) -> Environment:
    from jinja2 import Environment, PackageLoader

    # Nothing here is HTML: each value passes the filter of the format that it goes into.
    return _equipped(Environment(loader=PackageLoader(package, FOLDER), **_manners()))  # noqa: S701


@cache
def _sandbox() -> Environment:
    """What a project's templates run in: without a loader they read no file, and reach nothing but the values."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return _equipped(ImmutableSandboxedEnvironment(**_manners()))


def _manners() -> dict[str, Any]:
    from jinja2 import StrictUndefined

    return {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}


def _equipped(environment: Environment) -> Environment:
    environment.filters |= {
        "d2": d2,
        "dot": dot,
        "mermaid": mermaid,
        "one_line": one_line,
        "plantuml": plantuml,
        "plantuml_line": plantuml_line,
        "structurizr": structurizr,
    }
    return environment


def one_line(text: str) -> str:
    """Folds white space and controls, for a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def dot(text: str) -> str:
    """Quotes a text for Graphviz, which reads the entities of HTML in any label; a backslash stays itself."""
    plain = _ENTITY.sub("&amp;", one_line(text))
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def mermaid(text: str) -> str:
    """Quotes a text for Mermaid, whose only escape is the entity."""
    return '"' + one_line(text).translate(_MERMAID) + '"'


def d2(text: str) -> str:
    """Quotes a text for D2; between single quotes nothing is replaced."""
    return "'" + one_line(text).replace("'", "''") + "'"


def plantuml(text: str) -> str:
    """Quotes an argument of a PlantUML macro."""
    return f'"{plantuml_line(text)}"'


def plantuml_line(text: str) -> str:
    """Writes a text for PlantUML with all that could be markup, a macro or a quote by its code point."""
    return _PLANTUML.sub(lambda found: f"<U+{ord(found[0]):04X}>", one_line(text))


def structurizr(text: str) -> str:
    """Quotes a text for the Structurizr DSL, which escapes nothing but the quote: a space of no width parts other signs."""
    parted = one_line(text).replace("\\", "\\\u200b").replace("${", "$\u200b{")
    return '"' + parted.replace('"', '\\"') + '"'
