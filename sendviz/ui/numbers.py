"""Key numbers: a measure's newest figure, large, with its course and its change on a year before."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby

import streamlit as st

from sendviz.charts.palette import DARK, LIGHT
from sendviz.datasets import EXHIBITS, cohort, plans, referrals
from sendviz.figures import KeyNumber, key_number
from sendviz.selection import Selection, not_filtered_by
from sendviz.settings import settings
from sendviz.ui import menu, opened
from sendviz.vocabulary import Exhibit, Measure

KEY_NUMBERS = (
    cohort.pupils, cohort.in_mainstream, referrals.referrals, referrals.agreed, plans.timeliness, cohort.into_special,
)  # fmt: skip
WIDE, HIGH, ROOM = 120, 36, 3  # the sparkline's own measure, and what is kept free round it for the line's width


def key_numbers(selection: Selection, *measures: Measure) -> None:
    """The measures' newest figures for the selection, side by side."""
    version, dark = opened.version(), opened.dark()
    numbers = "".join(_number(measure, selection, version, dark) for measure in measures)
    st.html(f'<div class="numbers" role="list">{numbers}</div>')


def linked_numbers(selection: Selection, *measures: Measure) -> None:
    """The same, each with a link to the page behind it."""
    version, dark = opened.version(), opened.dark()
    with st.container(key="linked-numbers"):
        for n, measure in enumerate(measures):
            with st.container(key=f"linked-number-{n}"):
                st.html(f'<div role="list">{_number(measure, selection, version, dark)}</div>')
                menu.link(exhibit_of(measure).page)


def exhibit_of(measure: Measure) -> Exhibit:
    """The exhibit that shows the measure, or else one of the same dataset."""
    shows = [exhibit for exhibit in EXHIBITS.values() if measure in exhibit.measures]
    return shows[0] if shows else next(e for e in EXHIBITS.values() if e.row is measure.row)


@lru_cache(maxsize=512)
def _number(measure: Measure, selection: Selection, version: int, dark: bool) -> str:
    found = key_number(measure, selection, opened.store(), settings())
    words = f'<p class="change">{_arrow(found)}{escape(found.change)}</p>' if found.change else ""
    when = " · ".join(filter(None, (found.period, not_filtered_by(found.ignored))))
    return (
        f'<div class="number" role="listitem"><p class="what">{escape(found.title)}</p>'
        f'<p class="value">{escape(found.text)}</p>'
        f'{_course(found.course, dark)}{words}<p class="when">{escape(when)}</p></div>'
    )


def _arrow(found: KeyNumber) -> str:
    return "" if found.rises is None else f'<span aria-hidden="true">{"▲" if found.rises else "▼"} </span>'


def _course(values: Sequence[float | None], dark: bool) -> str:
    """A sparkline, broken where there is no figure; for the eye alone, since the words say what changed."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    colour = (DARK if dark else LIGHT).focus
    lines = "".join(
        f'<polyline vector-effect="non-scaling-stroke" points="{points}"/>' for points in _lines(values, *_range(known))
    )
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none">'
        f'<g fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round">{lines}</g></svg>'
    )
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}">'


def _range(known: Sequence[float]) -> tuple[float, float]:
    """What the sparkline reaches from and to: a fifth of the most at least, so that a small change looks small."""
    most = max(known) or 1.0
    return min(*known, most * 0.8), most


def _lines(values: Sequence[float | None], least: float, most: float) -> Iterator[str]:
    """The points of each run of values that follow each other."""
    step, scale = (WIDE - 2 * ROOM) / (len(values) - 1), (HIGH - 2 * ROOM) / ((most - least) or 1)
    for there, run in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        if there:
            yield " ".join(f"{ROOM + n * step:.1f},{HIGH - ROOM - scale * ((v or 0) - least):.1f}" for n, v in run)
