"""The text tables: one TOML file a language, read when its first word is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from kmtopo.texts.codes import CODES, Code

LANGUAGES = ("en", "es")
NEEDED = frozenset({"summary", "help"})

# The texts of one code or section by dotted name: summary, help, help_suggest, labels.first.
Table = Mapping[str, str]


def text(code: str, entry: str, language: str, values: Mapping[str, str], variant: str = "") -> str:
    """Returns an entry of a code's table (``summary``, ``help``, ``labels.first``) with its placeholders filled.

    Of ``help`` and ``help_suggest`` the one that the variant names is taken, the plain one where
    it has no text of its own; "" where there is neither. A placeholder without a value stays as it is.
    """
    table = tables(language).get(code, {})
    words = table.get(f"{entry}_{variant}") or table.get(entry, "")
    return words.format_map(_Values(values))


def phrase(section: str, entry: str, language: str, **values: object) -> str:
    """Returns a phrase that belongs to no code: an entry of a section such as ``report`` or ``cli``."""
    return text(section, entry, language, {key: str(value) for key, value in values.items()})


def register(code: str, entry: Code, texts: Mapping[str, Mapping[str, Any]]) -> None:
    """Adds a plugin's code, which carries its prefix (``traefik/TR001``), with a table of texts for each language.

    Raises:
        ValueError: the code has no prefix or is taken, or the languages do not say the same.
    """
    if "/" not in code or code in CODES:
        raise ValueError(f"{code}: a plugin's code is new and starts with the plugin's name and a slash")
    theirs = {language: _flat(texts.get(language, {})) for language in LANGUAGES}
    problems = list(differences(theirs))
    if problems:
        raise ValueError(f"{code}: {problems[0]}")
    CODES[code] = entry
    for language, table in theirs.items():
        tables(language)[code] = table


def differences(table_of: Mapping[str, Table]) -> Iterator[str]:
    """Yields what keeps a code's tables from being whole: texts without a counterpart, or other placeholders."""
    for language, table in table_of.items():
        for missing in sorted(NEEDED - table.keys()):
            yield f"{language} has no {missing}"
        for other, counterpart in table_of.items():
            for entry in sorted(table.keys() - counterpart.keys()):
                yield f"{other} has no {entry}, which {language} has"
            for entry in sorted(table.keys() & counterpart.keys()):
                if placeholders(table[entry]) - placeholders(counterpart[entry]):
                    yield f"{entry} has other placeholders in {other} than in {language}"


def placeholders(words: str) -> frozenset[str]:
    """Returns the names that a text wants values for."""
    from string import Formatter

    return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)


@cache
def tables(language: str) -> MutableMapping[str, Table]:
    """Returns the tables of a language by code or section."""
    # Not importlib.resources: loading that takes longer than reading the table.
    return _Tables(Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8"))


class _Tables(MutableMapping[str, Table]):
    """The tables of a file, each parsed when it is first looked up: a report needs a handful of them."""

    def __init__(self, text: str) -> None:
        headed = (part.partition("]\n") for part in f"\n{text}".split("\n[")[1:])
        self._written = {code: body for code, _, body in headed}
        self._read: dict[str, Table] = {}

    def __getitem__(self, code: str) -> Table:
        if code not in self._read:
            # Imported here, since `kmtopo --help` says nothing out of these tables.
            import tomllib

            self._read[code] = _flat(tomllib.loads(self._written[code]))
        return self._read[code]

    def __setitem__(self, code: str, table: Table) -> None:
        self._read[code] = table

    def __delitem__(self, code: str) -> None:
        del self._read[code]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._written, *self._read]))

    def __len__(self) -> int:
        return len(self._written.keys() | self._read.keys())


def _flat(table: Mapping[str, Any], prefix: str = "") -> Table:
    flat: dict[str, str] = {}
    for entry, words in table.items():
        flat |= _flat(words, f"{prefix}{entry}.") if isinstance(words, Mapping) else {f"{prefix}{entry}": words}
    return flat


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"
