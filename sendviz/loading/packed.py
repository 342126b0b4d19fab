"""Packed files, as workbooks and presentations are: their list of parts, and whether to unpack them does harm."""

import struct
import zipfile
from collections.abc import Sequence
from typing import IO

UNPACKED = 12  # times the largest upload allowed: how much a workbook may unpack to (real extracts grow 8 to 15 times)
SQUEEZED, SMALL = 150, 10_000_000  # what has over 10 MB and unpacks more than 150 times holds nothing a person typed
DIRECTORY = 1_000_000  # bytes of a packed file's list of parts: a workbook of 500 sheets needs a tenth of that
TEMPLATE_MB = 20  # megabytes that a PowerPoint template may have
UNREADABLE = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error)


class TooManyParts(Exception):
    """A packed file whose list of parts is longer than any that Office writes."""


def parts(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """What is in it, by its list of parts: none is unpacked. Raises TooManyParts, or one of UNREADABLE."""
    if _directory(file) > DIRECTORY:
        raise TooManyParts
    with zipfile.ZipFile(file) as opened:
        return opened.infolist()


def too_much(found: Sequence[zipfile.ZipInfo], size: int, most_mb: int) -> str:
    """How much a packed file of so many bytes unpacks to, as `1,200 MB`, where that is more than a file a person made,
    or than twelve times the largest that may be loaded; `""` where it is not."""
    unpacked = sum(part.file_size for part in found)
    squeezed = any(part.file_size > max(SMALL, SQUEEZED * part.compress_size) for part in found)
    squeezed = squeezed or unpacked > max(SMALL, SQUEEZED * size)  # parts may share their bytes
    return f"{unpacked / 1e6:,.0f} MB" if squeezed or unpacked > UNPACKED * most_mb * 1_000_000 else ""


def _directory(file: IO[bytes]) -> int:
    """How many bytes the list of the parts has, which is read whole: a million parts would take all memory."""
    file.seek(max(0, file.seek(0, 2) - (1 << 16) - 100))
    tail = file.read()
    if (end := tail.rfind(b"PK\5\6")) < 0:
        return 0  # not a packed file at all, as opening it will tell
    size = struct.unpack_from("<I", tail, end + 12)[0]
    long = tail.rfind(b"PK\6\6")
    return int(struct.unpack_from("<Q", tail, long + 40)[0] if size == 0xFFFFFFFF and long >= 0 else size)
