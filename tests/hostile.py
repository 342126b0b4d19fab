"""Files made to do harm: how each is made, and words of the sentence that refuses it."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tests import workbooks
from tests.sheets import FUNDING, cells, saved

FILES = Path(__file__).parent / "files"
MB = 1 << 20
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


def with_sheet(path: Path, sheet: str | Iterable[bytes]) -> Path:
    """A workbook whose first sheet's XML is this."""
    parts = workbooks.parts_of(saved(path, Money=FUNDING))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, content in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                out.writestr(name, content)
        with out.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in [sheet.encode()] if isinstance(sheet, str) else sheet:
                part.write(piece)
    return path


def cells_at(*addresses: str, cell: str = '<c r="{}"><v>1</v></c>', row: str = '<row r="{}">') -> str:
    """A sheet with these cells alone, and a small size declared."""
    rows = "".join(f"{row.format(a.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))}{cell.format(a)}</row>" for a in addresses)
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B2"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def with_part(path: Path, part: str, change: Callable[[str], str]) -> Path:
    parts = workbooks.parts_of(saved(path, Money=FUNDING))
    return workbooks.packed(path, {**parts, part: change(parts[part].decode())})


def with_entities(part: str) -> Callable[[Path], Path]:
    def bomb(xml: str) -> str:
        head, _, body = xml.partition("?>")
        return f"{head}?>{ENTITIES}{body.replace('Locality', '&j;').replace('Money', '&j;')}"

    return lambda path: with_part(path, part, bomb)


def that_lies(path: Path) -> Path:
    """A workbook whose shared texts unpack to 300 MB and are declared to have a thousand bytes."""
    strings = (b"<sst><si><t>" if n == 0 else b"a" * MB for n in range(300))
    parts = workbooks.parts_of(saved(path, Money=FUNDING))
    del parts["xl/sharedStrings.xml"]
    workbooks.packed(path, parts)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        with out.open("xl/sharedStrings.xml", "w") as part:
            for piece in strings:
                part.write(piece)
        size = struct.pack("<I", out.getinfo("xl/sharedStrings.xml").file_size)
    content = path.read_bytes()
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, struct.pack("<I", 1_000)))
    return path


def with_many_parts(path: Path) -> Path:
    workbooks.packed(path, workbooks.parts_of(saved(path, Money=FUNDING)))
    with zipfile.ZipFile(path, "a") as out:
        for number in range(30_000):
            out.writestr(f"xl/{number}", b"")
    return path


def with_many_sheets(path: Path) -> Path:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(50_000))
    return with_part(path, "xl/workbook.xml", lambda xml: xml.replace("</sheets>", f"{sheets}</sheets>"))


def nested(path: Path) -> Path:
    content = b"0" * 10 * MB
    for _ in range(4):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            for number in range(8):
                out.writestr(f"{number}.zip", content)
        content = packed.getvalue()
    path.write_bytes(content)
    return path


