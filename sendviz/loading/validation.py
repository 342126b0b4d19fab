"""Rows are checked a thousand at a time, and one by one only where something is wrong: every problem is kept."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sendviz.loading.cells import FAULTS, address
from sendviz.loading.layout import Layout, Record
from sendviz.loading.mending import BIRTH, COMPARED, FORMULA, TWICE, typed
from sendviz.loading.report import SheetReport, shown
from sendviz.vocabulary import NOT_RECORDED, Row

BATCH = 1000
NOT_SHOWN = "(not shown)"


class Checker:
    """Checks the records of one sheet and keeps what is wrong in its report.

    seen    the values of each category that has a list, with the first cell each stands in
    often   how many rows have each of them
    dates   the values of the dataset's `when`, and how many rows have each
    """

    def __init__(self, layout: Layout, report: SheetReport, faulty: bool) -> None:
        self._layout, self._report, self._faulty = layout, report, faulty
        self._row = layout.row
        self._adapter = TypeAdapter(list[layout.row])  # type: ignore[name-defined]
        self._key = attrgetter(*self._row.unique) if self._row.unique else None
        self._first: dict[Any, int] = {}
        self.seen: dict[str, dict[str, str]] = {
            f.name: {} for f in self._row.fields.values() if f.known and not f.derived
        }
        self.often: dict[str, Counter[str]] = {name: Counter() for name in self.seen}
        self.dates: Counter[Any] = Counter()
        self._scope = attrgetter(*self._row.replaces) if self._row.replaces else None
        self._covered: set[Any] = set()
        self.watch = self._row.watch()

    def batches(self, records: Iterator[Record]) -> Iterator[list[Row]]:
        """The good rows, in lists of up to a thousand."""
        while batch := list(islice(records, BATCH)):
            rows, batch = self._checked(batch)
            self._unique(rows, batch)
            self._note(rows, batch)
            if self.watch:
                self.watch.see(rows)
            self._report.rows += len(rows)
            yield rows

    def _checked(self, records: list[Record]) -> tuple[list[Row], list[Record]]:
        if not self._faulty:
            try:
                return self._adapter.validate_python([record.values for record in records]), records
            except ValidationError:
                pass  # found out one by one below
        good = [(row, record) for record in records if (row := self._one(record)) is not None]
        return [row for row, _ in good], [record for _, record in good]

    def _one(self, record: Record) -> Row | None:
        """The row, or None with its problems added to the report."""
        told = set(self._excel_errors(record)) if self._faulty else set()
        try:
            row = self._row.model_validate(record.values)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self._explain(record, fault, told)
            return None
        return None if told else row

    def _excel_errors(self, record: Record) -> Iterator[int]:
        """The columns that hold Excel errors, each told as a problem."""
        for name, column in record.columns.items():
            value = record.values.get(name)
            if type(value) is str and (words := FAULTS.get(value)):
                self._problem(record, name, words, FORMULA)
                yield column

    def _explain(self, record: Record, fault: ErrorDetails, told: set[int]) -> None:
        """Adds the problems of one fault: a cell's once; a row's wherever its rules put them. A field without a column
        has been told of with the headings."""
        context = fault.get("ctx", {})
        for name, words in context.get("failed", ()):
            self._problem(record, name, words, COMPARED)
        if fault["loc"] and (column := record.columns.get(str(fault["loc"][0]))) is not None and column not in told:
            told.add(column)
            name = str(fault["loc"][0])
            rule = self._layout.words.get(name, str(context.get("rule", fault["msg"])))
            self._problem(record, name, rule, BIRTH if name in self._layout.words else typed(self._row.field(name)))

    def _problem(self, record: Record, name: str, words: str, mend: str) -> None:
        column = record.columns.get(name, min(record.columns.values()))
        private = column in self._layout.private
        value = NOT_SHOWN if private else shown(record.values.get(name))
        report, cell = self._place(record.number, column)
        report.problem(words, cell, self._layout.headings[column], value, mend)

    def _place(self, number: int, column: int) -> tuple[SheetReport, str]:
        return self._layout.place(number, column) if self._layout.place else (self._report, address(number, column))

    def _unique(self, rows: list[Row], records: list[Record]) -> None:
        if self._key is None:
            return
        keys = list(map(self._key, rows))
        if len(set(keys)) < len(keys) or not self._first.keys().isdisjoint(keys):
            for key, record in zip(keys, records, strict=True):
                met = len(self._first)
                first = self._first.setdefault(key, record.number)
                if len(self._first) == met:
                    self._twice(record, first)
        else:
            self._first.update(zip(keys, (record.number for record in records), strict=True))

    def _twice(self, record: Record, first: int) -> None:
        names = [name for name in self._row.unique if name in record.columns]
        titles = " and ".join(self._row.field(name).title for name in names)
        _, where = self._place(first, record.columns[names[-1]])
        self._problem(record, names[-1], f"the same {titles} as in {where}: each may occur once", TWICE)

    def _note(self, rows: list[Row], records: list[Record]) -> None:
        """Remembers the dates and categories met, each category with the cell it was first met in."""
        if self._row.when:
            self.dates.update(map(attrgetter(self._row.when), rows))
        if self._scope:
            self._covered.update(map(self._scope, rows))
        for name, seen in self.seen.items():
            values = list(map(attrgetter(name), rows))
            self.often[name].update(values)
            for value in set(values) - seen.keys():
                record = records[values.index(value)]
                column = record.columns.get(name)
                seen[value] = address(record.number, column) if column is not None else ""

    def scopes(self) -> set[tuple[str, ...]]:
        """What the rows cover, in words, by the columns that a new upload replaces; () where it replaces everything."""
        if len(self._row.replaces) == 1:
            return {(_scope_words(value),) for value in self._covered}
        return {tuple(map(_scope_words, values)) for values in self._covered} if self._row.replaces else {()}

    def unfamiliar(self) -> dict[str, dict[str, str]]:
        """By field, the categories that are not known, each with the first cell it stands in."""
        if not self._layout.ours:
            return {}
        known = {name: {*self._row.field(name).known, NOT_RECORDED} for name in self.seen}
        return {
            name: new
            for name, seen in self.seen.items()
            if (new := {v: c for v, c in seen.items() if v not in known[name]})
        }


def _scope_words(value: object) -> str:
    return f"{value:%B %Y}" if isinstance(value, dt.date) else str(value)
