"""The phones' page: what is on the wall now, in a phone's layout, for as long as the presentation lasts."""

import secrets
import time
from collections import OrderedDict
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st

from sendviz import charts
from sendviz.figures.areas import on_screen
from sendviz.running import Slide
from sendviz.screens import Screen
from sendviz.selection import Selection
from sendviz.store import NotPresenting, Wall
from sendviz.tables import table
from sendviz.ui import frame, markup, opened
from sendviz.ui.stage.faces import spoken
from sendviz.ui.web.attempts import Attempts
from sendviz.vocabulary import Exhibit

LOOK_EVERY, SAY_EVERY, LOOK_LASTS = 1, 5, 0.5  # seconds; phones that look within the last share one look
LINKS = 1_000  # remembered
GUESSES = Attempts(30, 60)  # links that never led anywhere, a minute, from one address
GUESSED = "Too many wrong links were opened from your network. Try again in a minute."
OVER, BLANK = "This presentation is over. Thank you.", "The presenter has paused"
STYLE = f"<style>{Path(__file__).with_suffix('.css').read_text(encoding='utf-8')}</style>"
_led: OrderedDict[str, None] = OrderedDict()  # links that were right: a whole room follows one, from one address
_SHOWN, _PHONE, _SAID = "shown on this phone", "this phone", "said to be here"


def show() -> None:
    """Shows what is on the wall, and moves when it moves."""
    frame.open_alone("Follow along")
    link = st.query_params.get("live", "")
    _keep_guessers_out(link)
    wall = _wall(link)
    st.session_state[_SHOWN] = wall
    with st.container(key="phone"):
        st.html(STYLE)
        if wall is None:
            st.html(_words(OVER))
        elif wall.blank:
            st.html(_words(BLANK))
        else:
            _slide(wall)
    if wall is not None:
        _watch(link)


def _keep_guessers_out(link: str) -> None:
    """Ends the page, with a sentence, for an address that opens wrong links; those of a room where the link is known
    go on."""
    if not link or link in _led:
        return
    address = st.context.ip_address or ""
    if GUESSES.wait(address):
        with st.container(key="phone"):
            st.html(STYLE + _words(GUESSED))
        st.stop()
    if opened.store().live.was(link):
        _led[link] = None
        while len(_led) > LINKS:
            _led.popitem(last=False)
    else:
        GUESSES.note(address)


@st.fragment(run_every=LOOK_EVERY)
def _watch(link: str) -> None:
    """Looks whether the wall has moved, and says every few seconds that the phone is still here."""
    if time.monotonic() - st.session_state.get(_SAID, -SAY_EVERY) >= SAY_EVERY:
        st.session_state[_SAID] = time.monotonic()
        try:
            opened.store().live.seen(link, st.session_state.setdefault(_PHONE, secrets.token_urlsafe(12)))
        except NotPresenting:
            st.rerun()
    if _wall(link) != st.session_state.get(_SHOWN):
        st.rerun()


def _wall(link: str) -> Wall | None:
    return _looked(link, int(time.monotonic() / LOOK_LASTS)) if link else None


@lru_cache(maxsize=8)
def _looked(link: str, _: int) -> Wall | None:
    return opened.store().live.wall(link)


def _slide(wall: Wall) -> None:
    exhibit = wall.slide.shows
    if exhibit is None:
        st.html(_words(*spoken(wall.slide)))
        return
    selection = wall.slide.selection.limited_to(wall.limit)
    screen, drawing, under = _drawn(exhibit, selection, wall.slide.title, opened.version(), opened.dark())
    st.html(_words(screen.title))
    if drawing is not None and screen.answer is not None:
        st.html(f"<style>.st-key-phone {{ --chart: {drawing.height}px; }}</style>")
        st.vega_lite_chart(drawing.data, drawing.spec, theme=None, alt=screen.answer.alt, key="phone-chart")
    st.html(under)


@lru_cache(maxsize=64)
def _drawn(
    exhibit: Exhibit, selection: Selection, title: str, _: int, dark: bool
) -> tuple[Screen, charts.Drawing | None, str]:
    """The same for all the phones that follow: the screen, its chart, and what stands under it."""
    answer = opened.answer(exhibit, selection)
    where = {name: tuple(values) for name, values in selection.query().items()}
    screen = Screen(Slide(exhibit=exhibit.id, title=title, where=where), answer)
    if answer.empty:
        return screen, None, markup.nothing(answer) + markup.source(answer)
    under = markup.figures(table(on_screen(answer)[0])) + markup.comments(answer)
    return screen, charts.draw(answer, dark), f"{under}<p class='source'>{escape(screen.footer)}</p>"


def _words(title: str, *lines: str) -> str:
    under = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="phone"><h1>{escape(title)}</h1>{under}</div>'
