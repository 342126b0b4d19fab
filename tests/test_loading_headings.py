"""Headings: matched however they are written; what is personal is left out; what is missing is named."""

from pathlib import Path

import pytest

from sendviz.loading import FileRefused
from sendviz.loading.personal import personal
from tests.sheets import COHORT, FUNDING, comma_separated, read, saved, told


def test_aliases_of_the_case_management_system(tmp_path: Path) -> None:
    table = COHORT
    for title, alias in {"Pupil ID": "STUD_ID", "In care": "CLA", "Gender": " sex ", "Home LA": "Home LEA",
                         "Funding LA": "funding lea", "School name": "Base",
                         "Month end": "Snapshot Date"}.items():  # fmt: skip
        table = table.replace(title, alias, 1)
    rows, reports = read(saved(tmp_path / "x.xlsx", Export=table))
    assert len(rows) == 2 and not reports[0].problems


def test_a_missing_heading_is_named_with_the_nearest_there_is(tmp_path: Path) -> None:
    table = COHORT.replace("Primary need", "Prinary ned").replace("| City status ", "").replace("| In city     ", "")
    _, reports = read(saved(tmp_path / "c.xlsx", EHCP_cohort=table))
    assert told(reports) == [
        (
            "G1",
            "Primary need",
            "Prinary ned",
            "the heading 'Primary need' is missing from row 1; the nearest there is 'Prinary ned'",
        ),
        ("", "City status", "", "the heading 'City status' is missing from row 1"),
    ]


def test_cells_are_checked_though_a_heading_is_missing(tmp_path: Path) -> None:
    table = FUNDING.replace("Purpose", "Why").replace("900.50", "many")
    _, reports = read(saved(tmp_path / "f.xlsx", Cluster_funding=table))
    assert [(cell, column) for cell, column, _, _ in told(reports)] == [("", "Purpose"), ("D3", "Amount")]


def test_the_same_heading_twice_is_a_problem(tmp_path: Path) -> None:
    table = (
        FUNDING.replace("Purpose ", "Purpose | PURPOSE:")
        .replace("Training", "Training|T")
        .replace("Building", "Building|B")
    )
    _, reports = read(saved(tmp_path / "f.xlsx", Cluster_funding=table))
    rule = "'PURPOSE:' and 'Purpose' (B1) both mean Purpose: leave one of them out"
    assert told(reports) == [("C1", "PURPOSE:", "PURPOSE:", rule)]


def test_columns_that_say_who_a_person_is_are_left_out_and_named(tmp_path: Path) -> None:
    table = FUNDING.replace("Locality |", "Locality | Forename | Home postcode | E-mail |")
    table = table.replace("Central  |", "Central | Ann | ST1 1AA | a@b.uk |").replace(
        "North    |", "North | Bo | ST2 | b@b.uk |"
    )
    rows, [report] = read(saved(tmp_path / "f.xlsx", Cluster_funding=table))
    assert report.dropped_columns == ["Forename", "Home postcode", "E-mail"]
    assert "Ann" not in str(rows) and len(rows) == 2


@pytest.mark.parametrize("heading", [
    "Forename", "Surname", "Pupil name", "Child's full name", "First Name", "LegalSurname", "Name", "Email",
    "e-mail address", "Postcode", "Home Post Code", "Address line 1", "DOB", "Date of birth",
    "D.O.B.", "Phone", "Mobile number",
    "Parent", "NHS number",
])  # fmt: skip
def test_personal(heading: str) -> None:
    assert personal(heading)


@pytest.mark.parametrize(
    "heading",
    ["School name", "Area name", "Locality name", "Service", "Base", "Activity name", "Team", "Provider", "Named plan"],
)
def test_not_personal(heading: str) -> None:
    assert not personal(heading)


def test_age_year_and_key_stage_are_worked_out_from_the_date_of_birth(tmp_path: Path) -> None:
    table = """
Month end  | Pupil ID | Date of birth | Gender | Primary need | In care | Home LA | Funding LA | City status | School type | School name | Locality
31/01/2026 | A1       | 01/09/2015    | F      | ASD          | N       | Stoke   | Stoke      | In city     | Mainstream  | Elm Primary | Central
31/01/2026 | A2       | 31/08/2015    | F      | ASD          | N       | Stoke   | Stoke      | In city     | Mainstream  | Elm Primary | Central
31/08/2026 | A3       | 01/02/2016    | F      | ASD          | N       | Stoke   | Stoke      | In city     | Mainstream  | Elm Primary | Central
31/01/2026 | A4       | 15/01/2026    | F      | ASD          | N       | Stoke   | Stoke      | In city     | Mainstream  | Elm Primary | Central
"""  # noqa: E501
    rows, [report] = read(saved(tmp_path / "c.xlsx", EHCP_cohort=table))
    found = [row.model_dump(include={"age", "nc_year", "key_stage"}).values() for row in rows]
    assert list(map(tuple, found)) == [
        (10, 5, "Key stage 2"), (10, 6, "Key stage 2"), (10, 5, "Key stage 2"), (0, -5, "Early years"),
    ]  # fmt: skip
    assert report.dropped_columns == ["Date of birth"]


def test_a_bad_date_of_birth_is_one_problem_that_does_not_show_it(tmp_path: Path) -> None:
    table = COHORT.replace("Age", "DOB").replace("| NC year | Key stage  ", "").replace("| 4       | Key stage 2 ", "")
    table = (
        table.replace("| 7       | Key stage 3 ", "").replace("| 9 ", "| 31/13/2015 ").replace("| 12 ", "| 01/02/2014 ")
    )
    _, reports = read(comma_separated(tmp_path / "c.csv", table))
    assert told(reports) == [
        ("C2", "DOB", "(not shown)", "must be a date of birth, day first, that gives an age from 0 to 25")
    ]


def test_a_sheet_that_nobody_recognises(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="The headings of 'Lunch' are not those of any dataset"):
        read(saved(tmp_path / "x.xlsx", Lunch="Soup | Bread\n1 | 2"))


def test_a_dataset_may_be_named_by_the_person(tmp_path: Path) -> None:
    half = "Locality | Purpose | Kind of money\nCentral | Training | Revenue"
    _, reports = read(saved(tmp_path / "x.xlsx", Lunch=half), as_dataset="cluster_funding")
    assert [column for _, column, _, _ in told(reports)] == ["Revenue or capital", "Amount", "Financial year"]
    with pytest.raises(FileRefused, match="There is no dataset 'lunch'"):
        read(tmp_path / "x.xlsx", as_dataset="lunch")


def test_a_sheet_named_after_a_dataset_without_its_headings_is_a_problem(tmp_path: Path) -> None:
    _, reports = read(saved(tmp_path / "x.xlsx", Referrals="Soup | Bread\n1 | 2", Cluster_funding=FUNDING))
    assert [rule.partition(":")[0] for *_, rule in told(reports)] == ["no row has the headings of Referrals"]
