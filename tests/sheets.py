"""Sheets written as small tables, saved as real files, read back as rows and problems."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from sendviz.loading import Reading, SheetReport, Source
from sendviz.vocabulary import Row

COHORT = """
Month end  | Pupil ID | Age | NC year | Key stage   | Gender | Primary need | In care | Home LA | Funding LA | City status | School type | School name | Locality
31/01/2026 | A1       | 9   | 4       | Key stage 2 | F      | ASD          | N       | Stoke   | Stoke      | In city     | Mainstream  | Elm Primary | Central
31/01/2026 | A2       | 12  | 7       | Key stage 3 | M      | SEMH         | Y       | Stoke   | Stoke      | In city     | Special     | Oak School  | North
"""  # noqa: E501
FUNDING = """
Locality | Purpose  | Revenue or capital | Amount | Financial year
Central  | Training | Revenue            | 1200   | 2025/26
North    | Building | Capital            | 900.50 | 2025/26
"""


def cells(table: str) -> list[list[object]]:
    """The rows of a table; dates and numbers as Excel would hold them, `_` for a blank cell."""
    return [[_cell(text.strip()) for text in line.split("|")] for line in table.strip("\n").splitlines()]


def _cell(text: str) -> object:
    if re.fullmatch(r"\d\d/\d\d/\d{4}", text):
        return dt.datetime.strptime(text, "%d/%m/%Y")
    if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", text):
        return float(text)
    return "" if text == "_" else text


def saved(path: Path, hidden: Sequence[str] = (), **sheets: str | Sequence[Sequence[object]]) -> Path:
    """A workbook with these sheets (an underscore in a name stands for a space), given as tables or as rows."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, table in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for number, row in enumerate(cells(table) if isinstance(table, str) else table):
                for column, value in enumerate(row):
                    if value != "":
                        sheet.write(number, column, value)
            if name in hidden:
                sheet.hide()
    return path


def comma_separated(path: Path, table: str, separator: str = ",", encoding: str = "utf-8") -> Path:
    """The table as separated text, its cells as written."""
    lines = [separator.join(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]
    path.write_bytes("\r\n".join(lines).replace("_", "").encode(encoding))
    return path


def read(
    path: Path, as_dataset: str | None = None, sources: Sequence[Source] = ()
) -> tuple[list[Row], list[SheetReport]]:
    """The good rows of a file, and what is said about its sheets."""
    reading = Reading(path, 50, sources, as_dataset)
    rows = [row for extract in reading.extracts() for batch in extract.batches() for row in batch]
    return rows, reading.reports


def told(reports: Iterable[SheetReport]) -> list[tuple[str, str, str, str]]:
    """The problems: cell, column, value, rule."""
    return [(p.cell, p.column, p.value, p.rule) for report in reports for p in report.problems]
