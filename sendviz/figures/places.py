"""Where figures stand: the months, years and combinations of dimension values that an exhibit has figures for."""

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Sequence

from sendviz.figures.query import combinations, newest_day
from sendviz.selection import Selection
from sendviz.store import Reading
from sendviz.vocabulary import MONTH, Exhibit, Measure, Row, Total

At = tuple[object, ...]  # dimension values
Level = tuple[str, ...]  # dimensions


def months_of(data: Reading, row: type[Row], selection: Selection) -> tuple[list[dt.date], frozenset[dt.date]]:
    """Every month from the first to the last the data cover, within the selection, and those that are covered."""
    covered = [m for m in data.covered(row) if isinstance(m, dt.date)]
    if not covered:
        return [], frozenset()
    first = max(filter(None, (covered[0], selection.start)))
    last = min(filter(None, (covered[-1], selection.end)))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [dt.date(n // 12, n % 12 + 1, 1) for n in numbers], frozenset(covered)


def years_of(months: Sequence[dt.date], covered: Collection[dt.date]) -> tuple[int | None, int | None]:
    """The newest calendar year all of whose months are there, and the year before if that is whole too.

    Nothing when no year is whole: part of a year is not to be called by its name.
    """
    there = [month for month in months if month in covered]
    whole = {year for year in {month.year for month in there} if sum(month.year == year for month in there) == 12}
    if not whole:
        return None, None
    return max(whole), max(whole) - 1 if max(whole) - 1 in whole else None


def latest_of(data: Reading, exhibit: Exhibit, selection: Selection) -> dt.date | None:
    """For an exhibit of the newest rows alone, their month (a stock) or day; None for any other exhibit."""
    if not exhibit.latest:
        return None
    if not exhibit.row.stock:
        return newest_day(data, exhibit.row, selection) or dt.date.min
    months, covered = months_of(data, exhibit.row, selection)
    return max((m for m in months if m in covered), default=dt.date.min)


def places(data: Reading, exhibit: Exhibit, selection: Selection) -> list[At]:
    """The dimension values to give figures for, in the order to show them: all months, all combinations there are."""
    others = tuple(name for name in exhibit.by if name != MONTH)
    rest = _ordered(exhibit.row, others, _present(data, exhibit, others))
    if MONTH not in exhibit.by:
        return rest
    months, _ = months_of(data, exhibit.row, selection)
    at = exhibit.by.index(MONTH)
    return [(*key[:at], month, *key[at:]) for month in months for key in rest]


def _present(data: Reading, exhibit: Exhibit, others: Level) -> Iterable[At]:
    """The combinations in the data; dimensions in `every` meet each combination of the rest."""
    if not others:
        return [()]
    found = combinations(data, [_those_there(measure) for measure in exhibit.measures], others)
    crossed = [i for i, name in enumerate(others) if name in exhibit.every]
    kept = [i for i, name in enumerate(others) if name not in exhibit.every]
    if not crossed:
        return found
    parts = {tuple(key[i] for i in kept) for key in found}
    values = [{key[i] for key in found} for i in crossed]
    place = [*kept, *crossed]
    return [
        tuple(value for _, value in sorted(zip(place, (*part, *chosen), strict=True), key=lambda pair: pair[0]))
        for part in parts
        for chosen in itertools.product(*values)
    ]


def _those_there(measure: Measure) -> Total:
    """The total whose rows say where a measure has figures: the whole, unless that is not split by every dimension."""
    return measure.of if measure.across else measure.over or measure.of


def _ordered(row: type[Row], names: Level, keys: Iterable[At]) -> list[At]:
    known = [{value: place for place, value in enumerate(row.fields[name].known)} for name in names]

    def order(key: At) -> tuple[object, ...]:
        return tuple(
            (k.get(str(v), len(k)), (0, v, "") if isinstance(v, (int, float)) else (1, 0, str(v)))
            for k, v in zip(known, key, strict=True)
        )

    return sorted(keys, key=order)
