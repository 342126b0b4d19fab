"""Awkward figures for every exhibit: none, one, a few, the same as a year before, the first ever, none given.

Made from the registries alone: rows that each measure counts, of `MINE` as many as a case says in the last month of two
years, and of `OTHERS` seven in every month, so that the months are there when `MINE` has none.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sendviz.datasets import DATASETS, EXHIBITS
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Measure, Row, Total
from sendviz.vocabulary.measures import Not
from tests.written import made, put

MINE, OTHERS = "Mine", "England"  # against whose figures others stand
LONG_AGO = dt.date(2020, 1, 31)
GIVEN = ("value", "reached", "amount", "gross", "annual_cost")  # columns that hold an amount
OF_ALL = 7


class Case(NamedTuple):
    """How many there were a year before and now (None: not available, for anybody), and the smallest that is shown."""

    before: int | None
    now: int | None
    below: int = 1


CASES = {
    "none now": Case(7, 0), "none before": Case(0, 7), "one now": Case(7, 1), "one more": Case(1, 2),
    "one fewer": Case(8, 7), "the same": Case(7, 7), "withheld now": Case(7, 3, below=5),
    "withheld before": Case(3, 7, below=5), "all withheld": Case(3, 3, below=5), "the first ever": Case(None, 7),
    "none given now": Case(7, None), "large": Case(20, 24),
}  # fmt: skip


def kept(folder: Path, case: Case) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'sendviz.db'}", data_dir=folder, area=MINE, withhold_below=case.below
    )


def filled(folder: Path, case: Case) -> Store:
    """A store with the case's rows in every dataset."""
    store = Store.open(kept(folder, case))
    put(store, *(group for row in DATASETS.values() if (group := [*_rows(row, case)])))
    return store


def _rows(row: type[Row], case: Case) -> Iterator[Row]:
    place = 0
    for cells in _kinds(row):
        for whose, day, many in _times(row, case):
            for one in _written(row, whose, day, many):
                yield made(row, place := place + 1, _plain(row) | one | cells)


def _kinds(row: type[Row]) -> list[dict[str, object]]:
    """The kinds of row it takes for every measure to count one: as few as can be."""
    kinds: list[dict[str, object]] = []
    for wanted in map(_cells, _totals(row)):
        like = [kind for kind in kinds if all(kind.get(name, value) == value for name, value in wanted.items())]
        if not like:
            kinds.append(like.append({}) or like[0])
        like[0].update(wanted)
    return kinds


def _totals(row: type[Row]) -> Iterable[Total]:
    measures: list[Measure] = [m for e in EXHIBITS.values() if e.row is row for m in e.measures]
    return [total for m in measures for total in (m.of, m.over) if total] or [Total(row)]


def _times(row: type[Row], case: Case) -> Iterator[tuple[str, dt.date, int]]:
    for year, many in ((2024, case.before), (2025, case.now)):
        if many is None and "value" not in row.fields:
            continue
        yield MINE, dt.date(year, 12, 31), -1 if many is None else many
        months = range(1, 13) if row.is_dated() and not row.snapshot else (12,)
        for month in months if many is not None else ():
            yield OTHERS, dt.date(year, month, 28) if month != 12 else dt.date(year, 12, 31), OF_ALL


def _written(row: type[Row], whose: str, day: dt.date, many: int) -> Iterator[dict[str, object]]:
    """One row with the amount where the dataset has one, else a row for each; -1 is a blank."""
    when = _when(row, day)
    categories: dict[str, object] = {
        f.name: whose for f in row.fields.values() if f.kind == "category" and not f.derived
    }
    given = next((name for name in GIVEN if name in row.fields), None)
    if given in (None, "annual_cost"):
        yield from ({**categories, **when} for _ in range(many))
    else:
        yield {**categories, **when, str(given): None if many < 0 else many}


def _when(row: type[Row], day: dt.date) -> dict[str, object]:
    last = day.replace(day=28) + dt.timedelta(days=4)
    times = {"month_end": last - dt.timedelta(days=last.day), "month": day.replace(day=1), "period": str(day.year),
             "financial_year": f"{day.year}/{day.year % 100 + 1}"}  # fmt: skip
    return {name: times.get(name, day) for name in (row.when, "period", "financial_year") if name in row.fields}


def _plain(row: type[Row]) -> dict[str, object]:
    """Days long ago, so that none comes before another; nothing paid back; the same question for everybody."""
    days: dict[str, object] = {f.name: LONG_AGO for f in row.fields.values() if f.kind == "day" and not f.nullable}
    return days | {
        name: value for name, value in {"recoupment": 0, "annual_cost": 20_000, "question": "Which?"}.items()
        if name in row.fields
    }  # fmt: skip


def _cells(total: Total) -> dict[str, object]:
    """What a row needs for the total to count it."""
    return {
        name: value[0] if isinstance(value, tuple) else value
        for name, value in total.only.items()
        if not isinstance(value, Not) and not total.row.fields[name].derived
    }
