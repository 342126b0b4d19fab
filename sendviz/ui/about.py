"""What is counted, on which basis, and how small numbers are treated: for every measure, from the registry."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

import streamlit as st

from sendviz import __version__
from sendviz.datasets import EXHIBITS, MEASURES
from sendviz.settings import settings
from sendviz.tables import MEANINGS, small_number_rule
from sendviz.ui import menu
from sendviz.vocabulary import Measure, Row

WANTED = {"high": "A high figure is wanted.", "low": "A low figure is wanted.", None: ""}


def definitions() -> None:
    """Every measure: what it counts, its legal or published basis, its source, and where it is shown."""
    by_dataset = groupby(sorted(MEASURES, key=lambda m: m.row.title()), key=lambda m: m.row)
    sections = "".join(_dataset(row, measures) for row, measures in by_dataset)
    st.html(f'<div class="definitions">{sections}</div>')


def small_numbers() -> None:
    """The small-number rule in force, and the two marks."""
    marks = "".join(f"<dt>[{mark}]</dt><dd>{escape(meaning)}</dd>" for mark, meaning in MEANINGS.items())
    rule = escape(small_number_rule(settings().withhold_below, settings().rounding))
    st.html(f'<div class="plain"><h2 id="small-numbers">Small numbers</h2><p>{rule}</p><dl>{marks}</dl></div>')


def version() -> None:
    """The program's name and version."""
    st.html(f'<div class="plain"><p class="version">sendviz {escape(__version__)}</p></div>')


def _dataset(row: type[Row], measures: Iterable[Measure]) -> str:
    defined = "".join(_measure(measure) for measure in measures)
    return f"<section><h2>{escape(row.title())}</h2><p>Source: {escape(row.origin)}</p><dl>{defined}</dl></section>"


def _measure(measure: Measure) -> str:
    pages = dict.fromkeys(menu.title(e.page) for e in EXHIBITS.values() if measure in e.measures)
    shown = f"Shown in: {', '.join(pages)}." if pages else ""
    words = " ".join(filter(None, (measure.why, WANTED[measure.good], shown)))
    return f"<dt>{escape(measure.title)}</dt><dd>{escape(words)}</dd>"
