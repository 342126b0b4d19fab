"""An exhibit on the screen: headline, chart, table, what is counted, source and download, always together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from sendviz import charts
from sendviz.answer import Answer
from sendviz.selection import Selection
from sendviz.ui import filters, markup, opened
from sendviz.ui.downloads import workbook_of
from sendviz.vocabulary import Exhibit

PAIRS = "pairs so far"
ROOMS = "rooms of charts"
TABLE_FIRST = ("year table",)  # forms of chart beside a table that is read before it
REMEMBERED = 512  # exhibits as drawn, each some 50 kB


@dataclass(frozen=True)
class Card:
    """An exhibit's answer as it is put on the screen; no drawing where the figures are read as a table or as texts."""

    answer: Answer
    head: str
    panels: str
    drawing: charts.Drawing | None


def show(selection: Selection, exhibit: Exhibit) -> None:
    """The exhibit's answer to the selection, as a card."""
    shown = card(exhibit, selection, opened.version(), opened.dark())
    with st.container(key=f"exhibit-{exhibit.id}"):
        st.html(shown.head)
        if shown.answer.empty:
            _way_back(shown.answer)
            return
        if shown.drawing is not None:
            st.session_state.setdefault(ROOMS, {})[exhibit.id] = shown.drawing.height
            _chart(shown.answer, shown.drawing)
        st.html(shown.panels)
        workbook_of((exhibit,), selection, exhibit.id)


def preview(selection: Selection, exhibit: Exhibit) -> None:
    """The same where the selection is not the one in force, so that taking off filters would be no way back."""
    shown = card(exhibit, selection, opened.version(), opened.dark())
    if not shown.answer.empty:
        show(selection, exhibit)
        return
    with st.container(key=f"exhibit-{exhibit.id}"):
        st.html(shown.head)


def headline(selection: Selection, exhibit: Exhibit) -> str:
    """The exhibit's answer to the selection in a sentence."""
    return card(exhibit, selection, opened.version(), opened.dark()).answer.headline


def start_pairs() -> None:
    """Begins to number a page's pairs of columns, by which the browser knows them from run to run."""
    st.session_state[PAIRS] = 0


@contextmanager
def two_columns() -> Iterator[None]:
    """The exhibits shown within stand two by two, one below the other where it is narrow."""
    st.session_state[PAIRS] += 1
    with st.container(key=f"pair-{st.session_state[PAIRS]}"):
        yield


def keep_rooms() -> None:
    """Keeps the height of each chart shown free, so that nothing moves when it comes: once for the page, since each
    element of a page costs the browser milliseconds at each change of a filter."""
    rooms = st.session_state.pop(ROOMS, {})
    st.html(markup.rooms(rooms))


@lru_cache(maxsize=REMEMBERED)
def card(exhibit: Exhibit, selection: Selection, version: int, dark: bool) -> Card:
    """The same for everybody who asks the same of the same data."""
    answer = opened.answer(exhibit, selection)
    if answer.empty:
        return Card(answer, markup.head(answer) + markup.nothing(answer), "", None)
    drawing = _drawing(answer, dark)
    return Card(answer, markup.head(answer), markup.panels(answer) + _views(exhibit, drawing), drawing)


def _drawing(answer: Answer, dark: bool) -> charts.Drawing | None:
    return charts.draw(answer, dark=dark) if answer.exhibit.chart in charts.FORMS else None


def _chart(answer: Answer, drawing: charts.Drawing) -> None:
    # The alternative text is part of the spec, and a spec that changes is drawn anew, at twice the time: so the first
    # is kept, and the browser renames the chart as its headline changes (see `style.py`).
    alt = st.session_state.setdefault(f"first alt of {answer.exhibit.id}", answer.alt)
    st.vega_lite_chart(drawing.data, drawing.spec, theme=None, alt=alt, key=f"chart-{answer.exhibit.id}")


def _views(exhibit: Exhibit, drawing: charts.Drawing | None) -> str:
    choices = [markup.TABLE, markup.COUNTED]
    if drawing is not None:
        choices.insert(exhibit.chart in TABLE_FIRST, markup.CHART)
    return markup.views(exhibit.id, *choices)


def _way_back(answer: Answer) -> None:
    if answer.chosen:
        name = f"reset-{answer.exhibit.id}"
        st.button("Reset filters", key=name, on_click=filters.reset, icon=":material/restart_alt:")
