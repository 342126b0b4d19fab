"""The marked copy: the officer's own workbook, faulty cells marked and listed, nothing else changed."""

import io
import re
import time
import zipfile
from pathlib import Path
from string import ascii_uppercase

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sendviz.loading import FileRefused, SheetReport
from sendviz.loading.marked import marked, marked_name
from tests.marks import FAULTY, copy_of, listed, marks, values
from tests.sheets import FUNDING, cells, read, saved


def test_faulty_cells_are_filled_commented_and_listed(tmp_path: Path) -> None:
    path, _ = copy_of(saved(tmp_path / "c.xlsx", EHCP_cohort=FAULTY, Cluster_funding=FUNDING))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Problems", "EHCP cohort", "Cluster funding"]
    assert marks(book["EHCP cohort"]) == {
        "C2": "Problem: must be a whole number from 0 to 25.", "H3": "Problem: must be Y or N.",
    }  # fmt: skip
    assert marks(book["Cluster funding"]) == {}
    assert listed(path) == [
        ["EHCP cohort", "C2", "Age", "99", "must be a whole number from 0 to 25", "Type a whole number from 0 to 25."],
        ["EHCP cohort", "H3", "In care", "", "must be Y or N", "Type Y or N."],
    ]  # fmt: skip
    assert book["Problems"]["B6"].hyperlink.location == "'EHCP cohort'!C2"


def test_the_copy_corrected_and_dropped_again_loads_in_silence(tmp_path: Path) -> None:
    path, _ = copy_of(saved(tmp_path / "c.xlsx", EHCP_cohort=FAULTY))
    book = openpyxl.load_workbook(path)
    book["EHCP cohort"]["C2"], book["EHCP cohort"]["H3"] = 9, "Y"
    book.save(path)
    rows, [report] = read(path)
    assert (len(rows), report.problems, report.warnings) == (2, [], [])


def test_corrected_in_part_the_next_copy_marks_only_what_is_left(tmp_path: Path) -> None:
    first, _ = copy_of(saved(tmp_path / "c.xlsx", EHCP_cohort=FAULTY))
    book = openpyxl.load_workbook(first)
    book["EHCP cohort"]["C2"] = 9
    book.save(first)
    second, _ = copy_of(first, "second.xlsx")
    book = openpyxl.load_workbook(second)
    assert book.sheetnames == ["Problems", "EHCP cohort"]
    assert marks(book["EHCP cohort"]) == {"H3": "Problem: must be Y or N."}
    assert book["EHCP cohort"]["C2"].comment is None
    assert [line[1] for line in listed(second)] == ["H3"]


