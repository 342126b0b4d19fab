"""Running orders on the screen: those there are, and the one that is being made; which one, the page's link says."""

import streamlit as st

from sendviz.selection import Selection
from sendviz.store import NoSuchOrder
from sendviz.ui import theirs
from sendviz.ui.markdown import plain
from sendviz.ui.orders import editor, link, listing, saving
from sendviz.ui.orders.style import STYLE

__all__ = ["show"]


def show(selection: Selection) -> None:
    """The running order that the link names, to be made; without one the list of all. `selection` is the one in force:
    what is added to a running order gets it."""
    with st.container(key="unseen-orders-style"):
        st.html(STYLE)
    order_id = link.edited()
    if order_id is None:
        listing.show()
    else:
        _edit(order_id, selection)
    saving.focus()


def _edit(order_id: int, selection: Selection) -> None:
    try:
        kept = theirs.order(order_id)
    except NoSuchOrder as error:
        st.warning(plain(str(error)), icon=":material/link_off:")
        listing.show()
        return
    editor.show(kept, selection)
