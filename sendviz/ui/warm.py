"""What is done when the server starts, so that the first visitor does not wait for it."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from sendviz.datasets import EXHIBITS
from sendviz.selection import Selection
from sendviz.settings import BadSetting
from sendviz.store import StoreUnavailable
from sendviz.ui import exhibits, opened


@asynccontextmanager
async def ready(_: App) -> AsyncIterator[None]:
    """Opens the store and draws every exhibit once, while the server already answers."""
    # Else the folder pages/ is taken for the menu until the list in app.py has been seen, and a first visit by a
    # page's link is told that there is no such page.
    PagesManager.uses_pages_directory = False
    threading.Thread(target=_warm, name="warm-up", daemon=True).start()
    yield


def _warm() -> None:
    try:
        version = opened.opened().version()
    except (BadSetting, StoreUnavailable):
        return  # the page says it
    for exhibit in EXHIBITS.values():
        exhibits.card(exhibit, Selection(), version, dark=False)
