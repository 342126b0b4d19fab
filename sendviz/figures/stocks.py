"""Totals of a stock: pupils at month ends, summed up from the changes held in memory."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sendviz.selection import Selection
from sendviz.store import Held
from sendviz.vocabulary import MONTH, Not, Total

Found = dict[tuple[object, ...], list[float | None]]
Lines = NDArray[np.bool_]
Places = NDArray[np.intp]


def sums(
    held: Held, totals: Sequence[Total], by: Sequence[str], selection: Selection, covered: Sequence[dt.date],
    at: dt.date | None = None,
) -> Found:  # fmt: skip
    """The totals at each of the covered months within the selection, by dimension values; without `month` in `by`, at
    the month end `at`, or the selection's last."""
    last = at or selection.end
    kept = np.flatnonzero(_chosen(held, selection))
    place, keys = _places(held, [name for name in by if name != MONTH], kept)
    width = len(held.months)
    cells = place * width + held.month[kept]
    levels = [
        np.bincount(cells, held.change[kept] * _only(held, total)[kept], len(keys) * width)
        .reshape(len(keys), width).cumsum(axis=1)
        for total in totals
    ]  # fmt: skip
    if MONTH not in by:
        end = _place(held, last) if last else width - 1
        return {key: [float(level[n, end]) if end >= 0 else 0.0 for level in levels] for n, key in enumerate(keys)}
    first = selection.start or dt.date.min
    shown = [(month, _place(held, month)) for month in covered if first <= month and (last is None or month <= last)]
    where = by.index(MONTH)
    tables = [level.tolist() for level in levels]
    return {
        (*key[:where], month, *key[where:]): [table[n][end] if end >= 0 else 0.0 for table in tables]
        for n, key in enumerate(keys) for month, end in shown
    }  # fmt: skip


def combinations(held: Held, totals: Sequence[Total], by: Sequence[str]) -> list[tuple[object, ...]]:
    """The combinations of these dimensions' values among the pupils that any of the totals counts, at any month end."""
    counted = np.logical_or.reduce([_only(held, total) for total in totals])
    return _places(held, by, np.flatnonzero(counted))[1]


def _chosen(held: Held, selection: Selection) -> Lines:
    lines = np.ones(len(held.change), bool)
    for name, values in selection.where:
        if name in held.codes:
            lines &= _among(held, name, values)
    return lines


def _only(held: Held, total: Total) -> Lines:
    lines = np.ones(len(held.change), bool)
    for name, wanted in total.only.items():
        if isinstance(wanted, Not):
            lines &= ~_among(held, name, wanted.values)
        else:
            lines &= _among(held, name, wanted if isinstance(wanted, tuple) else (wanted,))
    return lines


def _among(held: Held, name: str, wanted: Collection[object]) -> Lines:
    among = np.array([value in wanted for value in held.values[name]], bool)
    return among[held.codes[name]] if len(among) else np.zeros(0, bool)


def _places(held: Held, names: Iterable[str], kept: Places) -> tuple[Places, list[tuple[object, ...]]]:
    """For each line kept the number of its combination of these dimensions' values, and the combinations."""
    columns = [(held.values[name], held.codes[name][kept]) for name in names]
    place, size = np.zeros(len(kept), np.intp), 1
    for values, codes in columns:
        place, size = place * len(values) + codes, size * len(values)
    there = np.flatnonzero(np.bincount(place, minlength=size))
    number = np.zeros(size, np.intp)
    number[there] = np.arange(len(there))
    found, rest = [], there
    for values, _ in reversed(columns):
        rest, code = np.divmod(rest, len(values))
        found.append([values[n] for n in code.tolist()])
    return number[place], list(zip(*reversed(found), strict=True)) if found else [()] * len(there)


def _place(held: Held, month: dt.date) -> int:
    """Where the month, or the last before it in which something changed, stands; -1 before the first."""
    return bisect_right(held.months, month.replace(day=1)) - 1
