"""The preview's web server: a page around the explorer, and a stream that says when there is another one."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from socket import socket

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import DefaultFilter, awatch

from kmtopo.cli.preview.hosts import OwnNames
from kmtopo.cli.preview.look import Look

_HEARTBEAT = 15.0  # seconds between signs of life: a stream that nobody reads any more is found so
_OURS = ("build", ".kmtopo", "secrets")  # made by commands, read by none of them
_NO_STORE = {"Cache-Control": "no-store"}


class Preview:
    """What is shown now, and who waits for what comes next."""

    def __init__(self, draw: Callable[[Look], Look]) -> None:
        self._draw = draw
        self._turn = asyncio.Event()
        self._ended = False
        self.shown = Look()
        self.number = 0

    async def refresh(self) -> None:
        """Draws anew, beside the requests; whoever waits is told where anything has changed."""
        made = await asyncio.to_thread(self._draw, self.shown)
        if made != self.shown:
            self.shown = made
            self.number += 1
            self._wake()

    def end(self) -> None:
        """Lets go of whoever waits."""
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        turned, self._turn = self._turn, asyncio.Event()
        turned.set()

    async def follow(self, folder: Path) -> None:
        """Refreshes whenever something in the project's folder is saved."""
        async for _ in awatch(folder, watch_filter=DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, *_OURS))):
            await self.refresh()

    async def changes(self, asked: Request) -> AsyncIterator[str]:
        """The number of each state, the present one first, as server-sent events."""
        told = -1
        while not self._ended and not await asked.is_disconnected():
            if told != self.number:
                told = self.number
                yield f"data: {told}\n\n"
            with suppress(TimeoutError):
                await asyncio.wait_for(self._turn.wait(), _HEARTBEAT)
            yield ": alive\n\n"


def application(preview: Preview, folder: Path, words: dict[str, str], hosts: list[str]) -> Starlette:
    """Serves the preview to those who call it by one of ``hosts``, or by an address."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await preview.refresh()
        following = asyncio.create_task(preview.follow(folder))
        yield
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following

    async def page(_: Request) -> Response:
        return _page(words)

    async def explorer(_: Request) -> Response:
        return HTMLResponse(preview.shown.explorer, headers=_NO_STORE)

    async def state(_: Request) -> Response:
        shown = preview.shown
        told = {"report": shown.report, "broken": shown.broken, "drawn": bool(shown.explorer)}
        return JSONResponse(told, headers=_NO_STORE)

    async def changes(asked: Request) -> Response:
        return StreamingResponse(preview.changes(asked), media_type="text/event-stream", headers=_NO_STORE)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/explorer", explorer),
            Route("/state", state),
            Route("/changes", changes),
        ],
        middleware=[Middleware(OwnNames, names=hosts)],
        lifespan=lifespan,
    )


def _page(words: dict[str, str]) -> Response:
    script, style = _own("preview.js"), _own("preview.css")
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; frame-src 'self'; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    text = _own("preview.html")
    for name, value in {"style": style, "script": script, **{k: escape(w) for k, w in words.items()}}.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return HTMLResponse(text, headers={**_NO_STORE, "Content-Security-Policy": policy})


def _own(name: str) -> str:
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


class Server(uvicorn.Server):
    """Answers until it is interrupted; streams end first, since it waits for every answer."""

    def __init__(self, app: Starlette, preview: Preview) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning"))
        self._preview = preview

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Ends the streams, then the rest."""
        self._preview.end()
        await super().shutdown(sockets)
