"""A measure's counts at an exhibit's dimensions and at every total of them: what is shown, before it is protected."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sendviz.disclosure import Line
from sendviz.figures.query import Sums, combinations, newest_day, sums
from sendviz.selection import Selection
from sendviz.store import Store
from sendviz.vocabulary import MONTH, PUBLISHED, Exhibit, Measure, Row, Total

YEAR = "year"
At = tuple[object, ...]
Level = tuple[str, ...]
Cell = tuple[Level, At]  # where a figure stands: its level, and the values there


@dataclass
class Grid:
    """One measure's numerators and denominators by level (a tuple of dimensions) and place; None is not available."""

    measure: Measure
    levels: dict[Level, dict[At, tuple[float | None, float | None]]]
    lines: list[Line[Cell]] = field(default_factory=list)

    @property
    def finest(self) -> Level:
        """All of the exhibit's dimensions."""
        return next(iter(self.levels))

    def counts(self, level: Level, at: At) -> tuple[float, ...]:
        """The counts of people that showing this figure would tell of."""
        numerator, denominator = self.levels[level][at]
        if numerator is None and denominator is None:
            return ()
        if self.measure.over is None:
            return (numerator or 0,)
        if self.measure.of.add:
            return (denominator or 0,)  # a sum of weeks or pounds is no count: how many it is over is
        return (numerator or 0, (denominator or 0) - (numerator or 0))


