"""Looks inside an xlsb workbook, whose sheets are records in binary, for far-off cells and errors.

The records are those of [MS-XLSB]: a type and a length of up to 2 and 4 bytes with 7 bits each, then the content.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree  # nosec B405 # reads nothing that declares entities

from sendviz.loading.inside import MOST_SHEETS, Inside, damaged, pieces, without_entities
from sendviz.loading.report import FileRefused

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_ROW, _CELLS, _ERROR, _FORMULA_ERROR, _END_ROWS = 0, range(2, 12), 3, 11, 146
_SHEET, _BOOK = 156, 153


def parts(path: Path) -> dict[str, str]:
    """The part of each sheet, by the sheet's name; FileRefused for a workbook whose directory cannot be read."""
    try:
        links = ElementTree.fromstring(without_entities(path, "xl/_rels/workbook.bin.rels"))  # nosec B314
    except (ElementTree.ParseError, ValueError, LookupError):
        raise damaged() from None
    targets = {link.get("Id"): normpath(join("/xl", link.get("Target", ""))).lstrip("/") for link in links}
    found = {}
    for kind, content in _records(path, "xl/workbook.bin"):
        if kind == _SHEET:
            link, after = _text(content, 8)
            if link not in targets:
                raise damaged()
            found[_text(content, after)[0]] = targets[link]
    if len(found) > MOST_SHEETS:
        raise FileRefused(f"The workbook has {len(found):,} sheets; the most read is {MOST_SHEETS}.")
    return found


def counts_from_1904(path: Path) -> bool:
    """Whether the workbook's days count from 1904, as those of old Macs do."""
    return any(kind == _BOOK and content[:1] and content[0] & 1 for kind, content in _records(path, "xl/workbook.bin"))


def inside(path: Path, part: str, sheet: str) -> Inside:
    """What the sheet's part holds; FileRefused when it is damaged or reaches too far."""
    seen, row = Inside(), 0
    for kind, content in _records(path, part):
        if kind == _END_ROWS:
            break
        if kind not in _CELLS and kind != _ROW:
            continue
        if len(content) < (4 if kind == _ROW else 9):
            raise damaged()  # the reader would go by what it read before
        number = struct.unpack_from("<I", content)[0]
        if kind == _ROW:
            row = number + 1
            continue
        seen.filled += 1
        if row > seen.last_row or number > seen.last_column:
            seen.reach(row, number)
            seen.bounded(sheet)
        if kind in (_ERROR, _FORMULA_ERROR):
            seen.fault(row, number, ERRORS.get(content[8], "#VALUE!"))
    return seen.bounded(sheet)


def _records(path: Path, part: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part, in their order."""
    rest = b""
    for more in pieces(path, part):
        rest += more
        at = 0
        while len(rest) - at >= 6:
            kind, length, start = _head(rest, at)
            if start + length > len(rest):
                break
            yield kind, rest[start : start + length]
            at = start + length
        rest = rest[at:]
    at = 0
    while at + 2 <= len(rest):
        kind, length, start = _head(rest + bytes(6), at)
        yield kind, rest[start : start + length]
        at = start + length


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """A record's type, its length, and where its content starts."""
    kind = data[at]
    at += 1
    if kind & 0x80:
        kind = kind & 0x7F | (data[at] & 0x7F) << 7
        at += 1
    length = 0
    for shift in (0, 7, 14, 21):
        byte = data[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, length, at


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length in front, and where it ends."""
    if at + 4 > len(content):
        raise damaged()
    end = at + 4 + 2 * struct.unpack_from("<I", content, at)[0]
    return content[at + 4 : end].decode("utf-16-le", "replace"), end
