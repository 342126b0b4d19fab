"""Rows for a data officer: of a dataset and a selection, under pseudonyms, for a reason that is logged before any of
them is given."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Select, false, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from sendviz.access import Person
from sendviz.figures.query import conditions_of, matching, newest_day, next_month
from sendviz.selection import Selection
from sendviz.store import Deed, Reading, Store
from sendviz.store.tables import FROM, UNTIL
from sendviz.vocabulary import Field, Row

SHORTEST, LONGEST = 10, 300  # letters of a reason
MOST = 1_000_000  # rows that a sheet has room for


class NotGiven(Exception):
    """Rows that are not given; its text is one sentence."""


@dataclass(frozen=True)
class Request:
    """Rows somebody asks for: of which dataset and selection, who it is, and what they need them for."""

    row: type[Row]
    selection: Selection
    reason: str
    person: Person

    @property
    def why(self) -> str:
        """The reason, in one line."""
        return " ".join(self.reason.split())

    @property
    def within(self) -> Selection:
        """What of the selection acts on the dataset, within what the person may see."""
        return self.selection.limited_to(self.person.limit).for_row(self.row)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns that are given; a stock's month end is told by two of its own."""
        return tuple(field for field in self.row.fields.values() if not field.free and not self._dates(field))

    @property
    def left_out(self) -> tuple[Field, ...]:
        """The columns in which people write what they like."""
        return tuple(field for field in self.row.fields.values() if field.free)

    @property
    def headings(self) -> tuple[str, ...]:
        """The labels of what each line holds."""
        when = [field.title.lower() for field in self.row.fields.values() if self._dates(field)]
        return (*(f"{word} {title}" for title in when for word in ("From", "To")), *(f.title for f in self.columns))

    def _dates(self, field: Field) -> bool:
        return self.row.stock and field.name == self.row.when


@dataclass(frozen=True)
class Given:
    """What is given: how many lines, when, and the lines, in the order of the request's headings."""

    request: Request
    count: int
    at: dt.datetime
    lines: Iterator[tuple[Any, ...]]


def count(request: Request, store: Store) -> int:
    """How many rows there are; NotGiven where they are not for whoever asks, or the reason does not do."""
    _check(request)
    with store.reading_rows(request.person.limit) as data:
        return _count(data, _query(request, data))


@contextmanager
def given(request: Request, store: Store) -> Iterator[Given]:
    """The rows, of one published version, to be read within; logged first. NotGiven as above, StoreUnavailable where
    they cannot be logged."""
    _check(request)
    with store.reading_rows(request.person.limit) as data:
        query = _query(request, data)
        many = _count(data, query)
        if many > MOST:
            raise NotGiven(f"These are {many:,} rows, and a workbook has room for {MOST:,}: choose filters or dates.")
        store.log.add(request.person.name, Deed.ROWS, **_about(request, many))
        yield Given(request, many, dt.datetime.now(dt.UTC), _lines(request, data, query) if many else iter(()))


def _check(request: Request) -> None:
    """Whatever the page shows or hides: who may not have rows has none."""
    if not request.person.loads:
        raise NotGiven("Rows are given to data officers alone.")
    if request.within.refuses(request.row):
        raise NotGiven(f"{request.row.title()} cannot be limited to what is open to you, so no rows of it are given.")
    if not SHORTEST <= len(request.why) <= LONGEST:
        raise NotGiven(f"Say in at least {SHORTEST} letters, and at most {LONGEST}, what the rows are needed for.")


def _about(request: Request, many: int) -> dict[str, str]:
    """What the log keeps of it."""
    asked = request.within
    link = {"link": asked.link()} if asked else {}
    words = {"dataset": request.row.title(), "selection": asked.words(), "rows": f"{many:,}", "reason": request.why}
    return words | link


def _count(data: Reading, query: Select[Any] | None) -> int:
    if query is None:
        return 0
    return int(data.rows(select(func.count()).select_from(query.order_by(None).subquery()))[0][0])


def _query(request: Request, data: Reading) -> Select[Any] | None:
    """The rows asked for; None where nothing is loaded."""
    row, asked = request.row, request.within
    table = data.spells(row) if row.stock else data.table(row)
    if table is None:
        return None
    when = [FROM, UNTIL] if row.stock else []
    query: Select[Any] = select(*(table.c[name] for name in (*when, *(field.name for field in request.columns))))
    by = [*when, *(name for name, field in row.fields.items() if field.kind == "pupil")]
    return query.where(*_conditions(row, table, asked, data)).order_by(*(table.c[name] for name in by or row.unique))


def _conditions(row: type[Row], table: FromClause, asked: Selection, data: Reading) -> Sequence[ColumnElement[bool]]:
    if row.stock:
        return [*matching(row, table, asked), *_touching(table.c[FROM], table.c[UNTIL], asked=asked, until=True)]
    if not row.snapshot:
        return conditions_of(row, table, asked, None)
    newest = newest_day(data, row, asked)
    if newest is None:
        return [false()]
    lasting = _touching(*(table.c[name] for name in row.lasts), asked=asked) if row.lasts else []
    return [*conditions_of(row, table, asked, newest), *lasting]


def _touching(
    first: ColumnElement[Any], last: ColumnElement[Any], *, asked: Selection, until: bool = False
) -> list[ColumnElement[bool]]:
    """Whether what lasted from `first` to `last` (or, `until`, to the month end before it) touches the period."""
    found: list[ColumnElement[bool]] = []
    if asked.start:
        found.append(or_(last.is_(None), last >= (next_month(asked.start) if until else asked.start)))
    if asked.end:
        found.append(first < next_month(asked.end))
    return found


def _lines(request: Request, data: Reading, query: Select[Any] | None) -> Iterator[tuple[Any, ...]]:
    assert query is not None
    for line in data.lines(query):
        if request.row.stock:  # the month end after the last is the store's own way to say it
            yield line[0], line[1].replace(day=1) - dt.timedelta(days=1), *line[2:]
        else:
            yield tuple(line)
