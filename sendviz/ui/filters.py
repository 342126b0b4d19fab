"""The filters in the sidebar: the same selection on every page, in the link, reset in one click.

Streamlit keeps a widget bound to the link from page to page when the entry script draws it on every page, so each
filter in force is drawn, unseen where it does not act. A bound widget's link carries what it shows: months read
`January 2024` on the screen and `2024-01` in links, so each of the two is a shown widget with an unseen, bound twin.
"""

from collections.abc import Sequence

import streamlit as st

from sendviz.datasets import ROWS
from sendviz.selection import FROM, TO, Selection, filters_of
from sendviz.ui import choosing, opened, signin
from sendviz.vocabulary import Exhibit
from sendviz.vocabulary.dimensions import FILTERS

UNKNOWN = "unknown values of the link"
_PAGE, _DRAWN = "page of the filters", "filters drawn on their page"


def turn(path: str) -> None:
    """Notes the page of this run. The browser lets go of what was chosen when it turns to another page: there, and only
    there, each filter has to be set again."""
    if st.session_state.get(_PAGE) != path:
        st.session_state.pop(_DRAWN, None)
    st.session_state[_PAGE] = path


def draw(exhibits: Sequence[Exhibit]) -> None:
    """Draws the filters that act on one of these exhibits, and keeps the others."""
    asked = {name: tuple(st.query_params.get_all(name)) for name in (*FILTERS, FROM, TO) if name in st.query_params}
    every_month = opened.months(ROWS.values())
    acting = filters_of(exhibits)
    with st.sidebar:
        with st.container(key="unseen"):
            for name in FILTERS:
                if name not in acting and (name in asked or st.session_state.get(name)):
                    _choice(name)
            for name in (FROM, TO):
                _link_month(name, every_month)
        _shown(acting, opened.months(exhibit.row for exhibit in exhibits))
    st.session_state[_DRAWN] = True  # not before: a run may be cut short by the next
    if unknown := _unknown(asked, every_month):
        st.session_state[UNKNOWN] = (_pairs(), unknown)


def selection() -> Selection:
    """The selection in force, within what whoever looks may see."""
    return Selection.forgiving(_pairs(), choosing.options)[0].limited_to(signin.person().limit)


def unknown() -> tuple[str, ...]:
    """What the link asked for that there is not, in words, until something else is chosen."""
    pairs, words = st.session_state.get(UNKNOWN, (None, ()))
    return words if pairs == _pairs() else ()


def reset() -> None:
    """Takes every filter off, those that are not shown too."""
    for name in FILTERS:
        if name in st.session_state:
            st.session_state[name] = []
    for name in (FROM, TO):
        st.session_state[name] = None


def _shown(acting: Sequence[str], months: Sequence[str]) -> None:
    if not acting and not months:
        return
    with st.container(key="filters"):
        st.html("<h2>Filters</h2>")
        st.button("Reset filters", key="reset", icon=":material/restart_alt:", type="tertiary", on_click=reset)
        if months:
            with st.container(key="months"):
                for name in (FROM, TO):
                    _month(name, months)
        for name in acting:
            _choice(name)


def _turned() -> bool:
    return _DRAWN not in st.session_state


def _choice(name: str) -> None:
    chosen, there = st.session_state.get(name, []), choosing.options(name)
    kept = [value for value in chosen if value in there]  # a value may have left with the data that had it
    if name in st.session_state and (kept != chosen or _turned()):  # what is set is drawn anew
        st.session_state[name] = kept
    choosing.values(name, name, bind="query-params")


def _link_month(name: str, months: Sequence[str]) -> None:
    """The month as links carry it."""
    if st.session_state.get(name) not in (None, *months):
        st.session_state[name] = None
    st.selectbox(f"{name} (link)", months, index=None, key=name, bind="query-params")


def _month(name: str, months: Sequence[str]) -> None:
    """The month as people read it; choosing one sets the link's."""
    kept = st.session_state[name]
    key = f"shown {name}"
    if st.session_state.get(key) != kept:
        st.session_state[key] = kept

    def chosen() -> None:
        st.session_state[name] = st.session_state[key]

    choosing.month(name, months, kept, key, chosen)


def _pairs() -> dict[str, tuple[str, ...]]:
    state = st.session_state
    chosen = {name: tuple(state[name]) for name in FILTERS if state.get(name)}
    return chosen | {name: (state[name],) for name in (FROM, TO) if state.get(name)}


def _unknown(asked: dict[str, tuple[str, ...]], months: Sequence[str]) -> tuple[str, ...]:
    _, unknown = Selection.forgiving(asked, choosing.options)
    outside = [
        f"{name.capitalize()} “{value}”" for name in (FROM, TO) for value in asked.get(name, ()) if value not in months
    ]
    return tuple(dict.fromkeys((*unknown, *outside)))
