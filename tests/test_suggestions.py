"""Headings nobody foresaw: likely columns are offered; a choice is remembered for that form of file, and removed."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendviz import intake
from sendviz.datasets import DATASETS
from sendviz.datasets.clusters import ClusterFunding
from sendviz.datasets.cohort import CohortPupil
from sendviz.loading import FileRefused, Report, SheetReport
from sendviz.loading.headings import likeliest, required
from sendviz.loading.suggestions import ask
from sendviz.store import Deed, NoSuchChoice, Store
from sendviz.vocabulary import Row
from tests.sheets import COHORT, FUNDING, comma_separated, read, saved, told

OTHER = FUNDING.replace("Purpose ", "Reason for spend").replace("Amount", "Awarded")
CHOSEN = {"purpose": "Reason for spend", "amount": "Awarded"}


def offered(report: SheetReport) -> dict[str, list[str]]:
    """For each field asked about, the headings offered."""
    return {q.field: [suggestion.heading for suggestion in q.suggestions] for q in report.questions}


def cohort(tmp_path: Path, *changes: tuple[str, str]) -> SheetReport:
    table = COHORT
    for old, new in changes:
        table = table.replace(old, new, 1)
    return read(saved(tmp_path / "c.xlsx", EHCP_cohort=table))[1][0]


def test_a_close_name_is_offered_with_the_reason(tmp_path: Path) -> None:
    report = cohort(tmp_path, ("School type", "Type of placement"), ("| Home LA", "| Residence"))
    assert offered(report) == {"home_la": [], "school_type": ["Type of placement"]}
    assert "School type may be 'Type of placement' (L1), since its name is like" in "\n".join(report.lines())
    [suggestion] = report.questions[1].suggestions
    assert (suggestion.cell, suggestion.reason) == (
        "L1", "its name is like 'Placement type' and 2 of its first 2 cells hold what is on the list of School type",
    )  # fmt: skip


def test_cells_speak_where_the_name_says_nothing(tmp_path: Path) -> None:
    report = cohort(tmp_path, ("Month end", "Taken on"), ("Pupil ID", "Key no"), ("Primary need", "Category 1"),
                    ("In care", "Flag 7"))  # fmt: skip
    assert offered(report) == {
        "month_end": ["Taken on"], "pupil_id": ["Key no"], "primary_need": ["Category 1"], "in_care": ["Flag 7"],
    }  # fmt: skip
    reasons = [question.suggestions[0].reason for question in report.questions]
    assert reasons == [
        "2 of its first 2 cells hold the last day of a month, such as 31/01/2026",
        "its cells are references, hardly any of them twice",
        "2 of its first 2 cells hold what is on the list of Primary need",
        "2 of its first 2 cells hold Y or N",
    ]


def test_a_report_keeps_its_questions_and_mends_on_its_way_between_processes(tmp_path: Path) -> None:
    table = OTHER.replace("2025/26", "2025")
    report = intake.check([saved(tmp_path / "f.xlsx", Cluster_funding=table)])
    assert report.files[0].questions and report.files[0].problems[-1].mend == "Type a financial year, such as 2024/25."
    assert Report.read(json.loads(json.dumps(report.written()))) == report


def test_a_name_that_its_cells_speak_against_is_not_offered(tmp_path: Path) -> None:
    report = cohort(tmp_path, ("City status", "In or out"), ("In care", "CLA status"), ("Age", "Age then"),
                    ("Home LA", "Home Local Authority"))  # fmt: skip
    assert offered(report) == {
        "age": ["Age then"], "in_care": ["CLA status"], "home_la": ["Home Local Authority"],
        "city_status": ["In or out"],
    }  # fmt: skip


def test_the_likelier_column_comes_first(tmp_path: Path) -> None:
    table = """
