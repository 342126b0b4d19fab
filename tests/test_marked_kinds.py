"""Marked copies of files of other kinds, and of workbooks that are written in unusual ways."""

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from sendviz import apart, intake
from sendviz.intake import File
from sendviz.loading import FileRefused
from sendviz.loading.marking.plain import ROWS, plain
from sendviz.loading.readers import Sheet
from sendviz.settings import Settings
from tests.marks import FAULTY, copy_of, listed, marks, values
from tests.sheets import COHORT, comma_separated, read, saved, told


def test_a_workbook_whose_tags_have_a_prefix(tmp_path: Path) -> None:
    source, path = saved(tmp_path / "c.xlsx", EHCP_cohort=FAULTY), tmp_path / "x.xlsx"
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(path, "w") as made:
        for name in packed.namelist():
            content = packed.read(name)
            if re.fullmatch(r"xl/(\w+|worksheets/\w+)\.xml", name):
                content = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", content).replace(b'xmlns="', b'xmlns:x="')
            made.writestr(name, content)
    copy, reports = copy_of(path)
    assert told(read(copy)[1]) == told(reports) and len(told(reports)) == 2
    assert set(marks(openpyxl.load_workbook(copy)["EHCP cohort"])) == {"C2", "H3"}


def test_a_workbook_too_unusual_to_be_changed_in_place_comes_back_with_the_same_cells(tmp_path: Path) -> None:
    source, path = saved(tmp_path / "c.xlsx", EHCP_cohort=FAULTY, Lists="Yes\nNo"), tmp_path / "x.xlsx"
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(path, "w") as made:
        for name in packed.namelist():
            content = packed.read(name)
            made.writestr(name, content.replace(b"<cellXfs", b"<otherXfs").replace(b"</cellXfs", b"</otherXfs"))
    copy, reports = copy_of(path)
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames == ["Problems", "EHCP cohort", "Lists"]
    assert set(marks(book["EHCP cohort"])) == {"C2", "H3"} and len(told(reports)) == 2
    assert values(copy)["Lists"] == [["Yes"], ["No"]]


def test_separated_text_comes_back_as_a_workbook_of_text(tmp_path: Path) -> None:
    table = FAULTY.replace("A1 ", "007").replace("Elm Primary", "=1+1")
    copy, reports = copy_of(comma_separated(tmp_path / "Cohort: all?.csv", table, ";", "cp1252"))
    book = openpyxl.load_workbook(copy)
    sheet = book.worksheets[1]
    assert [(cell.value, cell.data_type) for cell in (sheet["A2"], sheet["B2"], sheet["M2"])] == [
        ("31/01/2026", "s"), ("007", "s"), ("=1+1", "s"),
    ]  # fmt: skip
    assert set(marks(sheet)) == {"C2", "H3"} and sheet["H3"].number_format == "@"
    assert told(read(copy)[1]) == told(reports)
    assert book["Problems"]["B6"].hyperlink.location == f"'{sheet.title}'!C2"


def test_every_kind_of_cell_is_written_as_what_it_is(tmp_path: Path) -> None:
    row: list[object] = [
        dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 9, 30), dt.timedelta(hours=30), True, 0.1, 12,
        " 007", "#N/A", dt.date(1850, 1, 1), float("inf"), "", None, "x" * 40_000,
    ]  # fmt: skip
    sheet = Sheet("A/B: " + "n" * 40, lambda: iter([(3, row)]), lambda: False)
    with (tmp_path / "p.xlsx").open("wb") as file:
        names = plain([sheet, replace(sheet, name="a-b? " + "n" * 40)], False, file)
    assert list(names.values()) == ["A-B- " + "n" * 26, "a-b- " + "n" * 22 + " 2"]
    cells = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[0][3]
    assert [cell.value for cell in cells] == [
        dt.datetime(2026, 1, 31), dt.datetime(2026, 1, 31, 9, 30), dt.timedelta(hours=30), True, 0.1, 12,
        " 007", "#N/A", "1850-01-01", "inf", None, None, "x" * 32_767,
    ]  # fmt: skip
    assert [cell.number_format for cell in cells[:3]] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", "[h]:mm:ss"]
    assert (cells[7].data_type, cells[6].number_format) == ("e", "@")


def test_text_that_xml_cannot_hold_is_kept(tmp_path: Path) -> None:
    texts: list[object] = ["_x0041_", "<b>&amp;\n\x02", "\x0b\r", "=1+1"]
    with (tmp_path / "p.xlsx").open("wb") as file:
        plain([Sheet("Odd", lambda: iter([(1, texts)]), lambda: False)], True, file)
    assert values(tmp_path / "p.xlsx")["Odd"] == [texts]


def test_more_rows_than_excel_has_are_refused(tmp_path: Path) -> None:
    sheet = Sheet("Long", lambda: iter([(ROWS + 1, ["x"])]), lambda: False)
    with (tmp_path / "p.xlsx").open("wb") as file, pytest.raises(FileRefused, match="more than the 1,048,576 rows"):
        plain([sheet], True, file)


def test_a_copy_is_made_apart_under_the_name_its_owner_knows(tmp_path: Path) -> None:
    dropped = File(comma_separated(tmp_path / "0", FAULTY), "Cohort.csv")
    report = intake.check([dropped])
    apart.mark(dropped, report, tmp_path / "copy.xlsx", Settings(data_dir=tmp_path))
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert book.sheetnames == ["Problems", "Cohort"] and set(marks(book["Cohort"])) == {"C2", "H3"}
    (tmp_path / "0").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(FileRefused, match="damaged"):
        apart.mark(dropped, report, tmp_path / "copy.xlsx", Settings(data_dir=tmp_path))


def test_a_date_of_birth_is_not_repeated_in_the_list(tmp_path: Path) -> None:
    table = COHORT.replace("| Age", "| DOB").replace("| 9 ", "| 31/13/2015").replace("| 12 ", "| 01/02/2014")
    table = table.replace("| NC year |", "| Year |").replace("| Key stage ", "| Stage ")
    copy, _ = copy_of(comma_separated(tmp_path / "c.csv", table))
    [line] = listed(copy)
    assert line[1:4] == ["C2", "DOB", "(not shown)"]
    assert line[5] == "Type the date of birth, day first, such as 31/01/2015."
