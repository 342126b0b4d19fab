"""Marked copies, made and read back."""

from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from sendviz.loading import SheetReport
from sendviz.loading.marked import marked
from sendviz.loading.marking.styles import MARK
from tests.sheets import COHORT, read

FAULTY = COHORT.replace("| 9 ", "| 99").replace("| Y ", "| _ ")  # C2 is too large, H3 is blank


def copy_of(path: Path, name: str = "copy.xlsx") -> tuple[Path, list[SheetReport]]:
    """The marked copy of a file, and what was found in the file."""
    _, reports = read(path)
    marked(path, reports, path.parent / name, 50)
    return path.parent / name, reports


def marks(sheet: Worksheet) -> dict[str, str]:
    """The comment of each cell that has the fill of a fault."""
    filled = (cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == MARK)
    return {cell.coordinate: cell.comment.text if cell.comment else "" for cell in filled}


def values(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def listed(path: Path) -> list[list[object]]:
    """The lines below the headings of the list."""
    return values(path)["Problems"][5:]
