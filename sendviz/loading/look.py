"""Looks at a file before it is read: is it a spreadsheet at all, and can it be read without harm?"""

import re
import zipfile
from pathlib import Path

from sendviz.loading.report import FileRefused

XLSX, XLSB, XLS, ODS, CSV, RETURN = "xlsx", "xlsb", "xls", "ods", "csv", "return"
SAVE_AGAIN = "Open it in Excel, save it as an .xlsx workbook and load that."
UNPACKED = 12  # times the largest upload allowed: how much a workbook may unpack to (real extracts grow 8 to 15 times)
SQUEEZED, SMALL = 150, 10_000_000  # a part over 10 MB that unpacks more than 150 times holds nothing a person typed

_OTHERS = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"BM": "a picture", b"%PDF": "a PDF",
    b"MZ": "a program", b"{\\rtf": "a text document", b"7z\xbc\xaf": "a compressed folder",
    b"Rar!": "a compressed folder", b"\x1f\x8b": "a compressed file",
}  # fmt: skip
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_MESSAGE = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>)?\s*<(\w+:)?Message[\s/>]")  # the root of returns to the DfE
_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<div", b"<style")


def kind(path: Path, most_mb: int) -> str:
    """What the file is (xlsx, xlsb, xls, ods, csv, or an XML return to the department), by its first bytes and
    never by its ending.

    Raises FileRefused for a file that is missing, empty, too large, of another kind, damaged or protected.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise FileRefused(f"The file cannot be opened: {error.strerror or error}.") from None
    if not size or not start.strip():
        raise FileRefused("The file is empty.")
    if size > most_mb * 1_000_000:
        raise FileRefused(
            f"The file has {size / 1e6:,.0f} MB; the most allowed is {most_mb} MB (SENDVIZ_MAX_UPLOAD_MB)."
        )
    if start.startswith(b"PK"):
        return _zipped(path, most_mb)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _old(path)
    return _text(start)


def _zipped(path: Path, most_mb: int) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefused(f"The workbook is damaged and cannot be opened. {SAVE_AGAIN}") from None
    unpacked = sum(part.file_size for part in parts)
    squeezed = any(part.file_size > max(SMALL, SQUEEZED * part.compress_size) for part in parts)
    if squeezed or unpacked > UNPACKED * most_mb * 1_000_000:
        raise FileRefused(
            f"The workbook unpacks to {unpacked / 1e6:,.0f} MB, more than a real extract does. {SAVE_AGAIN}"
        )
    names = {part.filename for part in parts}
    for found, told_by in ((XLSX, "xl/workbook.xml"), (XLSB, "xl/workbook.bin"), (ODS, "content.xml")):
        if told_by in names:
            return found
    what = "a Word document" if "word/document.xml" in names else "a compressed folder"
    raise FileRefused(f"The file is {what}, not a spreadsheet.")


def _old(path: Path) -> str:
    """An .xls workbook; a workbook with a password hides in the same wrapping, and so does a Word document."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileRefused("The workbook is protected by a password. Save a copy without the password and load that.")
    if not any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        raise FileRefused("The file is an old Office document, not a spreadsheet.")
    return XLS


def _text(start: bytes) -> str:
    binary = b"\0" in start  # a heading may begin with BM or MZ too
    what = next((w for first, w in _OTHERS.items() if start.startswith(first) and (binary or len(first) > 2)), None)
    if what:
        raise FileRefused(f"The file is {what}, not a spreadsheet.")
    if _MESSAGE.match(_COMMENT.sub(b"", start)):
        return RETURN
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        raise FileRefused(f"The file is a web page or XML under a spreadsheet's name. {SAVE_AGAIN}")
    return CSV
