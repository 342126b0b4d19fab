"""Whom this computer answers while nobody signs in: those who ask for it by its own names alone.

A page of another site could else have its name point to 127.0.0.1 and read the figures in this computer's browser.
Another computer, which may name any host, is refused too, where the server was made to listen to more than 127.0.0.1.
"""

import ipaddress
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from sendviz.ui import signin

REFUSED = "sendviz serves this computer alone: open it at http://localhost.\n"
MISDIRECTED, POLICY = 421, 1008  # RFC 9110, 15.5.20; RFC 6455, 7.4.1


class OwnHosts:
    """Middleware that refuses other names, unless people sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or says why not."""
        if scope["type"] not in ("http", "websocket") or signin.needed() or _is_from_here(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(POLICY)(scope, receive, send)
        else:
            await PlainTextResponse(REFUSED, MISDIRECTED)(scope, receive, send)


def is_own(host: str) -> bool:
    """Whether a name, perhaps with a port, is this computer's for itself."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def _is_from_here(scope: Scope) -> bool:
    return is_own(_host(scope)) and _is_loopback((scope.get("client") or ("",))[0])


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _host(scope: Scope) -> str:
    found = [value for name, value in scope["headers"] if name == b"host"]
    return found[0].decode("latin-1") if len(found) == 1 else ""
