"""What a build says of patches and templates, in both languages: English, Spanish."""

from __future__ import annotations

HATCHES: dict[str, tuple[str, str]] = {
    "hatches": ("outside of the language: {count}", "fuera del lenguaje: {count}"),
    "hatch-patch": ("  {file}: {path}  {place}  {why}", "  {file}: {path}  {place}  {why}"),
    "hatch-template": (
        "  {file}: in the place of the template of {generator}",
        "  {file}: en lugar de la plantilla de {generator}",
    ),
}
