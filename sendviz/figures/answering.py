"""Answering: an exhibit and a selection become figures, protected, with their headline, source and notes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sendviz.answer import NOT_AVAILABLE, SHOWN, Answer, Figures, words_of
from sendviz.disclosure import is_small
from sendviz.figures import query
from sendviz.figures.grid import At, Level, grid, latest_of, months_of, places, years_of
from sendviz.figures.headlines import headline
from sendviz.figures.protected import protect
from sendviz.figures.said import Said
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit, Measure


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
        years=years_of(months, covered),
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
