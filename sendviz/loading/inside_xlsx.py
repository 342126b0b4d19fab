"""Looks inside an xlsx workbook for what its reader cannot tell: far-off cells, errors, formulas without results.

A sheet is passed over once by patterns, which hold for what spreadsheet programs write and cost a tenth of reading it.
Where it is written in another way, or seems to reach too far, it is gone through cell by cell.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree  # nosec B405 # reads nothing that declares entities

from sendviz.loading.cells import NO_RESULT, position
from sendviz.loading.elements import follow
from sendviz.loading.inside import MOST_FILLED, MOST_SHEETS, Inside, damaged, pieces, small, too_much, without_entities
from sendviz.loading.report import FileRefused

MOST_BYTES, SMALLEST = 300_000_000, 16  # of a sheet's part, and of a filled cell in it

_BEYOND = re.compile(rb'r="[A-Z](?:[A-Z]|[0-9]{6})')  # Z99999, that is: which is never too far
_ADDRESS = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_OTHERWISE = re.compile(rb'<c(?! r="[A-Z]{1,3}\d{1,7}")[ />]|:c[ />]')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_NO_RESULT = re.compile(rb"<c\b([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>")
_CELL = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')


def parts(path: Path) -> dict[str, str]:
    """The part of each sheet, by the sheet's name; FileRefused for a workbook whose directory cannot be read."""
    try:
        book = ElementTree.fromstring(without_entities(path, "xl/workbook.xml"))  # nosec B314
        links = ElementTree.fromstring(without_entities(path, "xl/_rels/workbook.xml.rels"))  # nosec B314
    except (ElementTree.ParseError, ValueError, LookupError):
        raise damaged() from None
    targets = {link.get("Id"): normpath(join("/xl", link.get("Target", ""))).lstrip("/") for link in links}
    found = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        link = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        found[sheet.get("name", "")] = targets.get(link, "")
    if len(found) > MOST_SHEETS:
        raise FileRefused(f"The workbook has {len(found):,} sheets; the most read is {MOST_SHEETS}.")
    return found


def counts_from_1904(path: Path) -> bool:
    """Whether the workbook's days count from 1904, as those of old Macs do."""
    return re.search(rb'\bdate1904="(1|true)"', small(path, "xl/workbook.xml")) is not None


def inside(path: Path, part: str, sheet: str) -> Inside:
    """What the sheet's part holds; FileRefused when it is damaged or reaches too far."""
    seen, plain, formulas, size = Inside(merged=False), True, False, 0
    for piece in _between_cells(path, part):
        plain = plain and (size > 0 or b"<worksheet" in piece) and _reach(piece, seen)
        # Those that share a formula come after the one that has it. One byte is sought ten times as fast as several.
        formulas = formulas or (b"f" in piece and b"</f>" in piece)
        seen.merged = seen.merged or (b"m" in piece and b"mergeCell" in piece)
        _faults(piece, formulas, seen)
        if (size := size + len(piece)) > MOST_BYTES:
            raise too_much(sheet)
    if not plain:
        return _each_cell(path, part, sheet).bounded(sheet)
    if size > MOST_FILLED * SMALLEST:
        _count(path, part, sheet, seen)
    if seen.too_far:
        _recount(path, part, sheet, seen)
    return seen


def _count(path: Path, part: str, sheet: str, seen: Inside) -> None:
    for piece in _between_cells(path, part):
        seen.filled += piece.count(b"</v>") + piece.count(b"</is>")
        if seen.filled > MOST_FILLED:
            raise too_much(sheet)


def _recount(path: Path, part: str, sheet: str, seen: Inside) -> None:
    """Looks how far the filled cells reach: those that are only coloured in take no memory."""
    seen.last_row = seen.last_column = 0
    for piece in _between_cells(path, part):
        _reach_all(_FILLED.findall(piece), seen)
        seen.bounded(sheet)


def _between_cells(path: Path, part: str) -> Iterator[bytes]:
    """The part in pieces that end between two cells."""
    rest = b""
    for more in pieces(path, part):
        cut = more.rfind(b"<c ")
        cut = cut if cut >= 0 else len(more)
        yield b"".join((rest, memoryview(more)[:cut]))
        rest = more[cut:]
    yield rest


def _reach(piece: bytes, seen: Inside) -> bool:
    """Notes the cells that may be too far off, unless the piece is written in another way: then it is False. A sheet is
    written by one program, so that a piece's beginning tells."""
    if _OTHERWISE.search(piece[:4096].rpartition(b"<")[0]):
        return False
    seen.reach(99_999, 25)
    if _BEYOND.search(piece):
        _reach_all(_ADDRESS.findall(piece), seen)
    return True


def _reach_all(cells: list[tuple[bytes, bytes]], seen: Inside) -> None:
    rows, columns = {row for _, row in cells}, {letters for letters, _ in cells}
    for column in columns:
        seen.reach(0, position(f"{column.decode()}1")[1])
    seen.reach(max(map(int, rows), default=0), 0)


def _faults(piece: bytes, formulas: bool, seen: Inside) -> None:
    if b"#" in piece and b't="e"' in piece:  # as all errors begin; the reader refuses a sheet with others
        for attributes, error in _ERROR.findall(piece):
            _keep(seen, attributes, error.decode("utf-8", "replace"))
    if formulas:
        for attributes in _NO_RESULT.findall(piece):
            if b't="str"' not in attributes:  # a formula's result may be an empty text
                _keep(seen, attributes, NO_RESULT)


def _keep(seen: Inside, attributes: bytes, fault: str) -> None:
    if match := _CELL.search(attributes):
        seen.fault(*position(match[1].decode()), fault)


def _each_cell(path: Path, part: str, sheet: str) -> Inside:
    """What the sheet holds, however its cells are written; those without an address follow each other."""
    found = _Cells(sheet)
    for _ in follow(pieces(path, part), found.start, found.text, found.end):
        pass
    return found.seen


class _Cells:
    """Follows the cells of a sheet's XML."""

    def __init__(self, sheet: str) -> None:
        self.seen = Inside()
        self._sheet = sheet
        self._at, self._next = (0, 0), (0, 0)
        self._type, self._value, self._formula, self._in = "", "", False, ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._in = tag.rpartition(":")[2]
        if self._in == "row":
            number = int(attributes.get("r", self._next[0] + 1))
            self._next = (number, 0)
        elif self._in == "c":
            self._at = position(attributes["r"]) if "r" in attributes else self._next
            self._next = (self._at[0], self._at[1] + 1)
            self._type, self._value, self._formula = attributes.get("t", ""), "", False
        elif self._in == "f":
            self._formula = True

    def text(self, text: str) -> None:
        if self._in in ("v", "t"):
            self._value = (self._value + text)[:20]  # as much as tells an error

    def end(self, tag: str) -> None:
        self._in = ""
        if tag.rpartition(":")[2] != "c":
            return
        if self._value:
            self.seen.filled += 1
            self.seen.reach(*self._at)
            self.seen.bounded(self._sheet)
        if self._type == "e":
            self.seen.fault(*self._at, self._value)
        elif self._formula and not self._value and self._type != "str":
            self.seen.fault(*self._at, NO_RESULT)
