"""What is done when the server starts, so that visitors do not wait for it."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from sendviz.datasets import EXHIBITS
from sendviz.loading.packed import TEMPLATE_MB
from sendviz.selection import Selection
from sendviz.settings import BadSetting, settings
from sendviz.store import StoreUnavailable
from sendviz.ui import exhibits, opened


@asynccontextmanager
async def ready(_: App) -> AsyncIterator[None]:
    """Opens the store and draws every exhibit once, while the server already answers."""
    # Else the folder pages/ is taken for the menu until the list in app.py has been seen, and a first visit by a
    # page's link is told that there is no such page.
    PagesManager.uses_pages_directory = False
    with suppress(BadSetting):  # the page says it
        config.set_option("server.maxUploadSize", max(settings().max_upload_mb, TEMPLATE_MB))
    _send_at_once(asyncio.get_running_loop())
    threading.Thread(target=_warm, name="warm-up", daemon=True).start()
    yield


def _warm() -> None:
    try:
        version = opened.opened().version()
    except (BadSetting, StoreUnavailable):
        return  # the page says it
    for exhibit in EXHIBITS.values():
        exhibits.card(exhibit, Selection(), version, dark=False)


def _send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Lets the sockets of the server to come send small messages at once.

    asyncio would see to it, but does not for the kind of socket that Streamlit makes; without it each filter change
    waits 40 ms for the visitor's machine to confirm the message before.
    """
    create = loop.create_server

    async def create_server(*args: Any, sock: socket.socket | None = None, **kwargs: Any) -> asyncio.Server:
        if sock is not None:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # those it accepts have it from here
        return await create(*args, sock=sock, **kwargs)

    loop.create_server = create_server  # type: ignore[method-assign]
