"""The tables, made from the row models: a new dataset file brings its own.

They are created, and given their new columns, when a store is opened (`upgrading.py`).
"""

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Double,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    select,
)  # fmt: skip
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeEngine

from sendviz.datasets import ROWS
from sendviz.store.fixed import scopes
from sendviz.vocabulary import Row
from sendviz.vocabulary.row import Field

FROM, UNTIL, CHANGE = "from_month", "until_month", "change"


class Pence(TypeDecorator[Decimal]):
    """Pounds kept as whole pence, so that sums are exact in both databases; read, and summed, they are pounds again."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Pounds as pence."""
        return None if value is None else int(value.scaleb(2).to_integral_value())

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Pence as pounds."""
        return None if value is None else Decimal(value).scaleb(-2)


_TYPES: dict[type, type[TypeEngine[Any]]] = {
    str: Text, dt.date: Date, bool: Boolean, int: Integer, float: Double, Decimal: Pence,
}  # fmt: skip


def dimensions(row: type[Row]) -> tuple[str, ...]:
    """A stock's columns that say what a pupil is like at a month end: all but the pupil and the month end."""
    return tuple(name for name, field in row.fields.items() if field.kind != "pupil" and name != row.when)


def _column(field: Field, **options: Any) -> Column[Any]:
    # Never NOT NULL: the row model guards what goes in, and a column that a dataset loses must not stop later loads.
    return Column(field.name, String(64) if field.kind == "pupil" else _TYPES[field.python](), **options)


class Tables:
    """The tables of row models: uploads' rows are `kept`, a stock is added up to its `changes`, moves are `made`."""

    def __init__(self, rows: Mapping[str, type[Row]]) -> None:
        self.metadata, self.rows = MetaData(), rows
        self.kept = {name: self._kept(row) for name, row in rows.items() if not row.made_from}
        self.changes = {name: self._changes(row) for name, row in rows.items() if row.stock}
        self.made = {name: self._made(row) for name, row in rows.items() if row.made_from}

    def _kept(self, row: type[Row]) -> Table:
        if row.when and row.when not in row.replaces:
            raise ValueError(f"{row.__name__}: what a new upload replaces must say which {row.when}")
        if row.stock and row.replaces != (row.when,):
            raise ValueError(f"{row.__name__}: a stock is replaced by its month ends, and by them alone")
        names = [name for name in row.fields if not (row.stock and name == row.when)]
        own: list[Column[Any]] = [Column("upload_id", Integer, nullable=False)]
        if row.stock:
            own += [Column(FROM, Date, nullable=False), Column(UNTIL, Date, nullable=False)]
        else:
            own += [Column("scope_id", Integer, nullable=False)]
        name, key = (f"{row.dataset}_spells", "upload_id") if row.stock else (row.dataset, "scope_id")
        columns = (*own, *(_column(row.fields[n]) for n in names))
        found_by = [Index(f"ix_{name}_{'_'.join(row.found_by)}", *row.found_by)] if row.found_by else []
        return Table(name, self.metadata, *columns, Index(f"ix_{name}_{key}", key), *found_by)

    def _changes(self, row: type[Row]) -> Table:
        assert row.when, f"{row.__name__}: a stock has month ends"
        names = (row.when, *dimensions(row))
        columns = (*(_column(row.fields[name]) for name in names), Column(CHANGE, Integer, nullable=False))
        name = f"{row.dataset}_changes"
        return Table(name, self.metadata, *columns, Index(f"ix_{name}_{row.when}", row.when))

    def _made(self, row: type[Row]) -> Table:
        return Table(row.dataset, self.metadata, *map(_column, row.fields.values()))

    @property
    def rebuilt(self) -> set[str]:
        """The names of the tables that publishing fills."""
        return {table.name for table in (*self.changes.values(), *self.made.values())}

    @property
    def shape(self) -> str:
        """A fingerprint of all tables: unequal when a row model has changed."""
        words = "".join(str(CreateTable(table)) for table in self.metadata.sorted_tables)
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def counted(self, row: type[Row]) -> Table:
        """The table that a dataset's figures are counted from: of a stock its changes, not its spells."""
        return (self.made if row.made_from else self.changes if row.stock else self.kept)[row.dataset]

    def current(self, row: type[Row], without: Collection[str] = ()) -> FromClause:
        """The dataset's rows in force, without these columns.

        A stock comes as changes: `row.when`, the dimensions, and `change`, the pupils more or fewer than at the month
        end before.
        """
        table = self.counted(row)
        if row.made_from or row.stock:
            return table
        held = select(scopes.c.id).where(scopes.c.dataset == row.dataset, scopes.c.current)
        names = (name for name in row.fields if name not in without)
        return select(*(table.c[name] for name in names)).where(table.c.scope_id.in_(held)).subquery(row.dataset)


TABLES = Tables(ROWS)
