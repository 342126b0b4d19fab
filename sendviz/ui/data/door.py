"""The door: until people can sign in, only who sits at the computer itself loads, publishes and takes back."""

import streamlit as st

PASSED_ON = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")  # what a proxy between here and there says


def only_here() -> None:
    """Ends the page, with a sentence, for whoever comes from another computer."""
    if st.context.ip_address is not None or any(name in st.context.headers for name in PASSED_ON):
        st.info(
            "Data are loaded at the computer that sendviz runs on, on this page or by command, "
            "until people can sign in.",
            icon=":material/lock:",
        )
        st.stop()
