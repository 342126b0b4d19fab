"""Pages that stand alone, without menu and filters: the stage, and the phones that follow it."""

from urllib.parse import urlsplit

import streamlit as st

from sendviz.ui import signin

STAGE, PHONES = "present", "follow"


def alone() -> bool:
    """Whether the link asks for such a page, and whoever asks may see it."""
    path = urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]
    return path == PHONES or (path == STAGE and "order" in st.query_params and signin.person().presents)


def address(path: str) -> str:
    """The address of another page as this browser would reach it."""
    page = urlsplit(st.context.url or "")
    return f"{page.scheme}://{page.netloc}{page.path.rstrip('/').rpartition('/')[0]}/{path}"
