"""Foreign formats that come in several sheets or files, which make datasets only once they are joined."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from sendviz.loading.cells import Cells
from sendviz.loading.extract import Extract
from sendviz.loading.layout import Layout, Record
from sendviz.loading.parts import Form, Line, Part, part
from sendviz.loading.readers import Sheet
from sendviz.loading.report import SheetReport
from sendviz.vocabulary import Row


class School(NamedTuple):
    """What is known of a school from the settings loaded before, by the names of their columns."""

    school: str
    school_type: str
    locality: str
    la_code: str | None


def schools(settings: Iterable[Any]) -> dict[str, School]:
    """The schools that rows of the settings dataset describe, by their number (URN)."""
    return {row.urn: School(*(getattr(row, name) for name in School._fields)) for row in settings}


@dataclass(frozen=True)
class Known:
    """What is known beside the files: this authority's name, and the schools by their number (URN)."""

    area: str
    schools: Mapping[str, School] = field(default_factory=dict)


class Joined(Extract):
    """The rows of one dataset made from joined parts. Its report has what is to be said of the dataset; what is wrong
    in a cell is said in the report of the file that the cell stands in."""

    def batches(self) -> Iterator[list[Row]]:
        """The good rows, in lists of up to a thousand; may be called once. There may be none: a year without any."""
        yield from self.checker.batches(self._layout.records(self._rows))


class Origins:
    """Where joined records come from: a record's number stands for the rows it was joined from, and its columns for
    the fields of parts."""

    def __init__(self, fields: Mapping[str, tuple[Part, str]]) -> None:
        self._fields = list(fields.values())
        self.columns = {name: column for column, name in enumerate(fields)}
        self._lines: list[Mapping[str, Line]] = []

    def number(self, **lines: Line) -> int:
        """The number of records joined from these rows, given by the part's name."""
        self._lines.append(lines)
        return len(self._lines) - 1

    def headings(self) -> dict[int, str]:
        """The headings as found, by column."""
        return {column: part.heading(name) for column, (part, name) in enumerate(self._fields)}

    def private(self) -> frozenset[int]:
        """The columns whose values are not to be shown."""
        return frozenset(column for column, (part, name) in enumerate(self._fields) if name in part.private)

    def __call__(self, number: int, column: int) -> tuple[SheetReport, str]:
        """The report of the file that a value came from, and the cell."""
        part, name = self._fields[column]
        line = self._lines[number].get(part.name)
        return part.report, part.place(line, name) if line else ""


@dataclass(frozen=True, eq=False)
class Together:
    """A foreign format that comes in several parts. `joins` makes one extract for each dataset from the parts, by
    name; a part that is not there is empty."""

    name: str
    forms: Mapping[str, Form]
    joins: Callable[["Return", Known], Iterator[Joined]]

    def part(self, headings: Cells) -> str | None:
        """Which part has these headings, if any."""
        return next((name for name, form in self.forms.items() if form.at(headings) is not None), None)

    def read(
        self, sheet: Sheet, top: Sequence[tuple[int, Cells]], rows: Iterable[tuple[int, Cells]], report: SheetReport
    ) -> Part | None:
        """The sheet as a part, read to its end; None where it is none. `top` are its first rows, `rows` the others."""
        for place, (_, cells) in enumerate(top):
            if name := self.part(cells):
                report.part = f"{self.name}: {name.replace('_', ' ')}"
                return part(name, self.forms[name], sheet, chain(top[place:], rows), report)
        return None


@dataclass
class Return:
    """The parts of one delivery of such a format: one file that holds them all (`whole`), or several files. `told` are
    the reports of its sheets, of those that are there twice too."""

    together: Together
    whole: bool
    report: SheetReport
    files: list[str] = field(default_factory=list)
    prints: list[str] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    told: list[SheetReport] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """The fingerprint of its file, or of all its files together, in whatever order they came."""
        return self.prints[0] if self.whole else hashlib.sha256("".join(sorted(self.prints)).encode()).hexdigest()

    def add(self, file: str, sha256: str, parts: Sequence[Part]) -> None:
        """Adds a file's parts; one that is there already is a problem."""
        self.files.append(file)
        self.report.files = self.files
        self.prints.append(sha256)
        self.report.file = file if len(self.files) == 1 else f"{self.together.name} ({len(self.files)} files)"
        for found in parts:
            self.told.append(found.report)
            first = self.parts.setdefault(found.name, found)
            if first is not found:
                what = f"the same part of the {self.together.name}"
                found.report.problem(f"{first.report.file} holds {what}: load one of the two")

    def extracts(self, known: Known) -> Iterator[Joined]:
        """One extract for each dataset, each to be gone through before the next. Missing parts are a problem."""
        needed = [name for name, form in self.together.forms.items() if form.needed]
        missing = [name for name in needed if name not in self.parts]
        if missing and not any(part.sparse for part in self.parts.values()):
            self.report.problem(
                f"a {self.together.name} comes in {len(needed)} parts, and these are not among the files loaded: "
                f"{', '.join(missing)}. Load all of them together"
            )
            return
        for name, form in self.together.forms.items():
            self.parts.setdefault(name, Part(name, self.report, private=form.private))
        yield from self.together.joins(self, known)

    def faulty(self) -> list[str]:
        """The files that have problems of their own."""
        return sorted({report.file for report in self.told if report.counted})

    def extract(self, row: type[Row], origins: Origins, records: Iterable[Record], warnings: list[str]) -> Joined:
        """The extract of a dataset. `warnings` may grow while the records are gone through."""
        report = SheetReport(self.report.file, row.title(), row.dataset, warnings=warnings, files=self.files)
        layout = Layout(
            row, 0, origins.headings(), lambda _: iter(records), private=origins.private(), ours=False, place=origins
        )
        return Joined(layout, iter(()), False, report)


class Gathering:
    """The parts met in one load, kept until all its files have been seen."""

    def __init__(self) -> None:
        self.returns: list[Return] = []

    def add(self, file: str, sha256: str, parts: Sequence[tuple[Together, Part]]) -> None:
        """Adds a file's parts: several make a delivery of their own, one alone belongs with other files' parts."""
        for together in dict.fromkeys(together for together, _ in parts):
            mine = [part for its, part in parts if its is together]
            given = next((r for r in self.returns if r.together is together and not r.whole and len(mine) == 1), None)
            if given is None:
                given = Return(together, len(mine) > 1, SheetReport(file))
                self.returns.append(given)
            given.add(file, sha256, mine)
