"""Moves: the joins between a pupil's spells, counted.

A row model `made_from` a stock says by its columns what is counted: `from_…` and `to_…` are what a pupil was at one
month end and is at the next, of the stock's column that takes the same; `when` is the later month; other columns of the
stock are the later month end's; the one column left is the count. A month end that is missing breaks the chain.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Date,
    Insert,
    Subquery,
    Table,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    values,
)  # fmt: skip

from sendviz.store.changes import Span, counting
from sendviz.store.spells import next_month_end
from sendviz.store.tables import FROM, UNTIL
from sendviz.vocabulary import Row

WAS, IS = "from_", "to_"


def fill(
    connection: Connection, row: type[Row], kept: Table, table: Table, spans: Sequence[Span],
    held: Collection[dt.date], months: Collection[dt.date] | None,
) -> None:  # fmt: skip
    """Counts the moves that show at these month ends (None: all of those held)."""
    assert row.made_from and row.when
    gone = delete(table)
    if months is not None:
        gone = gone.where(table.c[row.when].in_([day.replace(day=1) for day in months]))
    connection.execute(gone)
    follows = {next_month_end(day) for day in held}.intersection(held)
    wanted = [(day, day.replace(day=1)) for day in follows if months is None or day in months]
    if wanted:
        connection.execute(_counted(row, kept, table, spans, wanted))


def _counted(
    row: type[Row], kept: Table, table: Table, spans: Sequence[Span], wanted: list[tuple[dt.date, dt.date]]
) -> Insert:
    assert row.made_from
    origin = {name: _column_of(row, name) for name in row.fields if name != row.when}
    count = next(name for name, source in origin.items() if source is None)
    moved = {source for name, source in origin.items() if source and name.startswith((WAS, IS))}
    pupil = next(name for name, field in row.made_from.fields.items() if field.kind == "pupil")
    spells = _with_before(counting(kept, [pupil, *dict.fromkeys(filter(None, origin.values()))], spans), pupil, moved)
    days = values(column("month_end", Date), column("month", Date), name="days").data(wanted).cte("days")
    groups: dict[str, ColumnElement[object]] = {row.when or "": days.c.month} | {
        name: spells.c[WAS + source if name.startswith(WAS) else source] for name, source in origin.items() if source
    }
    query = (
        select(*(column.label(name) for name, column in groups.items()), func.count().label(count))
        .join_from(spells, days, spells.c[FROM] == days.c.month_end)
        .where(
            spells.c[WAS + UNTIL] == spells.c[FROM], or_(*(spells.c[WAS + name] != spells.c[name] for name in moved))
        )
        .group_by(*groups.values())
    )
    return insert(table).from_select([*groups, count], query)


def _with_before(spells: CTE, pupil: str, names: Collection[str]) -> Subquery:
    """Each spell beside what its pupil's spell before was: when it ended, and these columns (named `from_…`)."""

    def before(name: str) -> ColumnElement[object]:
        last = func.lag(spells.c[name], type_=spells.c[name].type)
        return last.over(partition_by=spells.c[pupil], order_by=spells.c[FROM]).label(WAS + name)

    return select(*spells.c, *map(before, (UNTIL, *names))).subquery("spells")


def _column_of(row: type[Row], name: str) -> str | None:
    """The stock's column that this one comes from: it takes the same, or has the same name; None for the count."""
    assert row.made_from
    stock = row.made_from.fields
    if name.startswith((WAS, IS)):
        return next(other for other, field in stock.items() if field.takes is row.fields[name].takes)
    return name if name in stock else None
