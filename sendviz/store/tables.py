"""The tables, made from the row models: a new dataset file brings its own.

They are created, and given their new columns, when a store is opened (`upgrading.py`).
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
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

from sendviz.datasets import EXHIBITS, ROWS
from sendviz.store.fixed import scopes
from sendviz.vocabulary import MONTH, Row
from sendviz.vocabulary.dimensions import FILTERS
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


def leading(row: type[Row]) -> tuple[str, ...]:
    """The filters of the dataset, in their order: read tables are kept by the first of them, the locality."""
    return tuple(name for name in FILTERS if name in row.fields)


def steady(row: type[Row]) -> tuple[str, ...]:
    """The dimensions that do not change for everybody once a year, as age does."""
    return tuple(name for name in dimensions(row) if row.fields[name].kind in ("category", "flag"))


def grains(row: type[Row]) -> tuple[tuple[str, ...], ...]:
    """The sets of dimensions a stock is pre-added by, widest first.

    All dimensions; the steady ones; and for each exhibit its own columns with the first filter, and with the first
    two: locality, and school type, are what people filter by most.
    """
    found = [every := dimensions(row), steady(row)]
    for exhibit in (e for e in EXHIBITS.values() if e.row is row):
        totals = [t for m in exhibit.measures for t in (m.of, m.over) if t]
        needed = {*exhibit.by, *(name for total in totals for name in total.only)}
        for filters in (leading(row)[:1], leading(row)[:2]):
            found.append(tuple(name for name in every if name in needed or name in filters))
    return tuple(sorted(dict.fromkeys(found), key=lambda grain: -len(grain)))


def _column(field: Field, **options: Any) -> Column[Any]:
    # Never NOT NULL: the row model guards what goes in, and a column that a dataset loses must not stop later loads.
    return Column(field.name, String(64) if field.kind == "pupil" else _TYPES[field.python](), **options)


class Tables:
    """The tables of row models: uploads' rows are `kept`, a stock is `pre_added` by its grains, moves are `made`."""

    def __init__(self, rows: Mapping[str, type[Row]]) -> None:
        self.metadata, self.rows = MetaData(), rows
        self.kept = {name: self._kept(row) for name, row in rows.items() if not row.made_from}
        self.pre_added = {
            name: {grain: self._pre_added(row, grain) for grain in grains(row)}
            for name, row in rows.items() if row.stock
        }  # fmt: skip
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

    def _pre_added(self, row: type[Row], grain: tuple[str, ...]) -> Table:
        assert row.when, f"{row.__name__}: a stock has month ends"
        wide = {dimensions(row): "", steady(row): "_steady"}
        name = f"{row.dataset}_changes" + wide.get(grain, f"_by_{'_'.join(grain)}")
        keys = (*(n for n in leading(row)[:1] if n in grain), row.when)
        number = Column("number", Integer, primary_key=True, autoincrement=False)
        return Table(
            name, self.metadata,
            *(_column(row.fields[key], primary_key=True) for key in keys), number,
            *(_column(row.fields[name]) for name in grain if name not in keys),
            Column(CHANGE, Integer, nullable=False),
            sqlite_with_rowid=False,  # rows lie in the order of the key: a locality is read in one sweep
        )  # fmt: skip

    def _made(self, row: type[Row]) -> Table:
        return Table(row.dataset, self.metadata, *map(_column, row.fields.values()))

    @property
    def rebuilt(self) -> set[str]:
        """The names of the tables that publishing fills."""
        pre_added = (table for by_grain in self.pre_added.values() for table in by_grain.values())
        return {table.name for table in (*pre_added, *self.made.values())}

    @property
    def shape(self) -> str:
        """A fingerprint of all tables: unequal when a row model has changed."""
        words = "".join(str(CreateTable(table)) for table in self.metadata.sorted_tables)
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def current(self, row: type[Row], names: Iterable[str] | None = None) -> FromClause:
        """The dataset's rows in force.

        A stock comes as changes: `row.when`, the dimensions, and `change`, the pupils more or fewer than at the month
        end before. With `names`, the leanest table that has these columns is given.
        """
        if row.dataset in self.made:
            return self.made[row.dataset]
        if row.stock:
            needed = set(dimensions(row) if names is None else names) - {row.when, MONTH, CHANGE}
            by_grain = self.pre_added[row.dataset]
            return by_grain[min((g for g in by_grain if needed <= set(g)), key=len)]
        table = self.kept[row.dataset]
        held = select(scopes.c.id).where(scopes.c.dataset == row.dataset, scopes.c.current)
        return select(*(table.c[name] for name in row.fields)).where(table.c.scope_id.in_(held)).subquery(row.dataset)


TABLES = Tables(ROWS)
