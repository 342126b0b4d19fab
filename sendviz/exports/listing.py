"""A workbook of many lines under one heading row, behind a cover: written line by line, so that it takes no memory."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sendviz.exports import cover
from sendviz.exports.excel import LANGUAGE, LONGEST_TEXT
from sendviz.exports.formats import Formats
from sendviz.scratch import scratch

WIDTH = 22  # characters
Looks = tuple[Format, Format, Format]  # of days, of times, of pounds


def workbook(
    title: str, about: Sequence[cover.Pair], sheet: str, headings: Sequence[str], lines: Iterable[Sequence[object]]
) -> bytes:
    """The workbook: `about` is on its cover, the lines are on a sheet of this name. Text that begins like a formula
    stays text. The parts it is made of lie on disk meanwhile."""
    made = BytesIO()
    with scratch() as folder:
        options = {"constant_memory": True, "tmpdir": str(folder), "default_format_properties": Formats.BASE}
        book = Workbook(made, options)
        formats = Formats(book)
        _cover(book.add_worksheet(cover.NAME), formats, title, about)
        looks = tuple(book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0.00"))
        _fill(book.add_worksheet(sheet), formats, looks, headings, lines)
        book.set_properties({"title": title})
        book.set_custom_property("Language", LANGUAGE)
        book.close()
    return made.getvalue()


def _cover(sheet: Worksheet, formats: Formats, title: str, about: Sequence[cover.Pair]) -> None:
    sheet.set_column(0, 0, cover.LABEL // 2)
    sheet.set_column(1, 1, cover.WORDS)
    sheet.write_string(0, 0, title, formats.title)
    cover.write_pairs(sheet, formats, 1, about)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _fill(
    sheet: Worksheet, formats: Formats, looks: Looks, headings: Sequence[str], lines: Iterable[Sequence[object]]
) -> None:
    sheet.set_column(0, len(headings) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, formats.heading)
    last = 0
    for last, line in enumerate(lines, start=1):
        for place, value in enumerate(line):
            _cell(sheet, looks, last, place, value)
    sheet.autofilter(0, 0, last, len(headings) - 1)


def _cell(sheet: Worksheet, looks: Looks, row: int, place: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, place, "Y" if value else "N")
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, place, value.astimezone().replace(tzinfo=None), looks[1])
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime(value.year, value.month, value.day), looks[0])
    elif isinstance(value, Decimal):
        sheet.write_number(row, place, float(value), looks[2])
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    elif value is not None:  # never `write`, which makes formulas and links of what begins like one
        sheet.write_string(row, place, str(value)[:LONGEST_TEXT])
