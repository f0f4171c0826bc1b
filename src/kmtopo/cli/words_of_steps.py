"""What an operator is told to do after a build, in both languages: English, Spanish."""

from __future__ import annotations

STEPS: dict[str, tuple[str, str]] = {
    "steps-here": ("  on {machine}, in {path}:", "  en {machine}, en {path}:"),
    "steps-there": (
        "  on {machine}: copy {path} there, and its secrets, unless this is the machine; then in that folder:",
        "  en {machine}: copia allí {path} y sus secretos, si no es esta máquina; después, en esa carpeta:",
    ),
    "no-steps": ("  nothing to do on its machines", "  nada que hacer en sus máquinas"),
    "step": ("    {command}  # {reasons}", "    {command}  # {reasons}"),
    "step-by-itself": ("    # {reasons}", "    # {reasons}"),
    "step-fills": ("puts the secrets in place", "pone los secretos en su sitio"),
    "step-provisions": (
        "{names}: users and databases as the topology says; nothing restarts",
        "{names}: usuarios y bases de datos como dice la topología; nada se reinicia",
    ),
    "step-migrates": ("tables for {names}", "tablas para {names}"),
    "step-replaces": ("replaces {names}", "reemplaza {names}"),
    "step-restarts-with": ("restarts {names}", "reinicia {names}"),
    "step-starts": ("starts {names}", "arranca {names}"),
    "step-scales": ("another number of {names}", "otra cantidad de {names}"),
    "step-builds": ("builds the image of {names}", "construye la imagen de {names}"),
    "step-removes": ("removes {names}; volumes stay", "quita {names}; los volúmenes quedan"),
    "step-reloads": (
        "{names} tests its configuration and takes it over; no connection is cut",
        "{names} prueba su configuración y la toma; no se corta ninguna conexión",
    ),
    "step-restarts": (
        "restarts {names}: what is mounted is read only at the start",
        "reinicia {names}: lo montado solo se lee al arrancar",
    ),
    "step-rereads": (
        "without a restart, the changed files are read again by {names}",
        "sin reiniciarse, vuelven a leer los archivos cambiados: {names}",
    ),
    "step-deprovisions": (
        "optional, after a backup: shuts out {names}; data goes only where you say so",
        "opcional, tras un respaldo: cierra la puerta a {names}; los datos solo se borran si tú lo dices",
    ),
    "step-gone": (
        "nothing of the topology runs there any more; volumes and their data stay",
        "allí ya no corre nada de la topología; los volúmenes y sus datos quedan",
    ),
    "notice-nobody": ("  who notices: nobody, nothing stops", "  quién lo nota: nadie, nada se detiene"),
    "notice-jobs": (
        "  who notices: nobody; jobs wait while these start again: {names}",
        "  quién lo nota: nadie; los trabajos esperan mientras arranca de nuevo: {names}",
    ),
    "notice-some": (
        "  who notices: {tenants}, while these start again: {names}",
        "  quién lo nota: {tenants}, mientras arranca de nuevo: {names}",
    ),
    "notice-tenants": (
        "  who notices: all tenants, while these start again: {names}",
        "  quién lo nota: todas las tenencias, mientras arranca de nuevo: {names}",
    ),
    "notice-everybody": (
        "  who notices: everybody, while these start again: {names}",
        "  quién lo nota: todos, mientras arranca de nuevo: {names}",
    ),
    "untouched": ("  untouched: {names}", "  sin tocar: {names}"),
}
