"""Who is served: whoever calls the preview by a name of its own. A page elsewhere could lead its reader here by one of its."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class OwnNames:
    """Middleware that answers 400 to requests whose ``Host`` is neither one of ``names`` nor an address."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if scope["type"] == "http" and not is_own(Headers(scope=scope).get("host", ""), self._names):
            await PlainTextResponse("Invalid host header", status_code=400)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_own(host: str, names: Collection[str]) -> bool:
    """Whether a ``Host`` is one of ``names``, or an address: nobody can make an address lead elsewhere."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:  # half an address
        return False
    return name in names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
