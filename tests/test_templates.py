"""Templates: what may be typed into each column, and that a filled one loads without a word."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from sendviz.datasets import DATASETS
from sendviz.loading import template
from sendviz.loading.headings import asked
from sendviz.loading.template import HEADING_ROW
from sendviz.vocabulary import Field, Row
from tests.sheets import read, saved, told

FIRST = HEADING_ROW + 2  # the first row to fill in, as Excel counts
every_dataset = pytest.mark.parametrize("row", DATASETS.values(), ids=list(DATASETS))


def written(row: type[Row], path: Path) -> Workbook:
    template(row, path)
    return openpyxl.load_workbook(path)


def rules(book: Workbook, row: type[Row]) -> dict[str, DataValidation]:
    """The rule of each column that has one, by the field's name."""
    found = {}
    for rule in book.worksheets[0].data_validations.dataValidation:
        [area] = rule.sqref.ranges
        assert (area.min_row, area.min_col) == (FIRST, area.max_col) and area.max_row > 1_000
        found[asked(row)[area.min_col - 1].name] = rule
    return found


def list_of(book: Workbook, rule: DataValidation) -> tuple[object, ...]:
    """What the cells hold that a drop-down list is made from."""
    sheet, _, area = rule.formula1.partition("!")
    cells = book[sheet][area.replace("$", "")]
    return tuple(cell.value for line in cells for cell in line)


@every_dataset
def test_a_template_filled_in_with_its_own_examples_loads_in_silence(row: type[Row], tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    book = written(row, path)
    compared = {name for name, _, _ in row.rules}  # examples need not agree with each other
    for column, field in enumerate(asked(row), 1):
        assert book.worksheets[0].cell(FIRST - 1, column).value == field.title
        if not (field.optional and field.name in compared):
            book.worksheets[0].cell(FIRST, column, (field.takes and field.takes.example) or "Words")
    book.save(path)
    rows, [report] = read(path)
    assert (len(rows), told([report]), report.warnings, report.dataset) == (1, [], [], row.dataset)


@every_dataset
def test_every_column_that_does_not_take_any_words_has_a_rule(row: type[Row], tmp_path: Path) -> None:
    book = written(row, tmp_path / "t.xlsx")
    found = rules(book, row)
    for field in asked(row):
        if rule := found.get(field.name):
            holds_the_columns_rule(book, field, rule)
        else:
            assert field.kind in ("text", "pupil", "period", "category") and not field.known


def holds_the_columns_rule(book: Workbook, field: Field, rule: DataValidation) -> None:
    """The rule is the field's own: its list, its limits, its kind; a list may grow, nothing else may be typed."""
    assert field.takes
    if field.takes.known:
        assert (rule.type, list_of(book, rule)) == ("list", field.takes.known)
    elif field.takes.limits:
        assert (rule.type, int(rule.formula1), int(rule.formula2)) == ("whole", *field.takes.limits)
    else:
        kinds = {"day": ("date", "custom"), "month": ("date",), "text": ("custom",)}
        assert rule.type in kinds.get(field.kind, ("decimal",))
        assert field.takes.words in rule.error
    assert rule.errorStyle == ("information" if field.known else None) and len(rule.error) <= 255


def test_a_month_end_and_a_financial_year_have_rules_of_their_own(tmp_path: Path) -> None:
    cohort = rules(written(DATASETS["ehcp_cohort"], tmp_path / "c.xlsx"), DATASETS["ehcp_cohort"])
    funding = rules(written(DATASETS["cluster_funding"], tmp_path / "f.xlsx"), DATASETS["cluster_funding"])
    assert cohort["month_end"].formula1 == "AND(ISNUMBER(A7),A7=EOMONTH(A7,0))"
    assert funding["financial_year"].formula1.startswith('AND(LEN(E7)=7,MID(E7,5,1)="/"')


def test_what_is_typed_keeps_its_form(tmp_path: Path) -> None:
    sheet = written(DATASETS["placements"], tmp_path / "p.xlsx").worksheets[0]
    formats = {sheet.cell(HEADING_ROW + 1, column).value: sheet.column_dimensions[letter].number_format
               for column, letter in enumerate("ABCDEFGHI", 1)}  # fmt: skip
    assert formats["Pupil ID"] == formats["URN"] == "@"  # leading noughts stay
    assert formats["Placement start"] == "dd/mm/yyyy" and formats["Annual cost"] == "£#,##0.00"


def test_a_blank_template_says_that_it_is_blank(tmp_path: Path) -> None:
    template(DATASETS["referrals"], tmp_path / "t.xlsx")
    _, reports = read(tmp_path / "t.xlsx")
    assert told(reports) == [("", "", "", "there are no rows below the headings")]
    assert reports[0].warnings == []


def test_a_sheet_of_theirs_called_notes_is_told_of(tmp_path: Path) -> None:
    settings = [[field.title for field in asked(DATASETS["activities"])], ["Tea", "Talk", 9, "N", ""]]
    _, [report] = read(saved(tmp_path / "a.xlsx", Activities=settings, Notes="Ring Ann | Tuesday"))
    assert report.warnings == ["Sheet 'Notes' was not read."]


def test_a_list_that_is_too_long_to_show_is_named(tmp_path: Path) -> None:
    sheet = written(DATASETS["ehcp_cohort"], tmp_path / "c.xlsx").worksheets[0]
    texts = {sheet.cell(FIRST - 1, column).value: sheet.cell(3, column).value for column in range(1, 16)}
    assert texts["Primary need"] == "one of the list" and texts["Gender"] == "one of: Female, Male"
    assert sheet["A4"].value == "e.g. 31/01/2026"
