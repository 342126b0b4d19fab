"""Every kind of spreadsheet reads as the same rows, and its faulty cells are told by their true places."""

import datetime as dt
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from sendviz.loading import FileRefused, inside, inside_xlsx
from sendviz.loading.cells import NO_RESULT
from sendviz.loading.readers import FROM_1904
from tests import workbooks
from tests.hostile import with_sheet
from tests.sheets import COHORT, FUNDING, cells, comma_separated, read, saved, told

FILES = Path(__file__).parent / "files"
MONEY = [["Money of the pilot"], [], *cells(FUNDING.replace("Training", "007"))]
REFERRAL = """
Referral ID | Pupil ID | Referral date | Assessment type    | Source | Outcome | School name | Phase   | Locality
R1          | A1       | 05/01/2026    | Initial Assessment | Health | Pending | Elm Primary | Primary | Central
"""


@pytest.mark.parametrize("kind", workbooks.WRITERS)
def test_every_format_gives_the_same_rows_under_titles(tmp_path: Path, kind: str) -> None:
    rows, reports = read(workbooks.WRITERS[kind](tmp_path / f"f.{kind}", MONEY))
    assert told(reports) == []
    assert [tuple(map(str, row.model_dump(include={"locality", "purpose", "amount"}).values())) for row in rows] == [
        ("Central", "007", "1200.00"), ("North", "Building", "900.50"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsb", "ods", "xml", "xls", "csv"])
def test_excel_errors_are_problems_in_every_format(tmp_path: Path, kind: str) -> None:
    table = [list(row) for row in MONEY]
    table[3][3], table[4][1] = "#N/A", "#REF!"
    _, reports = read(workbooks.WRITERS[kind](tmp_path / f"f.{kind}", table))
    assert [(cell, value) for cell, _, value, _ in told(reports)] == [("D4", "#N/A"), ("B5", "#REF!")]


@pytest.mark.parametrize("kind", workbooks.WRITERS)
def test_a_files_ending_is_not_believed(tmp_path: Path, kind: str) -> None:
    for ending in ("xlsx", "xls", "csv", ""):
        rows, _ = read(workbooks.WRITERS[kind](tmp_path / "f", MONEY).rename(tmp_path / f"f.{ending}"))
        assert len(rows) == 2


def test_an_old_workbook() -> None:
    rows, [money, faulty] = read(FILES / "funding.xls")
    assert [row.model_dump()["purpose"] for row in rows] == ["007", "Building"]
    assert money.warnings == ["Hidden sheet 'Old' was not read."]
    assert [(cell, value) for cell, _, value, _ in told([faulty])] == [("D2", "#N/A"), ("B3", "#DIV/0!")]


@pytest.mark.parametrize("write", [workbooks.ods, workbooks.xlsb, workbooks.excel_2003])
def test_hidden_sheets_are_left_out_and_named(tmp_path: Path, write: Callable[..., Path]) -> None:
    rows, [report] = read(write(tmp_path / "f", {"Old": MONEY, "Money": MONEY}, hidden=["Old"]))
    assert len(rows) == 2 and report.sheet == "Money"
    assert report.warnings == ["Hidden sheet 'Old' was not read."]


def test_days_that_count_from_1904(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "f.xlsx"), {"date_1904": True, "default_date_format": "d/m/yy"}) as out:
        sheet = out.add_worksheet("Referrals")
        for number, row in enumerate(cells(REFERRAL)):
            sheet.write_row(number, 0, row)
    for path in (tmp_path / "f.xlsx", FILES / "from_1904.xls"):
        rows, [report] = read(path)
        assert rows[0].model_dump()["referral_date"] == dt.date(2026, 1, 5)
        assert report.warnings == [FROM_1904]


def test_spaces_that_cannot_be_seen_are_no_part_of_a_value(tmp_path: Path) -> None:
    table = cells(FUNDING)
    table[0][1], table[1] = (
        "\ufeffPurpose\xa0",
        ["\u200bCentral\xa0", "In  \xa0house\u200b ", "Revenue", "\u200b12", "2025/26"],
    )
    table[2:2] = [["\u200b", "\xa0", "", "", " "]]
    rows, reports = read(saved(tmp_path / "f.xlsx", Money=table))
    assert told(reports) == []
    assert [(row.model_dump()["locality"], row.model_dump()["purpose"]) for row in rows] == [
        ("Central", "In house"), ("North", "Building"),
    ]  # fmt: skip


def test_words_of_a_merged_cell_count_for_the_rows_it_spans_but_sums_do_not(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as out:
        sheet = out.add_worksheet("Cluster funding")
        sheet.merge_range("A1:B1", "Where and what for")
        sheet.merge_range("C1:C2", "Revenue or capital")
        sheet.merge_range("D1:D2", "Amount")
        sheet.merge_range("E1:E2", "Financial year")
        sheet.write_row("A2", ["Locality", "Purpose"])
        for number, purpose in enumerate(("Training", "Building")):
            sheet.write_row(2 + number, 1, [purpose, "Revenue"])
            sheet.write(2 + number, 4, "2025/26")
        sheet.merge_range("A3:A4", "Central")
        sheet.merge_range("D3:D4", 5)
    _, [report] = read(path)
    assert report.rows == 1 and [(p.cell, p.column) for p in report.problems] == [("D4", "Amount")]


def test_spans_in_a_web_page(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><TABLE><TR><TD colspan=3>Report of 1 May<TR><TD>nothing</TABLE><p>
    <table><thead><tr><th>Locality<th>Purpose<th colspan=2>Revenue or&nbsp;capital<th>Amount<th>Financial year</thead>
    <tr><td rowspan=2>Central</td><td>A &amp; B<br>together</td><td>Revenue<td>(note)<td x:num="1200.25">1,200
    <td>2025/26
    <tr><td>C<td>Capital<td><td>7<td>2025/26</tr></table>"""
    path = tmp_path / "f.xls"
    path.write_text(page)
    rows, [report] = read(path)
    assert [(row.model_dump()["purpose"], str(row.model_dump()["amount"])) for row in rows] == [
        ("A & B together", "1200.25"), ("C", "7.00"),
    ]  # fmt: skip
    assert report.sheet == "f, table 2" and report.warnings == ["Sheet 'f' was not read."]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_web_page_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    rows, _ = read(workbooks.web_page(tmp_path / "f.xls", cells(FUNDING.replace("Training", "Café £5")), encoding))
    assert rows[0].model_dump()["purpose"] == "Café £5"


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-16"])
def test_separated_text_of_two_bytes_a_character(tmp_path: Path, encoding: str) -> None:
    rows, _ = read(comma_separated(tmp_path / "f.csv", FUNDING.replace("Training", "Café £5"), "\t", encoding))
    assert rows[0].model_dump()["purpose"] == "Café £5"


def test_a_separator_is_told_by_rows_that_agree(tmp_path: Path) -> None:
    many = FUNDING.replace("Training", "A;B;C;D;E;F;G;").replace("Building", "A;B;C;D;E;F;")
    rows, _ = read(comma_separated(tmp_path / "f.csv", many))
    assert [row.model_dump()["purpose"] for row in rows] == ["A;B;C;D;E;F;G;", "A;B;C;D;E;F;"]
    rows, _ = read(comma_separated(tmp_path / "g.csv", FUNDING.replace("Training", "A, B, C, D, E, F and G"), ";"))
    assert rows[0].model_dump()["purpose"] == "A, B, C, D, E, F and G"


def test_text_that_is_kept_from_excel_in_separated_text(tmp_path: Path) -> None:
    table = FUNDING.replace("Training", '="007"').replace("Building", '="')
    rows, _ = read(comma_separated(tmp_path / "f.csv", table))
    assert [row.model_dump()["purpose"] for row in rows] == ["007", '="']


def test_of_two_columns_that_mean_the_same_the_first_of_its_names_is_read(tmp_path: Path) -> None:
    table = (
        COHORT.replace("| Pupil ID |", "| Stud ID | UPN |")
        .replace("| A1 ", "| 17 | A1 ")
        .replace("| A2 ", "| 18 | A2 ")
    )
    rows, [report] = read(saved(tmp_path / "f.xlsx", EHCP_cohort=table))
    assert told([report]) == [] and [row.model_dump()["pupil_id"] for row in rows] == ["A1", "A2"]
    assert report.warnings == ["Column 'Stud ID' (B1) was not read: 'UPN' (C1) is taken as Pupil ID."]


def test_cells_that_are_only_coloured_in_do_not_make_a_sheet_too_large(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as out:
        sheet, colour = out.add_worksheet("Cluster funding"), out.add_format({"bg_color": "yellow"})
        sheet.set_column("A:XFD", 10, colour)
        for number, row in enumerate(cells(FUNDING)):
            sheet.write_row(number, 0, row)
        for column in range(5, 16_384):
            sheet.write_blank(1, column, None, colour)
        for row in range(10, 5_000):
            sheet.set_row(row, 20, colour)
        sheet.write_blank(1_048_575, 0, None, colour)
    rows, reports = read(path)
    assert len(rows) == 2 and told(reports) == []


def test_cells_without_addresses_and_rows_out_of_order(tmp_path: Path) -> None:
    path = saved(tmp_path / "f.xlsx", Money=FUNDING)
    parts = workbooks.parts_of(path)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    first, *rows = sheet.partition("</sheetData>")[0].split("<row ")
    faulty = '<row r="5"><c t="inlineStr"><is><t>North</t></is></c><c r="D5" t="e"><v>#N/A</v></c></row>'
    parts["xl/worksheets/sheet1.xml"] = (
        f"{first}<row {rows[0]}{faulty}<row {rows[2]}<row {rows[1]}</sheetData></worksheet>".encode()
    )
    good, [report] = read(workbooks.packed(path, parts))
    assert [row.model_dump()["locality"] for row in good] == ["Central", "North"]
    assert ("D5", "#N/A") in {(p.cell, p.value) for p in report.problems}


def test_a_binary_workbook_and_an_old_one_that_need_a_password(tmp_path: Path) -> None:
    old = bytearray((FILES / "funding.xls").read_bytes())
    at = old.index(struct.pack("<HH", 0x5C, 112))  # who wrote it becomes that it is encrypted
    old[at : at + 2] = struct.pack("<H", 0x2F)
    (tmp_path / "f.xls").write_bytes(old)
    manifest = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    workbooks.packed(tmp_path / "f.ods", {"content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest})
    for name in ("f.xls", "f.ods"):
        with pytest.raises(FileRefused, match="is protected by a password"):
            read(tmp_path / name)


@pytest.mark.parametrize("chunk", [*range(64, 96), 300, 1 << 20])
def test_what_a_sheet_holds_is_the_same_wherever_its_bytes_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    rows = (
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="e"><v>#N/A</v></c><c r="AB{n}"><f>A1</f></c></row>'
        for n in range(1, 21)
    )
    path = with_sheet(tmp_path / "x.xlsx", f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>")
    monkeypatch.setattr(inside, "CHUNK", chunk)
    found = inside_xlsx.inside(path, "xl/worksheets/sheet1.xml", "Money")
    assert (found.last_row, found.last_column) == (99_999, 27), "the far-off column is found"
    assert found.faults == {n: [(1, "#N/A"), (27, NO_RESULT)] for n in range(1, 21)}
