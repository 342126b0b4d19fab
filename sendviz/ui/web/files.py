"""Files on their way through the server, where people sign in: none goes up or down for whoever has not.

Streamlit itself takes a file for any page that is open, signed in or not, and hands one out to whoever has its address.
"""

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from sendviz.access import Role
from sendviz.ui import signin
from sendviz.ui.web.attempts import Attempts

UP, DOWN, OF_THE_PROGRAM = "/_stcore/upload_file/", "/media/", "/static/media/"  # the last: fonts
GIVING = {Role.OFFICER, Role.PRESENTER}  # data, running orders, templates
CLOSED = "Files are opened to those who may have them: sign in to sendviz first.\n"
TOO_MUCH = "Too much is being loaded from your network. Try again in {0} s.\n"
FORBIDDEN, TOO_MANY = 403, 429
HUNDREDTHS = 100  # of the largest file: what is loaded is counted in them
LOADED = Attempts(20 * HUNDREDTHS, 60)  # twenty of the largest files a minute, from one address


class Files:
    """Middleware that refuses files up and down without sign-in, and more of them than a minute takes."""

    def __init__(self, app: ASGIApp, loaded: Attempts = LOADED) -> None:
        self._app, self._loaded = app, loaded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or says why not."""
        refusal = self._refusal(Request(scope)) if scope["type"] == "http" and signin.needed() else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> PlainTextResponse | None:
        path, up = request.scope["path"], UP in request.scope["path"]
        if not up and (DOWN not in path or OF_THE_PROGRAM in path):
            return None
        roles = signin.roles(_claims(request.cookies))
        if not roles or (up and not roles & GIVING):
            return PlainTextResponse(CLOSED, FORBIDDEN)
        return self._too_much(request) if up and request.method != "DELETE" else None

    def _too_much(self, request: Request) -> PlainTextResponse | None:
        address = request.client.host if request.client else ""
        if seconds := self._loaded.wait(address):
            return PlainTextResponse(TOO_MUCH.format(seconds), TOO_MANY, {"Retry-After": str(seconds)})
        for _ in range(_hundredths(request.headers.get("content-length", ""))):
            self._loaded.note(address)
        return None


def _hundredths(length: str) -> int:
    """What a file counts; one that does not say how long it is counts as the largest."""
    largest = int(config.get_option("server.maxUploadSize")) << 20
    return min(HUNDREDTHS * int(length) // largest + 1, HUNDREDTHS) if length.isdecimal() else HUNDREDTHS


def _claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Who asks, as the cookie says that the server has signed; nothing where it has not."""

    def part(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, "").encode("latin-1", "replace"))

    found = get_cookie_with_chunks(part, USER_COOKIE_NAME)
    claims = json.loads(found) if found else {}
    return claims if isinstance(claims, dict) else {}
