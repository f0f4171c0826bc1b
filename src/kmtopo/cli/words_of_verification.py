"""What ``build --verify`` says, in both languages: English, Spanish."""

from __future__ import annotations

VERIFICATION: dict[str, tuple[str, str]] = {
    "verify": (
        "Read the files back and hold them equal to the topology; fail, and write nothing, where they differ.",
        "Vuelve a leer los archivos y los compara con la topología; falla, sin escribir nada, si difieren.",
    ),
    "verified": (
        "verified: what {environments} is to run is what its files say; Compose files read by {reader}",
        "verificado: lo que ha de ejecutar {environments} es lo que dicen sus archivos; los de Compose, leídos por {reader}",
    ),
    "read-by-compose": ("Compose itself", "el propio Compose"),
    "read-as-yaml": (
        "our own rules, since there is no Compose on this machine",
        "nuestras propias reglas, porque no hay Compose en esta máquina",
    ),
    "verifying": ("reading the files back …", "volviendo a leer los archivos …"),
    "no-verify": (
        "--verify needs the extra: pip install 'kmtopo[verify]'",
        "--verify necesita el extra: pip install 'kmtopo[verify]'",
    ),
    "verify-whole": (
        "--verify reads all files of an environment: leave --only out",
        "--verify lee todos los archivos de un entorno: quita --only",
    ),
}
