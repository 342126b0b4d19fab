"""How an answer becomes rows and columns: which dimensions go down, what goes across, which figure stands where."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sendviz.answer import NOT_AVAILABLE, SHOWN, Answer, Figure
from sendviz.tables.cells import Cell, Column, labelled, named, shown
from sendviz.vocabulary import COUNT, MONTH, SHARE, Measure, Total, Unit

YEAR = "year"
TOTAL = "Total"
Dimensions = tuple[str, ...]
Place = tuple[object, ...]


@dataclass(frozen=True)
class Head:
    """What a row is about: values of some dimensions; none for the total."""

    dimensions: Dimensions
    at: Place
    level: int = 1


@dataclass(frozen=True)
class Series:
    """What a column, or three, is about: a measure, at values of the dimensions that go across."""

    measure: int
    label: str
    dimensions: Dimensions = ()
    at: Place = ()


class Layout:
    """An answer's rows (`heads`) and what goes across (`series`); a figure stands where the two meet."""

    def __init__(self, answer: Answer) -> None:
        self.exhibit, self.measures = answer.exhibit, tuple(figures.measure for figures in answer.figures)
        by = self.exhibit.by
        first = self.measures[0]
        self.one_count = len(self.measures) == 1 and first.over is None and not first.as_given
        wide = self.one_count and (len(by) == 2 or (len(by) > 2 and by[0] == MONTH))
        self.down, self.across = (by[:1], by[1:]) if wide else (by, ())
        self.places = list(dict.fromkeys(row.at for figures in answer.figures for row in figures.rows))
        levels = {by: answer.figures} | answer.totals
        self._found: list[dict[Dimensions, dict[Place, Figure]]] = [
            {dimensions: {row.at: row for row in figures[n].rows} for dimensions, figures in levels.items()}
            for n in range(len(self.measures))
        ]

    def figure(self, head: Head, series: Series) -> Figure | None:
        """The figure where a row and a column meet, if there is one."""
        level = self._found[series.measure].get(head.dimensions + series.dimensions, {})
        return level.get(head.at + series.at)

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """What goes across: measures; or the further dimensions' values, a group's total before its parts, and all."""
        if not self.across:
            return tuple(Series(n, measure.title) for n, measure in enumerate(self.measures))
        starts = dict.fromkeys(at[1:end] for at in self.places for end in range(2, len(at) + 1))
        made: dict[str, Series] = {}
        for at in starts:
            label = ": ".join(dict.fromkeys(named(value).text for value in at))
            if self.down + self.across[: len(at)] in self._found[0]:
                made.setdefault(label, Series(0, label, self.across[: len(at)], at))
        everything = (Series(0, TOTAL),) if self.down in self._found[0] else ()
        return (*made.values(), *everything)

    def heads(self) -> Iterator[Head]:
        """The rows: each year before its months where there are years, and the total last where there is one."""
        details = [Head(self.down, at) for at in dict.fromkeys(at[: len(self.down)] for at in self.places)]
        years = {_year(at[0]): at for at in self._found[0].get((YEAR,), {})} if self.down == (MONTH,) else {}
        for year, months in groupby(details, key=lambda head: _year(head.at[0]) if years else None):
            if year in years and self._all(opening := Head((YEAR,), years[year], level=0)):
                yield opening
            yield from months
        month_ends = self.exhibit.row.stock and MONTH in self.down  # the same pupils again: never added up
        if len(details) > 1 and not month_ends and self._all(total := Head((), (), level=0)):
            yield total

    def _all(self, head: Head) -> bool:
        return all(self.figure(head, series) is not None for series in self.series)

    def named(self, head: Head) -> Iterator[Cell]:
        """The row's first cells: its dimensions' values."""
        if head.dimensions == self.down:
            yield from map(named, head.at)
        elif head.dimensions:
            yield named(_year(head.at[0]))
        else:
            yield named(TOTAL)
            yield from (named("All") for _ in self.down[1:])

    def columns(self, series: Series) -> Iterator[Column]:
        """A series' columns: the figure and its share; or the parts of a total over a total and the result."""
        measure = self.measures[series.measure]
        if measure.over is None:
            yield Column(labelled(series.label, measure.unit), measure.unit)
            if self.total:
                yield Column("Share of all", SHARE)
            return
        prefix = f"{measure.title}: " if len(self.measures) > 1 else ""
        part, of_all = _part(measure), measure.unit is SHARE
        yield Column(prefix + ("Number" if of_all else f"{part.name.capitalize()} in all"), part)
        if not self._stands_alone(measure.over):
            yield Column(prefix + ("Out of" if of_all else "Number"), COUNT)
        yield Column(prefix + ("%" if of_all else f"Mean {part.name}"), measure.unit)

    def cells(self, head: Head) -> Iterator[Cell]:
        """The row's figures, in the order of the columns."""
        for series in self.series:
            measure = self.measures[series.measure]
            figure = self.figure(head, series) or Figure(head.at, None, None, None, NOT_AVAILABLE)
            if measure.over is not None:
                yield shown(figure.numerator, figure.mark if figure.numerator is None else SHOWN, _part(measure))
                if not self._stands_alone(measure.over):
                    yield shown(figure.denominator, figure.mark if figure.denominator is None else SHOWN, COUNT)
            yield shown(figure.value, figure.mark, measure.unit)
            if self.total:
                yield _share(figure, self.total)

    @cached_property
    def total(self) -> Figure | None:
        """The total each figure's share is shown of: that of one count or sum by one dimension other than month."""
        shared = self.one_count and len(self.exhibit.by) == 1 and MONTH not in self.exhibit.by
        return self._found[0].get((), {}).get(()) if shared else None

    def _stands_alone(self, total: Total) -> bool:
        """Whether a column of its own shows this total anyway."""
        return any(measure.over is None and _same(measure.of, total) for measure in self.measures)


def _same(one: Total, other: Total) -> bool:
    return (one.row, one.add, one.each, dict(one.only)) == (other.row, other.add, other.each, dict(other.only))


def _year(value: object) -> int:
    return value.year if isinstance(value, dt.date) else int(str(value))


def _part(measure: Measure) -> Unit:
    """The unit of a numerator: a count for a share, the measure's own unit for a mean."""
    return COUNT if measure.unit is SHARE else measure.unit


def _share(figure: Figure, total: Figure) -> Cell:
    if figure.value is None or not total.value:
        return shown(None, figure.mark or total.mark, SHARE)
    return shown(figure.value / total.value, SHOWN, SHARE)
