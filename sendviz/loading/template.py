"""The blank sheet to fill in: what each column takes stands above the headings, where loading never looks for rows."""

import datetime as dt
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

from sendviz.loading.cells import address, letters
from sendviz.loading.entry import FORMATS, entry_rule
from sendviz.loading.headings import asked
from sendviz.loading.own import SIGN
from sendviz.vocabulary import Field, Row

TAKES, EXAMPLE, HEADING_ROW = 2, 3, 5  # rows from 0; the title and what to do come first, a blank line before headings
LISTED = 5000  # rows given drop-down lists, rules and number formats
NOTES, LISTS = "Notes", "Lists"
NARROW, WIDE = 18, 34  # widths of columns in letters
LINE = 15  # the height of a line in points
NOTE_WIDTHS = (26, 50, 50, 50)


def template(row: type[Row], to: Path | BinaryIO) -> None:
    """Writes the dataset's template: its sheet (headings, what each column takes, an example, lists to choose from,
    rules for what may be typed), notes on every column, and the lists. Filled in, it loads as it is."""
    from xlsxwriter import Workbook  # costs 50 ms that only those who ask for a template pay

    with Workbook(to if not isinstance(to, Path) else str(to)) as book:
        looks = _looks(book)
        sheet, notes = book.add_worksheet(row.title()), book.add_worksheet(NOTES)
        sheet.write_string(0, 0, f"{row.title()}: {row.one}", looks["title"])
        sheet.write_string(1, 0, f"Fill in from row {HEADING_ROW + 2}. Rows above the headings are not loaded.")
        fields = asked(row)
        lists = _lists([field for field in fields if _choices(field)], book, looks)
        widths = [_width(field) for field in fields]
        for column, field in enumerate(fields):
            number_format = book.add_format({"num_format": FORMATS.get(field.kind, "General")})
            sheet.set_column(column, column, widths[column], number_format)
            sheet.write_string(HEADING_ROW, column, field.title, looks["heading"])
            if rule := entry_rule(field, address(HEADING_ROW + 2, column), lists.get(field.name, "")):
                sheet.data_validation(HEADING_ROW + 1, column, HEADING_ROW + LISTED, column, rule)
        for line, texts in ((TAKES, [_takes(field) for field in fields]), (EXAMPLE, [_example(f) for f in fields])):
            _write(sheet, line, texts, widths, looks["faint"])
        sheet.freeze_panes(HEADING_ROW + 1, 0)
        sheet.set_landscape()
        _notes(fields, notes, looks)


def _looks(book: Any) -> dict[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "heading": book.add_format({"bold": True, "bottom": 1, "bg_color": "#eef0f2", "num_format": "@"}),
        "faint": book.add_format({"italic": True, "font_color": "#505a5f", "num_format": "@"} | wrapped),
        "wrapped": book.add_format(wrapped),
    }


def _write(sheet: Any, line: int, texts: Sequence[str], widths: Sequence[int], look: Any) -> None:
    """A line of wrapped texts, as high as the longest needs: a height that is not given is left to the reader."""
    for column, text in enumerate(texts):
        sheet.write_string(line, column, text, look)
    sheet.set_row(line, LINE * max(ceil(len(text) * 1.1 / width) for text, width in zip(texts, widths, strict=True)))


def _width(field: Field) -> int:
    longest = max((len(choice) for choice in _choices(field)), default=0)
    return min(max(NARROW, len(field.title) + 3, longest + 3, len(_example(field)) + 1), WIDE)


def _takes(field: Field) -> str:
    """What the column takes; where that is any words, what it means."""
    words = field.takes.words if field.takes else field.kind
    if words.startswith("words"):
        words = field.description.rstrip(".") or words
    return f"{words if len(words) <= 80 else 'one of the list'}{' (may be left out)' if field.optional else ''}"


def _example(field: Field) -> str:
    example = field.takes.example if field.takes else ""
    return f"e.g. {example:%d/%m/%Y}" if isinstance(example, dt.date) else f"e.g. {example}" if example != "" else ""


def _choices(field: Field) -> tuple[str, ...]:
    return field.takes.known if field.takes else ()


def _notes(fields: Sequence[Field], sheet: Any, looks: dict[str, Any]) -> None:
    """One line a column: what it means, takes, and the other headings it is known by."""
    sheet.write_string(0, 0, SIGN)
    for column, title in enumerate(("Column", "What it means", "What it takes", "Also known as")):
        sheet.set_column(column, column, NOTE_WIDTHS[column])
        sheet.write_string(2, column, title, looks["heading"])
    for line, field in enumerate(fields, 3):
        takes = field.takes.words if field.takes else field.kind
        texts = (field.title, field.description, takes, ", ".join(field.aliases))
        _write(sheet, line, texts, NOTE_WIDTHS, looks["wrapped"])
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _lists(fields: Sequence[Field], book: Any, looks: dict[str, Any]) -> dict[str, str]:
    """A sheet with the list of each column that has one; returns where each stands, by the field's name."""
    sheet, places = book.add_worksheet(LISTS), {}
    sheet.write_string(0, 0, SIGN)
    for column, field in enumerate(fields):
        choices, letter = _choices(field), letters(column)
        sheet.set_column(column, column, max(map(len, (field.title, *choices))) + 4)
        sheet.write_string(2, column, field.title, looks["heading"])
        for line, choice in enumerate(choices, 3):
            sheet.write_string(line, column, choice)
        places[field.name] = f"={LISTS}!${letter}$4:${letter}${len(choices) + 3}"
    sheet.freeze_panes(3, 0)
    return places
