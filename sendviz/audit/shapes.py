"""Shapes: where each figure of an exhibit stands in a table of all of them, its totals at place 0."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sendviz.answer import Answer
from sendviz.audit.bounds import Bounds, Numbers
from sendviz.audit.kinds import Kind
from sendviz.vocabulary import MONTH, Exhibit

YEAR = "year"
MONTHS = tuple(range(1, 13))
At = tuple[object, ...]  # dimension values


@dataclass(frozen=True)
class Shape:
    """The axes of an exhibit's table: every dimension with its values, and which of them add up."""

    exhibit: Exhibit
    values: dict[str, tuple[object, ...]]
    adds: frozenset[str]
    at: tuple[At, ...]
    known: dict[tuple[str, ...], tuple[list[At], Numbers]] = field(default_factory=dict)

    @classmethod
    def of_all(cls, answers: Sequence[Answer]) -> "dict[str, Shape]":
        """Those of a dataset's exhibits, by their answers to no filter at all. A dimension has the same values in all.

        Months of what happens in time stand in years; a stock's stand alone, since the same people are at several.
        """
        values: dict[str, dict[object, None]] = {}
        for answer in answers:
            for n, name in enumerate(answer.exhibit.by):
                for figures in answer.figures:
                    values.setdefault(name, {}).update(dict.fromkeys(row.at[n] for row in figures.rows))
        return {answer.exhibit.id: cls._of(answer, values) for answer in answers}

    @classmethod
    def _of(cls, answer: Answer, known: Mapping[str, Iterable[object]]) -> "Shape":
        exhibit, flows = answer.exhibit, not answer.exhibit.row.stock
        values: dict[str, tuple[object, ...]] = {}
        for name in exhibit.by:
            if name == MONTH and flows:
                values[YEAR] = tuple(dict.fromkeys(day.year for day in known[name] if isinstance(day, dt.date)))
                values[MONTH] = MONTHS
            else:
                values[name] = tuple(known[name])
        apart = {*exhibit.apart, *(name for measure in exhibit.measures for name in measure.across)}
        adds = frozenset(name for name in values if name not in apart and (name != MONTH or flows))
        return cls(exhibit, values, adds, tuple(row.at for row in answer.figures[0].rows))

    def table(self, filters: Sequence[tuple[str, int]], kind: Kind) -> Bounds:
        """A table of every selection of these filters, of so many values each, with nothing known of it.

        What is at no place of the exhibit is nobody: only the cells that an answer has, and totals, are open.
        """
        found = [filter_axis(name) for name, _ in filters]
        shape = [count + 1 for _, count in filters] + [len(v) + (k in self.adds) for k, v in self.values.items()]
        table = Bounds.unknown((*found, *self.values), shape, (*found, *self.adds))
        if not kind.across:
            table.high[..., ~self._open(shape[len(filters) :])] = 0
        return table

    def figures(self) -> NDArray[np.bool_]:
        """The cells that stand for a figure: not those of one month of all years together."""
        shape = [len(values) + (name in self.adds) for name, values in self.values.items()]
        found = self._open(shape)
        if YEAR in self.adds:
            moved = np.moveaxis(found, (list(self.values).index(YEAR), list(self.values).index(MONTH)), (0, 1))
            moved[0, 1:] = False
        return found

    def _open(self, shape: Sequence[int]) -> NDArray[np.bool_]:
        """The cells that an answer has, and all totals."""
        there = np.zeros(shape, bool)
        there.reshape(-1)[self.places(self.exhibit.by, self.at)] = True
        for n, name in enumerate(self.values):
            if name in self.adds:
                np.moveaxis(there, n, 0)[0] = True
        return there

    def places(self, level: tuple[str, ...], at: Iterable[At]) -> Numbers:
        """Where the figures of a level stand, as numbers of cells of one selection. Most answers have the same."""
        at, (before, found) = list(at), self.known.get(level, ([], np.zeros(0, np.int64)))
        if level not in self.known or at != before:
            found = self._places(level, at)
            self.known[level] = at, found
        return found

    def _places(self, level: tuple[str, ...], at: Sequence[At]) -> Numbers:
        sizes = [len(values) + (name in self.adds) for name, values in self.values.items()]
        order = {name: {value: n for n, value in enumerate(values)} for name, values in self.values.items()}
        found = np.zeros((len(sizes), len(at)), np.int64)
        for n, name in enumerate(self.values):
            shift = int(name in self.adds)
            column = _column(level, at, name, split=YEAR in self.values)
            if column is not None:
                found[n] = [order[name][value] + shift for value in column]
        return np.asarray(np.ravel_multi_index(tuple(found), sizes) if sizes else np.zeros(len(at)), np.int64)


def _column(level: tuple[str, ...], at: Sequence[At], name: str, split: bool) -> Sequence[object] | None:
    """The values of a dimension; of a month, its year or its place in the year."""
    if name in level and not (split and name == MONTH):
        n = level.index(name)
        return [key[n] for key in at]
    if split and MONTH in level and name in (YEAR, MONTH):
        n = level.index(MONTH)
        return [getattr(key[n], name) for key in at]
    return None


def filter_axis(name: str) -> str:
    """The axis of a filter, which may be an exhibit's dimension too."""
    return f"filter {name}"
