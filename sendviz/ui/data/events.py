"""Notes on charts: what happened on a day that a reader should know, added, taken back and put back."""

import datetime as dt
from collections.abc import Callable
from html import escape

import streamlit as st

from sendviz.datasets import EXHIBITS
from sendviz.store import BadEvent, Event, NoSuchEvent, StoreUnavailable
from sendviz.store.events import LONGEST
from sendviz.ui import opened, signin
from sendviz.ui.markdown import plain
from sendviz.vocabulary import MONTH

EVERY = "All charts by month"
CHARTS = {e.id: e.title for e in EXHIBITS.values() if MONTH in e.by and not e.latest}
DAY, TEXT, WHICH = "day of the note", "text of the note", "charts of the note"
SAID = "said of the notes on charts"


def notes_on_charts() -> None:
    """What a data officer writes on the charts, and what stands there, the newest day first."""
    st.html(
        '<div class="plain"><h2>Notes on charts</h2><p>What happened on a day that a reader of the charts should know: '
        "a rule at its month with a few words, and the same words under the table and in downloads.</p></div>"
    )
    with st.form("add-event", enter_to_submit=False):
        st.date_input("Day it happened", None, key=DAY, format="DD/MM/YYYY", min_value=dt.date(2000, 1, 1))
        st.text_input(f"What happened, in at most {LONGEST} letters", key=TEXT, max_chars=LONGEST)
        st.multiselect("On which charts", CHARTS, format_func=CHARTS.__getitem__, key=WHICH, placeholder=EVERY)
        st.form_submit_button("Add", icon=":material/add:", on_click=_add)
    if words := st.session_state.pop(SAID, None):
        (st.success if words[0] else st.error)(plain(words[1]))
    for event in reversed(opened.opened().events.all()):
        with st.container(key=f"event-{event.id}", horizontal=True, vertical_alignment="center"):
            st.html(_line(event))
            _choice(event)


def _line(event: Event) -> str:
    when = event.when.astimezone()
    state = "Shown" if event.in_force else f"Taken back by {event.undone_by}"
    charts = "; ".join(CHARTS.get(name, name) for name in event.exhibits) or EVERY
    return (
        f'<div class="upload {"active" if event.in_force else "undone"}"><p><strong>{escape(event.words)}</strong></p>'
        f'<p class="file">{escape(charts)}</p><p class="who">{when.day} {when:%B %Y, %H:%M}, {escape(event.who)}. '
        f"<span>{escape(state)}</span></p></div>"
    )


def _choice(event: Event) -> None:
    if event.in_force:
        st.button("Take back", key=f"take-back-{event.id}", icon=":material/undo:", on_click=_take_back,
                  args=(event.id,), help=f"Takes back {plain(event.words)}")  # fmt: skip
    else:
        st.button("Put back", key=f"put-back-{event.id}", icon=":material/redo:", on_click=_put_back,
                  args=(event.id,), help=f"Puts back {plain(event.words)}")  # fmt: skip


def _take_back(event_id: int) -> None:
    _do(lambda: opened.opened().events.undo(event_id, signin.loader()))


def _put_back(event_id: int) -> None:
    _do(lambda: opened.opened().events.redo(event_id, signin.loader()))


def _add() -> None:
    day, text, which = (st.session_state.get(name) for name in (DAY, TEXT, WHICH))
    words = str(text or "").strip()
    if not isinstance(day, dt.date) or not words:
        missing = ("Choose the day it happened.", not day), ("Say what happened.", not words)
        st.session_state[SAID] = (False, " ".join(sentence for sentence, is_missing in missing if is_missing))
        return
    _do(lambda: opened.opened().events.add(day, words, which or (), signin.loader()), _added)


def _added() -> None:
    st.session_state[SAID] = (True, "Added. Everybody who looks sees it from now on.")
    st.session_state.update({DAY: None, TEXT: "", WHICH: []})


def _do(change: Callable[[], object], done: Callable[[], None] | None = None) -> None:
    try:
        change()
    except (BadEvent, NoSuchEvent, StoreUnavailable) as error:
        st.session_state[SAID] = (False, str(error))
        return
    if done:
        done()
