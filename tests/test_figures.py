"""Figures: small tables in, figures out; and the same worked out again in pandas, on random data."""

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendviz.answer import Answer, Figure
from sendviz.datasets import cohort, placements, plans, referrals, survey
from sendviz.datasets import settings as settings_data
from sendviz.figures import answer, key_number
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit
from tests.written import made, put, rows_of

OPEN = Settings(withhold_below=1)  # what is counted; what is withheld has tests of its own
JAN, FEB, MAR = (dt.date(2026, month, 1) for month in (1, 2, 3))


def asked(store: Store, exhibit: Exhibit, **chosen: object) -> Answer:
    return answer(exhibit, Selection.of(**chosen), store, OPEN)  # type: ignore[arg-type]


def values(rows: tuple[Figure, ...]) -> dict[object, float | str | None]:
    return {row.at[0] if len(row.at) == 1 else row.at: row.mark or row.value for row in rows}


COHORT = """
pupil_id | month_end  | school_type | in_care | locality
A        | 31/01/2026 | Mainstream  | N       | North
A        | 28/02/2026 | Special     | N       | North
B        | 31/01/2026 | Mainstream  | Y       | Central
B        | 28/02/2026 | Mainstream  | Y       | Central
C        | 28/02/2026 | Independent | N       | North
"""


@pytest.fixture
def cohort_store(store: Store) -> Store:
    put(store, rows_of(cohort.CohortPupil, COHORT))
    return store


def test_the_cohort_stands_at_each_month_end(cohort_store: Store) -> None:
    assert values(asked(cohort_store, cohort.over_time).figures[0].rows) == {JAN: 2, FEB: 3}


def test_a_filter_acts_on_a_stock(cohort_store: Store) -> None:
    assert values(asked(cohort_store, cohort.over_time, where={"locality": ["North"]}).figures[0].rows) == {
        JAN: 1,
        FEB: 2,
    }
    assert values(asked(cohort_store, cohort.over_time, start=FEB).figures[0].rows) == {FEB: 3}


def test_a_share_keeps_its_parts(cohort_store: Store) -> None:
    last = asked(cohort_store, cohort.care).figures[0].rows[-1]
    assert (last.numerator, last.denominator, last.value) == (1, 3, pytest.approx(1 / 3))


def test_the_latest_month_end_alone(cohort_store: Store) -> None:
    by_type = asked(cohort_store, cohort.by_school_type)
    assert {row.at: row.value for row in by_type.figures[0].rows if row.at[0] == FEB} == {
        (FEB, "Mainstream", "Mainstream"): 1, (FEB, "Not mainstream", "Special"): 1,
        (FEB, "Not mainstream", "Independent"): 1,
    }  # fmt: skip
    assert values(by_type.totals[("month", "setting")][0].rows)[(FEB, "Not mainstream")] == 2


def test_moves_are_the_joins_between_month_ends(cohort_store: Store) -> None:
    moves = asked(cohort_store, cohort.moves_into_special).figures[0].rows
    assert {row.at[0]: row.value for row in moves}[FEB] == 1
    assert not asked(cohort_store, cohort.moves_into_independent).figures[0].rows[-1].value  # C is new, not moved


def test_a_month_without_an_extract_is_not_available(store: Store) -> None:
    put(store, rows_of(cohort.CohortPupil, "pupil_id | month_end\nA | 31/01/2026\nA | 31/03/2026"))
    assert values(asked(store, cohort.over_time).figures[0].rows) == {JAN: 1, FEB: "x", MAR: 1}


REFERRALS = """
referral_id | referral_date | outcome           | source | locality
1           | 05/01/2026    | Assessment agreed | Health | North
2           | 06/01/2026    | Not agreed        | School | North
3           | 07/03/2026    | Pending           | School | North
4           | 08/03/2026    | Assessment agreed | School | Central
"""


def test_referrals_by_month_and_year(store: Store) -> None:
    put(store, rows_of(referrals.Referral, REFERRALS))
    table = asked(store, referrals.table)
    assert values(table.figures[0].rows) == {JAN: 2, FEB: 0, MAR: 2}
    assert values(table.figures[1].rows) == {JAN: 0.5, FEB: "x", MAR: 0.5}  # a share of nothing is not available
    year = table.totals[("year",)]
    assert (year[0].rows[0].at, year[0].rows[0].value, year[1].rows[0].value) == ((2026,), 4, 0.5)
    assert table.notes == ("1 of these referrals is still pending and counts as not (yet) resulting in assessment.",)


def test_weeks_are_a_total_over_a_total(store: Store) -> None:
    put(store, rows_of(plans.FinalPlan, """
        plan_id | request_date | final_issued_date | exception | la_responsible
        1       | 01/09/2025   | 19/01/2026        | N         | Y
        2       | 01/09/2025   | 20/01/2026        | N         | Y
        3       | 01/09/2025   | 26/01/2026        | Y         | Y
        4       | 01/01/2025   | 26/01/2026        | N         | N
    """))  # fmt: skip
    assert values(asked(store, plans.plans_issued).figures[0].rows) == {JAN: 3}
    assert values(asked(store, plans.plans_mean_weeks).figures[0].rows) == {
        JAN: pytest.approx((140 + 141 + 147) / 7 / 3)
    }
    within, excluding = asked(store, plans.plans_timeliness).figures
    assert (within.rows[0].numerator, within.rows[0].denominator) == (1, 3)
    assert (excluding.rows[0].numerator, excluding.rows[0].denominator) == (1, 2)


