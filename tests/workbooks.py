"""Small workbooks in the formats that no library here writes, made byte by byte as their programs make them."""

import datetime as dt
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

from tests.sheets import saved

Table = Sequence[Sequence[object]]
ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"


def packed(path: Path, parts: Mapping[str, bytes | str]) -> Path:
    """A zip file of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of a zip file."""
    with zipfile.ZipFile(path) as found:
        return {name: found.read(name) for name in found.namelist()}


def ods(path: Path, tables: Mapping[str, Table], hidden: Sequence[str] = ()) -> Path:
    """An OpenDocument workbook, its blanks and rows repeated as LibreOffice does."""
    sheets = "".join(
        f'<table:table table:name="{escape(name)}" table:style-name="{"off" if name in hidden else "on"}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}{_BLANKS}</table:table-row>" for row in table)
        + f'<table:table-row table:number-rows-repeated="1048000">{_BLANKS}</table:table-row></table:table>'
        for name, table in tables.items()
    )
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("on", "true"), ("off", "false"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(path, {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


_BLANKS = '<table:table-cell table:number-columns-repeated="16370"/>'


def _ods_cell(value: object) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, float | int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>~</text:p></table:table-cell>'
        )
    if isinstance(value, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if value in ERRORS:
        kind = 'office:value-type="string" office:string-value="" calcext:value-type="error" table:formula="of:=X"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def xlsb(path: Path, tables: Mapping[str, Table], hidden: Sequence[str] = ()) -> Path:
    """A workbook in Excel's binary form."""
    sheets, links, parts = b"", "", dict[str, bytes | str]()
    for place, (name, table) in enumerate(tables.items(), 1):
        sheets += _record(156, struct.pack("<II", name in hidden, place) + _wide(f"rId{place}") + _wide(name))
        links += f'<Relationship Id="rId{place}" Type="{SHEET}" Target="worksheets/sheet{place}.bin"/>'
        parts[f"xl/worksheets/sheet{place}.bin"] = _binary_sheet(table)
    book = _record(131, b"") + _record(143, b"") + sheets + _record(144, b"") + _record(132, b"")
    relations = f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{links}</Relationships>'
    return packed(path, {"xl/workbook.bin": book, "xl/_rels/workbook.bin.rels": relations, **parts})


def _binary_sheet(table: Table) -> bytes:
    width = max(map(len, table), default=0)
    start = _record(129, b"") + _record(148, struct.pack("<IIII", 0, max(0, len(table) - 1), 0, max(0, width - 1)))
    rows = b""
    for number, row in enumerate(table):
        rows += _record(0, struct.pack("<I", number) + bytes(13))
        rows += b"".join(_binary_cell(column, value) for column, value in enumerate(row) if value != "")
    return start + _record(145, b"") + rows + _record(146, b"") + _record(130, b"")


def _binary_cell(column: int, value: object) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, bool):
        return _record(4, place + bytes([value]))
    if isinstance(value, float | int):
        return _record(5, place + struct.pack("<d", value))
    if value in ERRORS:
        return _record(3, place + bytes([ERRORS[str(value)]]))
    return _record(6, place + _wide(str(value)))


def _record(kind: int, content: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(content), b""
    while length > 0x7F:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return head + size + bytes([length]) + content


def _wide(text: str) -> bytes:
    content = text.encode("utf-16-le")
    return struct.pack("<I", len(content) // 2) + content


def web_page(path: Path, table: Table, encoding: str = "utf-8") -> Path:
    """A web page with this table, as systems export it under the name .xls."""
    rows = "\n".join(f"<tr>{''.join(f'<td>{escape(str(cell))}' for cell in row)}" for row in table)
    page = f'<html><head><meta charset="{encoding}"><style>td {{}}</style></head><body><table border=1>{rows}</table>'
    path.write_bytes(page.encode(encoding))
    return path


def excel_2003(path: Path, tables: Mapping[str, Table], hidden: Sequence[str] = ()) -> Path:
    """A workbook in the XML of Excel 2003."""
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(name)}"><Table>'
        + "".join(f"<Row>{''.join(map(_xml_cell, row))}</Row>" for row in table)
        + f"</Table><WorksheetOptions><Visible>{'SheetHidden' if name in hidden else ''}</Visible></WorksheetOptions>"
        "</Worksheet>"
        for name, table in tables.items()
    )
    names = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    path.write_text(
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {names}>{sheets}</Workbook>'
    )
    return path


def _xml_cell(value: object) -> str:
    if value == "":
        return "<Cell/>"
    if isinstance(value, dt.date):
        kind, text = "DateTime", f"{value:%Y-%m-%dT00:00:00.000}"
    elif isinstance(value, float | int):
        kind, text = "Number", str(value)
    else:
        kind, text = "Error" if value in ERRORS else "String", escape(str(value))
    return f'<Cell ss:StyleID="s1"><Data ss:Type="{kind}">{text}</Data></Cell>'


def separated(path: Path, table: Table) -> Path:
    """Text with tabs between its cells."""
    path.write_text("\n".join("\t".join(map(str, row)) for row in table), encoding="utf-8")
    return path


WRITERS: dict[str, Callable[[Path, Table], Path]] = {  # each kind of file with one sheet, called Money where it can be
    "xlsx": lambda path, table: saved(path, Money=table),
    "xlsm": lambda path, table: saved(path, Money=table),
    "xlsb": lambda path, table: xlsb(path, {"Money": table}),
    "ods": lambda path, table: ods(path, {"Money": table}),
    "xml": lambda path, table: excel_2003(path, {"Money": table}),
    "xls": web_page,
    "csv": separated,
}
