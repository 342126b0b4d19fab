"""Reads comma, semicolon or tab separated text, whatever its encoding, one row at a time."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from sendviz.loading.report import FileRefused

SEPARATORS = (",", ";", "\t")
SAMPLE = 50  # lines read to tell the separator
LONGEST, MOST_COLUMNS = 1_000_000, 16_384  # characters of a line, cells of a row: more are no table's
PIECE = MOST_COLUMNS // 2  # bytes looked at together: where each piece ends a line, no line has more columns


@dataclass(frozen=True)
class _Text:
    """What is known of a text before it is read: its encoding, whether a cell may be written as ="007", and whether its
    lines are rows, short enough to be a table's without a look at each."""

    encoding: str
    marked: bool
    short: bool


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of the text, from its first; FileRefused where it stops making sense as a table."""
    found = _looked_at(path)
    separator = max(SEPARATORS, key=partial(_fit, path, found.encoding))
    with path.open(encoding=found.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=separator, strict=True)
        try:
            if found.short:
                yield from reader  # three times as fast as asking each row
                return
            for row in reader:
                if len(row) > MOST_COLUMNS:
                    raise FileRefused(f"Line {reader.line_num:,} has {len(row):,} columns, more than a table has.")
                yield [_unmarked(cell) for cell in row] if found.marked else row
        except csv.Error as error:
            raise FileRefused(f"Line {reader.line_num} cannot be read as a row of a table ({error}): look for a "
                              "quotation mark that is not closed.") from None  # fmt: skip


def _unmarked(cell: str) -> str:
    """007 of ="007", as some systems write what Excel would take for a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _fit(path: Path, encoding: str, separator: str) -> tuple[int, int]:
    """How many of the first rows agree on the number of columns when split by this separator, and on how many. The most
    columns alone would not tell: one answer to a survey may have more semicolons than its row has commas."""
    widths = Counter[int]()
    with path.open(encoding=encoding, newline="") as text, suppress(csv.Error):
        for row in csv.reader(islice(text, SAMPLE), delimiter=separator):
            widths[len(row)] += len(row) > 1
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


def _looked_at(path: Path) -> _Text:
    """The whole file looked at: utf-8-sig, utf-16 or cp1252; FileRefused when it is none of them, or has a line that no
    table has."""
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
    for encoding in candidates:
        with suppress(UnicodeError):
            return _Text(encoding, *_marked(path, encoding))
    raise FileRefused("The file is neither a workbook nor text: save it as .xlsx or as CSV (UTF-8).")


def _marked(path: Path, encoding: str) -> tuple[bool, bool]:
    """Whether a cell may be written as ="007", and whether all lines are rows, and short. UnicodeError where the file
    is not text in this encoding (a NUL is not text: PostgreSQL refuses it), FileRefused for an endless line, before
    anything has to hold it."""
    decoder, marked, short, line, last = codecs.getincrementaldecoder(encoding)(), False, True, 0, ""
    with path.open("rb") as file:
        while piece := decoder.decode(read := file.read(PIECE), final=len(read) < PIECE):
            if "\0" in piece:
                raise UnicodeError("a NUL")
            ends = piece.find("\n") >= 0 or piece.find("\r") >= 0
            line = 0 if ends else line + len(piece)
            if line > LONGEST:
                raise FileRefused("A line is longer than a row of a table can be: save the file again as CSV.")
            short = short and '"' not in piece and (ends or len(read) < PIECE)
            marked, last = marked or '="' in last + piece[:1] or '="' in piece, piece[-1]
    return marked, short
