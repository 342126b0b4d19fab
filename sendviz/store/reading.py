"""Reading: what the current data cover, and which values they hold."""

import datetime as dt

from sqlalchemy import Connection, Date, func, select, union

from sendviz.store.fixed import scopes, uploads
from sendviz.store.tables import Tables
from sendviz.store.uploads import ACTIVE
from sendviz.vocabulary import NOT_RECORDED, Row, month_end


def is_sample(connection: Connection) -> bool:
    """Whether a sample upload counts."""
    query = select(uploads.c.id).where(uploads.c.sample, uploads.c.state == ACTIVE).limit(1)
    return connection.execute(query).first() is not None


def covered(connection: Connection, row: type[Row]) -> tuple[dt.date, ...] | tuple[str, ...]:
    """Months or periods held by an upload; of what is worked out between month ends, those with the month before."""
    if row.made_from:
        held = {month for month in covered(connection, row.made_from) if isinstance(month, dt.date)}
        return tuple(sorted(month for month in held if (month - dt.timedelta(days=1)).replace(day=1) in held))
    query = select(scopes.c.period).distinct()
    query = query.where(scopes.c.dataset == row.dataset, scopes.c.current, scopes.c.period.is_not(None))
    periods = sorted(connection.execute(query).scalars())
    return tuple(dt.date.fromisoformat(f"{p}-01") for p in periods) if row.is_dated() else tuple(periods)


def data_date(connection: Connection, tables: Tables, row: type[Row]) -> dt.date | None:
    """The last month end of a stock, the last date or month of events, else the day of the last upload, if any."""
    row = row.made_from or row
    months = [month for month in covered(connection, row) if isinstance(month, dt.date)]
    if not row.is_dated():
        query = select(func.max(uploads.c.loaded_at)).where(uploads.c.dataset == row.dataset, uploads.c.state == ACTIVE)
        loaded = connection.execute(query).scalar()
        return loaded.date() if loaded else None
    if row.stock or row.fields[row.when or ""].kind == "month":
        return month_end(months[-1]) if months else None
    when = tables.current(row).c[row.when or ""]
    last: dt.date | None = connection.execute(select(func.max(when, type_=Date))).scalar()
    return last


def options(connection: Connection, tables: Tables, name: str) -> tuple[str, ...]:
    """The column's values in all current rows; what is not recorded comes last."""
    rows = [row for row in tables.rows.values() if name in row.fields]
    if not rows:
        return ()
    columns = (tables.current(row, [name]).c[name] for row in rows)
    found = set(connection.execute(union(*(select(column) for column in columns))).scalars()) - {None}
    known = list(dict.fromkeys(value for row in rows for value in row.fields[name].known))

    def place(value: str) -> tuple[bool, int, str]:
        return value == NOT_RECORDED, known.index(value) if value in known else len(known), value.casefold()

    return tuple(sorted(found, key=place))
