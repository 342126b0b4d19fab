"""The marked copy: the officer's own workbook back, with the faulty cells marked and a first sheet that lists them.

An xlsx or xlsm workbook is changed in place, part by part: formulas with their results, charts, pictures, macros,
validations, widths, everything but the marks stays as it was saved (openpyxl would lose results of formulas, text
boxes, sparklines, data bars and buttons). A digital signature does not survive, and where a cell has a thread of
comments (Excel 365) the thread is shown without ours. Any other kind of file comes back as an .xlsx workbook with the
same cells.
"""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO
from zipfile import ZipFile

from sendviz.loading.cells import EXCEL_ERRORS, NO_RESULT, Cells, blank, position
from sendviz.loading.look import CSV, XLSX, kind
from sendviz.loading.marking.comments import Cell
from sendviz.loading.marking.listing import NAME, listing
from sendviz.loading.marking.part import CannotEdit
from sendviz.loading.marking.workbook import Copy
from sendviz.loading.own import is_own
from sendviz.loading.readers import Sheet, book
from sendviz.loading.report import FileRefused, Problem, SheetReport

ROWS, COLUMNS, LETTERS = 1_048_576, 16_384, 32_767  # the most an Excel sheet, and a cell, can hold
LARGEST = 1_000  # MB of a workbook of our own making
ERRORS = frozenset(EXCEL_ERRORS[:7])  # those that may be typed as a formula
NAME_MOST, WIDTH = 31, 18  # letters of a sheet's name, and of a column
Words = dict[str, dict[Cell, str]]  # by sheet and cell, what its comment says


def marked(path: Path, reports: Iterable[SheetReport], to: Path | BinaryIO, most_mb: int, name: str = "") -> None:
    """Writes the marked copy of a file about which these reports were made; `name` is the one its owner knows it by.
    FileRefused where the file cannot be read, or holds more than an Excel sheet can."""
    reports = list(reports)
    problems = [problem for report in reports for problem in report.problems]
    all_told = sum(report.counted for report in reports)
    with tempfile.TemporaryFile() as made:
        if kind(path, most_mb) != XLSX or not _edited(path, most_mb, problems, all_told, made):
            with tempfile.NamedTemporaryFile(suffix=".xlsx") as plain:
                names = _rewritten(path, most_mb, name, plain)
                made.seek(0)
                made.truncate()
                renamed = [_moved(problem, names) for problem in problems]
                if not _edited(Path(plain.name), LARGEST, renamed, all_told, made):
                    raise FileRefused("A marked copy of this file cannot be made.")
        made.seek(0)
        if isinstance(to, Path):
            with to.open("wb") as file:
                shutil.copyfileobj(made, file)
        else:
            shutil.copyfileobj(made, to)


def marked_name(path: Path) -> str:
    """What to call the marked copy: an .xlsm workbook keeps its ending, since it keeps its macros."""
    ending = path.suffix if path.suffix.lower() in (".xlsx", ".xlsm") else ".xlsx"
    return f"{path.stem} (marked){ending}"


def _edited(path: Path, most_mb: int, problems: Sequence[Problem], all_told: int, to: IO[bytes]) -> bool:
    """Whether the workbook could be marked in place."""
    try:
        with ZipFile(path) as packed:
            copy = Copy(packed, _words(problems), _earlier(path, most_mb))
            copy.write(to, listing(problems, all_told, copy.styles.listed))
    except CannotEdit:
        return False
    return True


def _words(problems: Iterable[Problem]) -> Words:
    found: dict[str, dict[Cell, list[str]]] = {}
    for problem in problems:
        if problem.cell:
            said = f"Problem: {problem.rule}."
            found.setdefault(problem.sheet, {}).setdefault(position(problem.cell), []).append(said)
    return {sheet: {cell: "\n".join(dict.fromkeys(said)) for cell, said in cells.items()}
            for sheet, cells in found.items()}  # fmt: skip


def _earlier(path: Path, most_mb: int) -> str | None:
    """The sheet on which an earlier copy listed its problems: corrected there, the copy comes back with faults left."""
    lists = (sheet for sheet in book(path, most_mb).sheets if sheet.name.startswith(NAME))
    own = (sheet.name for sheet in lists if is_own(row for row in sheet.rows() if not blank(row[1])))
    return next(own, None)


def _moved(problem: Problem, names: dict[str, str]) -> Problem:
    sheet = names.get(problem.sheet, problem.sheet)
    return Problem(sheet, problem.cell, problem.column, problem.value, problem.rule, problem.mend)


def _rewritten(path: Path, most_mb: int, name: str, to: IO[bytes]) -> dict[str, str]:
    """Writes the file's sheets as a plain workbook; returns the name there of each sheet."""
    from xlsxwriter import Workbook  # costs 50 ms that only those who ask for a copy pay

    names: dict[str, str] = {}
    with Workbook(to, {"constant_memory": True}) as made:
        formats = {
            str: made.add_format({"num_format": "@"}),
            dt.date: made.add_format({"num_format": "dd/mm/yyyy"}),
            dt.datetime: made.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            dt.timedelta: made.add_format({"num_format": "[h]:mm:ss"}),
        }
        typed_as = formats[str] if kind(path, most_mb) == CSV else None  # what is typed there stays text too
        for sheet in book(path, most_mb, name).sheets:
            names[sheet.name] = _sheet_name(sheet.name, names.values())
            to_sheet = made.add_worksheet(names[sheet.name])
            widest = _write(sheet, to_sheet, formats)
            to_sheet.set_column(0, widest, WIDTH, typed_as)  # after the rows: they are made as wide as is known
    return names


def _sheet_name(name: str, taken: Iterable[str]) -> str:
    """The name without what Excel does not allow in one."""
    plain = "".join("-" if sign in "[]:*?/\\" else sign for sign in name).strip("'")[:NAME_MOST] or "Sheet"
    others = {other.casefold() for other in taken}
    tries = (plain, *(f"{plain[: NAME_MOST - 4]} {place}" for place in range(2, 999)))
    return next(name for name in tries if name.casefold() not in others)


def _write(sheet: Sheet, to: Any, formats: dict[type, Any]) -> int:
    """Writes the rows; returns how many cells the longest has."""
    widest = 0
    for number, cells in sheet.rows():
        if number > ROWS or len(cells) > COLUMNS:
            raise FileRefused(f"The file has more than the {ROWS:,} rows or {COLUMNS:,} columns of an Excel sheet: "
                              "there is no marked copy of it.")  # fmt: skip
        _write_row(to, number - 1, cells, formats)
        widest = max(widest, len(cells))
    return min(widest, COLUMNS - 1)


def _write_row(to: Any, row: int, cells: Cells, formats: dict[type, Any]) -> None:
    for column, value in enumerate(cells):
        if value == "" or value is None or value == NO_RESULT:
            continue
        if value in ERRORS:
            to.write_formula(row, column, f"={value}", None, value)
        elif isinstance(value, str):
            to.write_string(row, column, value[:LETTERS], formats[str])
        elif isinstance(value, bool):
            to.write_boolean(row, column, value)
        elif isinstance(value, dt.date | dt.datetime | dt.time | dt.timedelta):
            to.write_datetime(row, column, value, formats.get(type(value), formats[dt.timedelta]))
        else:
            to.write_number(row, column, value)
