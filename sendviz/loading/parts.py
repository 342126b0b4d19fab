"""The parts of a foreign format that comes in several sheets or files: what tells each, and its rows as read."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from sendviz.loading.cells import FAULTS, Cells, address, blank, normal
from sendviz.loading.personal import personal
from sendviz.loading.readers import Sheet
from sendviz.loading.report import SheetReport, shown
from sendviz.loading.validation import NOT_SHOWN
from sendviz.vocabulary.fields import Day, plain

_day = TypeAdapter(Day).validate_python
ONCE = "each may occur once"


class Line(NamedTuple):
    """A row of a part: its number in the sheet, and the cells of the fields that are kept."""

    number: int
    values: dict[str, object]


@dataclass(frozen=True)
class Form:
    """What one part looks like; headings are given as they are compared, without case, spacing and punctuation.

    tells    the headings it is told by
    must     others it has to have
    may      those it can do without
    aka      other spellings of a heading
    private  those that are used but never stored, and not shown even in a problem
    needed   whether nothing can be made of the other parts without it
    """

    tells: tuple[str, ...]
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    aka: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    needed: bool = True

    def at(self, headings: Cells) -> dict[str, int] | None:
        """The column of each field under these headings; None where they are not this part's."""
        found: dict[str, int] = {}
        for column, heading in enumerate(map(normal, headings)):
            name = self.aka.get(heading, heading)
            if name in (*self.tells, *self.must, *self.may):
                found.setdefault(name, column)
        return found if found.keys() >= set(self.tells) else None


@dataclass
class Part:
    """A part as it was read. `columns` and `headings` are by field; problems are put into its own file's report."""

    name: str
    report: SheetReport
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    cell: Callable[[int, int], str] = address
    sparse: bool = False
    lines: list[Line] = field(default_factory=list)

    def text(self, line: Line, name: str) -> str:
        """A cell as text; '' where it is blank or the part has no such column."""
        return plain(line.values.get(name, ""))

    def day(self, line: Line, name: str, must: bool = False) -> dt.date | None:
        """A cell as a date; None where it is blank. What is no date, or blank and `must` be one, is a problem."""
        value = line.values.get(name, "")
        if not must and plain(value) == "":
            return None
        try:
            return _day(value)
        except ValidationError as error:
            self.problem(line, name, str(error.errors()[0].get("ctx", {}).get("rule", "")))
            return None

    def place(self, line: Line, name: str) -> str:
        """Where a field of a row stands: D14."""
        return self.cell(line.number, self.columns.get(name, 0))

    def heading(self, name: str) -> str:
        """A field's heading as found."""
        return self.headings.get(name, name)

    def problem(self, line: Line, name: str, rule: str) -> None:
        """Adds a problem at a field of a row."""
        value = NOT_SHOWN if name in self.private else shown(line.values.get(name, ""))
        self.report.problem(rule, self.place(line, name), self.heading(name), value)

    def keyed(self, name: str) -> dict[str, Line]:
        """The rows by their number in this field; a blank or a number met before is a problem, told once: such a row is
        no longer among the part's."""
        found: dict[str, Line] = {}
        for line in self.lines:
            key = self.text(line, name)
            if not key:
                self.problem(line, name, "must be filled in")
            elif found.setdefault(key, line) is not line:
                self.problem(line, name, f"the same {self.heading(name)} as in {self.place(found[key], name)}: {ONCE}")
        self.lines = list(found.values())
        return found

    def under(self, name: str, parent: "Part", keys: Mapping[str, Line]) -> dict[str, list[Line]]:
        """The rows by the row of the parent they belong to; one that belongs to none is a problem."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if (key := self.text(line, name)) in keys:
                found.setdefault(key, []).append(line)
            else:
                where = parent.report.file if parent.report.file != self.report.file else parent.report.sheet
                self.problem(line, name, f"no row of {where} has this {self.heading(name)}")
        return found


def part(name: str, form: Form, sheet: Sheet, rows: Iterable[tuple[int, Cells]], report: SheetReport) -> Part:
    """Reads a sheet as a part; `rows` begin with its headings. Only the fields of its form are kept; the columns that
    say who a person is are named as left out. A heading it must have and has not is a problem."""
    below = iter(rows)
    number, cells = next(below)
    at = form.at(cells) or {}
    report.dropped_columns += [plain(cell) for cell in cells if personal(cell) or normal(cell) in form.private]
    for missing in (name for name in form.must if name not in at and not sheet.sparse):
        report.problem(f"the heading '{missing}' is missing from row {number}", column=missing)
    headings = {field: plain(cells[column]) for field, column in at.items()}
    found = Part(name, report, at, headings, form.private, sheet.cell, sheet.sparse, _lines(below, at))
    report.rows = len(found.lines)
    for line in found.lines if sheet.faulty() else ():
        for field_name, value in line.values.items():
            if isinstance(value, str) and value in FAULTS:
                found.problem(line, field_name, FAULTS[value])
    return found


def _lines(rows: Iterable[tuple[int, Cells]], at: Mapping[str, int]) -> list[Line]:
    """The rows that are not blank; equal texts are kept once, since dates and codes repeat themselves."""
    kept: dict[str, str] = {}
    lines = []
    for number, cells in rows:
        values = {name: _once(cells, column, kept) for name, column in at.items()}
        if not blank(values.values()):
            lines.append(Line(number, values))
    return lines


def _once(cells: Sequence[object], column: int, kept: dict[str, str]) -> object:
    value = cells[column] if column < len(cells) else ""
    return kept.setdefault(value, value) if type(value) is str else value
