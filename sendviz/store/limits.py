"""Limits: what whoever asks may see at all, applied where rows are read, so that no question has to think of it.

PostgreSQL holds the same rule by itself (`guarding.py`): each transaction that reads says whose limit applies, and a
reader's that says nothing sees nothing.
"""

from sqlalchemy import Connection, FromClause, Text, cast, false, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from sendviz.datasets import of_people
from sendviz.selection import Where
from sendviz.store.fixed import publication
from sendviz.vocabulary import Row
from sendviz.vocabulary.dimensions import LIMITS

EVERYTHING = "everything"  # what a transaction says of a column by which nobody is limited


def closed(row: type[Row], limit: Where) -> bool:
    """Whether nothing of a dataset may be seen: it tells of people, and cannot be limited to what may be."""
    return of_people(row) and any(name not in row.fields for name, _ in limit)


def within(table: FromClause, row: type[Row], limit: Where) -> FromClause:
    """The rows of a dataset's table that may be seen."""
    if not limit:
        return table
    if closed(row, limit):
        return select(table).where(false()).subquery(row.dataset)
    conditions = (table.c[name].in_(values) for name, values in limit if name in row.fields)
    return select(table).where(*conditions).subquery(row.dataset)


def begin(connection: Connection, limit: Where) -> int:
    """The version of the data that is read, and, in the same trip to a PostgreSQL, whose limit applies until the
    transaction ends."""
    version = select(publication.c.version)
    if connection.dialect.name == "postgresql":
        said = (func.set_config(setting(name), _said(name, limit), True) for name in LIMITS)
        version = version.add_columns(*said)
    return int(connection.execute(version).scalar_one())


def setting(column: str) -> str:
    """The name under which a transaction says what of a column may be seen."""
    return f"sendviz.{column}"


def _said(column: str, limit: Where) -> object:
    """An array, or `everything`. Limits add up to less: of two on one column, what both have. One on a column that no
    wall knows leaves nothing."""
    if any(name not in LIMITS for name, _ in limit):
        values: set[str] | None = set()
    else:
        given = [set(values) for name, values in limit if name == column]
        values = set.intersection(*given) if given else None
    return EVERYTHING if values is None else cast(cast(sorted(values), ARRAY(Text)), Text)
