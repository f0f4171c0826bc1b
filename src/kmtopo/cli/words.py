"""What the command line says, in English and Spanish."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "app": (
        "One topology.yaml becomes Docker Compose, Nginx, env files and the deployment diagram.",
        "Un topology.yaml se convierte en Docker Compose, Nginx, archivos env y el diagrama de despliegue.",
    ),
    "lang": ("Language of messages: es or en.", "Idioma de los mensajes: es o en."),
    "color": ("When to use colours: auto, always or never.", "Cuándo usar colores: auto, always o never."),
    "debug": ("Show the traceback of a bug.", "Muestra la traza de un error interno."),
    "version": ("Show the version and leave.", "Muestra la versión y termina."),
    "file": ("The topology (default: topology.yaml).", "La topología (por omisión: topology.yaml)."),
    "env": ("Only this environment; may repeat.", "Solo este entorno; se puede repetir."),
    "strict": ("Warnings fail, too.", "Las advertencias también fallan."),
    "format": ("How to report: text or json.", "Cómo informar: text o json."),
    "output": ("Where to write (default: build).", "Dónde escribir (por omisión: build)."),
    "only": ("Only these generators, separated by commas.", "Solo estos generadores, separados por comas."),
    "check-only": (
        "Write nothing; exit 1 with a diff when disk is stale.",
        "No escribe nada; termina con 1 y un diff si el disco está atrasado.",
    ),
    "force": ("Overwrite files that were edited by hand.", "Sobrescribe archivos editados a mano."),
    "init": ("Start a topology that builds.", "Empieza una topología que compila."),
    "init-dir": ("Folder to start in (default: here).", "Carpeta donde empezar (por omisión: esta)."),
    "init-example": ("Which shipped example to start from.", "De qué ejemplo incluido partir."),
    "check": ("Report every problem at once.", "Informa de todos los problemas a la vez."),
    "plan": ("Show what build would change.", "Muestra qué cambiaría build."),
    "build": ("Write all files of all environments.", "Escribe todos los archivos de todos los entornos."),
    "show": (
        "Show a resolved value and where it comes from, or the topology line behind a built line.",
        "Muestra un valor resuelto y de dónde viene, o la línea de la topología tras una línea generada.",
    ),
    "show-what": (
        "An address such as containers.backend, or BUILT_FILE:LINE.",
        "Una dirección como containers.backend, o ARCHIVO_GENERADO:LÍNEA.",
    ),
    "explain": ("Explain a diagnostic code, offline.", "Explica un código de diagnóstico, sin conexión."),
    "explain-code": ("A code such as KM201, or its name.", "Un código como KM201, o su nombre."),
    "schema": ("Print the JSON Schema of the language.", "Imprime el JSON Schema del lenguaje."),
    "generators": ("List the installed generators.", "Lista los generadores instalados."),
    "graph": ("Draw one picture.", "Dibuja una imagen."),
    "graph-view": ("Which view: deployment.", "Qué vista: deployment."),
    "graph-format": ("svg, png, mermaid or dot.", "svg, png, mermaid o dot."),
    "graph-theme": ("auto, light or dark.", "auto, light o dark."),
    "graph-output": (
        "File to write (default: standard output).",
        "Archivo de salida (por omisión: la salida estándar).",
    ),
    "ok": ("no problems in {environments}", "sin problemas en {environments}"),
    "nothing": (
        "nothing to change: {count} files are up to date in {out}",
        "nada que cambiar: {count} archivos al día en {out}",
    ),
    "wrote": (
        "wrote {out}: {created} created, {changed} changed, {deleted} deleted, {unchanged} unchanged",
        "escrito {out}: {created} creados, {changed} cambiados, {deleted} borrados, {unchanged} sin cambio",
    ),
    "would": (
        "{created} to create, {changed} to change, {deleted} to delete, {unchanged} unchanged",
        "{created} por crear, {changed} por cambiar, {deleted} por borrar, {unchanged} sin cambio",
    ),
    "picture": ("picture", "imagen"),
    "start": ("start", "arranque"),
    "missing": ("missing before the start", "falta antes del arranque"),
    "stale": ("stale: run `kmtopo build`", "atrasado: ejecuta `kmtopo build`"),
    "compiling": ("compiling {file} …", "compilando {file} …"),
    "started": ("started {file}: now run `kmtopo build`", "creado {file}: ahora ejecuta `kmtopo build`"),
    "from": ("from", "de"),
    "exists": ("{file} exists already; nothing was written", "{file} ya existe; no se escribió nada"),
    "no-environment": (
        "no environment is called `{name}`; known: {known}",
        "ningún entorno se llama `{name}`; hay: {known}",
    ),
    "no-generator": (
        "no generator is called `{name}`; known: {known}",
        "ningún generador se llama `{name}`; hay: {known}",
    ),
    "no-example": ("no example is called `{name}`; known: {known}", "ningún ejemplo se llama `{name}`; hay: {known}"),
    "no-address": ("nothing stands at `{name}`", "no hay nada en `{name}`"),
    "no-code": ("no code or name `{name}`", "no hay código ni nombre `{name}`"),
    "no-trace": ("no generated block at {name}", "no hay un bloque generado en {name}"),
    "one-environment": ("name one environment with -e: {known}", "nombra un entorno con -e: {known}"),
    "bad-choice": ("`{value}` is not one of {known}", "`{value}` no es uno de {known}"),
    "no-png": (
        "PNG needs the extra: pip install 'kmtopo[png]'",
        "PNG necesita el extra: pip install 'kmtopo[png]'",
    ),
    "bug": (
        "error[KM999]: a bug in kmtopo: {error}\n  = help: report it with the topology; --debug shows the traceback",
        "error[KM999]: un error interno de kmtopo: {error}\n  = ayuda: infórmalo con la topología; --debug muestra la traza",
    ),
    "interrupted": ("interrupted", "interrumpido"),
    "usage": ("usage error", "error de uso"),
}


def word(key: str, language: str, **values: object) -> str:
    """Returns a text of the command line in a language, its placeholders filled."""
    text = WORDS[key][1 if language == "es" else 0]
    return text.format(**values) if values else text
