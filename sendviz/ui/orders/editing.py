"""The slide being edited: its title, words, note and selection, each kept as it is changed, and what will be seen."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from sendviz.running import LONGEST_LINE, LONGEST_TEXT, RunningOrder, Slide
from sendviz.selection import Selection
from sendviz.ui.exhibits import headline, preview
from sendviz.ui.orders import link, saving, words
from sendviz.vocabulary import Exhibit

TITLE, TEXT, NOTE, TABLE = "slide-title", "slide-text", "slide-note", "slide-table"


def panel(order: RunningOrder, place: int, selection: Selection) -> None:
    """The fields of the slide at this place and, under them, the slide; `selection` is the one in force."""
    slide = order.slides[place]
    with st.container(key="panel"):
        with st.container(key="panel-head", horizontal=True, vertical_alignment="center"):
            st.html(f'<h2 tabindex="-1">Slide {place + 1} of {len(order.slides)}</h2>')
            st.button("Done", key="done", icon=":material/check:", on_click=_done, args=(place,))
        if slide.shows:
            _of_exhibit(slide, slide.shows, place, selection)
        elif slide.lost:
            st.warning(f"{words.plain(words.what(slide))}: it is kept, and left out when presenting.")
        else:
            _of_words(slide, place)


def _of_exhibit(slide: Slide, exhibit: Exhibit, place: int, selection: Selection) -> None:
    own, missing = words.in_force(slide)
    _field(st.text_input, "Title in place of the headline", TITLE, slide.title, place, "title",
           max_chars=LONGEST_LINE, placeholder=headline(own, exhibit))  # fmt: skip
    _note(slide, place)
    _field(st.checkbox, "With its table on a slide of its own in PowerPoint", TABLE, slide.table, place, "table")
    if missing:
        st.warning(f"Not in the data: {words.plain(', '.join(missing))}.")
    now = "" if selection == own else f"<br>In force now: {escape(selection.words())}"
    st.html(f'<p class="get">Its selection: <strong>{escape(own.words())}</strong>{now}</p>')
    with st.container(key="slide-selection", horizontal=True):
        st.button("Use the selection now in force", key="use-selection", icon=":material/filter_alt:",
                  disabled=not now, on_click=_select, args=(place, selection))  # fmt: skip
        st.button("No filters", key="no-filters", icon=":material/filter_alt_off:", disabled=not slide.where,
                  on_click=_select, args=(place, Selection()))  # fmt: skip
    if slide.title:
        st.html(f'<p class="headed">On the wall it is headed <strong>{escape(slide.title)}</strong></p>')
    preview(own, exhibit)


def _of_words(slide: Slide, place: int) -> None:
    _field(st.text_input, "Title", TITLE, slide.title, place, "title", max_chars=LONGEST_LINE)
    _field(st.text_area, "Lines", TEXT, slide.text, place, "text", max_chars=LONGEST_TEXT)
    _note(slide, place)
    lines = "".join(f"<p>{escape(line)}</p>" for line in slide.text.split("\n") if line)
    st.html(f'<div class="on-the-wall"><h3>{escape(slide.title)}</h3>{lines}</div>')


def _note(slide: Slide, place: int) -> None:
    _field(st.text_area, "Speaker's note", NOTE, slide.note, place, "note", max_chars=LONGEST_TEXT, height=90)


def _field(widget: Callable[..., Any], label: str, key: str, value: Any, place: int, part: str, **more: Any) -> None:
    """A field that holds this part of the slide and keeps it there as soon as it is changed."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    widget(label, key=key, on_change=_changed, args=(place, part, key), **more)


def _changed(place: int, part: str, key: str) -> None:
    value = st.session_state[key]
    made = partial(_but, place=place, changes={part: value})
    saving.save(f"slide {place + 1} is changed", made, wrote=value if isinstance(value, str) else "")


def _select(place: int, selection: Selection) -> None:
    made = partial(_but, place=place, changes={"where": selection.query()})
    saving.save(f"the selection of slide {place + 1} is {selection.words()}", made)


def _but(order: RunningOrder, place: int, changes: dict[str, Any]) -> RunningOrder:
    changed = order.slides[place].but(**changes)
    return order.but(slides=(*order.slides[:place], changed, *order.slides[place + 1 :]))


def _done(place: int) -> None:
    if (order_id := link.edited()) is not None:
        link.edit(order_id)
    saving.focus_on(f".st-key-edit-{place} button")
