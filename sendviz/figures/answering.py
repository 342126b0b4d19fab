"""Answering: an exhibit and a selection become figures, protected, with their headline, source and notes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sendviz.answer import SHOWN, WITHHELD, Answer, Figure, Figures, words_of
from sendviz.figures import published
from sendviz.figures.areas import beside, chosen, spoken_of, unheard_of
from sendviz.figures.grid import grid
from sendviz.figures.headlines import headline, headline_of_nothing
from sendviz.figures.notes import notes, texts
from sendviz.figures.places import At, Level, latest_of, months_of, places, years_of
from sendviz.figures.protected import protect
from sendviz.figures.said import Said
from sendviz.rounding import Rounding
from sendviz.selection import Selection, filter_title
from sendviz.settings import Settings
from sendviz.store import Event, Reading, Store
from sendviz.store.pseudonyms import rounding_key
from sendviz.vocabulary import MONTH, Exhibit


@dataclass(frozen=True)
class Asked:
    """A question: which exhibit, for which selection, of which data, under which settings."""

    exhibit: Exhibit
    selection: Selection
    data: Reading
    settings: Settings

    def __post_init__(self) -> None:
        if self.data.limit != self.selection.limit:
            raise ValueError("what is read is not limited to what whoever asks may see")

    @property
    def rounding(self) -> Rounding | None:
        """How counts of people are rounded, where a setting says so."""
        return Rounding(rounding_key(self.settings.data_dir)) if self.settings.rounding else None

    def protected(self, at: Sequence[At]) -> list[dict[Level, Figures]]:
        """Each measure's figures at these places and at every level above."""
        grids = [grid(self.data, self.exhibit, one, self.selection, at) for one in self.exhibit.measures]
        return protect(grids, self.settings.withhold_below, self.rounding)


def answer(exhibit: Exhibit, selection: Selection, store: Store, settings: Settings) -> Answer:
    """What the exhibit shows for the selection: figures, totals, headline, notes; all protected.

    Remembered for as long as the store's data stay as they are, for everybody who asks the same.
    """
    return _remembered(exhibit, selection, store, settings, store.version())


@lru_cache(maxsize=1024)
def _remembered(exhibit: Exhibit, selection: Selection, store: Store, settings: Settings, version: int) -> Answer:
    with store.reading(selection.limit) as data:
        return answered(exhibit, selection, data, settings)


def answered(exhibit: Exhibit, selection: Selection, data: Reading, settings: Settings) -> Answer:
    """The same of one reading of the data, which may be of what is not published yet; not remembered."""
    if selection.limit:
        selection = selection.known_by(data.options)
    return _answer(Asked(exhibit, selection, data, settings))


def forget() -> None:
    """Works every answer out again from now on: for measuring how long that takes."""
    _remembered.cache_clear()


def _refused(asked: Asked) -> Answer:
    """In place of figures of people that cannot be limited to what whoever asks may see: none of them is looked at."""
    exhibit = asked.exhibit
    seen = " and ".join(f"{filter_title(name).lower()} {' or '.join(values)}" for name, values in asked.selection.limit)
    none = tuple(Figures(measure, exhibit.by, ()) for measure in exhibit.measures)
    sentence = f"Not shown to you: these figures cannot be limited to {seen}"
    return Answer(
        exhibit=exhibit, selection=asked.selection, figures=none, totals={}, headline=sentence,
        alt=f"{sentence}. {exhibit.title}.", period="", span="", as_of=None, source=exhibit.row.origin,
        sample=asked.data.is_sample(), empty=True, below=asked.settings.withhold_below,
        rounding=asked.settings.rounding,
    )  # fmt: skip


