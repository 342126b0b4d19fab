"""Workbooks and CSV: what is read back is what was answered, and text stays text."""

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from sendviz import exports
from sendviz.answer import Answer
from sendviz.screens import of_answers
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.tables import table
from tests.test_tables import FEBRUARY, JANUARY, answer

DANGEROUS = ("=1+1", "+44 1782", "-", "@SUM(A1)", "{=1}", "https://example.org", "mailto:a@example.org", "0123", "\x07")
CENTRAL = Selection.of({"locality": ["Central", "North"]}, JANUARY)


@pytest.fixture
def referred() -> Answer:
    """Two months of referrals, one share withheld, under a filter."""
    return answer(
        "referrals-table",
        {(JANUARY,): 73, (FEBRUARY,): 55},
        {(JANUARY,): (60, 73), (FEBRUARY,): "c"},
        totals={("year",): [{(2025,): 128}, {(2025,): (96, 128)}]},
        selection=CENTRAL, sample=True, ignored=("School type",), notes=("12 of these are still pending.",),
    )  # fmt: skip


def made(*answers: Answer, settings: Settings | None = None) -> Workbook:
    target = io.BytesIO()
    exports.workbook(answers, target, settings)
    return load_workbook(target)


def words(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def header(sheet: Worksheet) -> int:
    """The row of the table's headings."""
    (found,) = sheet.tables.values()
    return int(found.ref.split(":")[0][1:])


def test_a_sheet_holds_one_table_under_its_title_and_what_one_must_know(referred: Answer) -> None:
    sheet = made(referred)["referrals-table"]
    top = header(sheet)
    above = [sheet.cell(row, 1).value for row in range(1, top)]
    assert above == [
        "Referrals and how many result in assessment",
        "A headline",
        "Selection: Locality: Central or North · from January 2025",
        "Source: Capita ONE, data to 28 February 2025.",
        "Sample data: invented pupils.",
        "Not filtered by: School type.",
        "12 of these are still pending.",
        "[c] withheld, because it is a small number of people or would give one away.",
        "Back to the cover",
    ]
    assert sheet.freeze_panes == f"A{top + 1}"
    assert not sheet.merged_cells.ranges
    assert not any(cell.value is None for row in sheet.iter_rows(min_row=top) for cell in row)


def test_cells_hold_unrounded_values_in_the_form_people_read(referred: Answer) -> None:
    sheet = made(referred)["referrals-table"]
    rows = list(sheet.iter_rows(min_row=header(sheet) + 1))
    assert [[cell.value for cell in row] for row in rows] == [
        [2025, 128, 96, 0.75],
        [dt.datetime(2025, 1, 1), 73, 60, 60 / 73],
        [dt.datetime(2025, 2, 1), 55, "[c]", "[c]"],
    ]
    assert [cell.number_format for cell in rows[1]] == ["mmmm yyyy", "#,##0", "#,##0", "0.0%"]
    assert rows[0][0].font.bold and not rows[1][0].font.bold
    assert [sheet.row_dimensions[row[0].row].outline_level for row in rows] == [0, 1, 1]  # a year opens into months


def test_the_cover_says_what_it_is_whose_and_how_to_read_it(referred: Answer) -> None:
    waits = answer("health-waits", {("Autism", "NSCHT", "2025"): 92}, {("Autism", "NSCHT", "2025"): "x"})
    book = made(referred, waits, settings=Settings(area="Wakefield", withhold_below=10))
    cover = book["Cover"]
    assert book.sheetnames == ["Cover", "referrals-table", "health-waits"]
    said = words(cover)
    assert {"Wakefield", "Sample data: invented pupils", "[c]", "[x]", CENTRAL.words()} <= set(said)
    assert any("Counts of 1 to 9 people are withheld" in text for text in said)
    assert {figures.measure.why for given in (referred, waits) for figures in given.figures} <= set(said)
    links = {link.location for row in cover.iter_rows() for cell in row if (link := cell.hyperlink)}
    assert links == {"'referrals-table'!A1", "'health-waits'!A1"}
    assert (book.properties.creator, book.properties.title) == (
        "Wakefield SEND service",
        "Special educational needs and disabilities: figures",
    )
    assert {p.name: p.value for p in book.custom_doc_props.props} == {"Language": "en-GB"}


def test_text_stays_text_whatever_it_begins_with() -> None:
    given = answer(
        "survey-comments", {(text, "=2+2"): 7 for text in DANGEROUS},
        texts=tuple((text, "=2+2", text) for text in DANGEROUS), headline="=HYPERLINK(1)",
    )  # fmt: skip
    book = made(given)
    assert book.sheetnames == ["Cover", "survey-comments", "survey-comments-text"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    listed = [
        row[2] for row in book["survey-comments-text"].iter_rows(min_row=header(book["survey-comments-text"]) + 1)
    ]
    assert [cell.value for cell in listed] == [*DANGEROUS[:-1], "_x0007_"] and not any(c.hyperlink for c in listed)
    assert book["survey-comments"]["A2"].value == "=HYPERLINK(1)"


def test_categories_that_share_a_name_and_very_long_texts_still_make_a_workbook() -> None:
    stages = ("Total", "total", "A" * 400)
    given = answer(
        "cohort-key-stage", {(JANUARY, stage): 10 for stage in stages}, totals={("month",): [{(JANUARY,): 30}]}
    )
    sheet = made(given)["cohort-key-stage"]
    headings = [cell.value for cell in sheet[header(sheet)]]
    assert headings == ["Month", "Total", "total (2)", "A" * 240, "Total (3)"]
    long = answer("survey-comments", {("Q", "P"): 7}, texts=(("Q", "P", "é" * 40_000),))
    assert len(words(made(long)["survey-comments-text"])[-1]) == 32_767


def test_an_exhibit_under_two_selections_has_a_sheet_for_each(referred: Answer) -> None:
    north = answer(
        "referrals-table", {(JANUARY,): 5}, {(JANUARY,): (2, 5)}, selection=Selection.of({"locality": ["N"]})
    )
    comments = answer("survey-comments", {("Q", "P"): 7}, texts=(("Q", "P", "Good"),))
    book = made(referred, north, comments, comments)
    assert book.sheetnames[1:] == [
        "referrals-table", "referrals-table-2", "survey-comments", "survey-comments-text", "survey-comments-2",
        "survey-comments-text-2",
    ]  # fmt: skip
    assert "Selection: Locality: N" in words(book["referrals-table-2"])
    assert sum("Selection: Locality: N ·" in text for text in words(book["Cover"])) == 1


def test_an_answer_without_figures_is_a_sheet_that_says_so() -> None:
    book = made(answer("cohort-gender", {}, headline="No figures for this selection"))
    assert words(book["cohort-gender"])[:2] == ["Pupils with a plan by gender", "No figures for this selection"]


def test_an_exhibit_that_is_there_twice_has_two_sheets(referred: Answer) -> None:
    book = made(referred, replace(referred, selection=Selection()))
    assert book.sheetnames == ["Cover", "referrals-table", "referrals-table-2"]
    links = {link.location for row in book["Cover"].iter_rows() for cell in row if (link := cell.hyperlink)}
    assert links == {"'referrals-table'!A1", "'referrals-table-2'!A1"}


def test_another_reader_finds_the_same(referred: Answer, tmp_path: Path) -> None:
    exports.workbook([referred], tmp_path / "a.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_name("referrals-table").to_python()
    shown = [[(cell.mark and f"[{cell.mark}]") or cell.value for cell in row.cells] for row in table(referred).rows]
    assert sheet[-3:] == shown


def test_csv_is_as_the_contract_has_it(referred: Answer) -> None:
    reach = answer("survey-reach", {("Project Indi, the “big” one", "Children", True): 250.0})
    text = io.StringIO()
    exports.csv([referred, reach], text)
    heading, *lines = csv.reader(io.StringIO(text.getvalue(), newline=""))
    assert heading == [
        "exhibit", "measure", "month", "activity", "kind", "approximate", "numerator", "denominator", "value", "mark",
    ]  # fmt: skip
    agreed = "Referrals resulting in assessment"
    assert lines == [
        ["referrals-table", "Referrals", "2025-01", "", "", "", "73", "", "73", ""],
        ["referrals-table", "Referrals", "2025-02", "", "", "", "55", "", "55", ""],
        ["referrals-table", agreed, "2025-01", "", "", "", "60", "73", repr(60 / 73), ""],
        ["referrals-table", agreed, "2025-02", "", "", "", "", "", "", "c"],
        ["survey-reach", "Reached by Inclusion Week activities", "", "Project Indi, the “big” one", "Children", "Y",
         "250", "", "250", ""],
    ]  # fmt: skip


def test_the_ending_says_what_is_made(referred: Answer, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.CSV", "c.html", "d.pptx"):
        exports.kind(tmp_path / name)(of_answers([referred]), tmp_path / name)
        assert (tmp_path / name).stat().st_size
    for name in ("a.pdf", "a"):
        with pytest.raises(exports.BadExport, match="no known ending"):
            exports.kind(Path(name))
