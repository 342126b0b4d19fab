"""Any file's cells as a plain workbook, to be marked like one: text as text, dates as dates, row by row.

Written by hand, since it is only a step on the way to the marked copy: not packed, and much faster than XlsxWriter.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from itertools import islice
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from sendviz.loading.cells import EXCEL_ERRORS, NO_RESULT, Cells, letters
from sendviz.loading.marking.part import RELATIONSHIPS, SPREADSHEET, xml
from sendviz.loading.readers import Sheet
from sendviz.loading.report import FileRefused

ROWS, COLUMNS, LETTERS, NAME_MOST = 1_048_576, 16_384, 32_767, 31  # the most Excel's sheets, cells and names can hold
AT_ONCE = 2_000  # rows written together
ERRORS = frozenset(EXCEL_ERRORS[:7])  # those that every version of Excel knows
START = dt.datetime(1899, 12, 30)  # day 0; Excel's calendar is right from March 1900
TEXT, DAY, MOMENT, SPAN = 1, 2, 3, 4  # looks, by their numbers
_FORMATS = {"dd/mm/yyyy": 164, "dd/mm/yyyy hh:mm:ss": 165, "[h]:mm:ss": 166}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def plain(sheets: Iterable[Sheet], only_text: bool, to: IO[bytes]) -> dict[str, str]:
    """Writes the sheets as a workbook; returns the name there of each. With `only_text`, what is typed into it stays
    text too, as in a file of separated text. FileRefused for more cells than Excel's sheets have."""
    names: dict[str, str] = {}
    with ZipFile(to, "w", ZIP_STORED) as made:
        for sheet in sheets:
            names[sheet.name] = _sheet_name(sheet.name, names.values())
            with made.open(f"xl/worksheets/sheet{len(names)}.xml", "w", force_zip64=True) as out:
                look = TEXT if only_text else 0
                out.write(f'<worksheet xmlns="{SPREADSHEET}"><cols><col min="1" max="{COLUMNS}" width="18" '
                          f'style="{look}" customWidth="1"/></cols><sheetData>'.encode())  # fmt: skip
                rows = _rows(sheet)
                while piece := "".join(islice(rows, AT_ONCE)):
                    out.write(piece.encode())
                out.write(b"</sheetData></worksheet>")
        for part, content in _around(list(names.values())):
            made.writestr(part, content)
    return names


def _sheet_name(name: str, taken: Iterable[str]) -> str:
    """The name without what Excel does not allow in one."""
    allowed = "".join("-" if sign in "[]:*?/\\" else sign for sign in name).strip("'")[:NAME_MOST] or "Sheet"
    others = {other.casefold() for other in taken}
    tries = (allowed, *(f"{allowed[: NAME_MOST - 4]} {place}" for place in range(2, 999)))
    return next(name for name in tries if name.casefold() not in others)


def _rows(sheet: Sheet) -> Iterator[str]:
    for number, cells in sheet.rows():
        if number > ROWS or len(cells) > COLUMNS:
            raise FileRefused(f"The file has more than the {ROWS:,} rows or {COLUMNS:,} columns of an Excel sheet: "
                              "there is no marked copy of it.")  # fmt: skip
        yield f'<row r="{number}">{"".join(_cells(number, cells))}</row>'


def _cells(number: int, cells: Cells) -> Iterator[str]:
    for column, value in enumerate(cells):
        if value != "" and value is not None and value != NO_RESULT:
            kind, look, content = _KINDS.get(type(value), _other)(value)
            yield f'<c r="{_letters(column)}{number}" s="{look}"{kind}>{content}</c>'


_letters = cache(letters)
Written = tuple[str, int, str]  # the attribute of its type, its look and its content


def _text(value: str) -> Written:
    if value in ERRORS:
        return ' t="e"', 0, f"<v>{value}</v>"
    value = value[:LETTERS]
    said = value if value.isalnum() and value.isascii() else xml(value)
    return ' t="inlineStr"', TEXT, f'<is><t xml:space="preserve">{said}</t></is>'


def _number(value: float) -> Written:
    return ("", 0, f"<v>{value!r}</v>") if math.isfinite(value) else _text(str(value))


def _days(look: int, since: dt.timedelta, value: object) -> Written:
    days = since / dt.timedelta(days=1)
    return ("", look, f"<v>{days!r}</v>") if days >= 0 else _text(str(value))


def _other(value: object) -> Written:
    return _text(str(value))


_KINDS: dict[type, Callable[..., Written]] = {
    str: _text, int: _number, float: _number, bool: lambda value: (' t="b"', 0, f"<v>{int(value)}</v>"),
    dt.datetime: lambda value: _days(MOMENT if value.time() != dt.time() else DAY, value - START, value),
    dt.date: lambda value: _days(DAY, dt.datetime.combine(value, dt.time()) - START, value),
    dt.time: lambda value: _days(SPAN, dt.datetime.combine(START, value) - START, value),
    dt.timedelta: lambda value: _days(SPAN, value, value),
}  # fmt: skip


def _around(names: list[str]) -> Iterator[tuple[str, str]]:
    """The parts of a workbook that are not its sheets."""
    places = range(1, len(names) + 1)
    parts = {"/xl/workbook.xml": "sheet.main+xml", "/xl/styles.xml": "styles+xml"} | {
        f"/xl/worksheets/sheet{place}.xml": "worksheet+xml" for place in places
    }
    types = "".join(f'<Override PartName="{part}" ContentType="{_KIND}{kind}"/>' for part, kind in parts.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{rels}{types}</Types>'
    yield "_rels/.rels", _relations({"rId1": ("officeDocument", "xl/workbook.xml")})
    links = {f"rId{place}": ("worksheet", f"worksheets/sheet{place}.xml") for place in places}
    yield "xl/_rels/workbook.xml.rels", _relations({"rId0": ("styles", "styles.xml")} | links)
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"/>'
                     for place, name in enumerate(names, 1))  # fmt: skip
    book = f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONSHIPS}"><bookViews><workbookView/></bookViews>'
    yield "xl/workbook.xml", f"{book}<sheets>{sheets}</sheets></workbook>"
    yield "xl/styles.xml", _styles()


def _relations(links: dict[str, tuple[str, str]]) -> str:
    entries = "".join(f'<Relationship Id="{name}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
                      for name, (kind, target) in links.items())  # fmt: skip
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _styles() -> str:
    formats = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for code, number in _FORMATS.items())
    looks = "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
                    for number in (0, 49, *_FORMATS.values()))  # fmt: skip
    fills = "".join(f'<fill><patternFill patternType="{kind}"/></fill>' for kind in ("none", "gray125"))
    return (
        f'<styleSheet xmlns="{SPREADSHEET}"><numFmts count="3">{formats}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        f'<fills count="2">{fills}</fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="5">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
