"""Excel workbooks by the Government Analysis Function's guidance on accessible spreadsheets: a cover, then one table a
sheet with its title in A1, what one must know above it, a header row, and no merged cells."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sendviz.answer import Answer
from sendviz.exports import cover
from sendviz.exports.formats import Formats
from sendviz.settings import Settings
from sendviz.settings import settings as in_force
from sendviz.tables import MEANINGS, Cell, Column, Table, TableRow, table, texts

LONGEST_NAME, LONGEST_HEADING, LONGEST_TEXT = 31, 240, 32_767  # Excel's limits, a heading's less a number
NARROWEST, WIDEST = 12, 60  # characters
LANGUAGE = "en-GB"
Content = tuple[str, Table, Answer]  # a sheet's name, what is on it, and where that is from


def write(answers: Sequence[Answer], settings: Settings | None = None) -> bytes:
    """The workbook of these answers; XlsxWriter never turns text into a formula."""
    settings = settings or in_force()
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "default_format_properties": Formats.BASE})
    formats = Formats(book)
    first = book.add_worksheet(cover.NAME)
    contents = _named([(name, shown, answer) for answer in answers for name, shown in _tables(answer)])
    cover.write(first, formats, contents, settings)
    for name, shown, answer in contents:
        _write_sheet(book.add_worksheet(name), formats, answer, shown)
    _describe(book, answers, settings)
    book.close()
    return made.getvalue()


def _tables(answer: Answer) -> list[tuple[str, Table]]:
    """The answer's tables by their sheets' names: its figures, and the texts to read where there are some."""
    name = answer.exhibit.id
    found = [(name[:LONGEST_NAME], table(answer))]
    if listed := texts(answer):
        found.append((f"{name[: LONGEST_NAME - 5]}-text", listed))
    return found


def _named(contents: Sequence[Content]) -> list[Content]:
    """The same with no name twice: a running order may show an exhibit again, for another selection."""
    seen: dict[str, int] = {}
    made = []
    for name, shown, answer in contents:
        seen[name] = times = seen.get(name, 0) + 1
        end = f"-{times}" if times > 1 else ""
        made.append((name[: LONGEST_NAME - len(end)] + end, shown, answer))
    return made


def _describe(book: Workbook, answers: Sequence[Answer], settings: Settings) -> None:
    author = f"{settings.area} SEND service"
    book.set_properties({"title": cover.title(answers), "author": author, "subject": cover.selections(answers)[0]})
    book.set_custom_property("Language", LANGUAGE)


def _write_sheet(sheet: Worksheet, formats: Formats, answer: Answer, shown: Table) -> None:
    sheet.write_string(0, 0, shown.title, formats.title)
    above = [answer.headline, *cover.about(answer), *_needed(answer, shown)]
    for line, words in enumerate(above, start=1):
        sheet.write_string(line, 0, words, formats.plain)
    sheet.write_url(len(above) + 1, 0, f"internal:'{cover.NAME}'!A1", formats.link, "Back to the cover")
    if not shown.rows:
        return
    header = len(above) + 2
    for n, row in enumerate(shown.rows, start=header + 1):
        _write_row(sheet, formats, n, row, shown)
    _make_table(sheet, formats, header, shown)
    _set_page(sheet, header, shown)


def _needed(answer: Answer, shown: Table) -> list[str]:
    """What one must know to read this table, beside its selection and source."""
    ignored = [f"Not filtered by: {', '.join(answer.ignored)}."] if answer.ignored else []
    happened = [f"{event.words}." for event in answer.events]
    return [*ignored, *answer.notes, *happened, *(f"[{mark}] {MEANINGS[mark]}." for mark in shown.marks)]


def _write_row(sheet: Worksheet, formats: Formats, n: int, row: TableRow, shown: Table) -> None:
    if shown.opens and row.level:
        sheet.set_row(n, None, None, {"level": row.level})
    for column, cell in enumerate(row.cells):
        looks = formats.of(shown.columns[column].unit, cell, bold=row.level == 0)
        if isinstance(cell.value, dt.date):
            sheet.write_datetime(n, column, cell.value, looks)
        elif isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            sheet.write_number(n, column, cell.value, looks)
        else:  # never `write`, which makes formulas and links of what begins like one
            sheet.write_string(n, column, cell.text[:LONGEST_TEXT], looks)


def _make_table(sheet: Worksheet, formats: Formats, header: int, shown: Table) -> None:
    """A real table with a header row, so that a screen reader announces its headings."""
    headings = _distinct([column.label for column in shown.columns])
    looks = [formats.heading if column.unit is None else formats.figure_heading for column in shown.columns]
    options = {
        "columns": [{"header": h, "header_format": f} for h, f in zip(headings, looks, strict=True)],
        "name": sheet.get_name().replace("-", "_"),
        "title": shown.title,
        "style": None,
        "banded_rows": False,
        "autofilter": False,
    }
    sheet.add_table(header, 0, header + len(shown.rows), len(headings) - 1, options)


def _set_page(sheet: Worksheet, header: int, shown: Table) -> None:
    for n, column in enumerate(shown.columns):
        sheet.set_column(n, n, _width(column, [row.cells[n] for row in shown.rows]))
    sheet.freeze_panes(header + 1, 0)
    sheet.outline_settings(symbols_below=False)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)


def _width(column: Column, cells: Sequence[Cell]) -> int:
    """Characters that hold the longest cell, and the longest word of the heading."""
    longest = max(
        *(len(word) for word in column.label.split()), *(len(cell.text) for cell in cells), len(column.label) // 2
    )
    return min(max(longest + 3, NARROWEST), WIDEST)


def _distinct(headings: Sequence[str]) -> list[str]:
    """The headings, told apart by a number where one occurs twice: Excel refuses a table with two alike."""
    seen: dict[str, int] = {}
    made = []
    for heading in (full[:LONGEST_HEADING] for full in headings):
        seen[heading.lower()] = seen.get(heading.lower(), 0) + 1
        times = seen[heading.lower()]
        made.append(heading if times == 1 else f"{heading} ({times})")
    return made
