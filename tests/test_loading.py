"""A file becomes rows or problems."""

import datetime as dt
from pathlib import Path

import pytest

from tests.sheets import COHORT, FUNDING, cells, comma_separated, read, saved, told


def test_a_sheet_becomes_rows(tmp_path: Path) -> None:
    rows, reports = read(saved(tmp_path / "cohort.xlsx", EHCP_cohort=COHORT))
    first = rows[0].model_dump()
    assert first["month_end"] == dt.date(2026, 1, 31)
    assert (first["age"], first["primary_need"], first["in_care"]) == (9, "Autistic spectrum disorder", False)
    assert first["urn"] is None
    assert [(r.dataset, r.sheet, r.rows, r.problems) for r in reports] == [("ehcp_cohort", "EHCP cohort", 2, [])]


def test_a_serial_number_in_a_text_file_is_a_date(tmp_path: Path) -> None:
    rows, [report] = read(comma_separated(tmp_path / "cohort.csv", COHORT.replace("31/01/2026", "46053")))
    assert report.problems == []
    assert {row.model_dump()["month_end"] for row in rows} == {dt.date(2026, 1, 31)}


def test_titles_blank_rows_totals_extra_columns_and_any_order_are_normal(tmp_path: Path) -> None:
    table = """
Spend of the pilot
_
_ | AMOUNT | financial-year | Comment | Locality | Revenue/Capital | Purpose
_ | 1200   | 2025/26        | agreed  | Central  | Revenue         | Training
_
_
_ | 900    | 2025/26        | _       | North    | Capital         | Building
_ | Total  | 2100
"""
    rows, [report] = read(saved(tmp_path / "f.xlsx", Sheet1=table))
    assert [(row.model_dump()["locality"], int(row.model_dump()["amount"])) for row in rows] == [
        ("Central", 1200),
        ("North", 900),
    ]
    assert report.problems == []
    assert report.warnings == ["Left out as totals of other rows: row 8."]


def test_five_broken_cells_are_five_problems_named_by_cell_column_value_and_rule(tmp_path: Path) -> None:
    rows = cells("A title above\n" + COHORT.strip())
    rows[2][0] = dt.datetime(2026, 1, 30)
    rows[2][2] = "nine"
    rows[3][1] = ""
    rows[3][7] = "maybe"
    rows[3][3] = 99
    good, reports = read(saved(tmp_path / "cohort.xlsx", EHCP_cohort=rows))
    assert good == []
    assert told(reports) == [
        ("A3", "Month end", "30/01/2026", "must be the last day of a month, such as 31/01/2026"),
        ("C3", "Age", "nine", "must be a whole number from 0 to 25"),
        ("B4", "Pupil ID", "", "must be filled in"),
        ("D4", "NC year", "99", "must be a whole number from -5 to 21"),
        ("H4", "In care", "maybe", "must be Y or N"),
    ]


def test_a_rule_across_cells_is_told_at_its_cell(tmp_path: Path) -> None:
    table = """
Financial year | Month | Area    | School type | Gross | Recoupment | Net
2025/26        | April | Top-ups | Special     | 100   | 30         | 70
2025/26        | May   | Top-ups | Special     | 100   | 30         | 80
"""
    _, reports = read(saved(tmp_path / "e.xlsx", Expenditure=table))
    assert told(reports) == [("G3", "Net", "80", "Net must be gross less recoupment")]


def test_what_must_be_unique_is_told_with_the_first_cell(tmp_path: Path) -> None:
    again = COHORT.strip() + "\n" + COHORT.strip().splitlines()[1]
    _, reports = read(saved(tmp_path / "c.xlsx", EHCP_cohort=again))
    assert told(reports) == [("B4", "Pupil ID", "A1", "the same Month end and Pupil ID as in B2: each may occur once")]


def test_problems_beyond_the_first_thousand_rows_have_their_true_rows(tmp_path: Path) -> None:
    rows = cells(FUNDING)[:1] + [["Central", f"P{n}", "Revenue", 5, "2025/26"] for n in range(2500)]
    rows[1801][3] = "lots"
    good, reports = read(saved(tmp_path / "f.xlsx", Cluster_funding=rows))
    assert len(good) == 2499
    assert told(reports) == [("D1802", "Amount", "lots", "must be an amount in pounds, such as 1234.56")]


def test_very_many_problems_are_all_counted_and_the_first_ten_thousand_kept(tmp_path: Path) -> None:
    lines = ["Locality,Purpose,Revenue or capital,Amount,Financial year", *["Central,,Revenue,5,2042/25"] * 5500]
    path = tmp_path / "f.csv"
    path.write_text("\n".join(lines))
    _, [report] = read(path)
    assert (report.counted, len(report.problems)) == (11_000, 10_000)
    assert report.lines()[-1].endswith("11,000 problems in all; the first 10,000 are named.")
    assert len(report.lines()) == 3


def test_excel_errors_and_formulas_without_results_are_told_not_read_as_blanks(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Cluster funding")
        for number, row in enumerate(cells(FUNDING)):
            sheet.write_row(number + 2, 1, row)
        sheet.write_formula("E4", "=NA()", None, "#N/A")
        sheet.write_formula("B5", "=X1/0", None, "#DIV/0!")
    _, reports = read(path)
    assert [(cell, value) for cell, _, value, _ in told(reports)] == [("E4", "#N/A"), ("B5", "#DIV/0!")]

    import openpyxl

    book = openpyxl.load_workbook(saved(path, Cluster_funding=FUNDING))
    book.active["D2"] = "=600*2"
    book.save(path)
    _, reports = read(path)
    assert [(cell, rule.split(":")[0]) for cell, _, _, rule in told(reports)] == [
        ("D2", "holds a formula without a result")
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_separated_text_in_any_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    path = comma_separated(tmp_path / "f.csv", FUNDING.replace("Training", "Café £5"), separator, encoding)
    rows, [report] = read(path)
    assert [row.model_dump()["purpose"] for row in rows] == ["Café £5", "Building"]
    assert (report.dataset, report.sheet) == ("cluster_funding", "f")


def test_each_sheet_becomes_its_own_dataset(tmp_path: Path) -> None:
    path = saved(tmp_path / "all.xlsx", hidden=["Old"], Sheet1=COHORT, Money=FUNDING, Lists="Yes\nNo", Old=FUNDING)
    _rows, reports = read(path)
    assert [(r.dataset, r.sheet, r.rows) for r in reports] == [
        ("ehcp_cohort", "Sheet1", 2),
        ("cluster_funding", "Money", 2),
    ]
    assert reports[0].warnings == ["Hidden sheet 'Old' was not read.", "Sheet 'Lists' was not read."]
