"""What the commands say that change the user's own files, in English and Spanish."""

from __future__ import annotations

EDITING: dict[str, tuple[str, str]] = {
    "check-format": (
        "How to report: text, json, sarif or github (default: text).",
        "Cómo informar: text, json, sarif o github (por omisión: text).",
    ),
    "fix": (
        "Make the suggested edits that are safe, then report what is left.",
        "Haz los cambios sugeridos que son seguros e informa de lo que queda.",
    ),
    "fixed": ("fixed {place}: `{before}` -> `{after}`", "corregido {place}: `{before}` -> `{after}`"),
    "fmt": (
        "Put a topology's keys in the order of the language.",
        "Pon las claves de una topología en el orden del lenguaje.",
    ),
    "fmt-check": (
        "Write nothing; exit 1 with a diff when something would change.",
        "No escribe nada; termina con 1 y un diff si algo cambiaría.",
    ),
    "formatted": ("formatted {file}", "ordenado {file}"),
    "weigh-error": (
        "A rule whose warnings or notes are errors in this run, by code or name; may repeat.",
        "Una regla cuyas advertencias o notas son errores esta vez, por código o nombre; se puede repetir.",
    ),
    "weigh-warn": (
        "A rule whose notes are warnings in this run, by code or name; may repeat.",
        "Una regla cuyas notas son advertencias esta vez, por código o nombre; se puede repetir.",
    ),
    "unknown-rule": ("there is no rule `{name}`", "no existe la regla `{name}`"),
    "stays-error": (
        "`{name}` is an error and stays one: what it finds makes the outputs wrong",
        "`{name}` es un error y lo sigue siendo: lo que encuentra vuelve incorrectas las salidas",
    ),
    "in-form": ("nothing to change in {files}", "nada que cambiar en {files}"),
}
