"""Looks inside an xlsx workbook's parts for what its reader cannot tell: far-off cells, errors, missing results."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from sendviz.loading.cells import NO_RESULT, position
from sendviz.loading.look import SAVE_AGAIN
from sendviz.loading.report import FileRefused

CHUNK = 1 << 20
FEW, MANY = 5_000_000, 20_000_000  # cells a sheet may span when it holds next to nothing, and at all
BYTES_PER_CELL = (
    4  # a filled cell takes 20 bytes or more: spanning more cells than this allows, a sheet is nearly all gaps
)

_ROW = re.compile(rb'<row [^>]*?r="(\d{1,9})"')
_ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_NO_RESULT = re.compile(rb"<c\b([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>")
_CELL = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"')


@dataclass
class Inside:
    """What a sheet's part holds: its size in bytes, its last row and column (from 0), whether it has formulas,
    and by row the faulty cells."""

    size: int = 0
    last_row: int = 0
    last_column: int = 25
    formulas: bool = False
    faults: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


def parts(path: Path) -> dict[str, str]:
    """The part of each sheet, by the sheet's name; FileRefused for a workbook whose directory cannot be read."""
    try:
        with zipfile.ZipFile(path) as packed:
            book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
            links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        KeyError,
        OSError,
        zlib.error,
        NotImplementedError,
        RuntimeError,
    ):
        raise FileRefused(f"The workbook is damaged and cannot be opened. {SAVE_AGAIN}") from None
    targets = {link.get("Id"): normpath(join("/xl", link.get("Target", ""))).lstrip("/") for link in links}
    found = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        link = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        found[sheet.get("name", "")] = targets.get(link, "")
    return found


def inside(path: Path, part: str, sheet: str) -> Inside:
    """What the sheet's part holds; FileRefused when it is damaged or spans far more cells than it fills."""
    seen = Inside()
    for piece in _pieces(path, part):
        _look(piece, seen)
    cells = seen.last_row * (seen.last_column + 1)
    if cells > MANY or cells > max(FEW, seen.size / BYTES_PER_CELL):
        raise FileRefused(
            f"Sheet '{sheet}' spans {seen.last_row:,} rows and {seen.last_column + 1:,} columns but is nearly empty: "
            f"delete the rows and columns beyond the data, save it and load it again."
        )
    return seen


def _pieces(path: Path, part: str) -> Iterator[bytes]:
    """The part's bytes in pieces of about 1 MB that end between two cells."""
    rest = b""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(part) as stream:
            while more := stream.read(CHUNK):
                piece = rest + more
                cut = piece.rfind(b"<c ")
                cut = cut if cut > 0 else len(piece)
                yield piece[:cut]
                rest = piece[cut:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise FileRefused(f"The workbook is damaged: a sheet in it cannot be read. {SAVE_AGAIN}") from None
    except KeyError:
        return  # no such part: the reader says what it makes of that
    yield rest


def _look(piece: bytes, seen: Inside) -> None:
    seen.size += len(piece)
    if (last := piece.rfind(b"<row ")) >= 0 and (found := _ROW.match(piece, last)):
        seen.last_row = max(seen.last_row, int(found[1]))
    for row in piece.split(b"</row>"):  # a pattern over the whole piece takes three times as long
        cell = row.rfind(b'<c r="')
        if cell >= 0 and row[cell + 7 : cell + 8].isalpha() and (match := _CELL.search(row, cell)):
            seen.last_column = max(seen.last_column, position(match[1].decode())[1])
    if b't="e"' in piece:
        for attributes, error in _ERROR.findall(piece):
            _keep(seen, attributes, error.decode("utf-8", "replace"))
    seen.formulas = seen.formulas or b"</f>" in piece  # those that share a formula come after the one that has it
    if seen.formulas:
        for attributes in _NO_RESULT.findall(piece):
            if b't="str"' not in attributes:  # a formula's result may be an empty text
                _keep(seen, attributes, NO_RESULT)


def _keep(seen: Inside, attributes: bytes, fault: str) -> None:
    if match := _CELL.search(attributes):
        row, column = position(match[1].decode())
        seen.faults.setdefault(row, []).append((column, fault))
