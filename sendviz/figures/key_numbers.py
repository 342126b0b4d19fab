"""Key numbers: a measure's newest figure, its change on a year before, and its course."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from sendviz.answer import NOT_AVAILABLE, WITHHELD, Answer, Figure, words_of
from sendviz.figures.answering import answer, answered
from sendviz.figures.levels import YEAR
from sendviz.figures.places import latest_of, months_of, years_of
from sendviz.figures.said import change_words
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Reading, Store
from sendviz.vocabulary import MONTH, Exhibit, Measure


@dataclass(frozen=True)
class KeyNumber:
    """A measure's newest figure: as text, the period it is of, its change on a year before in words, and its course.

    `rises` says whether it grew, None when that cannot be said; `ignored` has the labels of the filters in force that
    do not act on it.
    """

    title: str
    text: str
    period: str
    change: str
    rises: bool | None
    good: str | None
    course: tuple[float | None, ...]
    why: str
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Pair:
    now: Figure | None
    before: Figure | None
    period: str
    since: str


def key_number(measure: Measure, selection: Selection, store: Store, settings: Settings) -> KeyNumber:
    """A stock at its latest month end, a snapshot on its newest day, and what happens over time in its newest whole
    calendar year: the same figures the exhibits show, so that nothing more can be worked out from them."""
    found = answer(_alone(measure), selection, store, settings)
    with store.reading(selection.limit) as data:
        return _number(measure, found, data)


def key_number_of(measure: Measure, data: Reading, settings: Settings) -> KeyNumber:
    """The same without a selection, of one reading of the data."""
    return _number(measure, answered(_alone(measure), Selection(), data, settings), data)


def _number(measure: Measure, found: Answer, data: Reading) -> KeyNumber:
    pair = _pair(found.exhibit, found, found.selection, data)
    now, before = pair.now, pair.before
    change, rises = "", None
    if now and before and now.value is not None and before.value is not None:
        change = change_words(measure.unit, now.value, before.value, pair.since)
        if measure.unit.rounded(now.value) != measure.unit.rounded(before.value):
            rises = now.value > before.value
    course = tuple(row.value for row in found.figures[0].rows) if MONTH in found.exhibit.by else ()
    return KeyNumber(
        measure.title, _text(measure, now), pair.period, change, rises, measure.good, course, measure.why, found.ignored
    )


def _pair(exhibit: Exhibit, found: Answer, selection: Selection, data: Reading) -> _Pair:
    figures = found.figures[0]
    if not found.totals and not figures.rows:  # refused to whoever asks, or nothing there
        return _Pair(None, None, "", "")
    if MONTH not in exhibit.by:
        day = latest_of(data, exhibit, selection)
        return _Pair(figures.rows[0] if figures.rows else None, None, words_of(day) if day else found.span, "")
    if exhibit.row.stock or exhibit.measures[0].as_given:
        there = [row for row in figures.rows if row.mark != NOT_AVAILABLE]
        if not there:
            return _Pair(None, None, "", "")
        month: dt.date = there[-1].at[0]  # type: ignore[assignment]
        earlier = month.replace(year=month.year - 1)
        return _Pair(there[-1], figures.at(earlier), words_of(month), f"in {words_of(earlier)}")
    year, year_before = years_of(*months_of(data, exhibit.row, selection))
    if year is None:
        return _Pair(found.totals[()][0].rows[0] if figures.rows else None, None, found.span, "")
    yearly = found.totals[(YEAR,)][0]
    return _Pair(yearly.at(year), yearly.at(year_before), str(year), f"in {year_before}")


def _text(measure: Measure, now: Figure | None) -> str:
    if now is not None and now.mark == WITHHELD:
        return f"[{WITHHELD}]"
    return "not available" if now is None or now.value is None else measure.unit.words(now.value)


@cache
def _alone(measure: Measure) -> Exhibit:
    """The measure as an exhibit of its own, made once: protected and remembered like any other."""
    by_month = measure.row.is_dated() and not measure.row.snapshot
    return Exhibit(
        f"key: {measure.title}", measure.title, (measure,), (MONTH,) if by_month else (), "line", "{total}", "",
        latest=measure.row.snapshot,
    )  # fmt: skip
