"""Reads comma, semicolon or tab separated text, whatever its encoding, one row at a time."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from sendviz.loading.report import FileRefused

SEPARATORS = (",", ";", "\t")
SAMPLE = 50  # lines read to tell the separator
LONGEST, MOST_COLUMNS = 1_000_000, 16_384  # characters of a line, cells of a row: more are no table's


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of the text, from its first; FileRefused where it stops making sense as a table."""
    encoding = _encoding(path)
    separator = max(SEPARATORS, key=partial(_fit, path, encoding))
    with path.open(encoding=encoding, newline="") as text:
        marked: list[int] = []
        reader = csv.reader(_lines(text, marked), delimiter=separator, strict=True)
        try:
            for row in reader:
                if len(row) > MOST_COLUMNS:
                    raise FileRefused(f"Line {reader.line_num:,} has {len(row):,} columns, more than a table has.")
                yield [_unmarked(cell) for cell in row] if marked else row
        except csv.Error as error:
            raise FileRefused(f"Line {reader.line_num} cannot be read as a row of a table ({error}): look for a "
                              "quotation mark that is not closed.") from None  # fmt: skip


def _lines(text: TextIO, marked: list[int]) -> Iterator[str]:
    """The lines, none of them endless; `marked` gets the numbers of those in which a cell may be written as ="007"."""
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        if len(line) == LONGEST:
            raise FileRefused(f"Line {number:,} is longer than a row of a table can be: save the file again as CSV.")
        if '="' in line:
            marked.append(number)
        yield line


def _unmarked(cell: str) -> str:
    """007 of ="007", as some systems write what Excel would take for a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _fit(path: Path, encoding: str, separator: str) -> tuple[int, int]:
    """How many of the first rows agree on the number of columns when split by this separator, and on how many. The most
    columns alone would not tell: one answer to a survey may have more semicolons than its row has commas."""
    widths = Counter[int]()
    with path.open(encoding=encoding, newline="") as text, suppress(csv.Error):
        for row in csv.reader(islice(_lines(text, []), SAMPLE), delimiter=separator):
            widths[len(row)] += len(row) > 1
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _encoding(path: Path) -> str:
    """utf-8-sig, utf-16 or cp1252, decided over the whole file; FileRefused when it is none of them."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif start[1::2].count(0) > len(start) / 4:
        candidates = ["utf-16-le"]
    elif start[::2].count(0) > len(start) / 4:
        candidates = ["utf-16-be"]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    if found := next((encoding for encoding in candidates if _decodes(path, encoding)), None):
        return found
    raise FileRefused("The file is neither a workbook nor text: save it as .xlsx or as CSV (UTF-8).")


def _decodes(path: Path, encoding: str) -> bool:
    """Whether all of the file is text in this encoding; a NUL is not text: PostgreSQL refuses it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                if "\0" in decoder.decode(piece):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
