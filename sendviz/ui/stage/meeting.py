"""Those who follow: begins a presentation that phones can follow, keeps them with the wall, and counts them."""

from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

from sendviz.store import NotPresenting, Wall
from sendviz.ui import opened, signin
from sendviz.ui.alone import PHONES, address
from sendviz.ui.stage.place import Place

COUNTED_EVERY = 3  # seconds
_SHOWN = "wall as the phones have it"


def moved(place: Place) -> None:
    """Shows the phones what is on the wall; a presentation that is over can no longer be followed."""
    if not place.control:
        return
    wall = _wall(place)
    if st.session_state.get(_SHOWN) == (place.control, wall):
        return
    try:
        opened.store().live.show(place.control, wall)
    except NotPresenting:
        place.control = ""
    st.session_state[_SHOWN] = (place.control, wall)


def begin(place: Place) -> None:
    """Begins a presentation that phones can follow, unless it has begun."""
    if not place.control or opened.store().live.presentation(place.control) is None:
        place.control = opened.store().live.begin(_wall(place)).control


def end(place: Place) -> None:
    """Ends it: the phones are told that it is over."""
    if place.control:
        opened.store().live.end(place.control)


@st.fragment(run_every=COUNTED_EVERY)
def followers(control: str) -> None:
    """How many follow, in small type, counted every few seconds."""
    many = opened.store().live.count(control)
    st.html(f'<p class="followers"><strong>{many}</strong> following</p>')


def invitation(place: Place) -> str:
    """The QR code and the link of the phones' page, and what to do where phones cannot reach it."""
    found = opened.store().live.presentation(place.control)
    if found is None:
        return '<p class="words">This presentation is over.</p>'
    link = f"{address(PHONES)}?live={found.follow}"
    code = segno.make(link, error="m").svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    return (
        f'<div class="invitation"><img src="{escape(code)}" alt="QR code of the link"><div>'
        f"<p>Point your phone's camera at the code, or open</p>"
        f'<p class="link">{escape(link)}</p>'
        f"<p>No login. It ends with the presentation.</p>{_only_here(link)}</div></div>"
    )


def _only_here(link: str) -> str:
    if urlsplit(link).hostname not in ("127.0.0.1", "localhost", "::1"):
        return ""
    return (
        '<p class="caution">Phones cannot reach this address: it is this computer\'s own. The server must be opened to '
        "the network first, and this page by the computer's name.</p>"
    )


def _wall(place: Place) -> Wall:
    slide = place.slide
    where = {name: tuple(values) for name, values in slide.selection.query().items()}  # of filters that there still are
    slide = slide.model_copy(update={"note": "", "where": where})
    return Wall(
        slide=slide, limit=signin.person().limit, part=place.part - 1, place=place.at, of=place.of, blank=place.blank
    )
