"""Files made to do harm are refused in a sentence, within five seconds and 500 MB, all by the same living process."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests import workbooks
from tests.sheets import FUNDING, cells, saved

FILES = Path(__file__).parent / "files"
SECONDS, MEGABYTES = 5, 500
MB = 1 << 20
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
CHECKED = """
import json, resource, sys, time
from pathlib import Path
from sendviz.intake import check

for line in sys.stdin:
    start = time.perf_counter()
    lines = check([Path(line.strip())]).lines()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([lines, time.perf_counter() - start, peak]), flush=True)
"""


@pytest.fixture(scope="module")
def checked() -> Iterator[Callable[[Path], tuple[list[str], float, float]]]:
    """Checks files in one process beside the tests: what it says, seconds, and the most memory so far in MB."""
    words = [sys.executable, "-c", CHECKED]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        said, asked = process.stdout, process.stdin

        def check(path: Path) -> tuple[list[str], float, float]:
            print(path, file=asked, flush=True)
            lines, seconds, peak = json.loads(said.readline() or '[["it died"], 0, 0]')
            return lines, seconds, peak

        yield check
        asked.close()


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


def an_xlsb(path: Path) -> Path:
    parts = workbooks.parts_of(workbooks.xlsb(path, {"Money": [[*row, *row] for row in cells(FUNDING)]}))
    sheet = parts["xl/worksheets/sheet1.bin"]
    at = sheet.rindex(struct.pack("<I", 2) + bytes(13))
    parts["xl/worksheets/sheet1.bin"] = sheet[:at] + struct.pack("<I", 1_048_575) + sheet[at + 4 :]
    return workbooks.packed(path, parts)


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
    "corners by rows alone": (
        lambda p: with_sheet(p, cells_at("A1", "A1048576", cell="<c><v>1</v></c>" * 9)), "spans 1,048,576 rows",
    ),
    "corners with a prefix": (
        lambda p: with_sheet(p, cells_at("A1", "Z1048576").replace("</", "</x:").replace("<x:/", "</")
                             .replace("<c ", "<x:c ").replace("<row ", "<x:row ").replace("<v>", "<x:v>")
                             .replace("<sheetData", "<x:sheetData").replace("<dimension", "<x:dimension")
                             .replace("<worksheet xmlns=", "<x:worksheet xmlns:x=")), "spans 1,048,576 rows",
    ),
    "a binary sheet's far row": (an_xlsb, "spans 1,048,576 rows and 10 columns"),
    "an old sheet's far cell": (
        an_xls(struct.pack("<HHHH", 0xFD, 10, 2, 0), struct.pack("<HHHH", 0xFD, 10, 65_535, 255)), "spans 65,536 rows",
    ),
    "an old sheet's declared size": (
        an_xls(struct.pack("<HHII", 0x200, 14, 0, 5), struct.pack("<HHIIHH", 0x200, 14, 0, 2**32 - 1, 0, 256)),
        "spans 4,294,967,295 rows",
    ),
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


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_do_harm_is_refused_soon_and_small(
    tmp_path: Path, name: str, checked: Callable[[Path], tuple[list[str], float, float]]
) -> None:
    make, words = HOSTILE[name]
    lines, seconds, peak = checked(make(tmp_path / "file.xlsx"))
    assert len(lines) == 2 and lines[1] == "1 problem: nothing was stored.", lines
    assert any(word in lines[0] for word in words.split("|")), lines
    assert seconds < SECONDS and peak < MEGABYTES


def test_the_process_lives_and_reads_on(
    tmp_path: Path, checked: Callable[[Path], tuple[list[str], float, float]]
) -> None:
    lines, _, _ = checked(saved(tmp_path / "file.xlsx", Money=FUNDING))
    assert lines == ["file.xlsx, sheet Money: 2 rows of Cluster funding are good."]
