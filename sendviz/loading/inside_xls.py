"""Looks inside an .xls workbook for what its reader cannot tell: far-off cells, errors, protection.

The file is a small file system of its own ([MS-CFB]); its stream `Workbook` is a row of records ([MS-XLS]): a type and
a length of two bytes each, then the content.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from sendviz.loading.inside import MOST_SHEETS, Inside, damaged
from sendviz.loading.inside_xlsb import ERRORS
from sendviz.loading.look import PASSWORD
from sendviz.loading.report import FileRefused

_BOUND_SHEET, _FILE_PASS, _DATE_MODE, _END = 0x85, 0x2F, 0x22, 0x0A
_DIMENSIONS, _FORMULA, _ERROR, _MANY = 0x200, 0x06, 0x205, 0xBD
_CELLS = frozenset({_FORMULA, _ERROR, _MANY, 0x203, 0x27E, 0xFD, 0x204, 0xD6})
_SMALL = 4096  # bytes of a stream that is kept among the small ones
_NO_MORE = 0xFFFFFFFA  # sector numbers from here on are marks


def workbook(path: Path) -> tuple[dict[int, Inside], bool]:
    """What each sheet holds, by its place in the workbook, and whether days count from 1904. FileRefused when the file
    is damaged, protected by a password, or a sheet reaches too far."""
    stream = _stream(path)
    starts, from_1904 = _directory(stream)
    if len(starts) > MOST_SHEETS:
        raise FileRefused(f"The workbook has {len(starts):,} sheets; the most read is {MOST_SHEETS}.")
    return {place: _sheet(stream, start, name) for place, (start, name) in enumerate(starts)}, from_1904


def _directory(stream: bytes) -> tuple[list[tuple[int, str]], bool]:
    """Where each sheet's records start, with its name, and whether days count from 1904."""
    starts, from_1904 = list[tuple[int, str]](), False
    for kind, at, length in _records(stream, 0):
        if kind == _FILE_PASS:
            raise FileRefused(PASSWORD)
        if kind == _BOUND_SHEET and length >= 8:
            encoding = "utf-16-le" if stream[at + 7] & 1 else "latin-1"
            name = stream[at + 8 : at + length].decode(encoding, "replace")
            starts.append((struct.unpack_from("<I", stream, at)[0], name))
        elif kind == _DATE_MODE and length >= 2:
            from_1904 = stream[at] == 1
    return starts, from_1904


def _sheet(stream: bytes, start: int, name: str) -> Inside:
    seen = Inside()
    for kind, at, length in _records(stream, start):
        if kind == _DIMENSIONS:
            _dimensions(stream, at, length, name)
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _MANY else column
            seen.filled += 1 + max(0, last - column)
            if row >= seen.last_row or last > seen.last_column:
                seen.reach(row + 1, last)
                seen.bounded(name)
            if kind == _ERROR and length >= 8 and stream[at + 7]:
                seen.fault(row + 1, column, ERRORS.get(stream[at + 6], "#VALUE!"))
            elif kind == _FORMULA and length >= 14:
                result = stream[at + 6 : at + 14]  # a number, or else what it is in the first byte
                if result[0] == 2 and result[6:] == b"\xff\xff":
                    seen.fault(row + 1, column, ERRORS.get(result[2], "#VALUE!"))
    return seen.bounded(name)


def _dimensions(stream: bytes, at: int, length: int, name: str) -> None:
    """The reader sets aside memory for what a sheet says its size is, true or not."""
    if length < 10:
        return
    first, last, left, right = struct.unpack_from("<IIHH" if length >= 12 else "<HHHH", stream, at)
    if last < first or right < left:
        raise damaged()
    Inside(last - first, right - left).bounded(name)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Each record's type, where its content stands and how long it is, to the first end of a sheet or the directory."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == _END or at + length > len(stream):
            return
        yield kind, at, length
        at += length


def _stream(path: Path) -> bytes:
    """The workbook's records; FileRefused when the file system around them does not hold together."""
    data = path.read_bytes()
    try:
        size = 1 << struct.unpack_from("<H", data, 30)[0]
        if size not in (512, 4096):
            raise damaged()
        table = _table(data, size)
        directory = _chain(data, struct.unpack_from("<I", data, 48)[0], table, size, size)
        if len(data) < 3 * size or len(directory) % size or len(directory) < size:
            raise damaged()  # cut short where the reader does not expect it
        entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        entry = next(e for name in ("Workbook", "Book") for e in entries if _name(e) == name)
        first, length = struct.unpack_from("<IQ", entry, 116)
        length &= 0xFFFFFFFF  # the upper half is not used, and not always empty
        if length >= _SMALL:
            return _chain(data, first, table, size, size)[:length]
        root_first = struct.unpack_from("<I", entries[0], 116)[0]
        small = _chain(data, root_first, table, size, size)
        small_table = _numbers(_chain(data, struct.unpack_from("<I", data, 60)[0], table, size, size))
        return _chain(small, first, small_table, 64, 0)[:length]
    except (struct.error, StopIteration, IndexError):
        raise damaged() from None


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace")


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows each sector."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    more, told = struct.unpack_from("<I", data, 68)[0], set[int]()
    while more < _NO_MORE and more not in told:
        told.add(more)
        numbers = struct.unpack_from(f"<{size // 4}I", data, size * (more + 1))
        sectors += numbers[:-1]
        more = numbers[-1]
    return [number for sector in sectors if sector < _NO_MORE
            for number in _numbers(data[size * (sector + 1) : size * (sector + 2)])]  # fmt: skip


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(data: bytes, sector: int, table: list[int], size: int, offset: int) -> bytes:
    """The sectors that follow each other from the first, put together; one that comes twice ends the file."""
    found, met = [], set[int]()
    while sector < _NO_MORE and sector not in met:
        met.add(sector)
        start = offset + sector * size
        found.append(data[start : start + size])
        sector = table[sector]
    return b"".join(found)
