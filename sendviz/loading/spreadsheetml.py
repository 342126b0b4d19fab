"""Reads the XML that Excel 2002 and 2003 wrote and reporting systems still do, often under the name .xls."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sendviz.loading.cells import NO_RESULT, Cells
from sendviz.loading.elements import follow
from sendviz.loading.inside import CHUNK, MOST_SHEETS
from sendviz.loading.making import Making, Table
from sendviz.loading.report import FileRefused


def tables(path: Path) -> list[Table]:
    """The sheets in their order; FileRefused when the file is damaged."""
    found = _Sheets()
    for _ in follow(_pieces(path), found.start, found.text):
        pass
    if len(found.names) > MOST_SHEETS:
        raise FileRefused(f"The workbook has {len(found.names):,} sheets; the most read is {MOST_SHEETS}.")
    return [Table(name, place not in found.hidden, found.faulty) for place, name in enumerate(found.names)]


def sheets(path: Path) -> Iterator[tuple[int, Iterator[tuple[int, Cells]]]]:
    """Each sheet that has rows: its place in `tables`, and its rows that are not blank with their true numbers.
    Each is to be gone through before the next; FileRefused where they reach too far."""
    for place, rows in groupby(_rows(path), lambda row: row[0]):
        yield place, ((number, cells) for _, number, cells in rows)


def _rows(path: Path) -> Iterator[tuple[int, int, Cells]]:
    reader = _Rows()
    for _ in follow(_pieces(path), reader.start, reader.text, reader.end):
        yield from reader.rows
        reader.rows.clear()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        start = file.read(CHUNK)
        yield start.lstrip()
        while piece := file.read(CHUNK):
            yield piece


def _local(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class _Sheets:
    """Notes the sheets and those hidden, which is said after their rows."""

    def __init__(self) -> None:
        self.names, self.hidden = list[str](), set[int]()
        self.faulty = self._visible = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "Worksheet":
            self.names.append(_local(attributes).get("Name", ""))
        elif tag in ("Cell", "Data"):
            self.faulty = self.faulty or "ss:Formula" in attributes or "Error" in attributes.values()
        self._visible = tag == "Visible"

    def text(self, text: str) -> None:
        if self._visible and "Hidden" in text:
            self.hidden.add(len(self.names) - 1)


class _Rows:
    """Follows the cells. `rows` has those finished: the sheet's place, row number, cells."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, Cells]] = []
        self._place, self._row, self._next = -1, Making(), 1
        self._cell: dict[str, str] = {}
        self._kind, self._text, self._in_data = "", list[str](), False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "Cell":
            self._cell, self._kind, self._text = _local(attributes), "", []
            self._row.column = int(self._cell.get("Index", self._row.column + 1)) - 1
        elif tag == "Data":
            self._kind, self._in_data = _local(attributes).get("Type", "String"), True
        elif tag == "Row":
            row = _local(attributes)
            self._row.row(int(row.get("Index", self._next)))
            self._next = self._row.number + 1 + int(row.get("Span", 0))
        elif tag == "Worksheet":
            self._place, self._next = self._place + 1, 1
            self._row.sheet()

    def text(self, text: str) -> None:
        if self._in_data:
            self._text.append(text)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "Data":
            self._in_data = False
        elif tag == "Cell":
            value = _value(self._kind, "".join(self._text), "Formula" in self._cell)
            self._row.put(value, rows=1 + int(self._cell.get("MergeDown", 0)))
            self._row.column += int(self._cell.get("MergeAcross", 0))
        elif tag == "Row" and (cells := self._row.made()):
            self.rows.append((self._place, self._row.number, cells))


def _value(kind: str, text: str, formula: bool) -> object:
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        try:
            return dt.datetime.fromisoformat(text.strip())
        except ValueError:
            return text
    return NO_RESULT if formula and not kind else text
