"""Reading: one published version of the data, what it covers, and which values it holds."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Date, FromClause, Select, func, select, true, union

from sendviz.selection import Where
from sendviz.store.changes import counting
from sendviz.store.events import Event, all_events
from sendviz.store.fixed import scopes, uploads
from sendviz.store.held import Held, held
from sendviz.store.publishing import holders, spans
from sendviz.store.tables import CHANGE, Tables
from sendviz.store.uploads import ACTIVE
from sendviz.vocabulary import NOT_RECORDED, Row, month_end

T = TypeVar("T")
AT_ONCE = 2_000  # rows held at a time of a query that finds many


class Reading:
    """One published version, in one transaction: what is asked of it agrees, whatever is published meanwhile."""

    def __init__(self, connection: Connection, tables: Tables, version: int, known: dict[object, Any]) -> None:
        self._connection, self._tables, self.version, self._known = connection, tables, version, known

    def rows(self, query: Select[Any]) -> Sequence[Any]:
        """The rows a query finds."""
        return self._connection.execute(query).all()

    def remembered(self, what: object, ask: Callable[[Connection], T]) -> T:
        """The answer, asked once for each version."""
        if what not in self._known:
            self._known[what] = ask(self._connection)
        found: T = self._known[what]
        return found

    def lines(self, query: Select[Any]) -> Iterator[Any]:
        """The same one by one, for queries that find many."""
        yield from self._connection.execute(query, execution_options={"yield_per": AT_ONCE})

    def spells(self, row_type: type[Row]) -> FromClause | None:
        """A stock's spells in force, with its columns but `when`, and `from_month` and `until_month`: the first month
        end, and the one after the last. None where nothing is loaded."""
        found = spans(holders(self._connection, row_type.dataset))
        names = [name for name in row_type.fields if name != row_type.when]
        return counting(self._tables.kept[row_type.dataset], names, found) if found else None

    def table(self, row_type: type[Row]) -> FromClause:
        """The current rows, with a column for each field. Pounds, and their sums, come as Decimal pounds.

        A stock comes as changes: the column `change` is the pupils more or fewer than at the month end before,
        `row.when` the month end; what stands at a month end is the sum up to it.
        """
        return self._tables.current(row_type)

    def held(self, row_type: type[Row], names: Iterable[str]) -> Held:
        """A stock's changes in memory, by these dimensions; added up once for each version."""
        table, asked = self._tables.changes[row_type.dataset], tuple(sorted(names))
        return self.remembered(("held", row_type, asked), lambda c: held(c, row_type, table, asked))

    def is_sample(self) -> bool:
        """Whether what is shown is the sample."""
        return self.remembered("sample", is_sample)

    def covered(self, row_type: type[Row]) -> tuple[dt.date, ...] | tuple[str, ...]:
        """What the current data cover, in order: months as their first day, or periods as written; () without either.

        A month that is covered and has no rows had none; one that is not covered is not available.
        """
        return self.remembered(("covered", row_type), lambda connection: covered(connection, row_type))

    def counts(self, row_type: type[Row]) -> dict[dt.date | str, int]:
        """How many rows the current data have in each month or period they cover; of a stock, at each month end."""
        return self.remembered(("counts", row_type), lambda connection: counts(connection, self._tables, row_type))

    def events(self, exhibit_id: str) -> tuple[Event, ...]:
        """What stands on the exhibit's chart, by day."""
        return tuple(event for event in self.remembered("events", all_events) if event.on(exhibit_id))

    def data_date(self, row_type: type[Row]) -> dt.date | None:
        """The last day the current data speak of: the last month end or event, else the day they were loaded."""
        return self.remembered(("date", row_type), lambda connection: data_date(connection, self._tables, row_type))


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


def counts(connection: Connection, tables: Tables, row: type[Row]) -> dict[dt.date | str, int]:
    """Rows by month (its first day) or period, 0 where a covered one has none; {} for a dataset without either."""
    if row.when is None:
        return {}
    table = tables.current(row)
    when = table.c[row.when]
    count = func.sum(table.c[CHANGE]) if row.stock else func.count()
    lines = connection.execute(select(when, count).group_by(when)).all()
    held = covered(connection, row)
    if row.stock:  # what changes at a month end holds from then on
        return {month: sum(more for day, more in lines if day.replace(day=1) <= month) for month in held}
    found: dict[dt.date | str, int] = dict.fromkeys(held, 0)
    for day, rows in lines:
        period = day.replace(day=1) if isinstance(day, dt.date) else day
        found[period] = found.get(period, 0) + rows
    return found


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


def options(connection: Connection, tables: Tables, name: str, limit: Where = ()) -> tuple[str, ...]:
    """The column's values in all current rows that the limit leaves; what is not recorded comes last."""
    rows = [row for row in tables.rows.values() if {name, *(column for column, _ in limit)} <= set(row.fields)]
    if not rows:
        return ()
    queries = []
    for table in map(tables.current, rows):
        queries.append(select(table.c[name]).where(true(), *(table.c[column].in_(values) for column, values in limit)))
    found = set(connection.execute(union(*queries)).scalars()) - {None}
    known = list(dict.fromkeys(value for row in rows for value in row.fields[name].known))

    def place(value: str) -> tuple[bool, int, str]:
        return value == NOT_RECORDED, known.index(value) if value in known else len(known), value.casefold()

    return tuple(sorted(found, key=place))
