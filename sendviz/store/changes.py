"""Changes: a stock pre-added, as the pupils more or fewer than at the month end before, by its dimensions."""

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Table,
    and_,
    case,
    column,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    values,
)  # fmt: skip

from sendviz.store.tables import CHANGE, FROM, UNTIL, dimensions
from sendviz.vocabulary import Row

Span = tuple[int, dt.date, dt.date]  # an upload, the first month end it holds, the month end after the last


def fill(
    connection: Connection, row: type[Row], kept: Table, table: Table, spans: Sequence[Span],
    months: Collection[dt.date] | None,
) -> None:  # fmt: skip
    """Works out the changes at these month ends (None: all) from the spells that count."""
    gone = delete(table)
    connection.execute(gone if months is None else gone.where(table.c[row.when or ""].in_(months)))
    if not spans:
        return
    names = dimensions(row)
    found = _events(kept, row, names, spans, months).subquery("found")
    keys = [found.c[name] for name in (row.when or "", *names)]
    change = func.sum(found.c[CHANGE])
    query = select(*keys, change).group_by(*keys).having(change != 0)
    connection.execute(insert(table).from_select([*(key.name for key in keys), CHANGE], query))


def counting(kept: Table, names: Sequence[str], spans: Sequence[Span]) -> CTE:
    """The spells as far as their uploads hold the month ends: from, until, and these columns."""
    held = values(
        column("upload_id", Integer), column(FROM, Date), column(UNTIL, Date), name="held"
    ).data(list(spans)).cte("held")  # fmt: skip
    start = case((kept.c[FROM] >= held.c[FROM], kept.c[FROM]), else_=held.c[FROM])
    until = case((kept.c[UNTIL] <= held.c[UNTIL], kept.c[UNTIL]), else_=held.c[UNTIL])
    meets = and_(kept.c.upload_id == held.c.upload_id, kept.c[FROM] < held.c[UNTIL], kept.c[UNTIL] > held.c[FROM])
    query = select(start.label(FROM), until.label(UNTIL), *(kept.c[name] for name in names))
    return query.join_from(kept, held, meets).cte("counting")


def _events(
    kept: Table, row: type[Row], names: Sequence[str], spans: Sequence[Span], months: Collection[dt.date] | None
) -> Select[tuple[object, ...]]:
    """One more at a spell's start, one fewer after its end; nothing after the last month end of all."""
    spells = counting(kept, names, spans)
    begun, ended = spells.c[FROM], spells.c[UNTIL]
    last = max(until for _, _, until in spans)

    def at(day: ColumnElement[dt.date], change: int) -> Select[tuple[object, ...]]:
        query = select(day.label(row.when), *(spells.c[name] for name in names), literal(change, Integer).label(CHANGE))
        return query if months is None else query.where(day.in_(months))

    return select(union_all(at(begun, 1), at(ended, -1).where(ended < last)).subquery("events"))
