"""What ``kmtopo serve`` says, in both languages."""

from __future__ import annotations

PREVIEW: dict[str, tuple[str, str]] = {
    "serve": (
        "Show the explorer in a browser, drawn anew whenever the project is saved.",
        "Muestra el explorador en un navegador y lo dibuja de nuevo cada vez que se guarda el proyecto.",
    ),
    "serve-host": (
        "Address to listen on: only this machine reaches the default.",
        "Dirección en que escucha: a la de por omisión solo llega este equipo.",
    ),
    "serve-port": ("Port to listen on; 0 takes a free one.", "Puerto en que escucha; 0 toma uno libre."),
    "serving": ("{url} (Ctrl+C ends it)", "{url} (Ctrl+C lo termina)"),
    "no-socket": ("cannot listen on {place}: {reason}", "no se puede escuchar en {place}: {reason}"),
    "no-host": ("`{name}` is no address to listen on", "`{name}` no es una dirección en que se pueda escuchar"),
    "bad-port": ("`{name}` is no port: 0 to 65535", "`{name}` no es un puerto: de 0 a 65535"),
    "preview-broken": (
        "Errors: the picture is the last one without",
        "Hay errores: el diagrama es el último sin ellos",
    ),
    "preview-warned": ("Warnings", "Advertencias"),
    "preview-lost": ("kmtopo serve has ended", "kmtopo serve terminó"),
    "preview-explorer": ("Explorer", "Explorador"),
}
