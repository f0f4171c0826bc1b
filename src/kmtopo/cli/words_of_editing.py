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
    "docs": (
        "Fill the marked blocks of documents, and hold their prose against the topology.",
        "Rellena los bloques marcados de los documentos y compara su prosa con la topología.",
    ),
    "docs-files": (
        "Documents in Markdown, AsciiDoc or reStructuredText.",
        "Documentos en Markdown, AsciiDoc o reStructuredText.",
    ),
    "docs-check": (
        "Write nothing; exit 1 when a block is out of date, or a sentence claims what the topology has not.",
        "No escribe nada; termina con 1 si un bloque está desactualizado o una frase afirma lo que la topología no tiene.",
    ),
    "docs-filled": ("{path}: blocks filled: {count}", "{path}: bloques rellenados: {count}"),
    "docs-old": ("{path}: out of date", "{path}: desactualizado"),
    "docs-same": ("{path}: blocks up to date: {count}", "{path}: bloques al día: {count}"),
    "docs-claims": (
        "  claims of technologies, prices, counts and names: {count}; contradicted by the topology: {wrong}; not backed: {unbacked}",
        "  afirmaciones de tecnologías, precios, cantidades y nombres: {count}; que la topología desmiente: {wrong}; que no respalda: {unbacked}",
    ),
    "docs-picture": ("picture out of date: {path}", "imagen desactualizada: {path}"),
    "docs-stale": ("out of date: run `kmtopo docs {files}`", "desactualizado: ejecuta `kmtopo docs {files}`"),
    "no-document": (
        "`{path}` is no document: its name has to end in {endings}",
        "`{path}` no es un documento: su nombre debe terminar en {endings}",
    ),
    "in-form": ("nothing to change in {files}", "nada que cambiar en {files}"),
}
