"""A file becomes sheets, and a sheet rows of plain values with their true row numbers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sendviz.loading import nested, separated
from sendviz.loading.cells import EXCEL_ERRORS, Cells, address
from sendviz.loading.inside import inside, parts
from sendviz.loading.look import CSV, RETURN, SAVE_AGAIN, XLSX, kind
from sendviz.loading.report import FileRefused

Numbered = Iterator[tuple[int, Cells]]  # a row's number in the sheet (from 1) and its cells from column A


@dataclass(frozen=True)
class Sheet:
    """One sheet to read. `rows` may be called once; `faulty` says whether some cells may hold Excel errors; `cell` is
    what a cell is called, by its row and column; `sparse` says whether fields blank in every row may be missing."""

    name: str
    rows: Callable[[], Numbered]
    faulty: Callable[[], bool]
    cell: Callable[[int, int], str] = address
    sparse: bool = False


@dataclass(frozen=True)
class Book:
    """A file's visible sheets, one at a time, and what to tell about the others."""

    sheets: Iterator[Sheet]
    warnings: tuple[str, ...] = ()


def book(path: Path, most_mb: int, name: str = "") -> Book:
    """The sheets of a workbook or CSV file, whose one sheet has the file's `name`; FileRefused with one sentence for a
    file that cannot be read."""
    found = kind(path, most_mb)
    if found == CSV:
        faulty, title = _mentions_errors(path), Path(name or path.name).stem
        return Book(iter([Sheet(title, lambda: enumerate(separated.rows(path), 1), lambda: faulty)]))
    if found == RETURN:
        return Book(Sheet(kind.name, kind.rows, lambda: False, kind.cell, True) for kind in nested.kinds(path))
    return _workbook(path, found)


def _mentions_errors(path: Path) -> bool:
    content = path.read_bytes().replace(b"\0", b"")
    return any(error.encode() in content for error in EXCEL_ERRORS)


def _workbook(path: Path, found: str) -> Book:
    try:
        workbook = CalamineWorkbook.from_path(path)
    except PasswordError:
        raise FileRefused("The workbook is protected by a password. Save a copy without it and load that.") from None
    except (CalamineError, OSError, ValueError):
        raise FileRefused(f"The workbook is damaged and cannot be opened. {SAVE_AGAIN}") from None
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    warnings = [f"Hidden sheet '{sheet.name}' was not read." for sheet in sheets if sheet.name not in visible]
    if found != XLSX:
        warnings.append(f"In an .{found} file Excel errors such as #N/A look like blanks: an .xlsx file is safer.")
    places = parts(path) if found == XLSX else {}
    return Book((_sheet(path, workbook, name, places.get(name)) for name in visible), tuple(warnings))


def _sheet(path: Path, workbook: CalamineWorkbook, name: str, part: str | None) -> Sheet:
    faults = inside(path, part, name).faults if part else {}
    return Sheet(name, lambda: _rows(workbook, name, faults), lambda: bool(faults))


def _rows(workbook: CalamineWorkbook, name: str, faults: dict[int, list[tuple[int, str]]]) -> Numbered:
    """The reader leaves out empty columns at the left, and takes a cell with an Excel error for a blank."""
    try:
        sheet = workbook.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError):
        raise FileRefused(f"Sheet '{name}' is damaged and cannot be read. {SAVE_AGAIN}") from None
    before = [""] * sheet.start[1] if sheet.start else []
    numbered: Numbered = enumerate(sheet.iter_rows(), 1)
    if not before and not faults:
        return numbered
    return ((number, _mended(before + list(cells), faults.get(number, ()))) for number, cells in numbered)


def _mended(cells: list[object], faults: list[tuple[int, str]] | tuple[()]) -> Cells:
    for column, fault in faults:
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = fault
    return cells
