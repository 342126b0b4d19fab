"""The filter strip: the filters that act on the exhibit on the wall, over it, until the next screen."""

import streamlit as st

from sendviz.selection import FROM, TO, Selection, filters_of
from sendviz.ui import choosing, opened
from sendviz.ui.stage.place import Place
from sendviz.vocabulary import Exhibit


def draw(place: Place, exhibit: Exhibit) -> None:
    """Draws the filters with what is in force, and takes over what was chosen in the last run."""
    with st.container(key="strip"):
        months = opened.months((exhibit.row,))
        for name in (FROM, TO) if months else ():
            _month(place, name, months)
        for name in filters_of((exhibit,)):
            _choice(place, name)


def take(place: Place) -> None:
    """Takes over what has been chosen in the strip."""
    pairs = place.slide.selection.query()
    for name in (*pairs.keys(), *_names(place)):
        if (key := _key(place, name)) in st.session_state:
            value = st.session_state[key]
            pairs[name] = ([value] if value else []) if name in (FROM, TO) else list(value)
    found, prepared = (Selection.forgiving(asked, choosing.options)[0] for asked in (pairs, place.prepared.where))
    place.choose(place.prepared.selection if found == prepared else found)


def _names(place: Place) -> tuple[str, ...]:
    return () if place.slide.shows is None else (FROM, TO, *filters_of((place.slide.shows,)))


def _key(place: Place, name: str) -> str:
    return f"strip-{place.round}-{name}"


def _choice(place: Place, name: str) -> None:
    """Values that the data do not have now, but the prepared selection asks for, stay in it and are not shown."""
    key, there = _key(place, name), choosing.options(name)
    chosen = place.slide.selection.values.get(name, ())
    st.session_state.setdefault(key, [value for value in chosen if value in there])
    choosing.values(name, key)


def _month(place: Place, name: str, months: tuple[str, ...]) -> None:
    selection = place.slide.selection
    month = selection.start if name == FROM else selection.end
    kept = f"{month:%Y-%m}" if month else None
    key = _key(place, name)
    st.session_state.setdefault(key, kept)
    choosing.month(name, months, kept, key)
