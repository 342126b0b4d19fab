"""What whoever looks is told when something broke that nobody foresaw: a sentence. The rest is in the server's log."""

import streamlit as st

BROKEN = (
    "Something went wrong here. Try again; if it stays so, tell whoever looks after sendviz, who finds it in the log."
)


def say(_: Exception) -> bool:
    """Says so on the page; True, since nothing else is to be shown."""
    st.error(BROKEN, icon=":material/error:")
    return True