def written(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def an_ods(row: str) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        parts = workbooks.parts_of(workbooks.ods(path, {"Money": cells(FUNDING)}))
        content = parts["content.xml"].decode().replace("</table:table>", f"{row}</table:table>")
        return workbooks.packed(path, {**parts, "content.xml": content})

    return write


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def an_xls(record: bytes, change: bytes) -> Callable[[Path], Path]:
    """The old workbook with the first record that begins so changed."""

    def write(path: Path) -> Path:
        content = (FILES / "funding.xls").read_bytes()
        at = content.index(record)
        path.write_bytes(content[:at] + change + content[at + len(change) :])
        return path

    return write


def with_binary(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    parts = workbooks.parts_of(workbooks.xlsb(path, {"Money": [[*row, *row] for row in cells(FUNDING)]}))
    return workbooks.packed(path, {**parts, part: change(parts[part])})


def third_row_far_down(sheet: bytes) -> bytes:
    at = sheet.rindex(struct.pack("<I", 2) + bytes(13))
    return sheet[:at] + struct.pack("<I", 1_048_575) + sheet[at + 4 :]


ROWS = b'<row><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>' * (MB // 55)
START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "300 MB in one cell": (lambda p: with_sheet(p, (b"a" * MB for _ in range(300))), "unpacks to 315 MB"),
    "300 MB of rows": (lambda p: with_sheet(p, (START, *(ROWS for _ in range(300)))), "has more than can be read"),
    "200 MB of rows": (lambda p: with_sheet(p, (START, *(ROWS for _ in range(200)))), "has more than can be read"),
    "texts that lie about their size": (that_lies, "is damaged"),
    "30,000 parts": (with_many_parts, "more parts than a workbook"),
    "50,000 sheets": (with_many_sheets, "has 50,001 sheets"),
    "packed in packed files": (nested, "is a compressed folder"),
    "entities in the workbook": (with_entities("xl/workbook.xml"), "is damaged"),
    "entities in its links": (with_entities("xl/_rels/workbook.xml.rels"), "is damaged"),
    "entities in its texts": (with_entities("xl/sharedStrings.xml"), "is damaged"),
    "entities in Excel 2003's XML": (
        written(f"<?xml version='1.0'?>{ENTITIES}<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"
                "<Worksheet>&j;".encode()), "is damaged",
    ),
    "two corners": (lambda p: with_sheet(p, cells_at("A1", "XFD1048576")), "spans 1,048,576 rows and 16,384 columns"),
    "far down": (lambda p: with_sheet(p, cells_at("A1", "Z1048576")), "spans 1,048,576 rows and 26 columns"),
    "corners in the wrong order": (lambda p: with_sheet(p, cells_at("XFD9", "Z1048576", "A1")), "spans 1,048,576 rows"),
    "corners in other quotes": (
        lambda p: with_sheet(p, cells_at("A1", "Z1048576", cell="<c r='{}'><v>1</v></c>")), "spans 1,048,576 rows",
    ),
    "corners behind a style": (
        lambda p: with_sheet(p, cells_at("A1", "Z1048576", cell='<c s="0" r="{}"><v>1</v></c>')), "spans 1,048,576",
    ),
    "letters that nobody knows": (
        lambda p: with_sheet(p, "<?xml version='1.0' encoding='UTB-8'?>" + cells_at("A1", cell="<c><v>1</v></c>")),
        "is damaged",
    ),
    "corners by rows alone": (
        lambda p: with_sheet(p, cells_at("A1", "A1048576", cell="<c><v>1</v></c>" * 9)), "spans 1,048,576 rows",
    ),
    "corners with a prefix": (
        lambda p: with_sheet(p, cells_at("A1", "Z1048576").replace("</", "</x:").replace("<x:/", "</")
                             .replace("<c ", "<x:c ").replace("<row ", "<x:row ").replace("<v>", "<x:v>")
                             .replace("<sheetData", "<x:sheetData").replace("<dimension", "<x:dimension")
                             .replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")), "spans 1,048,576 rows",
    ),
    "a binary sheet's far row": (
        lambda p: with_binary(p, "xl/worksheets/sheet1.bin", third_row_far_down), "spans 1,048,576 rows and 10 columns",
    ),
    "an old sheet's far cell": (
        an_xls(struct.pack("<HHHH", 0xFD, 10, 2, 0), struct.pack("<HHHH", 0xFD, 10, 65_535, 255)), "spans 65,536 rows",
    ),
    "an old sheet's declared size": (
        an_xls(struct.pack("<HHII", 0x200, 14, 0, 5), struct.pack("<HHIIHH", 0x200, 14, 0, 2**32 - 1, 0, 256)),
        "spans 4,294,967,295 rows",
    ),
    "an old sheet's size back to front": (
        an_xls(struct.pack("<HHII", 0x200, 14, 0, 5), struct.pack("<HHII", 0x200, 14, 2**24 - 1, 5)), "is damaged",
    ),
    "a binary sheet's cell cut short": (
        lambda p: with_binary(p, "xl/worksheets/sheet1.bin", lambda sheet: sheet.replace(b"\5\x10", b"\5\0\1\x0e")),
        "is damaged",
    ),
    "a binary sheet that is nowhere, which the reader gives up on": (
        lambda p: with_binary(p, "xl/_rels/workbook.bin.rels", lambda _: b"<Relationships/>"), "is damaged",
    ),
    "a page's cells before any row": (written(b"<table><td>Locality<td>Purpose"), "not those of any dataset"),
    "a filled row repeated": (
        an_ods(f'<table:table-row table:number-rows-repeated="1000000">{ODS_CELL.format("")}</table:table-row>'),
        "reaches farther than can be read",
    ),
    "a filled cell repeated": (
        an_ods(f'<table:table-row>{ODS_CELL.format(" table:number-columns-repeated=" + chr(34) + "99999999" + chr(34))}'
               "</table:table-row>"), "reaches farther than can be read",
    ),
    "a column without end in a page": (
        written(b"<table>" + b"<tr>" + b"<td colspan=1000 rowspan=60000>" * 300_000), "farther than can be read",
    ),
    "a tag without end": (written(b"<table><tr><td " + b"a='" * 3_000_000), "a tag in it has no end"),
    "tables in tables": (written(b"<table><tr><td>" * 300_000), "has more cells than"),
    "a line without end": (written(b"Locality,Purpose" + b"," * 20 * MB), "is longer than a row"),
    "a field without end": (written(b'Locality,Purpose\n"' + b"a" * 20 * MB), "is longer than a row|not closed"),
    "a row over many lines": (written(b'Locality,Purpose\n' + b'"\n",' * 100_000), "has 100,001 columns"),
    "a quotation mark not closed": (written(b'Locality,Purpose\n"' + b"a,b\n" * 5 * MB), "not closed"),
}  # fmt: skip
