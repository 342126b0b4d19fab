"""Readings remembered: extracts repeat themselves, so that each column's cells need reading once."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

MOST = 65_536  # cells of a column that are remembered
# What is equal to its own type alone, and so may be told apart by a plain look-up; 1, 1.0 and True are equal and mean
# different things.
_ALIKE = frozenset({str, dt.date, dt.datetime, type(None)})


class _Remembered(dict[object, Any]):
    """What cells were read as: a look-up in a dict takes a third of what asking `lru_cache` does. It forgets all when
    it is full."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read, self._other = read, lru_cache(maxsize=MOST, typed=True)(read)

    def __missing__(self, cell: object) -> Any:
        if type(cell) not in _ALIKE:
            return self._other(cell)
        if len(self) >= MOST:
            self.clear()
        value = self[cell] = self._read(cell)
        return value


def remembered(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same reading, which works each cell out once; what it refuses, it refuses each time."""
    return _Remembered(read).__getitem__
