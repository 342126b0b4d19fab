"""The blank sheet to fill in: what each column takes stands above the headings, where loading never looks for rows."""

import datetime as dt
from pathlib import Path
from typing import Any, BinaryIO

from sendviz.loading.cells import letters
from sendviz.loading.headings import asked
from sendviz.vocabulary import Field, Row

HEADING_ROW = 5  # from 0: title, what to do, takes, example, a blank line, headings
LISTED = 5000  # rows given a drop-down list and a number format
NOTES = "Notes"
_FORMATS = {"day": "dd/mm/yyyy", "text": "@", "pupil": "@", "period": "@", "month": "@", "pounds": "£#,##0.00"}


def template(row: type[Row], to: Path | BinaryIO) -> None:
    """Writes the dataset's template: its sheet (headings, what each column takes, an example, drop-down lists), and
    notes on every column. Filled in below the headings, it loads as it is."""
    from xlsxwriter import Workbook  # costs 50 ms that only those who ask for a template pay

    with Workbook(to if not isinstance(to, Path) else str(to)) as book:
        bold, wrapped = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        faint = book.add_format({"italic": True, "font_color": "#505a5f", "text_wrap": True, "valign": "top"})
        sheet, notes = book.add_worksheet(row.title()), book.add_worksheet(NOTES)
        sheet.write_string(0, 0, f"{row.title()}: {row.one}", book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, f"Fill in from row {HEADING_ROW + 2}. Rows above the headings are not loaded.")
        _notes(row, notes, bold, wrapped)
        for column, field in enumerate(asked(row)):
            number_format = book.add_format({"num_format": _FORMATS.get(field.kind, "General")})
            sheet.set_column(column, column, max(14, len(field.title) + 4), number_format)
            sheet.write_string(2, column, f"{_takes(field)}{' (may be left out)' if field.optional else ''}", faint)
            sheet.write_string(3, column, _example(field), faint)
            sheet.write_string(HEADING_ROW, column, field.title, bold)
            _list(sheet, column, field)
        sheet.set_row(2, 60)
        sheet.freeze_panes(HEADING_ROW + 1, 0)


def _takes(field: Field) -> str:
    words = field.takes.words if field.takes else field.kind
    return words if len(words) <= 80 else "one of the list"


def _example(field: Field) -> str:
    example = field.takes.example if field.takes else ""
    return f"e.g. {example:%d/%m/%Y}" if isinstance(example, dt.date) else f"e.g. {example}" if example != "" else ""


def _choices(field: Field) -> tuple[str, ...]:
    return field.takes.known if field.takes else ()


def _notes(row: type[Row], sheet: Any, bold: Any, wrapped: Any) -> None:
    """One line a column: what it means, takes, and the other headings it is known by; its list to the right."""
    for column, title in enumerate(("Column", "What it means", "What it takes", "Also known as")):
        sheet.write_string(0, column, title, bold)
    sheet.set_column(0, 3, 34, wrapped)
    for line, field in enumerate(asked(row), 1):
        takes = field.takes.words if field.takes else field.kind
        for column, text in enumerate((field.title, field.description, takes, ", ".join(field.aliases))):
            sheet.write_string(line, column, text)
        for down, choice in enumerate((field.title, *_choices(field)) if _choices(field) else ()):
            sheet.write_string(down, 4 + line, choice)


def _list(sheet: Any, column: int, field: Field) -> None:
    """A drop-down list of the known values; others may be typed, since lists grow."""
    if choices := _choices(field):
        place = letters(5 + column)
        source = f"={NOTES}!${place}$2:${place}${len(choices) + 1}"
        sheet.data_validation(HEADING_ROW + 1, column, HEADING_ROW + LISTED, column, {
            "validate": "list", "source": source, "error_type": "information",
            "error_title": "Not in the list", "error_message": "This is not in the list. It will load, with a warning.",
        })  # fmt: skip