def _answer(asked: Asked) -> Answer:
    exhibit, data, settings = asked.exhibit, asked.data, asked.settings
    if asked.selection.refuses(exhibit.row):
        return _refused(asked)
    everywhere = places(data, exhibit, asked.selection)
    selection = beside(exhibit, asked.selection, everywhere, settings)
    at, asked_for, asked = chosen(exhibit, selection, everywhere), asked.selection, replace(asked, selection=selection)
    by_measure = asked.protected(at)
    figures = tuple(published.marked(data, exhibit, levels[exhibit.by], selection) for levels in by_measure)
    totals = _totals(exhibit, by_measure)
    months, covered = months_of(data, exhibit.row, selection)
    span = _span(months) or _other_span(exhibit, spoken_of(exhibit, figures[0], at))
    before = _year_before(asked, at)
    empty = not any(_something(row) for f in figures for row in f.rows)
    years = years_of(months, covered)
    latest = latest_of(data, exhibit, selection)
    newest = None if latest == dt.date.min else latest
    said = Said(exhibit, figures, totals, span, before, settings.area, years, newest, bool(settings.rounding))
    sentence = headline_of_nothing(said, bool(asked_for.for_row(exhibit.row))) if empty else headline(said)
    events = _events(asked, months)
    return Answer(
        exhibit=exhibit, selection=asked_for, figures=figures, totals=totals, headline=sentence,
        alt=_alt(sentence, ", ".join(filter(None, (exhibit.title, span))), *(event.words for event in events)),
        period=words_of(newest or months[-1]) if months else span, span=span, as_of=data.data_date(exhibit.row),
        source=exhibit.row.origin, notes=_notes(asked, figures),
        ignored=selection.ignored_by(exhibit.row),
        texts=() if settings.rounding else texts(data, exhibit, selection, settings.withhold_below, figures[0]),
        events=events, sample=data.is_sample(), empty=empty, below=settings.withhold_below,
        rounding=settings.rounding,
        options=exhibit.options | {"area": settings.area, "region": settings.compared_region,
                                   "neighbours": settings.compared_neighbours, "year before": before},
    )  # fmt: skip


def _alt(*sentences: str) -> str:
    return " ".join(f"{sentence}." for sentence in sentences)


def _something(figure: Figure) -> bool:
    """Whether a figure tells of anything: none of some is something."""
    return figure.mark == WITHHELD or (figure.mark == SHOWN and bool(figure.numerator or figure.denominator))


def _notes(asked: Asked, figures: Sequence[Figures]) -> tuple[str, ...]:
    found = notes(asked.data, asked.exhibit, asked.selection, asked.settings.withhold_below, asked.rounding)
    unheard = unheard_of(asked.exhibit, asked.settings.area, asked.data.options)
    return (*found, *published.notes(asked.exhibit, figures), *unheard)


def _events(asked: Asked, months: Sequence[dt.date]) -> tuple[Event, ...]:
    """What stands on the chart, of an exhibit by month: what happened within its months."""
    if MONTH not in asked.exhibit.by or asked.exhibit.latest or not months:
        return ()
    return tuple(e for e in asked.data.events(asked.exhibit.id) if months[0] <= e.month <= months[-1])


def _totals(exhibit: Exhibit, by_measure: Sequence[dict[Level, Figures]]) -> dict[Level, tuple[Figures, ...]]:
    """The levels above the finest that every measure has (shares of people who answered have none across answers)."""
    across = {name for measure in exhibit.measures for name in measure.across}
    shared = [
        level for level in by_measure[0]
        if level != exhibit.by and across <= set(level) and all(level in levels for levels in by_measure)
    ]  # fmt: skip
    return {level: tuple(levels[level] for levels in by_measure) for level in shared}


def _year_before(asked: Asked, at: Sequence[At]) -> Figures | None:
    """The same figures a year before, for an exhibit of the latest month end; None where there is no such month."""
    latest = latest_of(asked.data, asked.exhibit, asked.selection)
    if not asked.exhibit.row.stock or latest in (None, dt.date.min):
        return None
    earlier = latest.replace(year=latest.year - 1, day=1)
    if earlier not in months_of(asked.data, asked.exhibit.row, Selection())[1]:
        return None
    then = replace(asked, selection=replace(asked.selection, start=None, end=earlier))
    return then.protected(at)[0][asked.exhibit.by]


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
