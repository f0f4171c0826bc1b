"""Which language a reader is spoken to in."""

from __future__ import annotations

from collections.abc import Mapping

from kmtopo.texts import LANGUAGES

DEFAULT = "en"
_VARIABLES = ("KMTOPO_LANG", "LC_ALL", "LANG")


def language_of(environ: Mapping[str, str], option: str | None = None) -> str:
    """Returns ``en`` or ``es``: what the option says, else the first of KMTOPO_LANG, LC_ALL and LANG that is set.

    ``es_HN.UTF-8`` is ``es``; a language that kmtopo does not speak is ``en``, and so is ``C``.
    """
    wanted = option or next((environ[name] for name in _VARIABLES if environ.get(name)), DEFAULT)
    language = wanted.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return language if language in LANGUAGES else DEFAULT
