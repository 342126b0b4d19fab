"""Totals asked of the store: one GROUP BY for an exhibit's totals at its dimensions."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, FromClause, Select, and_, case, distinct, extract, func, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from sendviz.figures import stocks
from sendviz.selection import Selection
from sendviz.store import Held, Reading
from sendviz.vocabulary import MONTH, NOT_RECORDED, Not, Row, Total

Sums = dict[tuple[object, ...], list[float | None]]


def sums(
    data: Reading, totals: Sequence[Total], by: Sequence[str], selection: Selection, at: dt.date | None = None
) -> Sums:
    """The totals, by dimension values (a month as its first day), in one query.

    For a stock the values at each month end, or, with `at`, at that month end alone; None where `add` found no value.
    """
    row = totals[0].row
    if row.stock:
        return stocks.sums(_held(data, totals, by, selection), totals, by, selection, data.covered(row), at)  # type: ignore[arg-type]
    table = data.table(row)
    dimensions = [_dimension(row, table, name) for name in by]
    query = select(*dimensions, *(_sum(table, total) for total in totals)).select_from(table)
    for condition in (*conditions_of(row, table, selection, at), *_of_any(row, table, totals)):
        query = query.where(condition)
    found = data.rows(query.group_by(*dimensions) if by else query)
    width = len(by)
    keys = _keys(by, [line[:width] for line in found])
    return {k: [None if v is None else float(v) for v in line[width:]] for k, line in zip(keys, found, strict=True)}


def _of_any(row: type[Row], table: FromClause, totals: Sequence[Total]) -> list[ColumnElement[bool]]:
    """Only rows that one of the totals adds up, where the dataset has a way to find them."""
    if not all(total.add and set(row.found_by) <= set(total.only) for total in totals) or not row.found_by:
        return []
    return [or_(*(and_(*_only(table, total)) for total in totals))]


def symbols(data: Reading, total: Total, by: Sequence[str], selection: Selection) -> dict[tuple[object, ...], str]:
    """The publisher's symbol, by dimension values, where figures of a total are missing and one says why."""
    row = total.row
    if row.symbols is None or total.add is None:
        return {}
    table = data.table(row)
    dimensions, symbol = [table.c[name] for name in by], table.c[row.symbols]
    query = select(*dimensions, func.max(symbol)).select_from(table).where(table.c[total.add].is_(None))
    for condition in (*conditions_of(row, table, selection, None), *_only(table, total), symbol.is_not(None)):
        query = query.where(condition)
    return {tuple(line[:-1]): line[-1] for line in data.rows(query.group_by(*dimensions))}


def combinations(data: Reading, totals: Sequence[Total], by: Sequence[str]) -> list[tuple[object, ...]]:
    """The combinations of these columns' values among the rows that any of the totals counts, without any selection."""
    row, what = totals[0].row, ("combinations", tuple(totals), tuple(by))
    if row.stock:
        return data.remembered(what, lambda _: stocks.combinations(_held(data, totals, by, Selection()), totals, by))
    table = data.table(row)
    query = select(*(table.c[name] for name in by)).distinct()
    query = query.where(or_(*(and_(true(), *_only(table, total)) for total in totals)))
    return data.remembered(what, lambda _: _keys(by, [tuple(line) for line in data.rows(query)]))


def newest_day(data: Reading, row: type[Row], selection: Selection) -> dt.date | None:
    """The newest day in the dataset's `when` column, up to the selection's last month."""
    table = data.table(row)
    when = table.c[row.when or ""]
    query = select(func.max(when)).select_from(table)
    if end := selection.for_row(row).end:
        query = query.where(when < next_month(end))
    found: dt.date | None = data.rows(query)[0][0]
    return found


def texts(
    data: Reading, total: Total, by: Sequence[str], column: str, selection: Selection
) -> list[tuple[object, ...]]:
    """The column's text in the rows of a total, each after its dimensions' values, in alphabetical order."""
    table = data.table(total.row)
    query: Select[Any] = select(*(table.c[name] for name in by), table.c[column]).select_from(table)
    for condition in (*conditions_of(total.row, table, selection, None), *_only(table, total)):
        query = query.where(condition)
    return sorted(tuple(line) for line in data.rows(query))


def _held(data: Reading, totals: Sequence[Total], by: Sequence[str], selection: Selection) -> Held:
    """The stock in memory, by what these totals need at these dimensions."""
    row = totals[0].row
    needed = {*by, *(name for total in totals for name in total.only), *dict(selection.for_row(row).where)}
    return data.held(row, needed - {MONTH})


def _keys(by: Sequence[str], found: Sequence[tuple[Any, ...]]) -> list[tuple[object, ...]]:
    """The dimension values found: a month as its first day, a missing category by its name."""
    if MONTH in by:
        at = by.index(MONTH)
        found = [(*key[:at], _first_day(key[at]), *key[at + 1 :]) for key in found]
    return [tuple(NOT_RECORDED if value is None else value for value in key) if None in key else key for key in found]


@lru_cache(maxsize=2048)
def _first_day(month: Any) -> dt.date:
    """The month's first day, whether it comes as a day of it or counted from year 0."""
    if isinstance(month, dt.date):
        return month.replace(day=1)
    return dt.date((int(month) - 1) // 12, (int(month) - 1) % 12 + 1, 1)


def _month_number(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return extract("year", column) * 12 + extract("month", column)


def _dimension(row: type[Row], table: FromClause, name: str) -> ColumnElement[Any]:
    if name != MONTH:
        return table.c[name]
    return _month_number(table.c[row.when or ""])


def _sum(table: FromClause, total: Total) -> ColumnElement[Any]:
    conditions = _only(table, total)
    if total.each:
        column = table.c[total.each]
        return func.count(distinct(case((and_(*conditions), column)) if conditions else column))
    what = table.c[total.add] if total.add else 1
    if not conditions:
        return func.sum(what) if total.add else func.count()
    return func.sum(case((and_(*conditions), what), else_=None if total.add else 0))


def _only(table: FromClause, total: Total) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for name, wanted in total.only.items():
        column = table.c[name]
        if isinstance(wanted, Not):
            conditions.append(column.not_in(wanted.values))
        elif isinstance(wanted, bool):
            conditions.append(column.is_(wanted))
        else:
            values = wanted if isinstance(wanted, tuple) else (wanted,)
            conditions.append(column == values[0] if len(values) == 1 else column.in_(values))
    return conditions


def matching(row: type[Row], table: FromClause, selection: Selection) -> list[ColumnElement[bool]]:
    """What the selection asks of a dataset's rows, whenever they were."""
    found: list[ColumnElement[bool]] = []
    for name, values in selection.for_row(row).where:
        column = table.c[name]
        found.append(column == values[0] if len(values) == 1 else column.in_(values))
    return found


def conditions_of(
    row: type[Row], table: FromClause, selection: Selection, at: dt.date | None
) -> list[ColumnElement[bool]]:
    """What the selection asks of a dataset's rows; with `at`, of those of that day alone."""
    chosen = selection.for_row(row)
    conditions = matching(row, table, chosen)
    when = table.c[row.when] if row.when else None
    if when is None or not isinstance(when.type, Date):
        return conditions
    if at:
        return [*conditions, when == at]
    if chosen.start:
        conditions.append(when >= chosen.start)
    if chosen.end:
        conditions.append(when < next_month(chosen.end))
    return conditions


def next_month(month: dt.date) -> dt.date:
    """The first day of the month after."""
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
