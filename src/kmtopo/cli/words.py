"""What the command line says, in English and Spanish."""

from __future__ import annotations

from kmtopo.cli.words_of_answers import ANSWERS
from kmtopo.cli.words_of_editing import EDITING
from kmtopo.cli.words_of_hatches import HATCHES
from kmtopo.cli.words_of_preview import PREVIEW
from kmtopo.cli.words_of_secrets import SECRETS
from kmtopo.cli.words_of_steps import STEPS
from kmtopo.cli.words_of_verification import VERIFICATION

WORDS: dict[str, tuple[str, str]] = {
    "app": (
        "One topology.yaml becomes Docker Compose, Nginx, env files and the deployment diagram.",
        "Un topology.yaml se convierte en Docker Compose, Nginx, archivos env y el diagrama de despliegue.",
    ),
    "lang": ("Language of messages: es or en.", "Idioma de los mensajes: es o en."),
    "color": (
        "When to use colours: auto, always or never (default: auto).",
        "Cuándo usar colores: auto, always o never (por omisión: auto).",
    ),
    "debug": ("Show the traceback of a bug.", "Muestra la traza de un error interno."),
    "version": ("Show the version and leave.", "Muestra la versión y termina."),
    "file": ("The topology (default: topology.yaml).", "La topología (por omisión: topology.yaml)."),
    "env": ("Only this environment; may repeat.", "Solo este entorno; se puede repetir."),
    "strict": ("Warnings fail, too.", "Las advertencias también fallan."),
    "output": (
        "Where to write (default: build beside the topology).",
        "Dónde escribir (por omisión: build, junto a la topología).",
    ),
    "only": ("Only these generators, separated by commas.", "Solo estos generadores, separados por comas."),
    "check-only": (
        "Write nothing; exit 1 with a diff when disk is out of date.",
        "No escribe nada; termina con 1 y un diff si el disco está desactualizado.",
    ),
    "force": ("Overwrite files that were edited by hand.", "Sobrescribe archivos editados a mano."),
    "init": ("Start a topology that builds.", "Empieza una topología que compila."),
    "init-dir": ("Folder to start in (default: here).", "Carpeta donde empezar (por omisión: esta)."),
    "init-example": ("Which shipped example to start from.", "De qué ejemplo incluido partir."),
    "check": ("Report every problem at once.", "Informa de todos los problemas a la vez."),
    "plan": ("Show what build would change.", "Muestra qué cambiaría build."),
    "build": ("Write all files of all environments.", "Escribe todos los archivos de todos los entornos."),
    "show": ("Show where a value or a built line comes from.", "Muestra de dónde viene un valor o una línea generada."),
    "show-what": (
        "An address such as containers.backend, or a line of a built file.",
        "Una dirección como containers.backend, o una línea de un archivo generado.",
    ),
    "explain": ("Explain a diagnostic code, offline.", "Explica un código de diagnóstico, sin conexión."),
    "explain-code": ("A code such as KM201, or its name.", "Un código como KM201, o su nombre."),
    "schema": ("Print the JSON Schema of the language.", "Imprime el JSON Schema del lenguaje."),
    "generators": (
        "List the installed generators, container types and rules.",
        "Lista los generadores, los tipos de contenedor y las reglas que hay instalados.",
    ),
    "generators-heading": ("generators", "generadores"),
    "types-heading": ("types", "tipos"),
    "rules-heading": ("rules", "reglas"),
    "our-rules": (
        "{count} rules; `kmtopo explain CODE` tells what one is about",
        "{count} reglas; `kmtopo explain CODE` dice de qué trata una",
    ),
    "graph": ("Draw one picture.", "Dibuja una imagen."),
    "graph-view": (
        "deployment, networks, matrix, tenants, failures or change, or a page of one (default: deployment).",
        "deployment, networks, matrix, tenants, failures o change, o una página de una (por omisión: deployment).",
    ),
    "graph-against": (
        "What view change compares with: a git revision, a file or a folder (default: HEAD).",
        "Con qué compara la vista change: una revisión de git, un archivo o una carpeta (por omisión: HEAD).",
    ),
    "graph-format": (
        "svg, png, pdf, mermaid, dot, d2, plantuml, structurizr, json, graphml or html (default: svg).",
        "svg, png, pdf, mermaid, dot, d2, plantuml, structurizr, json, graphml o html (por omisión: svg).",
    ),
    "graph-theme": ("auto, light or dark (default: auto).", "auto, light o dark (por omisión: auto)."),
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
    "picture": ("  picture: {path}", "  imagen: {path}"),
    "pictures": ("  pictures: {path}", "  imágenes: {path}"),
    "trust": (
        "  Laravel: trustProxies and trustHosts for its proxy's subnet: {path}",
        "  Laravel: trustProxies y trustHosts para la subred de su proxy: {path}",
    ),
    "start": (
        "  start: (cd {path} && {first}docker compose up -d)",
        "  arranque: (cd {path} && {first}docker compose up -d)",
    ),
    "missing": ("  missing before the start: {path}", "  falta antes del arranque: {path}"),
    "missing-in": ("  missing before the start, in {folder}/:", "  falta antes del arranque, en {folder}/:"),
    "missing-all": (
        "  missing before the start: all {count} files of {folder}/, {first} to {last}",
        "  falta antes del arranque: los {count} archivos de {folder}/, de {first} a {last}",
    ),
    "missing-made": ("  make what is missing: {command}", "  crea lo que falta: {command}"),
    "stale": ("out of date: run `kmtopo build`", "desactualizado: ejecuta `kmtopo build`"),
    "compiling": ("compiling {file} …", "compilando {file} …"),
    "started": ("started {file}: now run `{command}`", "creado {file}: ahora ejecuta `{command}`"),
    "no-environment": ("no environment is called `{name}`", "ningún entorno se llama `{name}`"),
    "no-generator": ("no generator is called `{name}`", "ningún generador se llama `{name}`"),
    "no-example": ("no example is called `{name}`", "ningún ejemplo se llama `{name}`"),
    "no-address": ("nothing stands at `{name}`", "no hay nada en `{name}`"),
    "no-code": ("there is no code or name `{name}`", "no hay código ni nombre `{name}`"),
    "no-trace": (
        "no part of the topology is known to be behind `{path}`: is it a file that `kmtopo build` wrote?",
        "no se sabe qué parte de la topología hay tras `{path}`: ¿es un archivo que escribió `kmtopo build`?",
    ),
    "one-environment": (
        "a picture shows one environment: name it with -e: {names}",
        "una imagen muestra un solo entorno: nómbralo con -e: {names}",
    ),
    "bad-choice": ("`{name}` is not possible here", "`{name}` no es posible aquí"),
    "no-renderer": (
        "{format} needs the extra: pip install 'kmtopo[{extra}]'",
        "{format} necesita el extra: pip install 'kmtopo[{extra}]'",
    ),
    "interrupted": ("interrupted", "interrumpido"),
    "help": ("Show this message and leave.", "Muestra esta ayuda y termina."),
    "install-completion": (
        "Install completion for the current shell.",
        "Instala el autocompletado para la shell actual.",
    ),
    "show-completion": (
        "Show completion for the current shell, to copy it or to adapt it.",
        "Muestra el autocompletado para la shell actual, para copiarlo o adaptarlo.",
    ),
    "title": ("{title} ({name})", "{title} ({name})"),
    "drawing": ("drawing …", "dibujando …"),
    "did-you-mean": ("; did you mean `{name}`?", "; ¿quisiste decir `{name}`?"),
    "known": ("; known: {names}", "; hay: {names}"),
    "ambiguous": ("`{given}` is ambiguous: say which of {names}", "`{given}` es ambiguo: di cuál de {names}"),
    "no-line": ("`{path}` has {count} lines", "`{path}` tiene {count} líneas"),
    "unreadable": ("`{path}` cannot be read: {reason}", "no se puede leer `{path}`: {reason}"),
    "and-more": ("… and {count} more", "… y {count} más"),
    "type": ("type {name}", "tipo {name}"),
    "environment": ("environment", "entorno"),
    "default": ("default", "valor por omisión"),
    "allocation": (
        "allocated; the next build keeps it in kmtopo.lock",
        "asignado; la próxima construcción lo guarda en kmtopo.lock",
    ),
    "scaled": ("scaled at {place}", "escalado en {place}"),
    "no-terminal": (
        "a picture of bytes is nothing for a terminal: name a file with -o",
        "una imagen en bytes no es para una terminal: nombra un archivo con -o",
    ),
    "only-change": (
        "--against is for --view {view}: other views show one side",
        "--against es para --view {view}: las demás vistas muestran un solo lado",
    ),
    "no-picture": (
        "`{path}` was not drawn: the view shows nothing here, or is not written in this format",
        "`{path}` no se dibujó: aquí la vista no muestra nada, o no se escribe en este formato",
    ),
    "unwritable": ("the output cannot be written: {reason}", "no se puede escribir la salida: {reason}"),
    "no-option": ("there is no option `{name}`", "no hay ninguna opción `{name}`"),
    "no-command": ("there is no command `{name}`", "no hay ningún comando `{name}`"),
    "missing-command": ("name a command", "nombra un comando"),
    "missing-argument": ("`{name}` is missing", "falta `{name}`"),
    "extra-argument": ("`{name}` is one argument too many", "sobra el argumento `{name}`"),
    "missing-value": ("`{name}` needs a value", "`{name}` necesita un valor"),
    "see-help": ("  = help: see `{command} --help`", "  = ayuda: mira `{command} --help`"),
    **ANSWERS,
    **EDITING,
    **HATCHES,
    **PREVIEW,
    **SECRETS,
    **STEPS,
    **VERIFICATION,
}


def word(key: str, language: str, **values: object) -> str:
    """Returns a text of the command line in a language, its placeholders filled."""
    text = WORDS[key][1 if language == "es" else 0]
    return text.format(**values) if values else text