Case | Asked for on | Plan finalised on | Type of assessment | Exceptions | LA responsible | Need | Cluster
1    | 03/02/2025   | 16/06/2025        | Initial Assessment | N          | Y              | ASD  | North
"""
    _, [report] = read(saved(tmp_path / "p.xlsx", Final_plans=table))
    assert offered(report)["final_issued_date"][0] == "Plan finalised on"
    assert set(offered(report)["final_issued_date"]) == {"Asked for on", "Plan finalised on"}


def test_a_column_that_says_who_a_person_is_is_never_offered(tmp_path: Path) -> None:
    report = cohort(tmp_path, ("Pupil ID", "Pupil name"), ("School name", "Site"))
    assert offered(report) == {"pupil_id": [], "school": []}
    assert report.unused == ["Site"]


def test_a_column_that_may_be_left_out_is_not_lost_without_a_word(tmp_path: Path) -> None:
    table = """
Pupil ID | School type | School name | Locality | Placement start | Yearly cost | Placement id | As at
P1       | Special     | Oak School  | North    | 01/09/2024      | 45000       | 77           | 31/01/2026
"""
    rows, [report] = read(saved(tmp_path / "p.xlsx", Placements=table))
    assert (len(rows), report.problems, report.warnings) == (1, [], [])
    assert [(q.field, q.needed) for q in report.questions] == [("annual_cost", False)]
    assert "Annual cost may be 'Yearly cost' (F1), since its name is like 'Cost'" in report.lines()[0]


def test_a_number_is_not_offered_as_a_date(tmp_path: Path) -> None:
    table = OTHER.replace("1200", "45000").replace("Locality |", "Locality | Given |")
    table = table.replace("Central  |", "Central | 46000 |").replace("North    |", "North | 46001 |")
    _, [report] = read(saved(tmp_path / "f.xlsx", Money=table), as_dataset="cluster_funding")
    assert offered(report)["amount"] == ["Given", "Awarded"]
    _, [report] = read(saved(tmp_path / "f.xlsx", Money=table), as_dataset="placements")
    assert offered(report)["placement_start"] == []


def test_a_choice_is_kept_for_that_form_of_file_until_it_is_removed(store: Store, tmp_path: Path) -> None:
    path = saved(tmp_path / "f.xlsx", Cluster_funding=OTHER)
    [asked] = intake.check([path], store=store).files
    store.remember(asked.form, ClusterFunding, CHOSEN, "Jo")
    assert [(c.dataset, c.field, c.heading, c.who) for c in store.choices()] == [
        ("cluster_funding", "amount", "Awarded", "Jo"), ("cluster_funding", "purpose", "Reason for spend", "Jo"),
    ]  # fmt: skip
    assert dt.datetime.now(dt.UTC) - store.choices()[0].when < dt.timedelta(minutes=1)
    [answered] = intake.load([path], store, "Jo").files
    assert (answered.rows, answered.problems, answered.questions) == (2, [], [])
    number = store.choices()[0].id
    store.forget(number, "Al")
    removed, chosen = [entry for entry in store.log.entries() if entry.deed is Deed.CHANGED]
    assert (removed.who, removed.about) == ("Al", f"how: removed; number: {number}; what: column chosen by people")
    assert chosen.who == "Jo" and "Awarded" not in chosen.about, "a heading may hold a child's name"
    again = saved(tmp_path / "g.xlsx", Cluster_funding=OTHER.replace("1200", "1300"))
    assert offered(intake.check([again], store=store).files[0]) == {"amount": ["Awarded"]}


def test_a_form_is_the_same_whatever_the_order_case_and_place_of_its_headings(store: Store, tmp_path: Path) -> None:
    [asked] = intake.check([saved(tmp_path / "f.xlsx", Cluster_funding=OTHER)], store=store).files
    store.remember(asked.form, ClusterFunding, CHOSEN, "Jo")
    turned = """
