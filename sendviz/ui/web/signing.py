"""Signing in, on the way through the server: back to the page that was asked for, and not tried without end."""

import re
from urllib.parse import unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sendviz.ui.signin import CALLBACK, WANTED
from sendviz.ui.web.attempts import Attempts

LOGIN, SIGNED_IN = "/auth/login", "_streamlit_user"
VAIN, STARTED = Attempts(20, 60), Attempts(300, 60)  # a minute, from one address: an office has one for everybody
TOO_OFTEN = "Too many attempts to sign in from your network. Try again in {0} s.\n"
TOO_MANY = 429

# Pages of ours with their selection and exhibit, and nothing that a browser could take for another site's address.
_OURS = re.compile(r"/([\w-]+(/[\w-]+)*)?(\?[!\"$-\[\]-~]*)?(#[\w-]*)?", re.ASCII)


class SigningIn:
    """Middleware for the two addresses of signing in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on; those who tried too often in vain are told to wait."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.endswith((LOGIN, CALLBACK)):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        address = request.client.host if request.client else ""
        if seconds := VAIN.wait(address) or STARTED.wait(address):
            refusal = PlainTextResponse(TOO_OFTEN.format(seconds), TOO_MANY, {"Retry-After": str(seconds)})
            await refusal(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _count(request, headers, address)
                if path.endswith(CALLBACK):
                    _go_back(headers, wanted(request.cookies.get(WANTED, "")))
            await send(message)

        await self._app(scope, receive, sending)


def wanted(kept: str) -> str | None:
    """The page that was asked for before signing in, as its path, selection and exhibit; None where what the browser
    kept is not one of ours."""
    link = unquote(kept)
    return link if _OURS.fullmatch(link) else None


def _count(request: Request, headers: Headers, address: str) -> None:
    """Counts who goes to the identity provider, and who comes from there without an identity."""
    if request.scope["path"].endswith(CALLBACK):
        came = {"code", "error"} & request.query_params.keys()  # without them, somebody who has signed out
        found = any(re.match(rf'{SIGNED_IN}=[^;\s"]', line) for line in headers.getlist("set-cookie"))
        vain = came and not found
    else:
        vain = not headers.get("location", "").startswith(("https://", "http://"))
        STARTED.note(address)
    if vain:
        VAIN.note(address)


def _go_back(headers: MutableHeaders, link: str | None) -> None:
    if link and headers.get("location", "").startswith("/"):
        headers["location"] = link
        headers.append("set-cookie", f"{WANTED}=; Path=/; Max-Age=0; SameSite=Lax")
