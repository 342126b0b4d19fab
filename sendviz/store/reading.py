"""Reading: one published version of the data as somebody may see them, what it covers, and which values it holds."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Date, FromClause, Select, func, select, union

from sendviz.datasets import of_no_figure, of_people
from sendviz.selection import Where
from sendviz.store.changes import counting
from sendviz.store.elsewhere import elsewhere, mentions
from sendviz.store.events import Event, all_events
from sendviz.store.fixed import scopes
from sendviz.store.held import Held, held
from sendviz.store.limits import begin, within
from sendviz.store.loaded import loaded
from sendviz.store.publishing import holders, spans
from sendviz.store.tables import CHANGE, Tables
from sendviz.vocabulary import NOT_RECORDED, Row, month_end
from sendviz.vocabulary.dimensions import LIMITS

T = TypeVar("T")
AT_ONCE = 2_000  # rows held at a time of a query that finds many


class Reading:
    """One published version, in one transaction: what is asked of it agrees, whatever is published meanwhile.

    There is nothing in it but what the limit leaves to be seen: whatever is asked of it stays within that.
    """

    def __init__(
        self,
        connection: Connection,
        tables: Tables,
        version: int,
        known: dict[object, Any],
        limit: Where = (),
        whole: bool = False,
    ) -> None:
        self._connection, self._tables, self.version, self._known = connection, tables, version, known
        self.limit, self._whole = limit, whole

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
        if not found:
            return None
        return within(counting(self._tables.kept[row_type.dataset], names, found), row_type, self.limit)

    def table(self, row_type: type[Row]) -> FromClause:
        """The current rows, with a column for each field; with pupils' pseudonyms where rows are read, not figures.
        Pounds, and sums of them, are Decimal.

        A stock comes as changes: the column `change` is the pupils more or fewer than at the month end before,
        `row.when` the month end; what stands at a month end is the sum up to it.
        """
        left_out = () if self._whole else of_no_figure(row_type)
        return within(self._tables.current(row_type, left_out), row_type, self.limit)

    def held(self, row_type: type[Row], names: Iterable[str]) -> Held:
        """A stock's changes in memory, by these dimensions; added up once for each version."""
        table, asked = self.table(row_type), tuple(sorted(names))
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
        return self.remembered(
            ("counts", row_type), lambda connection: counts(connection, self.table(row_type), row_type)
        )

    def events(self, exhibit_id: str) -> tuple[Event, ...]:
        """What stands on the exhibit's chart, by day."""
        found = [event for event in self.remembered("events", all_events) if event.on(exhibit_id)]
        return tuple(event for event in found if not (self.limit and mentions(self.elsewhere(), event.text)))

    def elsewhere(self) -> frozenset[str]:
        """The names of places that the limit does not leave to be seen."""
        return self.remembered("elsewhere", self._elsewhere)

    def _elsewhere(self, connection: Connection) -> frozenset[str]:
        own = [value for name in LIMITS for value in self.options(name)]
        begin(connection, ())  # to know what must not be named, for as long as that takes
        everything = Reading(connection, self._tables, self.version, {})
        found = elsewhere((value for name in LIMITS for value in everything.options(name)), own)
        begin(connection, self.limit)
        return found

    def data_date(self, row_type: type[Row]) -> dt.date | None:
        """The last day the current data speak of: the last month end or event, else the day they were loaded."""
        row = row_type.made_from or row_type
        return self.remembered(("date", row), lambda c: data_date(c, self.table(row), row, bool(self.limit)))

    def options(self, filter_name: str) -> tuple[str, ...]:
        """The values a filter can take: known ones in their order, then others by the alphabet, then Not recorded."""
        return self.remembered(("options", filter_name), lambda connection: self._options(connection, filter_name))

    def _options(self, connection: Connection, name: str) -> tuple[str, ...]:
        """Of datasets that can be limited to what may be seen; where none can, of those that are not of people."""
        having = [row for row in self._tables.rows.values() if name in row.fields]
        rows = [row for row in having if {column for column, _ in self.limit} <= set(row.fields)]
        rows = rows or [row for row in having if not of_people(row)]
        return options(connection, {row: self.table(row) for row in rows}, name)


def is_sample(connection: Connection) -> bool:
    """Whether a sample upload counts."""
    return connection.execute(select(loaded.c.dataset).where(loaded.c.sample).limit(1)).first() is not None


def covered(connection: Connection, row: type[Row]) -> tuple[dt.date, ...] | tuple[str, ...]:
    """Months or periods held by an upload; of what is worked out between month ends, those with the month before."""
    if row.made_from:
        held = {month for month in covered(connection, row.made_from) if isinstance(month, dt.date)}
        return tuple(sorted(month for month in held if (month - dt.timedelta(days=1)).replace(day=1) in held))
    query = select(scopes.c.period).distinct()
    query = query.where(scopes.c.dataset == row.dataset, scopes.c.current, scopes.c.period.is_not(None))
    periods = sorted(connection.execute(query).scalars())
    return tuple(dt.date.fromisoformat(f"{p}-01") for p in periods) if row.is_dated() else tuple(periods)


def counts(connection: Connection, table: FromClause, row: type[Row]) -> dict[dt.date | str, int]:
    """Rows by month (its first day) or period, 0 where a covered one has none; {} for a dataset without either."""
    if row.when is None:
        return {}
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


def data_date(connection: Connection, table: FromClause, row: type[Row], limited: bool = False) -> dt.date | None:
    """The last month end of a stock, the last date or month of events, else the day of the last upload, if any.

    The last event may be somebody else's: who sees a part is told the end of the last month covered, or the day of the
    last upload where that was before.
    """
    months = [month for month in covered(connection, row) if isinstance(month, dt.date)]
    if not row.is_dated():
        return _last_loaded(connection, row)
    if row.stock or row.fields[row.when or ""].kind == "month":
        return month_end(months[-1]) if months else None
    if limited:
        ends = (month_end(months[-1]) if months else None, _last_loaded(connection, row))
        return min(filter(None, ends), default=None)
    last: dt.date | None = connection.execute(select(func.max(table.c[row.when or ""], type_=Date))).scalar()
    return last


def _last_loaded(connection: Connection, row: type[Row]) -> dt.date | None:
    query = select(func.max(loaded.c.loaded_at)).where(loaded.c.dataset == row.dataset)
    when = connection.execute(query).scalar()
    return when.date() if when else None


def options(connection: Connection, tables: Mapping[type[Row], FromClause], name: str) -> tuple[str, ...]:
    """The column's values in these datasets' rows; what is not recorded comes last."""
    if not tables:
        return ()
    queries = [select(table.c[name]) for table in tables.values()]
    found = set(connection.execute(union(*queries)).scalars()) - {None}
    known = list(dict.fromkeys(value for row in tables for value in row.fields[name].known))

    def place(value: str) -> tuple[bool, int, str]:
        return value == NOT_RECORDED, known.index(value) if value in known else len(known), value.casefold()

    return tuple(sorted(found, key=place))
