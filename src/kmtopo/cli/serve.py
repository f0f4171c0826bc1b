"""``kmtopo serve``."""

from __future__ import annotations

import socket
from contextlib import suppress
from functools import partial
from pathlib import Path

from kmtopo.cli.inputs import compiled, read
from kmtopo.cli.session import Exit, Session
from kmtopo.source import folder_of

_WORDS = {
    "broken": "preview-broken",
    "explorer": "preview-explorer",
    "lost": "preview-lost",
    "warned": "preview-warned",
}


def serve(session: Session, file: Path, environments: list[str] | None, *, host: str, port: int) -> None:
    """Shows the explorer in a browser, drawn anew whenever the project is saved, until it is interrupted."""
    from kmtopo.cli.preview.look import look

    try:
        from kmtopo.cli.preview.server import Preview, Server, application
    except ImportError:
        raise session.refuse("no-renderer", Exit.MISSING, format="serve", extra="serve") from None
    if environments:
        compiled(session, read(session, file), environments)  # ends the command where it knows no such environment
    opened = _opened(session, host, port)
    with opened:
        bound = opened.getsockname()[1]
        words = {"language": session.language, **{name: session.word(key) for name, key in _WORDS.items()}}
        preview = Preview(partial(look, file, environments or [], session.language))
        app = application(preview, folder_of(file).resolve(), words, hosts=[host.lower(), "localhost"])
        session.say("serving", url=f"http://{_in_url(host)}:{bound}/")
        # It ends by Ctrl+C alone. The interrupt is not always let through, depending on what the event loop is at.
        with suppress(KeyboardInterrupt):
            Server(app, preview).run(sockets=[opened])
        raise KeyboardInterrupt


def _opened(session: Session, host: str, port: int) -> socket.socket:
    if not 0 <= port < 65536:
        raise session.refuse("bad-port", name=port)
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except (socket.gaierror, UnicodeError):
        raise session.refuse("no-host", name=host) from None
    except OSError as error:
        raise session.refuse("no-socket", Exit.PROBLEM, place=f"{host}:{port}", reason=session.reason(error)) from None


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