Made in May
AWARDED | Locality | reason for spend | Financial year | Revenue or capital
1200    | Central  | Training         | 2025/26        | Revenue
"""
    assert intake.check([comma_separated(tmp_path / "t.csv", turned)], store=store).ok
    wider = saved(tmp_path / "w.xlsx", Cluster_funding=OTHER.replace("Locality |", "Locality | Note |"))
    assert not intake.check([wider], store=store).ok


def test_another_choice_takes_the_place_of_the_first(store: Store) -> None:
    store.remember("a", ClusterFunding, {"amount": "Awarded"}, "Jo")
    store.remember("b", ClusterFunding, {"amount": "Given"}, "Jo")
    store.remember("a", ClusterFunding, {"amount": "Paid"}, "Al")
    assert [(c.form, c.heading, c.who) for c in store.choices()] == [("a", "Paid", "Al"), ("b", "Given", "Jo")]
    with pytest.raises(KeyError, match="has no column 'sum'"):
        store.remember("a", ClusterFunding, {"sum": "Paid"}, "Al")
    with pytest.raises(NoSuchChoice, match="There is no choice 77"):
        store.forget(77, "Al")


STRANGE = """
Wo      | Wofür    | Art     | Wieviel | Jahr
Central | Training | Revenue | 1200    | 2025/26
"""


def test_a_sheet_with_none_of_the_headings_is_asked_about_when_a_person_says_what_it_is(
    store: Store, tmp_path: Path
) -> None:
    path = saved(tmp_path / "x.xlsx", Tabelle=STRANGE, Liste="A\n1")
    with pytest.raises(FileRefused):
        read(path)
    [asked] = intake.check([path], "cluster_funding", store).files
    assert (asked.sheet, asked.dataset, asked.warnings) == (
        "Tabelle",
        "cluster_funding",
        ["Sheet 'Liste' was not read."],
    )
    assert offered(asked) == {
        "locality": [], "purpose": [], "kind": ["Art"], "amount": ["Wieviel"], "financial_year": ["Jahr"],
    }  # fmt: skip
    assert asked.unused == ["Wo", "Wofür", "Art", "Wieviel", "Jahr"]
    chosen = dict(zip(offered(asked), asked.unused, strict=True))
    store.remember(asked.form, ClusterFunding, chosen, "Jo")
    [answered] = intake.check([path], store=store).files
    assert (answered.dataset, answered.rows, answered.problems) == ("cluster_funding", 1, [])


def test_a_sheet_named_after_a_dataset_without_its_headings_is_asked_about(tmp_path: Path) -> None:
    _, [report] = read(saved(tmp_path / "x.xlsx", Cluster_funding=STRANGE))
    assert [rule.partition(":")[0] for *_, rule in told([report])] == ["no row has the headings of Cluster funding"]
    assert report.form and offered(report)["financial_year"] == ["Jahr"]


def test_a_chosen_column_wins_over_what_its_heading_means_otherwise(store: Store, tmp_path: Path) -> None:
    table = COHORT.replace("School name", "Where    ").replace("| Home LA", "| Setting")
    path = saved(tmp_path / "c.xlsx", EHCP_cohort=table)
    [asked] = intake.check([path], store=store).files
    assert list(offered(asked)) == ["home_la"]  # "Setting" was taken for the school's name
    store.remember(asked.form, CohortPupil, {"home_la": "Setting"}, "Jo")
    [asked] = intake.check([path], store=store).files
    assert list(offered(asked)) == ["school"] and asked.unused == ["Where"]


any_cell = st.one_of(
    st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.dates(), st.none()
)


@given(
    st.sampled_from([*DATASETS.values()]), st.lists(st.lists(any_cell, min_size=1, max_size=8), min_size=2, max_size=6)
)
def test_whatever_stands_in_a_sheet_it_can_be_asked_about(row: type[Row], rows: list[list[object]]) -> None:
    first = list(enumerate(rows, 1))
    if found := likeliest(first, row):
        report = SheetReport("x.xlsx", "x")
        ask(found, required(row), first, report)
        headings = set(found.others().values())
        assert all(suggestion.heading in headings for q in report.questions for suggestion in q.suggestions)
        assert [q.field for q in report.questions if q.needed] == [field.name for field in required(row)]
