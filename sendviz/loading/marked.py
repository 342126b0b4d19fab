"""The marked copy: the officer's own workbook back, with the faulty cells marked and a first sheet that lists them.

An xlsx or xlsm workbook is changed in place, part by part: formulas with their results, charts, pictures, macros,
validations, widths, everything but the marks stays as it was saved (openpyxl would lose results of formulas, text
boxes, sparklines, data bars and buttons). A digital signature does not survive, and where a cell has a thread of
comments (Excel 365) the thread is shown without ours. Any other kind of file comes back as an .xlsx workbook with the
same cells.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZipFile

from sendviz.loading.cells import position
from sendviz.loading.look import CSV, XLSX, kind
from sendviz.loading.marking.comments import Cell
from sendviz.loading.marking.listing import NAME, listing
from sendviz.loading.marking.part import CannotEdit
from sendviz.loading.marking.plain import plain
from sendviz.loading.marking.workbook import Copy
from sendviz.loading.own import is_own
from sendviz.loading.readers import Book, Sheet, book
from sendviz.loading.report import FileRefused, Problem, SheetReport

FEW = 5  # rows in which the list's sign stands
Words = dict[str, dict[Cell, str]]  # by sheet and cell, what its comment says


def marked(path: Path, reports: Iterable[SheetReport], to: Path | BinaryIO, most_mb: int, name: str = "") -> None:
    """Writes the marked copy of a file about which these reports were made; `name` is the one its owner knows it by.
    FileRefused where the file cannot be read, or holds more than an Excel sheet can."""
    reports = list(reports)
    problems = [problem for report in reports for problem in report.problems]
    all_told = sum(report.counted for report in reports)
    with tempfile.TemporaryFile() as made:
        found = kind(path, most_mb)
        if found != XLSX or not _edited(path, problems, all_told, made, _earlier(path, most_mb)):
            with tempfile.TemporaryFile() as rewritten:
                names = plain(_theirs(book(path, most_mb, name)), found == CSV, rewritten)
                made.seek(0)
                made.truncate()
                if not _edited(rewritten, [_moved(problem, names) for problem in problems], all_told, made):
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


def _edited(
    workbook: Path | IO[bytes], problems: Sequence[Problem], all_told: int, to: IO[bytes], own: str | None = None
) -> bool:
    """Whether the workbook could be marked in place; its sheet `own` is the list of an earlier copy."""
    try:
        with ZipFile(workbook) as packed:
            copy = Copy(packed, _words(problems), own)
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
    return next((sheet.name for sheet in lists if is_own(islice(sheet.rows(), FEW))), None)


def _theirs(found: Book) -> Iterator[Sheet]:
    """The sheets without the list of an earlier copy."""
    for sheet in found.sheets:
        rows = sheet.rows()
        first = list(islice(rows, FEW))
        if not (sheet.name.startswith(NAME) and is_own(first)):
            yield replace(sheet, rows=partial(chain, first, rows))


def _moved(problem: Problem, names: dict[str, str]) -> Problem:
    sheet = names.get(problem.sheet, problem.sheet)
    return Problem(sheet, problem.cell, problem.column, problem.value, problem.rule, problem.mend)
