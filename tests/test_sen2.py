"""A SEN2 return becomes the cohort, referrals, final plans and placements: each rule of docs/sen2.md."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendviz.loading import Known
from sendviz.sources.sen2.period import Period, census_day
from sendviz.vocabulary import Row
from tests.returns import Made, changed, made


def months(rows: list[Row]) -> str:
    """The month ends of rows, as in 23-12 24-01."""
    return " ".join(f"{row.month_end:%y-%m}" for row in rows)


@pytest.mark.parametrize(
    ("start", "ceased", "expected"),
    [
        ("2020-03-01", "_", "23-12 24-01 24-02 24-03 24-04 24-05 24-06 24-07 24-08 24-09 24-10 24-11 24-12"),
        ("2024-10-31", "_", "24-10 24-11 24-12"),
        ("2024-02-15", "2024-06-30", "24-02 24-03 24-04 24-05"),
        ("2020-03-01", "2024-01-01", "23-12"),
        ("2024-03-05", "2024-03-20", ""),
        ("2025-01-05", "_", ""),
        ("2020-03-01", "2023-06-01", ""),
    ],
)
def test_a_pupil_is_in_the_cohort_from_the_start_of_the_plan_until_it_ceased(
    tmp_path: Path, start: str, ceased: str, expected: str
) -> None:
    plan = f"namedplantableid | assessmenttableid | StartDate | CeaseDate\nN1 | E1 | {start} | {ceased}"
    rows, said = made(tmp_path, changed(NamedPlan=plan))
    assert months(rows["ehcp_cohort"]) == expected and said == []


def test_ages_and_places_are_those_of_each_month_end(tmp_path: Path) -> None:
    rows, _ = made(tmp_path, changed(PlacementDetail="""
        placementdetailtableid | activeplanstableid | URN    | SENsetting | PlacementRank | EntryDate  | LeavingDate
        S1                     | L1                 | _      | EHE        | 1             | 2024-03-10 | 2024-09-01
        S2                     | L1                 | 100002 | _          | 1             | 2024-09-01 | _
        S3                     | L1                 | 100001 | _          | 2             | 2024-09-01 | _"""
    ))  # fmt: skip
    found = {f"{r.month_end:%y-%m}": (r.age, r.nc_year, r.key_stage, r.school, r.school_type, r.locality, r.city_status)
             for r in rows["ehcp_cohort"]}  # fmt: skip
    elm = ("Elm Primary", "Mainstream", "Central", "In city")
    assert found["24-02"] == (9, 4, "Key stage 2", *elm)  # before any placement: the setting that the plan names
    assert found["24-08"] == (9, 4, "Key stage 2", "Elective home education", "Out of school", *["Not recorded"] * 2)
    assert found["24-09"] == (9, 5, "Key stage 2", "Oak School", "Special", "North", "Out of city")
    assert found["24-10"][:2] == (10, 5)


def test_what_a_return_tells_of_a_pupil(tmp_path: Path) -> None:
    row = made(tmp_path, changed())[0]["ehcp_cohort"][0]
    assert (row.pupil_id, row.gender, row.primary_need) == ("A1", "Female", "Autistic spectrum disorder")
    assert (row.home_la, row.funding_la, row.urn) == ("Stoke-on-Trent", "Stoke-on-Trent", "100002")
    assert row.in_care is None  # a return does not ask: that is not a no


def test_a_unit_in_a_school_is_a_special_resource_provision(tmp_path: Path) -> None:
    rows, _ = made(tmp_path, changed(ActivePlans="activeplanstableid | requeststableid", SENneed="activeplanstableid",
        PlacementDetail="placementdetailtableid", PlanDetail="""
        plandetailtableid | namedplantableid | URN    | PlacementRank | SENunitIndicator | ResourcedProvisionIndicator
        D1                | N1               | 100001 | 1             | 0                | true"""))  # fmt: skip
    assert {r.school_type for r in rows["ehcp_cohort"]} == {"Special resource provision"}
    assert {r.primary_need for r in rows["ehcp_cohort"]} == {"Not recorded"}


def test_a_school_that_is_not_among_the_settings_is_shown_by_its_number(tmp_path: Path) -> None:
    rows, said = made(tmp_path, changed(), Known("Stoke-on-Trent"))
    assert {(r.school, r.school_type, r.setting) for r in rows["ehcp_cohort"]} == {
        ("URN 100002", "Not recorded", "Not recorded")
    }
    assert len(said) == 1 and said[0].startswith("2 of 2 schools are not among the settings")


AGAIN = {
    "Requests": """
        requeststableid | persontableid | ReceivedDate | RequestSource | RequestOutcome | RequestOutcomeDate
        R1              | P1            | 2019-11-01   | 1             | H              | _
        R2              | P1            | 2024-02-01   | 2             | Y              | 2024-03-10""",
    "Assessment": """
        assessmenttableid | requeststableid | AssessmentOutcome | Week20
        E1                | R1              | H                 | _
        E2                | R2              | Y                 | 1""",
}  # fmt: skip


@pytest.mark.parametrize(
    ("ceased", "expected", "kind"),
    [
        ("2024-01-15", "23-12 24-07 24-08 24-09 24-10 24-11 24-12", "Initial Assessment"),
        (
            "2024-09-01",
            "23-12 24-01 24-02 24-03 24-04 24-05 24-06 24-07 24-08 24-09 24-10 24-11 24-12",
            "Re-Assessment",
        ),
    ],
)
def test_a_second_plan_counts_once_and_after_the_first(tmp_path: Path, ceased: str, expected: str, kind: str) -> None:
    rows, said = made(tmp_path, changed(**AGAIN, NamedPlan=f"""
        namedplantableid | assessmenttableid | StartDate  | CeaseDate
        N1               | E1                | 2020-03-01 | {ceased}
        N2               | E2                | 2024-07-05 | _"""
    ))  # fmt: skip
    assert said == [] and months(rows["ehcp_cohort"]) == expected
    assert [(r.referral_id, r.assessment_type, r.outcome) for r in rows["referrals"]] == [
        ("R2", kind, "Assessment agreed")
    ]
    plan = rows["plans"][0]
    assert (plan.plan_id, plan.request_date, plan.final_issued_date) == ("N2", dt.date(2024, 2, 1), dt.date(2024, 7, 5))
    assert (plan.weeks, plan.exception, plan.la_responsible, plan.assessment_type) == (
        155 / 7, "Exception applies", True, kind,
    )  # fmt: skip


def test_referrals_are_the_requests_received_in_the_year(tmp_path: Path) -> None:
    rows, said = made(tmp_path, changed(Requests="""
        requeststableid | persontableid | ReceivedDate | RequestSource | RequestOutcome | RequestOutcomeDate
        R1              | P1            | 2023-12-31   | 1             | Y              | 2024-02-01
        R2              | P1            | 2024-01-01   | 1             | N              | 2024-02-01
        R3              | P1            | 2024-05-01   | 3             | W              | _
        R4              | P1            | 2024-12-31   | 9             | S              | _
        R5              | P1            | 2025-01-02   | 2             | A              | _"""
    ))  # fmt: skip
    assert [(r.referral_id, r.source, r.outcome, r.decision_date) for r in rows["referrals"]] == [
        ("R2", "Parent or young person", "Not agreed", dt.date(2024, 2, 1)),
        ("R3", "Health", "Withdrawn", None),
        ("R4", "Code 9", "Code S", None),
    ]
    assert said == [
        "requestsource 9 is not a code that is known (Blade-Export_28-01-2025_requests.csv, E5): kept as 'Code 9'.",
        "requestoutcome S is not a code that is known (Blade-Export_28-01-2025_requests.csv, H5): kept as 'Code S'.",
    ]


def test_a_plan_from_another_authority_is_ours_but_was_not_issued_here(tmp_path: Path) -> None:
    rows, said = made(tmp_path, changed(
        Requests=AGAIN["Requests"].replace("R1              | P1            | 2019", "R0 | P1 | 2019"),
        Assessment="assessmenttableid | requeststableid | AssessmentOutcome\nE1 | R2 | Y",
        NamedPlan="namedplantableid | assessmenttableid | StartDate | CeaseDate\nN1 | E1 | 2024-06-03 | _",
        ActivePlans="activeplanstableid | requeststableid | TransferLA\nL1 | R2 | 384",
    ))  # fmt: skip
    assert rows["referrals"] == [] and [plan.la_responsible for plan in rows["plans"]] == [False]
    assert months(rows["ehcp_cohort"]).startswith("24-06")
    assert said == ["1 plan came from another authority during 2024; the return does not say when, so they count from "
                    "the plan's own start."]  # fmt: skip


def test_an_amended_plan_was_not_issued_in_the_year(tmp_path: Path) -> None:
    plan = "namedplantableid | assessmenttableid | StartDate | CeaseDate\nN1 | E1 | 2024-06-03 | _"
    rows, _ = made(tmp_path, changed(NamedPlan=plan))
    assert rows["plans"] == []


def test_placements_stand_as_on_the_census_day(tmp_path: Path) -> None:
    rows, said = made(tmp_path, changed(PlacementDetail="""
        placementdetailtableid | activeplanstableid | URN    | SENsetting | PlacementRank | EntryDate  | LeavingDate
        S1                     | L1                 | 100002 | _          | 1             | 2021-09-01 | 2024-07-20
        S2                     | L1                 | 100001 | _          | 1             | 2024-09-01 | _
        S3                     | L1                 | 100001 | _          | 2             | 2024-09-01 | _"""
    ))  # fmt: skip
    assert sorted((r.school, r.as_at, r.active, r.annual_cost) for r in rows["placements"]) == [
        ("Elm Primary", dt.date(2025, 1, 16), True, None), ("Oak School", dt.date(2025, 1, 16), False, None),
    ]  # fmt: skip
    assert said == ["1 placement stands there twice and counts once; the first is at "
                    "Blade-Export_28-01-2025_placement_detail.csv, I4."]  # fmt: skip


days = st.dates(dt.date(2023, 9, 1), dt.date(2025, 2, 1))


@given(st.lists(st.lists(st.tuples(days, st.none() | st.integers(0, 400)), max_size=3), min_size=1, max_size=5))
def test_the_cohort_is_who_has_a_plan_in_force(persons: list[list[tuple[dt.date, int | None]]]) -> None:
    what = Made()
    spans: list[list[tuple[dt.date, dt.date | None]]] = []
    for n, plans in enumerate(persons):
        person = what.add("Person", UPN=f"A{n}", PersonBirthDate="2012-01-01", Sex="M")
        spans.append([(start, start + dt.timedelta(lasts) if lasts is not None else None) for start, lasts in plans])
        for start, ceased in spans[-1]:
            request = what.add("Requests", person, ReceivedDate="2022-01-01", RequestOutcome="H")
            assessment = what.add("Assessment", request, AssessmentOutcome="H")
            what.add("NamedPlan", assessment, StartDate=start, CeaseDate=ceased)
    with TemporaryDirectory() as folder:
        rows, said = made(Path(folder), what)
    assert said == []
    for end in Period(dt.date(2025, 1, 16)).month_ends:
        held = {f"A{n}" for n, plans in enumerate(spans) if any(s <= end and (c is None or c > end) for s, c in plans)}
        assert sorted(held) == sorted(row.pupil_id for row in rows["ehcp_cohort"] if row.month_end == end)


def test_the_census_day_is_the_third_thursday_of_january() -> None:
    assert [census_day(year).day for year in (2023, 2024, 2025, 2026)] == [19, 18, 16, 15]
