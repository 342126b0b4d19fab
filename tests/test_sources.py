"""Files from elsewhere, as they were published."""

from pathlib import Path

import pytest

from sendviz.datasets.published import RELEASE, PublishedFigure
from sendviz.sources import SOURCES
from sendviz.sources.ees import breakdown, period
from tests.sheets import read, saved, told

HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,"
    "la_name,breakdown_topic,breakdown,plans_issued_den,plans_issued_den_ex,plans_issued_within_20_weeks,"
    "plans_issued_20_weeks_ex,PC_plans_issued_20_weeks_ex"
)
PLACE = "Local authority,E92000001,England,E12000005,West Midlands,E06000021,861,Stoke-on-Trent"
ALL = "All EHC plans issued,All EHC plans issued"


def published(
    tmp_path: Path, *lines: str, head: str = HEAD
) -> tuple[list[PublishedFigure], list[tuple[str, str, str, str]]]:
    path = tmp_path / "timeliness.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8-sig")
    rows, reports = read(path, sources=SOURCES)
    return rows, told(reports)  # type: ignore[return-value]


def test_each_indicator_of_each_area_becomes_a_figure(tmp_path: Path) -> None:
    rows, problems = published(
        tmp_path,
        f"2024,Calendar year,National,E92000001,England,,,,,,{ALL},97747,90392,48000,42000,46.4",
        f"2024,Calendar year,Regional,E92000001,England,E12000005,West Midlands,,,,{ALL},9000,8000,4000,3500,43.8",
        f"2024,Calendar year,{PLACE},{ALL},546,519,180,170,32.8",
    )
    assert problems == []
    assert [(r.area_code, r.area_name, r.level) for r in rows[::4]] == [
        ("E92000001", "England", "England"), ("E12000005", "West Midlands", "Region"),
        ("E06000021", "Stoke-on-Trent", "LA"),
    ]  # fmt: skip
    stoke = {r.measure: r.value for r in rows[8:]}
    assert stoke == {
        "plans_issued_den": 546, "plans_issued_den_ex": 519, "plans_issued_within_20_weeks": 180,
        "plans_issued_20_weeks_ex": 170,
    }  # fmt: skip
    assert {(r.period, r.breakdown, r.symbol) for r in rows} == {("2024", "All", None)}


def test_symbols_are_kept_as_the_reason_why_there_is_no_value(tmp_path: Path) -> None:
    rows, problems = published(tmp_path, f"2024,Calendar year,{PLACE},Sex,Unknown,c,low,x,z,u")
    assert problems == []
    assert [(r.value, r.symbol) for r in rows] == [(None, "c"), (None, "low"), (None, "x"), (None, "z")]
    assert rows[0].breakdown == "Sex: Unknown"


@pytest.mark.parametrize(
    ("indicators", "identifier", "publication"),
    [
        ("ehcplans,mainstream_total", "Academic year", "plans in force"),
        ("new_ehc_plans,mainstream_total", "Calendar year", "new plans"),
        ("ehc_plans,number_asd", "Academic year", "primary needs of plans in force"),
        ("EHC_plans,Number_ASD", "Calendar year", "primary needs of new plans"),
        ("requests_received_in_year,requests_withdrawn", "Calendar year", "requests"),
        ("assess_in_year,assess_issued", "Calendar year", "assessments"),
        ("plans_issued_den,plans_issued_den_ex", "Calendar year", "20 weeks"),
        ("no_outcome,total_review_meeting", "Calendar year", "annual reviews"),
        ("max_age,total_ceased", "Calendar year", "ceased plans"),
        ("personal_budget,pb_health", "Academic year", "personal budgets"),
        ("res_52,res_tot", "Academic year", "residential placements"),
        ("open_trainee,open_wbp", "Academic year", "work-based placements"),
    ],
)
def test_each_table_of_the_release_is_told_by_an_indicator_of_its_own(
    indicators: str, identifier: str, publication: str, tmp_path: Path
) -> None:
    head = f"{HEAD.split(',plans')[0]},{indicators},some_pc"
    rows, problems = published(tmp_path, f"202425,{identifier},{PLACE},All EHC plans,All EHC plans,7,5,1.5", head=head)
    assert problems == []
    assert {(r.publication, r.period) for r in rows} == {(f"{RELEASE}: {publication}", "2024/25")}
    assert {(r.measure, r.value) for r in rows} == set(zip(indicators.lower().split(","), (7, 5), strict=True))


def test_the_first_of_a_repeated_heading_is_read() -> None:
    rows, reports = read(Path(__file__).parent / "published" / "annual_reviews.csv", sources=SOURCES)
    assert told(reports) == []
    stoke = {r.measure: r.value for r in rows if r.area_name == "Stoke-on-Trent"}  # type: ignore[attr-defined]
    assert (stoke["total_review_meeting"], stoke["no_outcome"], stoke["outcome_amend"]) == (2678, 2678, 0)


def test_a_table_saved_as_a_workbook(tmp_path: Path) -> None:
    line = [202425, "Academic year", *PLACE.split(","), "All EHC plans", "All EHC plans", 3405, "[c]"]
    head = [*HEAD.split(",plans")[0].split(","), "ehcplans", "mainstream_total"]
    rows, reports = read(saved(tmp_path / "caseload.xlsx", Sheet1=[head, line]), sources=SOURCES)
    assert told(reports) == []
    found = [(r.period, r.measure, r.value, r.symbol) for r in rows]  # type: ignore[attr-defined]
    assert found == [("2024/25", "ehcplans", 3405, None), ("2024/25", "mainstream_total", None, "c")]


def test_headings_in_another_case_and_order(tmp_path: Path) -> None:
    line = f"2024,Calendar year,{PLACE},{ALL},546,519,180,170,32.8"
    back = [",".join(reversed(text.split(","))) for text in (HEAD.upper(), line)]
    rows, problems = published(tmp_path, back[1], head=back[0])
    assert problems == [] and {r.measure: r.value for r in rows}["plans_issued_20_weeks_ex"] == 170


def test_a_figure_that_is_none_is_a_problem_at_its_cell(tmp_path: Path) -> None:
    _, problems = published(tmp_path, f"2024,Calendar year,{PLACE},{ALL},546,many,180,170,32.8")
    assert problems == [("N2", "plans_issued_den_ex", "many", "must be a number")]


def test_the_same_area_and_period_twice_is_a_problem(tmp_path: Path) -> None:
    line = f"2024,Calendar year,{PLACE},{ALL},546,519,180,170,32.8"
    _, problems = published(tmp_path, line, line)
    assert len(problems) == 4 and "each may occur once" in problems[0][3]


def test_periods_and_breakdowns() -> None:
    assert (period("2024"), period(202425), period("202425 ")) == ("2024", "2024/25", "2024/25")
    assert breakdown("All EHC plans", "all EHC plans ") == breakdown("Sex", "Total") == "All"
    assert breakdown("Sex", "Female") == "Sex: Female"
