"""Finds the heading row of a sheet, the dataset it belongs to, and the column of each field."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from sendviz.datasets import DATASETS
from sendviz.loading.cells import Cells, address, normal
from sendviz.loading.mending import REPEATED, renamed
from sendviz.loading.report import SheetReport
from sendviz.vocabulary import Field, Row
from sendviz.vocabulary.fields import plain

TOP = 60  # rows looked through for the headings
Choices = Mapping[str, Mapping[str, str]]  # by form of file: the heading chosen for each field


@dataclass(frozen=True)
class Headings:
    """A heading row: the dataset, its number in the sheet, its cells, and the column (from 0) of each field found."""

    row: type[Row]
    number: int
    cells: Cells
    at: dict[str, int]

    def label(self, column: int) -> str:
        """The heading as found."""
        return plain(self.cells[column])

    def others(self) -> dict[int, str]:
        """The headings that are no field of the dataset, by column."""
        taken = set(self.at.values())
        return {i: self.label(i) for i in range(len(self.cells)) if i not in taken and self.label(i)}


def asked(row: type[Row]) -> list[Field]:
    """The columns that a file may have: all but those worked out."""
    return [field for field in row.fields.values() if not field.derived]


def required(row: type[Row]) -> list[Field]:
    """The columns that a file must have."""
    return [field for field in asked(row) if not field.optional]


@cache
def spellings(row: type[Row]) -> dict[str, str]:
    """The field of each heading it may stand under, as headings are compared, and of one field's in the order they are
    preferred in; a title wins over another's alias."""
    found = {normal(field.title): field.name for field in asked(row)}
    for field in asked(row):
        for alias in (*field.aliases, field.name):
            found.setdefault(normal(alias), field.name)
    return found


def named(sheet: str) -> type[Row] | None:
    """The dataset a sheet's name says it is: its title or name in code, with or without digits and punctuation."""
    name = re.sub(r"\d", "", normal(sheet))
    return next((row for row in DATASETS.values() if name in (normal(row.title()), normal(row.dataset))), None)


def form(row: type[Row], cells: Iterable[object]) -> str:
    """A fingerprint of a form of file: the dataset, and the set of its headings, whatever their order and spelling."""
    return _fingerprint(row, map(_compared, cells))


def _fingerprint(row: type[Row], headings: Iterable[str]) -> str:
    return hashlib.sha256("\n".join([row.dataset, *sorted({*headings} - {""})]).encode()).hexdigest()


def _compared(cell: object) -> str:
    """A cell as headings are compared: numbers and dates are none."""
    return normal(cell) if type(cell) is str else ""


def find(
    top: Sequence[tuple[int, Cells]],
    candidates: Iterable[type[Row]],
    least: float = 0.5,
    choices: Choices = MappingProxyType({}),
) -> Headings | None:
    """The row among the sheet's first that has most of a dataset's headings, if it has `least` of those required (and
    two, or all there are); or one in a form for which somebody chose the columns."""
    best, rank = None, (0.0, 0)
    for number, cells in top:
        headings = [_compared(cell) for cell in cells]
        for row in candidates:
            chosen = choices.get(_fingerprint(row, headings), {}) if choices else {}
            at = _matched(headings, spellings(row), chosen)
            musts = required(row)
            share = sum(field.name in at for field in musts) / len(musts)
            if ((len(at) >= 2 and share >= least) or chosen) and (share, len(at)) > rank:
                best, rank = Headings(row, number, cells, at), (share, len(at))
    return best


def likeliest(top: Sequence[tuple[int, Cells]], row: type[Row]) -> Headings | None:
    """The first row with most different words: what to ask about where a person says what a sheet is, and it has next
    to none of the headings."""
    number, cells = max(top, key=lambda line: len({*map(_compared, line[1])} - {""}))
    headings = [_compared(cell) for cell in cells]
    return Headings(row, number, cells, _matched(headings, spellings(row), {})) if any(headings) else None


def _matched(headings: list[str], known: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, int]:
    """The column of each field: where somebody chose it, else where one of its headings stands. Where several mean the
    same, the spelling that its field names first is read, and of those spelt alike the first."""
    at = {name: headings.index(normal(heading)) for name, heading in chosen.items() if normal(heading) in headings}
    taken, sure = set(at.values()), set(at)
    order = {spelling: place for place, spelling in enumerate(known)}
    for column, heading in enumerate(headings):
        name = known.get(heading)
        if column in taken or name is None or name in sure:
            continue
        if name not in at or order[heading] < order[headings[at[name]]]:
            at[name] = column
    return at


def check(found: Headings, report: SheetReport, worked_out: Iterable[str] = ()) -> list[Field]:
    """Adds a problem for each required heading that is missing, with the nearest there is, and for each there twice; a
    warning for a column left out since another is preferred. Returns the columns that are missing."""
    others = found.others()
    known = spellings(found.row)
    for column, label in others.items():
        if (name := known.get(normal(label))) in found.at:
            _again(found, column, found.row.field(name).title, found.at[name], report)
    missing = [f for f in required(found.row) if f.name not in found.at and f.name not in worked_out]
    for field in missing:
        _missing(field, found, others, report)
    return missing


def _again(found: Headings, column: int, title: str, read: int, report: SheetReport) -> None:
    label, other = found.label(column), found.label(read)
    if normal(label) == normal(other):
        words = f"'{label}' and '{other}' ({address(found.number, read)}) both mean {title}: leave one of them out"
        report.problem(words, address(found.number, column), label, label, REPEATED)
    else:
        report.warnings.append(
            f"Column '{label}' ({address(found.number, column)}) was not read: "
            f"'{other}' ({address(found.number, read)}) is taken as {title}."
        )


def _missing(field: Field, found: Headings, others: dict[int, str], report: SheetReport) -> None:
    near = {normal(label): column for column, label in others.items()}
    names = [normal(name) for name in (field.title, *field.aliases)]
    match = next((m[0] for name in names if (m := get_close_matches(name, near, 1, 0.6))), None)
    words = f"the heading '{field.title}' is missing from row {found.number}"
    if match is None:
        report.problem(words, column=field.title, mend=renamed(field))
    else:
        column = near[match]
        label = found.label(column)
        words += f"; the nearest there is '{label}'"
        report.problem(words, address(found.number, column), field.title, label, renamed(field))
