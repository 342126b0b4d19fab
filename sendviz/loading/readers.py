"""A file becomes sheets, and a sheet rows of plain values with their true row numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from sendviz.loading import inside_xls, inside_xlsb, inside_xlsx, nested, opendocument, pages, separated, spreadsheetml
from sendviz.loading.cells import EXCEL_ERRORS, Cells, address
from sendviz.loading.inside import Inside, sound
from sendviz.loading.look import CSV, ODS, PAGE, PASSWORD, RETURN, SAVE_AGAIN, XLS, XLSB, XLSX, XML, kind
from sendviz.loading.merged import Down
from sendviz.loading.report import FileRefused

Numbered = Iterator[tuple[int, Cells]]  # a row's number in the sheet (from 1) and its cells from column A
Looks = Callable[[int, str], Inside]  # what a sheet holds, by its place in the workbook and its name

FROM_1904 = "Days count from 1904 in this workbook: check that its dates are shown as dates, not as numbers."


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
    """The sheets of a workbook, a web page, separated text (whose sheet has the file's `name`) or a return; FileRefused
    with one sentence for a file that cannot be read."""
    return _BOOKS[kind(path, most_mb)](path, Path(name or path.name).stem)


def _separated(path: Path, name: str) -> Book:
    content = path.read_bytes().replace(b"\0", b"")
    faulty = b"#" in content and any(error.encode() in content for error in EXCEL_ERRORS)
    return Book(iter([Sheet(name, lambda: enumerate(separated.rows(path), 1), lambda: faulty)]))


def _page(path: Path, name: str) -> Book:
    """Its tables, the first under the file's name."""

    def sheet(place: int, table: list[tuple[int, Cells]]) -> Sheet:
        title = name if place == 1 else f"{name}, table {place}"
        return Sheet(title, lambda: iter(table), lambda: any(cell in EXCEL_ERRORS for _, row in table for cell in row))

    return Book(sheet(place, table) for place, table in enumerate(pages.tables(path), 1))


def _streamed(path: Path, reader: ModuleType) -> Book:
    tables = reader.tables(path)

    def sheet(name: str, rows: Numbered, faulty: bool) -> Sheet:
        return Sheet(name, lambda: rows, lambda: faulty)

    sheets = ((tables[place], rows) for place, rows in reader.sheets(path))
    visible = (sheet(table.name, rows, table.faulty) for table, rows in sheets if table.visible)
    return Book(visible, _hidden(table.name for table in tables if not table.visible))


def _hidden(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(f"Hidden sheet '{name}' was not read." for name in names)


def _xlsx(path: Path, _: str) -> Book:
    places = inside_xlsx.parts(path)
    sound(path, "xl/sharedStrings.xml", "xl/styles.xml")
    return _workbook(
        path,
        lambda _, name: inside_xlsx.inside(path, places.get(name, ""), name),
        inside_xlsx.counts_from_1904(path),
    )


def _xlsb(path: Path, _: str) -> Book:
    places = inside_xlsb.parts(path)
    sound(path, "xl/sharedStrings.bin", "xl/styles.bin")
    return _workbook(
        path,
        lambda _, name: inside_xlsb.inside(path, places.get(name, ""), name),
        inside_xlsb.counts_from_1904(path),
    )


def _xls(path: Path, _: str) -> Book:
    found, from_1904 = inside_xls.workbook(path)
    return _workbook(path, lambda place, _: found.get(place, Inside()), from_1904)


def _return(path: Path, _: str) -> Book:
    return Book(Sheet(part.name, part.rows, lambda: False, part.cell, True) for part in nested.kinds(path))


_BOOKS: Mapping[str, Callable[[Path, str], Book]] = {
    CSV: _separated, PAGE: _page, XLSX: _xlsx, XLSB: _xlsb, XLS: _xls, RETURN: _return,
    ODS: lambda path, _: _streamed(path, opendocument), XML: lambda path, _: _streamed(path, spreadsheetml),
}  # fmt: skip


def _workbook(path: Path, look: Looks, from_1904: bool) -> Book:
    """The workbook's visible sheets, each looked at before it is read."""
    damaged = f"The workbook is damaged and cannot be opened. {SAVE_AGAIN}"
    with _refused(damaged), path.open("rb") as file:  # given a path it would believe the name's ending
        workbook = CalamineWorkbook.from_filelike(file)
    sheets = [(place, sheet) for place, sheet in enumerate(workbook.sheets_metadata)
              if sheet.typ == SheetTypeEnum.WorkSheet]  # fmt: skip
    visible = [(place, sheet.name) for place, sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    hidden = _hidden(sheet.name for _, sheet in sheets if sheet.visible != SheetVisibleEnum.Visible)
    return Book(
        (_sheet(workbook, name, look(place, name)) for place, name in visible),
        (*hidden, *([FROM_1904] if from_1904 else [])),
    )


def _sheet(workbook: CalamineWorkbook, name: str, held: Inside) -> Sheet:
    return Sheet(name, lambda: _rows(workbook, name, held), lambda: bool(held.faults))


def _rows(workbook: CalamineWorkbook, name: str, held: Inside) -> Numbered:
    """The reader leaves out empty columns at the left, and takes a cell with an Excel error for a blank."""
    with _refused(f"Sheet '{name}' is damaged and cannot be read. {SAVE_AGAIN}"):
        sheet = workbook.get_sheet_by_name(name)
        before = [""] * sheet.start[1] if sheet.start else []
        down = Down((sheet.merged_cell_ranges or ()) if held.merged else ())
        if not before and not held.faults and not down:
            yield from enumerate(sheet.iter_rows(), 1)
            return
        for number, cells in enumerate(sheet.iter_rows(), 1):
            row = _mended(before + list(cells), held.faults.get(number, ()))
            yield number, down.filled(number, row) if down else row


def _mended(cells: list[object], faults: Sequence[tuple[int, str]]) -> Cells:
    for column, fault in faults:
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = fault
    return cells


@contextmanager
def _refused(words: str) -> Iterator[None]:
    """What goes wrong in the reader is said in these words."""
    try:
        yield
    except PasswordError:
        raise FileRefused(PASSWORD) from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise FileRefused(words) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the reader gives up, which is no Exception
            raise
        raise FileRefused(words) from None
