"""Looks at a file before it is read: is it a spreadsheet at all, and can it be read without harm?"""

import codecs
import re
from pathlib import Path

from sendviz.loading import packed
from sendviz.loading.report import FileRefused

XLSX, XLSB, XLS, ODS, CSV, PAGE, XML, RETURN = "xlsx", "xlsb", "xls", "ods", "csv", "html", "xml", "return"
SAVE_AGAIN = "Open it in Excel, save it as an .xlsx workbook and load that."
PASSWORD = "The workbook is protected by a password. Save a copy without the password and load that."  # nosec B105

_OTHERS = {
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"BM": "a picture", b"%PDF": "a PDF",
    b"MZ": "a program", b"{\\rtf": "a text document", b"7z\xbc\xaf": "a compressed folder",
    b"Rar!": "a compressed folder", b"\x1f\x8b": "a compressed file", b"MIME-Version:": "a web archive",
    b"SQLite format 3": "a database",
}  # fmt: skip
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_MESSAGE = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>)?\s*<(\w+:)?Message[\s/>]")  # the root of returns to the DfE
_PACKED = {
    "word/document.xml": "a Word document, not a spreadsheet.",
    "ppt/presentation.xml": "a presentation, not a spreadsheet.",
    "Index/Document.iwa": "a Numbers document. Export it as an .xlsx workbook and load that.",
}
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<div", b"<style", b"<head", b"<body", b"<center", b"<!--")
_EXCEL_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"


def kind(path: Path, most_mb: int) -> str:
    """What the file is (xlsx, xlsb, xls, ods, csv, html, Excel 2003's xml, or an XML return to the department), by its
    first bytes and never by its ending.

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
        with path.open("rb") as file:
            parts = packed.parts(file)
    except packed.TooManyParts:
        raise FileRefused(f"The file holds more parts than a workbook does. {SAVE_AGAIN}") from None
    except packed.UNREADABLE:
        raise FileRefused(f"The workbook is damaged and cannot be opened. {SAVE_AGAIN}") from None
    if unpacked := packed.too_much(parts, path.stat().st_size, most_mb):
        raise FileRefused(f"The workbook unpacks to {unpacked}, more than a real extract does. {SAVE_AGAIN}")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(PASSWORD)
    return _packed({part.filename for part in parts})


def _packed(names: set[str]) -> str:
    for found, told_by in ((XLSX, "xl/workbook.xml"), (XLSB, "xl/workbook.bin"), (ODS, "content.xml")):
        if told_by in names:
            return found
    folder = "a compressed folder, not a spreadsheet. Take the files out of it and load those."
    raise FileRefused(f"The file is {next((what for part, what in _PACKED.items() if part in names), folder)}")


def _old(path: Path) -> str:
    """An .xls workbook; a workbook with a password hides in the same wrapping, and so does a Word document."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileRefused(PASSWORD)
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
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    opening = (start.replace(b"\0", b"")[2:] if wide else start).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if opening.startswith((b"<?xml", b"<workbook")) and _EXCEL_2003 in opening:
        return XML
    if opening.startswith(_PAGES) or (opening.startswith(b"<?xml") and b"<html" in opening):
        return PAGE
    if opening.startswith((b"<?xml", b"<!doctype")):
        raise FileRefused(f"The file is XML, not a spreadsheet. {SAVE_AGAIN}")
    return CSV
