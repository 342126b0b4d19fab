"""Cells: what they hold, where they stand."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sendviz.vocabulary.fields import plain

Cells = Sequence[object]  # one row of a sheet; a blank cell is ''

NO_RESULT = "formula without a result"
EXCEL_ERRORS = (
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#UNKNOWN!", "#CONNECT!", "#BUSY!", "#GETTING_DATA", "#EXTERNAL!", "#PYTHON!",
)  # fmt: skip
FAULTS = {error: f"holds the Excel error {error}: put the formula right or clear the cell" for error in EXCEL_ERRORS}
FAULTS[NO_RESULT] = "holds a formula without a result: open the file in Excel, save it and load it again"


def address(row: int, column: int) -> str:
    """F23 for row 23 (counted from 1) and column 5 (counted from 0)."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """A, Z, AA for columns counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def position(cell: str) -> tuple[int, int]:
    """The row (from 1) and column (from 0) of an address such as F23; ValueError for anything else."""
    if not (match := re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", cell)):
        raise ValueError(f"{cell!r} is not a cell")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


def blank(cells: Iterable[object]) -> bool:
    """Whether every cell is empty or has nothing that can be seen."""
    for cell in cells:  # a third of the time of all(...), and asked of every row
        if cell != "" and not (type(cell) is str and (cell.isspace() or not (cell.isprintable() or plain(cell)))):
            return False
    return True


@lru_cache(maxsize=4096)
def normal(heading: object) -> str:
    """A heading without case, spacing and punctuation, as headings are compared."""
    return re.sub(r"[^a-z0-9]+", "", str(heading).casefold())
