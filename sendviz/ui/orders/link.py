"""What the page's link says: the running order being made and its slide being edited, or what is being presented."""

import re

import streamlit as st

EDITED, SLIDE = "edit", "slide"
PRESENTED, SCREEN = "order", "screen"
OURS = (EDITED, SLIDE, PRESENTED, SCREEN)


def edited() -> int | None:
    """The number of the running order being made; None when there is none."""
    return _number(EDITED)


def slide() -> int | None:
    """The place of the slide being edited, from 0; None when there is none."""
    number = _number(SLIDE)
    return None if number is None else number - 1


def edit(order_id: int, place: int | None = None) -> None:
    """Opens a running order, at a slide if one is given."""
    _say({EDITED: order_id} if place is None else {EDITED: order_id, SLIDE: place + 1})


def close() -> None:
    """Goes back to the list."""
    _say({})


def present(order_id: int) -> None:
    """Goes on the stage with a running order."""
    _say({PRESENTED: order_id, SCREEN: 1})


def _number(name: str) -> int | None:
    text = st.query_params.get(name, "")
    return int(text) if re.fullmatch("[1-9][0-9]{0,8}", text) else None


def _say(pairs: dict[str, int]) -> None:
    # One by one: the rest of the link belongs to the filters, and may not be cleared.
    for name in OURS:
        if name in pairs:
            st.query_params[name] = str(pairs[name])
        elif name in st.query_params:
            del st.query_params[name]
