"""Files that cannot be used get one sentence, whatever is in them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendviz.loading import FileRefused, Reading
from tests.sheets import COHORT, FUNDING, cells, read, saved

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return packed.getvalue()


@pytest.mark.parametrize(("content", "words"), [
    (b"", "is empty"),
    (b"  \r\n ", "is empty"),
    (PNG, "is a picture, not a spreadsheet"),
    (b"%PDF-1.7 ...", "is a PDF, not a spreadsheet"),
    (b"<html><body>Locality", "is a web page without a table"),
    (b"<html><table><tr><td>Locality", "not those of any dataset"),
    (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "is XML, not a spreadsheet"),
    (b"MIME-Version: 1.0", "is a web archive"),
    (b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "is damaged"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    (OLE + "WordDocument".encode("utf-16-le"), "is an old Office document"),
    (OLE + "Workbook".encode("utf-16-le"), "is damaged"),
    (b"PK\x03\x04 and then nothing", "is damaged"),
    (zipped(word__document_xml=b"<w/>"), "is a Word document"),
    (zipped(readme=b"hello"), "is a compressed folder.*Take the files out of it"),
    (zipped(content_xml=b"<office:text/>"), "is an OpenDocument text"),
    (zipped(xl__workbook_xml=b"<workbook/>"), "is damaged"),
    (zipped(xl__workbook_xml=b"<w/>", xl__worksheets__sheet1_xml=bytes(30_000_000)), "unpacks to 30 MB"),
    (b"Locality,Purpose\nCentral,\x00\x01\x02", "neither a workbook nor text"),
    (b'Locality,Purpose\nCentral,"' + b"x\n" * 200_000, "quotation mark that is not closed"),
    (b'Locality,Purpose\nCentral,"Training', "quotation mark that is not closed"),
    (b"just words", "not those of any dataset"),
])  # fmt: skip
def test_one_sentence_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "extract.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=words) as refused:
        read(path)
    assert str(refused.value).endswith(".")


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be opened"):
        read(tmp_path / "gone.xlsx")
    large = tmp_path / "large.csv"
    large.write_bytes(b"Locality," * 150_000)
    with pytest.raises(FileRefused, match=r"has 1 MB; the most allowed is 1 MB \(SENDVIZ_MAX_UPLOAD_MB\)"):
        list(Reading(large, 1).extracts())


def test_sheets_that_are_all_blank_or_hidden(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no sheet that can be seen has any rows"):
        read(saved(tmp_path / "x.xlsx", hidden=["Money"], Sheet1="_", Money=FUNDING))


def changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with its first sheet's XML changed."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_a_far_off_cell_is_refused_before_it_takes_all_memory(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = changed(saved(tmp_path / "x.xlsx", Money=FUNDING), lambda xml: xml.replace(b"</sheetData>", far))
    with pytest.raises(FileRefused, match="Sheet 'Money' spans 1,048,576 rows and 16,384 columns, more than"):
        read(path)


def test_a_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.xlsx", Money=FUNDING)
    rows, _ = read(changed(path, lambda xml: xml.replace(b'<dimension ref="A1:E3"/>', b'<dimension ref="A1"/>')))
    assert len(rows) == 2


@given(
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=30),
    st.one_of(st.just(1.0), st.floats(0.01, 1)),
)
def test_a_damaged_workbook_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, bytes_changed: list[tuple[float, int]], kept: float
) -> None:
    path = saved(tmp_path_factory.mktemp("damaged") / "x.xlsx", Money=FUNDING)
    content = bytearray(path.read_bytes())
    for place, value in bytes_changed:
        content[4 + int(place * (len(content) - 4))] = value
    path.write_bytes(content[: max(1, int(kept * len(content)))])
    refused_or_read(path)


ODD = st.one_of(
    st.text(max_size=12), st.floats(), st.booleans(), st.datetimes(), st.integers(-(10**12), 10**12).map(float),
    st.sampled_from(["#N/A", "=1+1", "Total", "31/02/2024", "{rule}", "1e400", "٣", "0x1f", "\ud7ff", " "]),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 13), ODD), min_size=1, max_size=6), st.booleans())
def test_any_cells_become_rows_or_problems(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, object]], as_text: bool
) -> None:
    table = cells(COHORT) + cells(COHORT)[1:]
    for row, column, value in changes:
        table[row][column] = value
    path = tmp_path_factory.mktemp("odd") / ("x.csv" if as_text else "x.xlsx")
    if as_text:
        path.write_text("\n".join(",".join(map(str, row)) for row in table), encoding="utf-8", newline="")
    else:
        from openpyxl import Workbook
        from openpyxl.utils.exceptions import IllegalCharacterError

        book = Workbook()
        for row in table:
            try:
                book.active.append(row)
            except (IllegalCharacterError, ValueError):
                book.active.append(["?"])
        book.save(path)
    refused_or_read(path)


def refused_or_read(path: Path) -> None:
    """Anything but a refusal in words fails the test."""
    try:
        rows, reports = read(path)
    except FileRefused as refused:
        assert str(refused)
        return
    for report in reports:
        assert report.rows == len(rows) or len(reports) > 1
        assert all(isinstance(line, str) for line in report.lines())