def rich(path: Path) -> Path:
    """A workbook with what openpyxl loses, a comment on a cell that is faulty, and a macro's part."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Cluster funding")
        for number, row in enumerate(cells(FUNDING)):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        sheet.write_formula("D2", "=600*2", None, 1200)
        sheet.write("D3", "many")
        sheet.write_comment("D3", "Ask finance")
        sheet.insert_button("H1", {"caption": "Go"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Cluster funding'!$D$2:$D$3"})
        sheet.insert_chart("H9", chart)
        sheet.insert_textbox("H30", "A note")
        sheet.add_sparkline("F2", {"range": "D2:D3"})
        sheet.conditional_format("D2:D3", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("C2:C9", {"validate": "list", "source": ["Revenue", "Capital"]})
        sheet.print_area("A1:E3")
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"the macro's bytes")
    path.write_bytes(made.getvalue())
    return path


def test_what_is_not_marked_stays_as_it_was_byte_for_byte(tmp_path: Path) -> None:
    source = rich(tmp_path / "f.xlsm")
    copy, _ = copy_of(source, "f2.xlsm")
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(copy) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert changed == {
            "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
            "xl/worksheets/sheet1.xml", "xl/comments1.xml",
        }  # fmt: skip
        sheet = after.read("xl/worksheets/sheet1.xml").decode()
        marks = r' (s|spans|tabSelected)="[\d:]+"'
        assert re.sub(marks, "", sheet) == re.sub(marks, "", before.read("xl/worksheets/sheet1.xml").decode())
        drawing = after.read("xl/drawings/vmlDrawing1.vml").decode()
        assert "<v>1200</v>" in sheet and "sparkline" in sheet and "Go" in drawing
        assert len(re.findall(r"<v:shape ", drawing)) == 2
        assert 'localSheetId="1"' in after.read("xl/workbook.xml").decode()


def test_a_comment_that_was_there_is_kept_above_ours(tmp_path: Path) -> None:
    copy, _ = copy_of(rich(tmp_path / "f.xlsm"), "f2.xlsm")
    again, _ = copy_of(copy, "f3.xlsm")
    for path in (copy, again):
        with zipfile.ZipFile(path) as packed:
            comment = re.sub("<[^>]*>", "", packed.read("xl/comments1.xml").decode())
        assert comment.endswith("sendvizAsk finance\nProblem: must be an amount in pounds, such as 1234.56.")


def test_a_table_of_excel_stays_where_its_sheet_has_it(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
        heading, *rows = cells(FUNDING.replace("900.50", "many"))
        columns = {"columns": [{"header": title} for title in heading], "data": rows}
        book.add_worksheet("Cluster funding").add_table(0, 0, 2, 4, columns)
    copy, _ = copy_of(tmp_path / "t.xlsx")
    with zipfile.ZipFile(copy) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert 0 < sheet.index(b"<legacyDrawing") < sheet.index(b"<tableParts")
    book = openpyxl.load_workbook(copy)
    assert set(marks(book["Cluster funding"])) == {"D3"} and book["Cluster funding"].tables["Table1"].ref == "A1:E3"


def test_a_sheet_of_theirs_called_problems_is_left_alone(tmp_path: Path) -> None:
    source = saved(tmp_path / "c.xlsx", EHCP_cohort=FAULTY, Problems="Who | What\nAnn | Lift")
    copy, reports = copy_of(source)
    assert values(copy)["Problems"] == values(source)["Problems"]
    assert openpyxl.load_workbook(copy).sheetnames == ["Problems 2", "EHCP cohort", "Problems"]
    assert reports[0].warnings == ["Sheet 'Problems' was not read."] == read(copy)[1][0].warnings


def test_very_many_problems_are_told_together_first_and_quickly(tmp_path: Path) -> None:
    heading, first, _ = cells(FAULTY)
    rows = [[*first[:1], f"P{number}", *first[2:]] for number in range(10_001)]
    source = saved(tmp_path / "c.xlsx", EHCP_cohort=[heading, *rows])
    start = time.perf_counter()
    copy, reports = copy_of(source)
    assert time.perf_counter() - start < 10
    assert reports[0].counted == 10_001
    lines = values(copy)["Problems"]
    assert str(lines[2][0]).startswith("10,001 problems; the first 10,000 are listed and marked.")
    assert lines[5] == [
        "EHCP cohort", "C2", "Age", "99", "must be a whole number from 0 to 25 (10,000 cells, from this one on)",
        "Type a whole number from 0 to 25.",
    ]  # fmt: skip
    assert len(lines) == 8 + 10_000


def test_what_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(FileRefused, match=r"The workbook is damaged and cannot be opened\."):
        marked(tmp_path / "x.xlsx", [], io.BytesIO(), 50)


def test_the_copys_name_keeps_the_ending_of_a_workbook_with_macros() -> None:
    names = {name: marked_name(Path(name)) for name in ("a.XLSM", "a.b.csv", "a.xls")}
    assert names == {"a.XLSM": "a (marked).XLSM", "a.b.csv": "a.b (marked).xlsx", "a.xls": "a (marked).xlsx"}


some_cells = st.lists(st.lists(st.sampled_from(["", "", "word", 1.5, "=1", "<&>"]), max_size=6), min_size=1, max_size=6)
some_places = st.sets(st.tuples(st.sampled_from(ascii_uppercase[:9]), st.integers(1, 8)), min_size=1, max_size=9)


@given(some_cells, some_places)
def test_no_mark_changes_what_a_cell_holds(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]], places: set[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with xlsxwriter.Workbook(str(folder / "x.xlsx"), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Any & all")
        for number, row in enumerate([["heading"], *rows]):
            sheet.write_row(number, 0, row)
    report = SheetReport("x.xlsx", "Any & all")
    for letter, number in places:
        report.problem("must be <other> & better", f"{letter}{number}", "H", "\x01 =v")
    marked(folder / "x.xlsx", [report], folder / "y.xlsx", 50)
    sheets = values(folder / "y.xlsx")
    assert [[cell for cell in row if cell != ""] for row in sheets["Any & all"] if any(row)] == [
        [cell for cell in row if cell != ""] for row in values(folder / "x.xlsx")["Any & all"] if any(row)
    ]
    found = marks(openpyxl.load_workbook(folder / "y.xlsx")["Any & all"])
    filled = {number for number, row in enumerate([["heading"], *rows], 1) if any(cell != "" for cell in row)}
    assert set(found) == {f"{letter}{number}" for letter, number in places if number in filled}
    assert set(found.values()) <= {"Problem: must be <other> & better."}
