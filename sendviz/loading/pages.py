"""Reads the tables of a web page, which many systems export under the name .xls: every cell as the text it shows."""

import codecs
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from sendviz.loading.cells import Cells
from sendviz.loading.inside import MOST_COLUMNS
from sendviz.loading.look import SAVE_AGAIN
from sendviz.loading.making import Making, too_far
from sendviz.loading.report import FileRefused

MOST_MB, MOST_TAGS, MOST_NESTED = 15, 400_000, 20  # read in 5 s; five thousand rows of twenty columns: 8 MB, 100,000
PIECE, UNFINISHED = 1 << 15, 1 << 18  # characters read at once, and those waiting for a tag to end
MOST_SPANNED = 1_000  # as browsers have it
_UNSEEN = ("script", "style", "title", "head", "xml")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


def tables(path: Path) -> list[list[tuple[int, Cells]]]:
    """The tables that have rows: their rows that are not blank, numbered within the table. FileRefused when there are
    none, or the page cannot be read."""
    if path.stat().st_size > MOST_MB * 1_000_000:
        raise FileRefused(f"A web page of more than {MOST_MB} MB is not read. {SAVE_AGAIN}")
    page = _Page()
    for piece in _texts(path):
        page.feed(piece)
        if len(page.rawdata) > UNFINISHED:
            raise FileRefused(f"The web page is damaged: a tag in it has no end. {SAVE_AGAIN}")
    page.close()
    page.end_row()
    if not (found := [table for table in page.tables if table]):
        raise FileRefused("The file is a web page without a table, not a spreadsheet.")
    return found


def _texts(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        encoding = _encoding(file.read(4096))
    with path.open(encoding=encoding, errors="replace") as text:
        while piece := text.read(PIECE):
            yield piece.replace("\0", "")


def _encoding(start: bytes) -> str:
    """What the page says of itself; else UTF-8, or what Windows writes in the west of Europe."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    said = _CHARSET.search(start)
    try:
        name = codecs.lookup(said[1].decode()).name if said else "utf-8"
    except LookupError:
        name = "utf-8"
    return "cp1252" if name in ("iso8859-1", "ascii") or name.startswith("utf-16") else name


class _Page(HTMLParser):
    """Follows tables, rows and cells. A row inside a cell's own table counts as one more row."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[tuple[int, Cells]]] = []
        self._row, self._covered = Making(), dict[int, int]()
        self._cell: dict[str, str | None] | None = None
        self._text, self._unseen, self._nested, self._tags = list[str](), 0, 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags += 1
        if self._tags > MOST_TAGS or self._nested > MOST_NESTED:
            raise FileRefused(f"The web page has more cells than can be read. {SAVE_AGAIN}")
        if tag == "table":
            self._nested += 1
            self.end_row()
            if self._nested == 1:
                self.tables.append([])
                self._row.sheet()
                self._covered = {}
        elif tag == "tr":
            self.end_row()
            self._row.row(self._row.number + 1)
        elif tag in ("td", "th"):
            self._end_cell()
            self._cell, self._text = dict(attrs), []
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag in ("br", "p", "div", "li"):
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()
            self._nested -= tag == "table" and self._nested > 0
        elif tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unseen:
            self._text.append(data)

    def _end_cell(self) -> None:
        """Puts the cell in the next place that no cell above covers."""
        if self._cell is None:
            return
        while self._covered.get(self._row.column, -1) >= self._row.number:
            self._row.column += 1
        wide, deep = _spanned(self._cell.get("colspan"), MOST_SPANNED), _spanned(self._cell.get("rowspan"))
        first = self._row.column
        if first + wide > MOST_COLUMNS:
            raise too_far()
        self._row.put(_value(self._cell, " ".join("".join(self._text).split())), rows=deep)
        self._row.column = first + wide
        if deep > 1:
            self._covered |= dict.fromkeys(range(first, first + wide), self._row.number + deep - 1)
        self._cell = None

    def end_row(self) -> None:
        """Ends the row, as a new one does too: the end of a cell, row or table may be left out."""
        self._end_cell()
        if self.tables and (cells := self._row.made()):
            self.tables[-1].append((self._row.number, cells))
        self._row.row(self._row.number)


def _value(attributes: dict[str, str | None], text: str) -> object:
    """The text shown, or the number that Excel keeps beside it where it shows it rounded."""
    kept = attributes.get("x:num")
    if kept and re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", kept) and re.fullmatch(r"[-£(]*[\d,.]+\)?", text):
        return float(kept)
    return text


def _spanned(number: str | None, most: int = 65_534) -> int:
    return min(most, max(1, int(number))) if number and re.fullmatch(r"\d{1,9}", number.strip()) else 1
