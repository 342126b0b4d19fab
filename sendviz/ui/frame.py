"""The frame round every page: menu, filters, question, selection in words, and what must be said of the data."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from sendviz.datasets import EXHIBITS
from sendviz.selection import Selection
from sendviz.settings import settings
from sendviz.store import StoreUnavailable
from sendviz.ui import filters, menu, opened, signin
from sendviz.ui.again import run_scripts
from sendviz.ui.alone import alone
from sendviz.ui.downloads import slides_of, workbook_of
from sendviz.ui.exhibits import keep_rooms, start_pairs
from sendviz.ui.markdown import plain
from sendviz.ui.numbers import KEY_NUMBERS, exhibit_of
from sendviz.ui.orders import link
from sendviz.ui.style import STYLE
from sendviz.vocabulary import Exhibit

NAME = "sendviz"
MARK = str(Path(__file__).parent / "mark.svg")
SAMPLE = (
    '<p class="sample" role="note"><strong>Sample data: invented pupils.</strong> '
    "It goes when data of your own are loaded.</p>"
)


def run(pages: Sequence[StreamlitPage]) -> None:
    """Serves the pages: the menu, the filters of the page asked for, and that page."""
    if not menu.there():  # before the first menu, whose icons would be fetched from elsewhere as the tab's
        st.set_page_config(NAME, MARK, layout="wide")
    try:
        who = signin.person()
        # Who is yet to sign in is asked to on the page they came for, which is run for them only if it is open to them.
        opened_to = [page for page in pages if not who.roles or menu.is_open(page.url_path, who)]
        chosen = st.navigation(opened_to, expanded=True, position="sidebar" if who.roles and not alone() else "hidden")
        menu.keep(opened_to)
        if chosen.url_path not in menu.WITHOUT_SIGN_IN:
            _let_in()
        # Of the page that runs, not of the link alone: what a browser says of that may be made up.
        by_itself = alone() or chosen.url_path in menu.WITHOUT_SIGN_IN
        _surround(chosen.title, chosen.url_path, by_itself)
        chosen.run()
        keep_rooms()
        if not by_itself:
            signin.leave()
    except StoreUnavailable as error:
        st.error(plain(str(error)), icon=":material/error:")


def page(question: str, path: str = "") -> Selection:
    """Opens the page whose exhibits are at `path`: its question, the selection in words, what must be said of the data.

    Returns the selection in force. A page that runs by itself, without the menu, draws the filters here too.
    """
    if not menu.there():
        _surround(question, path)
    start_pairs()
    selection = filters.selection()
    with st.container(key="heading"):
        exhibits = _exhibits(path)
        st.html(_heading(question, selection if exhibits or not path else None))
        if exhibits:
            workbook_of(exhibits, selection, path, "Download everything on this page")
            slides_of(exhibits, selection, path)
    if opened.sample():
        st.html(SAMPLE)
    if unknown := filters.unknown():
        st.warning(
            f"Not in the data, so left out of the selection: {plain(', '.join(unknown))}.", icon=":material/link_off:"
        )
    return selection


def open_alone(title: str) -> None:
    """Opens a page that has neither menu nor filters nor heading."""
    if not menu.there():
        _surround(title, "", by_itself=True)


def _let_in() -> None:
    """The way in, for whoever is not yet, in the app's own style."""
    if signin.needed():
        with st.container(key="unseen-door"):
            st.html(STYLE)
        signin.let_in()


def _surround(title: str, path: str, by_itself: bool = False) -> None:
    st.set_page_config(f"{title} · {NAME}", MARK, layout="wide")
    st.html(STYLE)
    run_scripts()
    opened.look()
    filters.turn(path)
    if not by_itself:
        filters.draw(_filtered(path))


def _filtered(path: str) -> tuple[Exhibit, ...]:
    """The exhibits whose filters are shown: all of them where a running order is being made."""
    if path == "present":
        return tuple(EXHIBITS.values()) if link.edited() else ()
    return _exhibits(path) or (() if path else tuple(map(exhibit_of, KEY_NUMBERS)))


def _exhibits(path: str) -> tuple[Exhibit, ...]:
    return tuple(exhibit for exhibit in EXHIBITS.values() if exhibit.page == path)


def _heading(question: str, selection: Selection | None) -> str:
    words = "" if selection is None else f'<p class="selection">{escape(selection.words())}</p>'
    return (
        f'<header class="heading"><p class="area">{escape(settings().area)} · SEND</p><h1>{escape(question)}</h1>'
        f"{words}</header>"
    )
