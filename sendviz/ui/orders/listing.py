"""The running orders there are, each with what can be done with it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from sendviz.running import LONGEST_NAME, RunningOrder
from sendviz.store import KeptOrder
from sendviz.ui import opened, signin, theirs
from sendviz.ui.orders import bringing, link, saving, words
from sendviz.ui.orders.taking import save_as_file

_ASKED = "asked of a running order"  # in the session: what, and of which
NEW = "New running order"


def show() -> None:
    """The list, and the ways to a new one."""
    if told := saving.said():
        (st.success if told[0] else st.error)(words.plain(told[1]))
    with st.container(key="bring", horizontal=True):
        st.button("New", key="new", icon=":material/add:", on_click=_new)
        bringing.from_file()
    kept = theirs.orders()
    if not kept:
        st.info("There is no running order yet. Make a new one, or bring one in from a file.")
    for one in kept:
        _row(one)


def _row(kept: KeptOrder) -> None:
    name = kept.order.name
    with st.container(key=f"order-{kept.id}"):
        st.html(words.of_order(kept))
        if st.session_state.get(_ASKED) == ("rename", kept.id):
            _rename(kept)
        elif st.session_state.get(_ASKED) == ("delete", kept.id):
            _delete(kept)
        else:
            with st.container(key=f"choices-{kept.id}", horizontal=True, vertical_alignment="center"):
                _choices(kept, partial(words.button, of=name))


def _choices(kept: KeptOrder, label: Callable[[str], str]) -> None:
    number = kept.id
    st.button(label("Present"), key=f"present-{number}", type="primary", icon=":material/slideshow:",
              disabled=not kept.order.shown, on_click=link.present, args=(number,))  # fmt: skip
    st.button(label("Open"), key=f"open-{number}", icon=":material/edit_note:", on_click=link.edit, args=(number,))
    st.button(label("Copy"), key=f"copy-{number}", icon=":material/content_copy:", on_click=_copy, args=(number,))
    st.button(label("Rename"), key=f"rename-{number}", icon=":material/edit:",
              on_click=_ask, args=("rename", number))  # fmt: skip
    st.button(label("Delete"), key=f"delete-{number}", icon=":material/delete:",
              on_click=_ask, args=("delete", number))  # fmt: skip
    save_as_file(kept, label("Save as file"))


def _rename(kept: KeptOrder) -> None:
    key = f"name-{kept.id}"
    with st.form(f"renaming-{kept.id}", border=False):
        st.text_input("New name", kept.order.name, LONGEST_NAME, key=key)
        with st.container(horizontal=True):
            st.form_submit_button("Save the name", type="primary", on_click=_renamed, args=(kept, key))
            st.form_submit_button("Leave it", on_click=_answered, args=(kept.id, "rename"))


def _delete(kept: KeptOrder) -> None:
    st.html(f'<p class="asked">Delete this running order of {words.count(kept)}? It cannot be brought back.</p>')
    with st.container(horizontal=True):
        st.button("Delete it", key=f"really-{kept.id}", type="primary", on_click=_deleted, args=(kept,))
        st.button("Keep it", key=f"keep-{kept.id}", on_click=_answered, args=(kept.id, "delete"))


def _ask(question: str, number: int) -> None:
    st.session_state[_ASKED] = (question, number)
    saving.focus_on(f".st-key-name-{number} input" if question == "rename" else f".st-key-keep-{number} button")


def _answered(number: int, question: str) -> None:
    st.session_state.pop(_ASKED, None)
    saving.focus_on(f".st-key-{question}-{number} button")


def _renamed(kept: KeptOrder, key: str) -> None:
    name = st.session_state[key].strip()
    if not name:
        saving.say("A running order needs a name.", False)
        return

    def change() -> None:
        opened.opened().orders.change(kept.id, kept.order.but(name=name), signin.presenter(), kept.when)

    if saving.attempt(change):
        saving.say(f"Saved: “{kept.order.name}” is now “{name}”.")
        _answered(kept.id, "rename")


def _deleted(kept: KeptOrder) -> None:
    if saving.attempt(lambda: opened.opened().orders.remove(kept.id, signin.presenter())):
        saving.say(f"“{kept.order.name}” is deleted.")
    st.session_state.pop(_ASKED, None)
    saving.focus_on(".st-key-new button")


def _copy(number: int) -> None:
    def add() -> None:
        orders = opened.opened().orders
        kept = orders.get(number)
        name = orders.free(kept.order.name)
        made = orders.add(kept.order.but(name=name), signin.presenter())
        saving.say(f"“{kept.order.name}” is copied: the copy is “{name}”. Rename it for its meeting.")
        saving.focus_on(f".st-key-rename-{made} button")

    saving.attempt(add)


def _new() -> None:
    def add() -> None:
        orders = opened.opened().orders
        link.edit(orders.add(RunningOrder(name=orders.free(NEW)), signin.presenter()))
        saving.focus_on(".st-key-order-name input")

    saving.attempt(add)
