"""A measure and a selection become figures, protected: what every chart, table, sentence and file is made from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sendviz.answer import NOT_AVAILABLE, SHOWN, Answer, Figures, words_of
from sendviz.disclosure import is_small
from sendviz.figures import query
from sendviz.figures.grid import YEAR, At, Level, grid, latest_of, months_of, places
from sendviz.figures.headlines import headline
from sendviz.figures.protected import protect
from sendviz.figures.said import Said, change_words
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import MONTH, Exhibit, Measure


def answer(exhibit: Exhibit, selection: Selection, store: Store, settings: Settings) -> Answer:
    """What the exhibit shows for the selection: figures, totals, headline, notes; all protected.

    Remembered for as long as the store's data stay as they are, for everybody who asks the same.
    """
    return _answer(exhibit, selection, store, settings, store.version())


@lru_cache(maxsize=1024)
def _answer(exhibit: Exhibit, selection: Selection, store: Store, settings: Settings, version: int) -> Answer:
    at = places(store, exhibit, selection)
    by_measure = _protected(exhibit, selection, store, settings, at)
    figures = tuple(levels[exhibit.by] for levels in by_measure)
    totals = _totals(exhibit, by_measure)
    months, covered = months_of(store, exhibit.row, selection)
    span = _span(months) or _other_span(exhibit, at)
    before = _year_before(exhibit, selection, store, settings, at)
    said = Said(
        exhibit, figures, totals, span, settings.withhold_below, before, settings.area,
        of_year=_full_year(months, covered),
    )  # fmt: skip
    empty = not any(row.mark != NOT_AVAILABLE and row.numerator != 0 for f in figures for row in f.rows)
    sentence = "No figures for this selection" if empty else headline(said)
    return Answer(
        exhibit=exhibit, selection=selection, figures=figures, totals=totals, headline=sentence,
        alt=f"{sentence}. {exhibit.title}{', ' + span if span else ''}.",
        period=words_of(months[-1]) if months else span, span=span, as_of=store.data_date(exhibit.row),
        source=exhibit.row.origin, notes=_notes(exhibit, selection, store, settings),
        ignored=selection.ignored_by(exhibit.row), texts=_texts(exhibit, selection, store, settings, figures),
        sample=store.is_sample(), empty=empty,
        options=exhibit.options | {"area": settings.area, "region": settings.compared_region,
                                   "neighbours": settings.compared_neighbours, "year before": before},
    )  # fmt: skip


def _protected(
    exhibit: Exhibit, selection: Selection, store: Store, settings: Settings, at: Sequence[At]
) -> list[dict[Level, Figures]]:
    grids = [grid(store, exhibit, measure, selection, at) for measure in exhibit.measures]
    return protect(grids, settings.withhold_below)


def _totals(exhibit: Exhibit, by_measure: Sequence[dict[Level, Figures]]) -> dict[Level, tuple[Figures, ...]]:
    """The levels above the finest that every measure has (shares of people who answered have none across answers)."""
    across = {name for measure in exhibit.measures for name in measure.across}
    shared = [
        level for level in by_measure[0]
        if level != exhibit.by and across <= set(level) and all(level in levels for levels in by_measure)
    ]  # fmt: skip
    return {level: tuple(levels[level] for levels in by_measure) for level in shared}


def _year_before(
    exhibit: Exhibit, selection: Selection, store: Store, settings: Settings, at: Sequence[At]
) -> Figures | None:
    """The same figures a year before, for an exhibit of the latest month end."""
    latest = latest_of(store, exhibit, selection)
    if not exhibit.row.stock or latest is None:
        return None
    earlier = latest.replace(year=latest.year - 1, day=1)
    if earlier not in months_of(store, exhibit.row, Selection())[1]:
        return None
    then = replace(selection, start=None, end=earlier)
    return _protected(exhibit, then, store, settings, at)[0][exhibit.by]


def _span(months: Sequence[dt.date]) -> str:
    if not months:
        return ""
    first, last = words_of(months[0]), words_of(months[-1])
    return first if first == last else f"{first} to {last}"


def _other_span(exhibit: Exhibit, at: Sequence[At]) -> str:
    """First and last of the exhibit's years or periods."""
    for name in ("financial_year", "period"):
        if name in exhibit.by and at:
            found = sorted({str(key[exhibit.by.index(name)]) for key in at})
            return words_of(found[0]) if len(found) == 1 else f"{words_of(found[0])} to {words_of(found[-1])}"
    return ""


