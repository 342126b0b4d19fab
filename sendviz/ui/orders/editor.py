"""A running order being made: its name, its slides in their order, and the slide being edited beside them."""

import streamlit as st

from sendviz.running import LONGEST_NAME
from sendviz.selection import Selection
from sendviz.store import KeptOrder
from sendviz.ui.orders import adding, editing, link, saving, slides, taking, words

NAME = "order-name"


def show(kept: KeptOrder, selection: Selection) -> None:
    """All of it; `selection` is the one in force, which what is added gets."""
    saving.seen(kept)
    place = link.slide()
    if place is not None and place >= len(kept.order.slides):
        place = None
    with st.container(key="order-head"):
        _head(kept)
    adding.bar(place, selection)
    with st.container(key="making" if place is None else "making-beside"):
        slides.listed(kept.order, place)
        if place is not None:
            editing.panel(kept.order, place, selection)


def _head(kept: KeptOrder) -> None:
    with st.container(key="order-name-line", horizontal=True, vertical_alignment="center"):
        st.button("All running orders", key="all", type="tertiary", icon=":material/arrow_back:", on_click=link.close)
        if st.session_state.get(NAME) != kept.order.name:
            st.session_state[NAME] = kept.order.name
        st.text_input(
            "Name of the running order",
            max_chars=LONGEST_NAME,
            key=NAME,
            on_change=_named,
            label_visibility="collapsed",
        )
        st.button("Undo", key="undo", icon=":material/undo:", disabled=not saving.can_undo(), on_click=saving.undo)
        st.button("Present", key="present", type="primary", icon=":material/slideshow:",
                  disabled=not kept.order.shown, on_click=link.present, args=(kept.id,))  # fmt: skip
    with st.container(key="order-said", horizontal=True, vertical_alignment="center"):
        good, told = saving.said() or (True, "Every change is saved at once.")
        # Markdown keeps the element from run to run, so that a change of its words is read out.
        st.markdown(
            f'<p role="status" class="{"good" if good else "bad"}">{words.lines(told)}</p>', unsafe_allow_html=True
        )
        taking.away(kept)


def _named() -> None:
    name = st.session_state[NAME].strip()
    if name:
        saving.save(f"it is called “{name}” now", lambda order: order.but(name=name))
    else:
        saving.say("A running order needs a name: it keeps the one it had.", False)
