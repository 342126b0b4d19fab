"""A stock held in memory: its changes by the dimensions that are asked for together, as arrays of numbers.

Added up in SQL by whoever asks first after a publish (some 20 to 80 ms for a city); from then on any filter of these
dimensions, and any sum, takes microseconds.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, FromClause, func, select, type_coerce
from sqlalchemy.types import NullType

from sendviz.store.tables import CHANGE
from sendviz.vocabulary import NOT_RECORDED, Row

Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Held:
    """The changes of a stock, one line each.

    months  the months (as first days) in which something changes, in order; `month` has each line's place in them
    values  by dimension, the values that occur; `codes` has by dimension each line's place in them
    change  the pupils more, or fewer, than at the month end before
    """

    months: tuple[dt.date, ...]
    month: Numbers
    values: dict[str, tuple[Any, ...]]
    codes: dict[str, Numbers]
    change: Numbers


def held(connection: Connection, row: type[Row], table: FromClause, names: Sequence[str]) -> Held:
    """The stock's changes by these dimensions, added up from their table."""
    # As the driver gives them: a value is made a date or a flag once, not in each line that has it.
    keys = [type_coerce(table.c[name], NullType()) for name in (row.when or "", *names)]
    query = select(*keys, func.sum(table.c[CHANGE])).group_by(*keys).having(func.sum(table.c[CHANGE]) != 0)
    columns = list(zip(*connection.execute(query), strict=True)) or [()] * (len(names) + 2)
    known = [{value: place for place, value in enumerate(dict.fromkeys(column))} for column in columns[:-1]]
    month, *codes = [
        np.fromiter(map(places.__getitem__, column), np.int32, len(column))
        for places, column in zip(known, columns, strict=False)
    ]
    days = [day if isinstance(day, dt.date) else dt.date.fromisoformat(day) for day in known[0]]
    order = np.argsort(np.argsort(np.array(days, "datetime64[D]"))).astype(np.int32)
    return Held(
        tuple(day.replace(day=1) for day in sorted(days)), order[month],
        {name: _values(row, name, places) for name, places in zip(names, known[1:], strict=True)},
        dict(zip(names, codes, strict=True)), np.array(columns[-1], np.int32),
    )  # fmt: skip


def _values(row: type[Row], name: str, found: Iterable[Any]) -> tuple[Any, ...]:
    flag = row.fields[name].kind == "flag"
    return tuple(NOT_RECORDED if value is None else bool(value) if flag else value for value in found)
