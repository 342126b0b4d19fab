"""Reads OpenDocument spreadsheets a row at a time; repeated blanks, of which they have millions, cost nothing."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sendviz.loading.cells import EXCEL_ERRORS, NO_RESULT, Cells
from sendviz.loading.elements import follow
from sendviz.loading.inside import MOST_ROWS, MOST_SHEETS, pieces, small
from sendviz.loading.look import PASSWORD
from sendviz.loading.making import Making, Table, too_far
from sendviz.loading.report import FileRefused

MOST_REPEATED = 10_000  # times that one filled row may be repeated: no extract has more rows that are the same
_NUMBERS = ("float", "percentage", "currency")


def tables(path: Path) -> list[Table]:
    """The sheets in their order; FileRefused when the file is damaged, protected or no spreadsheet."""
    if b"encryption-data" in small(path, "META-INF/manifest.xml"):
        raise FileRefused(PASSWORD)
    found = _Tables()
    for _ in follow(pieces(path, "content.xml"), found.start):
        pass
    if not found.spreadsheet:
        raise FileRefused("The file is an OpenDocument text or drawing, not a spreadsheet.")
    if len(found.names) > MOST_SHEETS:
        raise FileRefused(f"The workbook has {len(found.names):,} sheets; the most read is {MOST_SHEETS}.")
    return [Table(name, style not in found.hidden, found.faulty) for name, style in found.names]


def sheets(path: Path) -> Iterator[tuple[int, Iterator[tuple[int, Cells]]]]:
    """Each sheet that has rows: its place in `tables`, and its rows that are not blank with their true numbers. Each is
    to be gone through before the next; FileRefused where they reach too far."""
    for place, rows in groupby(_rows(path), lambda row: row[0]):
        yield place, ((number, cells) for _, number, cells in rows)


def _rows(path: Path) -> Iterator[tuple[int, int, Cells]]:
    reader = _Cells()
    for _ in follow(pieces(path, "content.xml"), reader.start, reader.text, reader.end):
        for place, number, times, cells in reader.rows:
            yield from ((place, number + more, cells) for more in range(times))
        reader.rows.clear()


class _Tables:
    """Notes the sheets, the styles that hide some, and whether any cell holds an error."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self.spreadsheet = self.faulty = False
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table-cell":
            self.faulty = self.faulty or "table:formula" in attributes
        elif tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._style)
        elif tag == "table:table":
            self.names.append((attributes.get("table:name", ""), attributes.get("table:style-name", "")))
        elif tag == "office:spreadsheet":
            self.spreadsheet = True


class _Cells:
    """Follows the cells. `rows` has those finished: the sheet's place, row number, times it is repeated, cells."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int, Cells]] = []
        self._place, self._row, self._times = -1, Making(), 1
        self._cell: dict[str, str] | None = None
        self._depth, self._text, self._speaking = 0, list[str](), False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._within(tag)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._depth, self._text, self._speaking = attributes, 0, [], False
        elif tag == "table:table-row":
            self._row.row(self._row.number + self._times)
            self._times = _count(attributes, "table:number-rows-repeated")
        elif tag == "table:table":
            self._place, self._times = self._place + 1, 1
            self._row.sheet()

    def _within(self, tag: str) -> None:
        self._depth += 1
        if self._depth == 1:
            self._speaking = tag == "text:p"  # a comment's paragraphs lie deeper
            self._text.append("\n" if self._speaking and self._text else "")
        elif tag in ("text:s", "text:tab", "text:line-break"):
            self.text(" ")

    def text(self, text: str) -> None:
        if self._depth and self._speaking:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._depth:
            self._depth -= 1
        elif self._cell is not None:
            columns = _count(self._cell, "table:number-columns-repeated")
            rows = _count(self._cell, "table:number-rows-spanned")
            self._row.put(_value(self._cell, "".join(self._text)), columns, rows)
            self._cell = None
        elif tag == "table:table-row" and (cells := self._row.made()):
            if self._times > MOST_REPEATED or self._row.number + self._times > MOST_ROWS:
                raise too_far()
            self.rows.append((self._place, self._row.number, self._times, cells))


def _count(attributes: dict[str, str], name: str) -> int:
    return max(1, int(attributes[name])) if name in attributes else 1


def _value(attributes: dict[str, str], text: str) -> object:
    kind = attributes.get("office:value-type", "string" if text else "")
    if attributes.get("calcext:value-type") == "error" or ("table:formula" in attributes and text in EXCEL_ERRORS):
        return text if text in EXCEL_ERRORS else "#VALUE!"
    if kind in _NUMBERS:
        return float(attributes.get("office:value", "nan"))
    if kind == "date":
        return _date(attributes.get("office:date-value", text))
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if "table:formula" in attributes and not kind:
        return NO_RESULT
    return text or attributes.get("office:string-value", "")


def _date(text: str) -> object:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return text
