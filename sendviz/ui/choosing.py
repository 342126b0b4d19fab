"""How a filter's values and months are chosen: the same in the sidebar and over the wall."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from sendviz.selection import FROM, TO, filter_title, month_words
from sendviz.ui import opened, signin
from sendviz.ui.markdown import means_something

GLANCE = 36  # letters that pills show at a glance
NOTHING_CHOSEN = {FROM: "The first", TO: "The last"}


def options(name: str) -> tuple[str, ...]:
    """A filter's values, of what whoever looks may see."""
    return opened.options(name, signin.person().limit)


def values(name: str, key: str, bind: Literal["query-params"] | None = None) -> None:
    """Draws the choice of a filter's values, in the link where it is bound to it."""
    title, offered = filter_title(name), options(name)
    if at_a_glance(offered):
        st.pills(title, offered, selection_mode="multi", key=key, bind=bind)
    else:
        st.multiselect(title, offered, key=key, bind=bind, placeholder="All", select_all=False)


def month(
    name: str, months: Sequence[str], kept: str | None, key: str, on_change: Callable[[], None] | None = None
) -> None:
    """Draws the choice of a month, as people read it; what is kept is offered even where the data do not have it."""
    offered = months if kept is None or kept in months else sorted({*months, kept})
    st.selectbox(
        name.capitalize(), offered, index=None, key=key, on_change=on_change, format_func=_words,
        placeholder=NOTHING_CHOSEN[name],
    )  # fmt: skip


def at_a_glance(offered: Sequence[str]) -> bool:
    """Whether pills show a filter's values: few of them, and none that pills, which read Markdown, would show as
    something else."""
    return bool(offered) and sum(map(len, offered)) <= GLANCE and not any(map(means_something, offered))


def _words(month: str) -> str:
    return month_words(dt.date.fromisoformat(f"{month}-01"))