def months_of(store: Store, row: type[Row], selection: Selection) -> tuple[list[dt.date], frozenset[dt.date]]:
    """Every month from the first to the last the data cover, within the selection, and those that are covered."""
    covered = [m for m in store.covered(row) if isinstance(m, dt.date)]
    if not covered:
        return [], frozenset()
    first = max(filter(None, (covered[0], selection.start)))
    last = min(filter(None, (covered[-1], selection.end)))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [dt.date(n // 12, n % 12 + 1, 1) for n in numbers], frozenset(covered)


def years_of(months: Sequence[dt.date], covered: Collection[dt.date]) -> tuple[int | None, int | None]:
    """The newest calendar year all of whose months are there, and the year before if that is whole too.

    When no year is whole: the newest there is, and nothing to compare it with.
    """
    there = [month for month in months if month in covered]
    whole = {year for year in {month.year for month in there} if sum(month.year == year for month in there) == 12}
    if not whole:
        return (there[-1].year if there else None), None
    return max(whole), max(whole) - 1 if max(whole) - 1 in whole else None


def places(store: Store, exhibit: Exhibit, selection: Selection) -> list[At]:
    """The dimension values to give figures for, in the order to show them: all months, all combinations there are."""
    others = tuple(name for name in exhibit.by if name != MONTH)
    rest = _ordered(exhibit.row, others, _present(store, exhibit, others))
    if MONTH not in exhibit.by:
        return rest
    months, _ = months_of(store, exhibit.row, selection)
    at = exhibit.by.index(MONTH)
    return [(*key[:at], month, *key[at:]) for month in months for key in rest]


def _present(store: Store, exhibit: Exhibit, others: Level) -> Iterable[At]:
    """The combinations in the data; dimensions in `every` meet each combination of the rest."""
    if not others:
        return [()]
    found = combinations(store, [measure.over or measure.of for measure in exhibit.measures], others)
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


def _ordered(row: type[Row], names: Level, keys: Iterable[At]) -> list[At]:
    known = [{value: place for place, value in enumerate(row.fields[name].known)} for name in names]

    def order(key: At) -> tuple[object, ...]:
        return tuple(
            (k.get(str(v), len(k)), (0, v, "") if isinstance(v, (int, float)) else (1, 0, str(v)))
            for k, v in zip(known, key, strict=True)
        )

    return sorted(keys, key=order)


def grid(store: Store, exhibit: Exhibit, measure: Measure, selection: Selection, at: Sequence[At]) -> Grid:
    """The measure at the exhibit's dimensions `at` these places, and at every total of them."""
    totals = [measure.of] + ([measure.over] if measure.over and not measure.across else [])
    latest = latest_of(store, exhibit, selection)
    found = sums(store, totals, exhibit.by, selection, latest)
    rows = sums(store, [Total(measure.row, only=measure.of.only)], exhibit.by, selection) if measure.as_given else {}
    _, covered = months_of(store, exhibit.row, selection)
    month = exhibit.by.index(MONTH) if MONTH in exhibit.by else None
    finest: dict[At, tuple[float | None, float | None]] = {}
    for key in at:
        if month is not None and key[month] not in covered:
            finest[key] = (None, None)
        elif measure.as_given:
            given = found.get(key, [None])[0] if (rows.get(key) or [0])[0] == 1 else None
            finest[key] = (given, None)
        else:
            finest[key] = _filled(measure, found.get(key))
    result = Grid(measure, {exhibit.by: finest})
    if measure.across:
        _put_over(result, exhibit.by, sums(store, [measure.over], _without(exhibit.by, measure.across), selection))  # type: ignore[list-item]
    _add_levels(result, exhibit)
    return result


def latest_of(store: Store, exhibit: Exhibit, selection: Selection) -> dt.date | None:
    """For an exhibit of the newest rows alone, their month (a stock) or day; None for any other exhibit."""
    if not exhibit.latest:
        return None
    if not exhibit.row.stock:
        return newest_day(store, exhibit.row, selection) or dt.date.min
    months, covered = months_of(store, exhibit.row, selection)
    return max((m for m in months if m in covered), default=dt.date.min)


def _filled(measure: Measure, values: list[float | None] | None) -> tuple[float | None, float | None]:
    """No rows is nought, but a published figure nobody gave is not available."""
    if measure.counts == PUBLISHED:
        numerator, *over = values or [None, None]
        return (
            (None, None) if numerator is None or (over and over[0] is None) else (numerator, over[0] if over else None)
        )
    numerator, *over = values or [0.0, 0.0]
    return (numerator or 0.0, (over[0] or 0.0) if measure.over and not measure.across else None)


def _without(by: Level, left_out: Sequence[str]) -> Level:
    return tuple(name for name in by if name not in left_out)


def _put_over(result: Grid, by: Level, over: Sums) -> None:
    kept = [i for i, name in enumerate(by) if name not in result.measure.across]
    level = result.levels[by]
    for key, (numerator, _) in level.items():
        level[key] = (numerator, (over.get(tuple(key[i] for i in kept)) or [0.0])[0])


def _add_levels(result: Grid, exhibit: Exhibit) -> None:
    """Every total over dimensions that may be added up, coarsest lines first."""
    measure, by = result.measure, exhibit.by
    apart = set(by) if measure.as_given else set(exhibit.apart) | set(measure.across)
    if exhibit.row.stock:
        apart.add(MONTH)
    free = [name for name in by if name not in apart]
    lines: list[list[Line[Cell]]] = []
    for size in range(1, len(free) + 1):  # how many dimensions are added up
        tier: list[Line[Cell]] = []
        for left_out in itertools.combinations(free, size):
            level = _without(by, left_out)
            for name in left_out:
                finer = tuple(n for n in by if n in (*level, name))
                tier += _totals(result, level, finer)
        lines.append(tier)
    if MONTH in free and by[0] == MONTH:
        lines.append(_years(result))
    if measure.across:  # where one answer is chosen, the answers add up to those who answered: as good as a line
        whole = _without(by, measure.across)
        keep = [i for i, name in enumerate(by) if name in whole]
        result.levels[whole] = {tuple(k[i] for i in keep): (over, over) for k, (_, over) in result.levels[by].items()}
        lines.insert(0, _totals(result, whole, by))
    result.lines = [line for tier in reversed(lines) for line in tier]


def _totals(result: Grid, level: Level, finer: Level) -> list[Line[Cell]]:
    keep = [i for i, name in enumerate(finer) if name in level]
    groups: dict[At, list[At]] = defaultdict(list)
    for key in result.levels[finer]:
        groups[tuple(key[i] for i in keep)].append(key)
    if level not in result.levels:
        result.levels[level] = {at: _added(result.levels[finer][key] for key in keys) for at, keys in groups.items()}
    return [Line((level, at), tuple((finer, key) for key in keys)) for at, keys in groups.items()]


def _years(result: Grid) -> list[Line[Cell]]:
    """Calendar years between the months and the whole."""
    months = result.levels[(MONTH,)]
    groups: dict[At, list[At]] = defaultdict(list)
    for (month,) in months:
        groups[(month.year,)].append((month,))  # type: ignore[attr-defined]
    result.levels[(YEAR,)] = {at: _added(months[key] for key in keys) for at, keys in groups.items()}
    whole = [Line(((), ()), tuple(((YEAR,), at) for at in groups))]
    return whole + [Line(((YEAR,), at), tuple(((MONTH,), key) for key in keys)) for at, keys in groups.items()]


def _added(values: Iterable[tuple[float | None, float | None]]) -> tuple[float | None, float | None]:
    """Totals of what is there; None when nothing is."""
    kept = [pair for pair in values if pair[0] is not None]
    if not kept:
        return (None, None)
    over = [d for _, d in kept if d is not None]
    return (sum(n for n, _ in kept if n is not None), sum(over) if over else None)