def _full_year(months: Sequence[dt.date], covered: frozenset[dt.date]) -> int | None:
    """The newest calendar year all of whose months are there; the newest year of all when none is."""
    there = [m for m in months if m in covered]
    full = [year for year in {m.year for m in there} if sum(m.year == year for m in there) == 12]
    return max(full) if full else (there[-1].year if there else None)


def _notes(exhibit: Exhibit, selection: Selection, store: Store, settings: Settings) -> tuple[str, ...]:
    notes = [exhibit.note] if exhibit.note else []
    also: Measure | None = exhibit.options.get("count also")
    if also is not None:
        latest = latest_of(store, exhibit, selection)
        count = int((query.sums(store, [also.of], (), selection, latest).get(()) or [0])[0] or 0)
        if count:
            words = (
                f"Fewer than {settings.withhold_below}" if is_small(count, settings.withhold_below) else f"{count:,}"
            )
            one = count == 1 and not is_small(count, settings.withhold_below)
            notes.append(exhibit.options["also"].format(count=words, are="is" if one else "are", s="s" if one else ""))
    return tuple(notes)


def _texts(
    exhibit: Exhibit, selection: Selection, store: Store, settings: Settings, figures: Sequence[Figures]
) -> tuple[tuple[object, ...], ...]:
    """Free text of groups of at least as many people as the threshold."""
    if exhibit.texts is None:
        return ()
    large = {row.at for row in figures[0].rows if row.mark == SHOWN and (row.value or 0) >= settings.withhold_below}
    found = query.texts(store, exhibit.measures[0].of, exhibit.by, exhibit.texts, selection)
    return tuple(line for line in found if line[:-1] in large)


@dataclass(frozen=True)
class KeyNumber:
    """A measure's newest figure: as text, its change on a year before in words, and its course."""

    title: str
    text: str
    period: str
    change: str
    rises: bool | None
    good: str | None
    course: tuple[float | None, ...]
    why: str


def key_number(measure: Measure, selection: Selection, store: Store, settings: Settings) -> KeyNumber:
    """The measure at its latest month end, or in its newest whole calendar year for what happens over time.

    A dataset without months gives its whole.
    """
    found = answer(_over_time(measure), selection, store, settings)
    monthly = found.figures[0].rows if measure.row.when else ()
    course = tuple(row.value for row in monthly)
    months, covered = months_of(store, measure.row, selection)
    if measure.row.stock or measure.as_given:
        there = [row for row in monthly if row.mark != NOT_AVAILABLE]
        now = there[-1] if there else None
        month = now.at[0] if now else None
        before = found.figures[0].at(month.replace(year=month.year - 1)) if isinstance(month, dt.date) else None
        period, since = words_of(month) if month else "", "a year ago"
    else:
        year = _full_year(months, covered)
        yearly = found.totals.get((YEAR,), found.totals.get((), found.figures))[0]
        now, before = (
            (yearly.at(year), yearly.at((year or 0) - 1)) if (YEAR,) in found.totals else (yearly.rows[0], None)
        )
        period, since = str(year or ""), f"in {(year or 0) - 1}"
    text = (
        "not available"
        if now is None or now.mark == NOT_AVAILABLE
        else "[c]"
        if now.value is None
        else measure.unit.words(now.value)
    )
    change, rises = "", None
    if now and before and now.value is not None and before.value is not None:
        change, rises = change_words(measure.unit, now.value, before.value, since), now.value > before.value
    return KeyNumber(measure.title, text, period, change, rises, measure.good, course, measure.why)


_key_exhibits: dict[Measure, Exhibit] = {}


def _over_time(measure: Measure) -> Exhibit:
    """The measure by month, made once: an exhibit of its own so that it is protected and remembered like any other."""
    if measure not in _key_exhibits:
        by: tuple[str, ...] = (MONTH,) if measure.row.is_dated() else ()
        _key_exhibits[measure] = Exhibit(
            f"key-{len(_key_exhibits)}", measure.title, (measure,), by, "line", "{total}", ""
        )
    return _key_exhibits[measure]
