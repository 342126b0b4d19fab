"""A running order brought in from a file that was saved here or elsewhere."""

import streamlit as st

from sendviz.running import ENDING, BadRunningOrder, RunningOrder
from sendviz.ui import opened, signin
from sendviz.ui.orders import saving, words

_ROUND, _FAULTS = "round of running orders", "faults of a running order"
LARGEST = 1  # megabytes


def from_file() -> None:
    """The place to drop the file; what is wrong with the last one, all of it."""
    round_ = st.session_state.setdefault(_ROUND, 0)
    key = f"order-file-{round_}"
    with st.container(key="from-file"):
        st.file_uploader(
            "From a file", [ENDING.removeprefix(".")], key=key, on_change=_read, args=(key,), max_upload_size=LARGEST
        )
        if found := st.session_state.pop(_FAULTS, None):
            name, faults = found
            listed = "\n".join(f"- {words.plain(fault)}" for fault in faults)
            st.error(f"{words.plain(name)} cannot be brought in:\n\n{listed}", icon=":material/error:")


def _read(key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    st.session_state[_ROUND] += 1  # an empty place for the next
    try:
        order = RunningOrder.read(file.getvalue())
    except BadRunningOrder as error:
        st.session_state[_FAULTS] = (file.name, error.faults)
        return
    saving.attempt(lambda: _add(order))


def _add(order: RunningOrder) -> None:
    orders = opened.opened().orders
    name = orders.free(order.name)
    orders.add(order.but(name=name), signin.presenter())
    taken = f"There is a running order “{order.name}” already, so this one came in as “{name}”."
    saving.say(f"“{name}” is brought in." if name == order.name else taken)
