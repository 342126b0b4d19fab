"""What is added to a running order: exhibits of all pages, with the selection in force, and slides of words."""

from html import escape

import streamlit as st

from sendviz.datasets import EXHIBITS
from sendviz.running import MOST_SLIDES, Slide
from sendviz.selection import Selection
from sendviz.ui import menu
from sendviz.ui.orders import saving, slides, words

CHOSEN = "exhibits-to-add"
WORDS = "Slide of words"


def bar(edited: int | None, selection: Selection) -> None:
    """The choice of exhibits; they come after the slide being edited, or else at the end."""
    exhibits = sorted(EXHIBITS.values(), key=lambda exhibit: menu.place(exhibit.page))
    names = {words.name_of(exhibit): exhibit.id for exhibit in exhibits}
    end = MOST_SLIDES if edited is None else edited + 1
    where = "at the end" if edited is None else f"after slide {edited + 1}"
    with st.container(key="add"):
        with st.container(key="add-line", horizontal=True, vertical_alignment="bottom"):
            st.multiselect("Add exhibits", list(names), key=CHOSEN, placeholder="Choose one or more", select_all=False)
            st.button(f"Add {where}", key="add-exhibits", icon=":material/add:", on_click=_add,
                      args=(end, names, selection), disabled=not st.session_state.get(CHOSEN))  # fmt: skip
            st.button("Add a slide of words", key="add-words", icon=":material/notes:", on_click=_add_words,
                      args=(end,))  # fmt: skip
        st.html(f'<p class="get">They get the selection in force: <strong>{escape(selection.words())}</strong></p>')


def _add(place: int, names: dict[str, str], selection: Selection) -> None:
    chosen = [EXHIBITS[names[name]] for name in st.session_state[CHOSEN] if name in names]
    if not chosen:
        return
    several = "one exhibit is" if len(chosen) == 1 else f"{len(chosen)} exhibits are"
    at = slides.put(place, [Slide.of(exhibit, selection) for exhibit in chosen], f"{several} added")
    if at is None:
        return
    st.session_state[CHOSEN] = []
    if place < MOST_SLIDES:  # the next come after these
        slides.edit(at + len(chosen) - 1)
    saving.focus_on(f".st-key-{CHOSEN} input")


def _add_words(place: int) -> None:
    at = slides.put(place, [Slide(title=WORDS)], "a slide of words is added")
    if at is not None:
        slides.edit(at, focus=".st-key-slide-title input")
