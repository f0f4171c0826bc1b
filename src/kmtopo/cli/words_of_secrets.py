"""What ``kmtopo secrets`` says, in English and Spanish."""

from __future__ import annotations

SECRETS: dict[str, tuple[str, str]] = {
    "secrets": ("Make, check and replace secrets.", "Crea, revisa y reemplaza secretos."),
    "secrets-init": (
        "Make what is missing; what is there stays.",
        "Crea lo que falta; lo que ya está se queda.",
    ),
    "secrets-check": (
        "Report what is missing, weak, shared or open to others.",
        "Informa de lo que falta, es débil, se comparte o queda abierto a otros.",
    ),
    "secrets-rotate": (
        "Give one secret a new value, and say what has to follow.",
        "Da un valor nuevo a un secreto y dice qué hay que hacer después.",
    ),
    "secrets-name": (
        "The secret, such as postgres_password.",
        "El secreto, por ejemplo postgres_password.",
    ),
    "secrets-made": (
        "{environment}: {count} made in {place}, {kept} were there",
        "{environment}: {count} creados en {place}, {kept} ya estaban",
    ),
    "secrets-kept": (
        "{environment}: nothing to make, {kept} are there",
        "{environment}: nada que crear, {kept} ya están",
    ),
    "secrets-slot": ("  {name}", "  {name}"),
    "secrets-good": (
        "{count} secrets are in order in {environments}",
        "{count} secretos están en orden en {environments}",
    ),
    "secrets-replaced": ("replaced {path}", "reemplazado {path}"),
    "secrets-next": ("now, in this order:", "ahora, en este orden:"),
    "secrets-step": ("  {number}. {step}", "  {number}. {step}"),
    "step-copy": ("copy it to {machines}", "cópialo a {machines}"),
    "step-sops": (
        "commit {path}, copy it to {machines}, and fill the folder there again: {command}",
        "guarda {path} en el repositorio, cópialo a {machines} y llena allí de nuevo la carpeta: {command}",
    ),
    "step-provision": ("provision the server: {command}", "aprovisiona el servidor: {command}"),
    "step-restart": ("restart who reads it: {command}", "reinicia a quien lo lee: {command}"),
    "step-server": ("change it in the server: {command}", "cámbialo en el servidor: {command}"),
    "step-former": (
        "once nothing is left of the old key, forget it: {command}",
        "cuando no quede nada cifrado con la clave anterior, olvídala: {command}",
    ),
    "no-secret": ("no secret is called `{name}`", "ningún secreto se llama `{name}`"),
    "which-environment": (
        "`{name}` is a secret of several environments: say which with -e: {names}",
        "`{name}` es un secreto de varios entornos: di cuál con -e: {names}",
    ),
}
