"""The headers that every answer bears, and what is missing in the cookies that Streamlit sets."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sendviz.ui.web import policy

Header = tuple[bytes, bytes]
CACHE, COOKIE = b"cache-control", b"set-cookie"


class Headers:
    """Middleware that sets them: pages, static files, downloads, uploads, refusals and faults."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        by_tls = scope.get("scheme") == "https"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": mended(message.get("headers", ()), by_tls)}
            await send(message)

        await self._app(scope, receive, sending)


def mended(headers: Iterable[Header], by_tls: bool) -> list[Header]:
    """An answer's headers with ours; what does not say how long it may be kept is not kept."""
    ours = policy.headers(by_tls)
    taken = {name for name, _ in ours}
    kept = [(name, value) for name, value in headers if name.lower() not in taken]
    found = [(name, _cookie(value, by_tls) if name.lower() == COOKIE else value) for name, value in kept]
    if not any(name.lower() == CACHE for name, _ in kept):
        found.append((CACHE, b"no-store"))
    return [*found, *ours]


def _cookie(value: bytes, by_tls: bool) -> bytes:
    """A cookie goes by TLS alone where it came by TLS, and not along with what other sites ask."""
    attributes = {part.split(b"=")[0].strip().lower() for part in value.split(b";")[1:]}
    if b"samesite" not in attributes:
        value += b"; SameSite=Lax"
    if by_tls and b"secure" not in attributes:
        value += b"; Secure"
    return value
