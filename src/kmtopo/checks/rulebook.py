"""Every rule that there is, ours and those of other packages, by the same door."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kmtopo.diagnostics import Diagnostic, faulty
from kmtopo.packages import RULES, Plugin, PluginFault, plugins
from kmtopo.rule import Check, Environments
from kmtopo.texts import CODES, Code, register
from kmtopo.values import frozen

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@frozen
class Rulebook:
    """The rules with the packages that answer for them, and why the rules of others cannot be used."""

    rules: tuple[tuple[Plugin, Check], ...]
    faults: tuple[PluginFault, ...]


@cache
def rulebook() -> Rulebook:
    """Loads the rules that packages register in ``kmtopo.checks``; their codes and words are known from then on."""
    rules: list[tuple[Plugin, Check]] = []
    faults: list[PluginFault] = []
    for plugin in plugins(RULES).values():
        try:
            rules += [(plugin, check) for check in _taken(plugin)]
        except PluginFault as fault:
            faults.append(fault)
    return Rulebook(tuple(rules), tuple(faults))


def code_of(word: str) -> str | None:
    """Returns the code that a code or a name means; rules of other packages are loaded where none of ours is meant."""
    if word not in CODES and word not in _names():
        rulebook()
    return word if word in CODES else _names().get(word)


def _names() -> dict[str, str]:
    return {known.name: code for code, known in CODES.items()}


def run(environments: Environments) -> list[Diagnostic]:
    """Runs every rule over every environment and returns what they find."""
    book = rulebook()
    found = [faulty(fault) for fault in book.faults]
    for plugin, rule in book.rules:
        try:
            with plugin.answering():
                found += _findings(rule, environments)
        except PluginFault as fault:
            found.append(faulty(fault))
    return found


def _findings(rule: Check, environments: Environments) -> list[Diagnostic]:
    found = list(rule.run_all(environments)) if rule.run_all else []
    if rule.run:
        for _, graph in sorted(environments.graphs.items()):
            found += rule.run(graph)
    if not all(isinstance(each, Diagnostic) for each in found):
        raise TypeError(f"{rule.code} gives what is no Diagnostic")
    return found


def _taken(plugin: Plugin) -> list[Check]:
    loaded = plugin.load()
    checks = list(loaded) if isinstance(loaded, Iterable) else []
    if not checks or not all(isinstance(check, Check) for check in checks):
        plugin.fault("KM651", "kind", reference=plugin.reference, kind="tuple[Check, ...]")
    for check in checks:
        plugin.require(check.api_version)
        # The words of ours lie in the tables, and a test says that none is missing.
        if not plugin.is_ours:
            _register(plugin, check)
    return checks


def _register(plugin: Plugin, check: Check) -> None:
    prefix = f"{plugin.name}/"
    code = Code(f"{prefix}{check.name}", check.severity.value)
    wrong = {
        "prefix": not check.code.startswith(prefix) or check.code == prefix,
        "word": not _NAME.fullmatch(check.name),
        "taken": check.code in CODES or code.name in _names(),
        "run": (check.run is None) == (check.run_all is None),
    }
    for variant in (variant for variant, is_wrong in wrong.items() if is_wrong):
        plugin.fault("KM653", variant, rule=check.code, prefix=prefix, word=check.name)
    try:
        register(check.code, code, check.texts)
    except Exception as error:  # noqa: BLE001 - what a package calls a table may be anything
        plugin.fault("KM653", rule=check.code, reason=str(error).removeprefix(f"{check.code}: "))
