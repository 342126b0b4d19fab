"""The slides of a running order, numbered, each moved, edited and removed by buttons."""

import streamlit as st

from sendviz.running import RunningOrder, Slide
from sendviz.ui.orders import link, saving, words


def listed(order: RunningOrder, edited: int | None) -> None:
    """The slides; `edited` is the place of the one being edited."""
    with st.container(key="slides"):
        st.html('<h2 tabindex="-1">Slides</h2>')
        if not order.slides:
            st.html('<p class="none">There are none yet. Choose exhibits above, or add a slide of words.</p>')
        for place, slide in enumerate(order.slides):
            kind = "slide-edited" if place == edited else "slide"
            with st.container(key=f"{kind}-{place}"):
                st.html(words.of_slide(slide, place))
                _choices(place, len(order.slides))


def _choices(place: int, of: int) -> None:
    number = f"slide {place + 1}"
    with st.container(key=f"slide-choices-{place}", horizontal=True):
        st.button(f"Move {number} up", key=f"up-{place}", icon=":material/arrow_upward:", disabled=place == 0,
                  on_click=_move, args=(place, place - 1, of))  # fmt: skip
        st.button(f"Move {number} down", key=f"down-{place}", icon=":material/arrow_downward:",
                  disabled=place == of - 1, on_click=_move, args=(place, place + 1, of))  # fmt: skip
        st.button(f"Edit {number}", key=f"edit-{place}", icon=":material/edit:", on_click=edit, args=(place,))
        st.button(f"Remove {number}", key=f"remove-{place}", icon=":material/delete:",
                  on_click=_remove, args=(place, of))  # fmt: skip


def _move(place: int, to: int, of: int) -> None:
    def moved(order: RunningOrder) -> RunningOrder:
        slides = list(order.slides)
        slides.insert(to, slides.pop(place))
        return order.but(slides=slides)

    if not saving.save(f"slide {place + 1} is now slide {to + 1}", moved):
        return
    if link.slide() in (place, to):  # the panel stays with the slide it shows
        _open(to if link.slide() == place else place)
    up = to < place
    way = ("up" if up else "down") if 0 < to < of - 1 else ("down" if to == 0 else "up")
    saving.focus_on(f".st-key-{way}-{to} button")


def _remove(place: int, of: int) -> None:
    def without(order: RunningOrder) -> RunningOrder:
        return order.but(slides=[slide for at, slide in enumerate(order.slides) if at != place])

    if not saving.save(f"slide {place + 1} is removed", without):
        return
    edited = link.slide()
    if edited == place:
        _open(None)
    elif edited is not None and edited > place:
        _open(edited - 1)
    left = of - 1
    saving.focus_on(f".st-key-edit-{min(place, left - 1)} button" if left else ".st-key-slides h2")


def put(place: int, added: list[Slide], said: str) -> int | None:
    """Adds slides at this place, or else at the end; where they are, or None when it could not be done."""
    place = min(place, len(saving.order().slides))

    def with_them(order: RunningOrder) -> RunningOrder:
        return order.but(slides=(*order.slides[:place], *added, *order.slides[place:]))

    return place if saving.save(said, with_them) else None


def edit(place: int, focus: str = ".st-key-panel-head h2") -> None:
    """Opens the slide at this place to be edited, with the keyboard's focus there."""
    _open(place)
    saving.focus_on(focus)


def _open(place: int | None) -> None:
    if (order_id := link.edited()) is not None:
        link.edit(order_id, place)