def test_a_placement_without_a_cost_is_left_out_of_the_average_and_said(store: Store) -> None:
    put(store, rows_of(placements.Placement, """
        pupil_id | school_type | placement_start | placement_end | annual_cost | as_at
        A        | Special     | 01/09/2024      |               | 20000.50    | 31/01/2026
        B        | Special     | 01/09/2024      |               |             | 31/01/2026
        C        | Special     | 01/09/2024      | 31/01/2026    | 90000       | 31/01/2026
        D        | Special     | 01/09/2024      |               | 30000       | 31/01/2026
    """))  # fmt: skip
    cost = asked(store, placements.cost_by_type)
    assert values(cost.figures[0].rows) == {"Special": pytest.approx(25_000.25)}
    assert values(asked(store, placements.by_type).figures[0].rows) == {"Special": 3}
    assert cost.notes[0].startswith("1 active placement")


def test_a_combination_no_row_has_is_nought(store: Store) -> None:
    put(store, rows_of(settings_data.Setting, """
        urn | locality | phase   | status
        1   | Central  | Primary | Open
        2   | North    | Nursery | Open
    """))  # fmt: skip
    assert values(asked(store, settings_data.cluster_settings).figures[0].rows)[("Central", "Nursery")] == 0


def test_a_respondent_counts_once_and_shares_are_of_those_who_answered(store: Store) -> None:
    put(store, rows_of(survey.Answer, """
        response_id | phase   | question | kind         | answer
        1           | Primary | Q        | Many choices | Cake
        1           | Primary | Q        | Many choices | Tea
        2           | Primary | Q        | Many choices | Tea
        3           | Nursery | R        | One choice   | Yes
    """))  # fmt: skip
    shares = values(asked(store, survey.survey_answers).figures[0].rows)
    assert (shares["Q", "Primary", "Cake"], shares["Q", "Primary", "Tea"]) == (0.5, 1.0)
    assert values(asked(store, survey.survey_responses).figures[0].rows) == {"Nursery": 1, "Primary": 2}


def test_a_key_number_that_stays_the_same_points_nowhere(store: Store) -> None:
    put(store, rows_of(cohort.CohortPupil, "pupil_id | month_end\nA | 31/01/2025\nA | 31/01/2026"))
    number = key_number(cohort.pupils, Selection(), store, OPEN)
    assert (number.change, number.rises) == ("the same as in January 2025", None)


def test_key_numbers_say_their_change(store: Store) -> None:
    lines = "\n".join(f"P{n} | 31/01/{year}" for year, many in ((2025, 40), (2026, 47)) for n in range(many))
    put(store, rows_of(cohort.CohortPupil, "pupil_id | month_end\n" + lines))
    number = key_number(cohort.pupils, Selection(), store, OPEN)
    assert (number.text, number.period, number.change, number.rises) == (
        "47",
        "January 2026",
        "7 more than in January 2025",
        True,
    )


MONTHS = st.sampled_from([dt.date(2025, 12, 31), dt.date(2026, 1, 31), dt.date(2026, 2, 28)])
PUPILS = st.fixed_dictionaries({
    "pupil_id": st.sampled_from("ABCDEFGH"), "month_end": MONTHS,
    "school_type": st.sampled_from(["Mainstream", "Special", "Independent"]),
    "locality": st.sampled_from(["North", "Central"]), "in_care": st.booleans(),
    "key_stage": st.sampled_from(["Key stage 1", "Key stage 2"]),
})  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PUPILS, min_size=1, max_size=40, unique_by=lambda r: (r["pupil_id"], r["month_end"])), st.booleans())
def test_cohort_figures_are_those_of_pandas(
    store_maker: Callable[[], Store], pupils: list[dict], filtered: bool
) -> None:
    store = store_maker()
    put(store, [made(cohort.CohortPupil, n, cells) for n, cells in enumerate(pupils)])
    frame = pd.DataFrame(pupils)
    frame["month"] = [day.replace(day=1) for day in frame["month_end"]]
    if filtered:
        frame = frame[frame.locality == "North"]
    where = {"locality": ["North"]} if filtered else {}
    for exhibit, by in ((cohort.over_time, ["month"]), (cohort.by_key_stage, ["month", "key_stage"])):
        counted = frame.groupby(by).size()
        expected = {key if isinstance(key, tuple) else (key,): count for key, count in counted.items()}
        found = {row.at: row.value for row in asked(store, exhibit, where=where).figures[0].rows if row.value}
        assert found == expected
    cared = frame[frame.in_care].groupby("month").size().to_dict()
    assert {
        r.at[0]: r.numerator for r in asked(store, cohort.care, where=where).figures[0].rows if r.numerator
    } == cared
