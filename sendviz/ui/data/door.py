"""The door: who loads, publishes and takes back: data officers; without sign-in, whoever is at the computer."""

import streamlit as st

from sendviz.ui import signin

PASSED_ON = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")  # what a proxy between here and there says


def for_officers() -> None:
    """Ends the page, with a sentence, for whoever is no data officer, or without sign-in not at the computer."""
    if signin.needed():
        if not signin.person().loads:
            _refuse("Data are loaded by data officers.")
    elif st.context.ip_address is not None or any(name in st.context.headers for name in PASSED_ON):
        _refuse("Data are loaded at the computer that sendviz runs on, until people sign in.")


def _refuse(sentence: str) -> None:
    st.info(sentence, icon=":material/lock:")
    st.stop()
