"""What is said about a file: problems that stop it, warnings that do not, and what was left out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sendviz.datasets import DATASETS
from sendviz.vocabulary.fields import plain

KEPT = 10_000  # problems kept in words for each sheet; all are counted
NAMED = 3  # cells named before a line says "and 54 more"


class FileRefused(Exception):
    """A whole file that cannot be used; its text is one sentence for the person who brought it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where, the column's heading as found, the value as text, the rule in words, and how
    to mend it (empty where the rule says all there is)."""

    sheet: str
    cell: str
    column: str
    value: str
    rule: str
    mend: str = ""

    def as_json(self) -> dict[str, str]:
        """The problem as the contract has it."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "mend"}


def shown(value: object) -> str:
    """A cell's value as a person would read it, cut to 60 characters; dates day first."""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    text = plain(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A column that may be the one asked for: its heading as found, the heading's cell, and what speaks for it."""

    heading: str
    cell: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A field, by its name and label, that stands under none of its headings; the columns that may be it, best first;
    and whether the sheet must have it."""

    field: str
    title: str
    suggestions: tuple[Suggestion, ...]
    needed: bool = True

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Question":
        """The question that was written as plain values."""
        return cls(**{**written, "suggestions": tuple(Suggestion(**found) for found in written["suggestions"])})

    def sentence(self) -> str:
        """What may be the column, and why."""
        columns = "; or ".join(f"'{s.heading}' ({s.cell}), since {s.reason}" for s in self.suggestions)
        return f"{self.title} may be {columns}."


@dataclass
class SheetReport:
    """What was found in one sheet (or, with no sheet, about a whole file).

    matched    as which of the dataset's columns each heading was read
    part       of a sheet that makes datasets only together with others: its name among them
    files      of what is made of such sheets: those it was joined from
    questions  columns that a person may choose for this form of file, and `form`, its fingerprint, to keep them under
    unused     the headings that are no column of the dataset and hold nothing personal: what there is to choose from
    """

    file: str
    sheet: str = ""
    dataset: str | None = None
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    dropped_columns: list[str] = field(default_factory=list)
    upload: int | None = None
    counted: int = 0
    matched: dict[str, str] = field(default_factory=dict)
    part: str = ""
    files: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    form: str = ""
    unused: list[str] = field(default_factory=list)

    def problem(self, rule: str, cell: str = "", column: str = "", value: str = "", mend: str = "") -> None:
        """Counts a problem, and keeps it unless there are already very many."""
        self.counted += 1
        if self.counted <= KEPT:
            self.problems.append(Problem(self.sheet, cell, column, value, rule, mend))

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "SheetReport":
        """The report that was written as plain values."""
        problems = [Problem(**problem) for problem in written["problems"]]
        return cls(**{**written, "problems": problems, "questions": list(map(Question.read, written["questions"]))})

    def as_json(self) -> dict[str, Any]:
        """The sheet's part of the contract's JSON."""
        return {
            "file": self.file, "dataset": self.dataset, "sheet": self.sheet, "rows": self.rows,
            "problems": [problem.as_json() for problem in self.problems], "warnings": list(self.warnings),
            "dropped_columns": list(self.dropped_columns), "upload": self.upload,
        }  # fmt: skip

    def lines(self) -> list[str]:
        """Readable sentences: problems that share a column and rule together, then columns that may be those missing,
        then warnings, then what was left out."""
        place = f"{self.file}, sheet {self.sheet}" if self.sheet else self.file
        lines = [f"{place}: {line}" for line in self._problem_lines()]
        if self.counted > len(self.problems):
            lines.append(f"{place}: {self.counted:,} problems in all; the first {len(self.problems):,} are named.")
        lines += [f"{place}: {question.sentence()}" for question in self.questions if question.suggestions]
        lines += [f"{place}: {warning}" for warning in self.warnings]
        if self.dropped_columns:
            lines.append(f"{place}: left out and never stored: {', '.join(self.dropped_columns)}.")
        return lines

    def groups(self) -> list[list[Problem]]:
        """The problems kept, those of one column and rule together, in the order they were first met."""
        found: dict[tuple[str, str], list[Problem]] = {}
        for problem in self.problems:
            found.setdefault((problem.column, problem.rule), []).append(problem)
        return list(found.values())

    def _problem_lines(self) -> list[str]:
        return [_sentence(group[0].column, group[0].rule, group) for group in self.groups()]


def _sentence(column: str, rule: str, problems: list[Problem]) -> str:
    """One line for all the cells of one fault."""
    label = f"{column}: " if column else ""
    cells = [f"{p.cell} '{p.value}'" if p.value else p.cell or "the sheet" for p in problems[:NAMED]]
    if not problems[0].cell:
        return f"{label}{rule}"
    more = len(problems) - len(cells)
    where = ", ".join(cells) + (f" and {more:,} more cells" if more > 1 else " and 1 more cell" if more else "")
    return f"{label}{rule}. Found: {where}."


def _rows(file: SheetReport) -> str:
    title = DATASETS[file.dataset].title() if file.dataset else ""
    return f"{file.rows:,} {'row' if file.rows == 1 else 'rows'} of {title}"


@dataclass
class Report:
    """What a check or a load found, file by file."""

    files: list[SheetReport] = field(default_factory=list)
    stored: bool = False

    @property
    def ok(self) -> bool:
        """Whether nothing stops the load."""
        return not any(file.counted for file in self.files)

    @property
    def problems(self) -> int:
        """How many problems there are, those not kept in words too."""
        return sum(file.counted for file in self.files)

    def written(self) -> dict[str, Any]:
        """All of it as plain values, for `read` in another process."""
        return asdict(self)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Report":
        """The report that was written."""
        return cls([SheetReport.read(file) for file in written["files"]], written["stored"])

    def about(self, file: str) -> "Report":
        """What is said of this file, by itself or with those it was joined with."""
        return Report([found for found in self.files if file == found.file or file in found.files])

    def as_json(self) -> dict[str, Any]:
        """Exactly the contract's form."""
        return {"files": [file.as_json() for file in self.files]}

    def lines(self) -> list[str]:
        """Readable sentences: what was found in each sheet, then the outcome."""
        lines = [line for file in self.files for line in file.lines()]
        for file in self.files if self.ok or self.stored else []:
            if file.dataset and not file.upload and file.rows:
                lines.append(f"{file.file}, sheet {file.sheet}: {_rows(file)} are good.")
            elif file.dataset and self.stored and file.rows:
                lines.append(f"{file.file}, sheet {file.sheet}: {_rows(file)} loaded.")
        if not self.ok and not self.stored:
            count = "1 problem" if self.problems == 1 else f"{self.problems:,} problems"
            lines.append(f"{count}: nothing was stored.")
        return lines
