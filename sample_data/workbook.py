"""Writes an extract as a workbook: a title line here, a total row there, as systems export them."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

CREATED = dt.datetime(2026, 2, 2, 9, 0)  # constant, so that the same rows make the same file
Cell = object


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, headings and rows, lines above the headings, a total row below. A row of () stays blank."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    total: Sequence[Cell] = ()


def write(path: Path, sheet: Sheet) -> None:
    """The workbook at the path, with the one sheet."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": CREATED, "title": sheet.name, "comments": "Sample data: invented pupils"})
        page = book.add_worksheet(sheet.name)
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        writers = _writers(page, day)
        for n, line in enumerate(sheet.above):
            page.write_string(n, 0, line, bold)
        head = len(sheet.above)
        for n, heading in enumerate(sheet.headings):
            page.write_string(head, n, heading, bold)
            page.set_column(n, n, max(12, len(heading) + 2))
        page.freeze_panes(head + 1, 0)
        for n, row in enumerate((*sheet.rows, sheet.total), start=head + 1):
            for column, cell in enumerate(row):
                if cell is not None:
                    writers[type(cell)](n, column, cell)


def _writers(page: xlsxwriter.worksheet.Worksheet, day: object) -> dict[type, Callable[..., object]]:
    return {
        str: page.write_string,
        int: page.write_number,
        float: page.write_number,
        dt.date: lambda row, column, cell: page.write_datetime(row, column, cell, day),
    }
