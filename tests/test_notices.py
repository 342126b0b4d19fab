"""What is told but does not stop a load, with the figure now and the figure before."""

from pathlib import Path

import pytest

from sendviz.datasets import ROWS
from sendviz.datasets.activities import Activity
from sendviz.datasets.cohort import CohortPupil
from sendviz.datasets.expenditure import Spend
from sendviz.datasets.health import HealthFigure
from sendviz.datasets.referrals import Referral
from sendviz.intake import check, load
from sendviz.loading.moved import Before, moved
from sendviz.store import Store
from tests.sheets import saved
from tests.test_store import APR, FEB, JAN, MAR

PLANS = "Plan ID | Pupil ID | Request date | Final issued date | Assessment type | Exception | LA responsible | " \
        "Primary need | School type | Locality"  # fmt: skip


def referrals(path: Path, **months: int) -> Path:
    """Referrals, so many in each month of 2026 (jan=3)."""
    head = ("Referral ID", "Pupil ID", "Referral date", "Assessment type", "Source", "Outcome", "School name", "Phase",
            "Locality")  # fmt: skip
    numbers = {"jan": 1, "feb": 2, "mar": 3, "apr": 4}
    rest = ("Initial Assessment", "Health", "Pending", "Elm", "Primary", "North")
    rows = [
        (f"{month}{n}", f"P{n}", f"{n % 27 + 1:02d}/{numbers[month]:02d}/2026", *rest)
        for month, count in months.items() for n in range(count)
    ]  # fmt: skip
    return saved(path, Referrals=[head, *rows])


def cohort(path: Path, month_end: str, pupils: int) -> Path:
    """A month end's cohort of so many pupils."""
    head = ("Month end", "Pupil ID", "Age", "NC year", "Key stage", "Gender", "Primary need", "In care", "Home LA",
            "Funding LA", "City status", "School type", "School name", "Locality")  # fmt: skip
    rest = (9, 4, "Key stage 2", "F", "ASD", "N", "Stoke", "Stoke", "In city", "Mainstream", "Elm", "Central")
    return saved(path, EHCP_cohort=[head, *((month_end, f"P{n}", *rest) for n in range(pupils))])


def warnings(store: Store, path: Path) -> list[str]:
    return [warning for file in check([path], store=store).files for warning in file.warnings]


def in_place(span: str, then: int, now: int) -> str:
    return (
        f"This takes the place of what was loaded for {span} ({then} rows, now {now}): to have that back, undo this "
        "upload."
    )


def test_a_month_loaded_again_with_far_fewer_rows_is_named_with_both_figures(store: Store, tmp_path: Path) -> None:
    load([referrals(tmp_path / "a.xlsx", jan=10, feb=10, mar=10)], store, "Ann")
    assert warnings(store, referrals(tmp_path / "b.xlsx", jan=9, feb=10, mar=10)) == [
        in_place("January 2026 to March 2026", 30, 29)
    ]
    assert warnings(store, referrals(tmp_path / "c.xlsx", jan=7, feb=15, mar=10)) == [
        "February 2026 has 15 rows and had 10 before (50% more), and 1 more period moved by over 20%. "
        "Check that all is there.",
        in_place("January 2026 to March 2026", 30, 32),
    ]
    assert warnings(store, referrals(tmp_path / "d.xlsx", jan=10, feb=10, mar=1)) == [
        "March 2026 has 1 row and had 10 before (90% fewer). Check that all is there.",
        in_place("January 2026 to March 2026", 30, 21),
    ]
    assert warnings(store, referrals(tmp_path / "e.xlsx", apr=1)) == [
        "1 row a month; the last upload had 10 (90% fewer). Check that all is there."
    ]


def test_a_cohort_is_held_against_the_month_end_before(store: Store, tmp_path: Path) -> None:
    load([cohort(tmp_path / "jan.xlsx", "31/01/2026", 10)], store, "Ann")
    assert warnings(store, cohort(tmp_path / "feb.xlsx", "28/02/2026", 11)) == []
    fewer = "February 2026 has 7 rows and January 2026 10 (30% fewer). Check that all is there."
    assert warnings(store, cohort(tmp_path / "few.xlsx", "28/02/2026", 7))[0] == fewer


def test_counts_stored_are_those_of_each_month_end(store: Store, tmp_path: Path) -> None:
    files = [cohort(tmp_path / "jan.xlsx", "31/01/2026", 4), cohort(tmp_path / "mar.xlsx", "31/03/2026", 3),
             referrals(tmp_path / "r.xlsx", jan=2, apr=1)]  # fmt: skip
    assert load(files, store, "Ann").stored
    assert store.counts(CohortPupil) == {JAN: 4, MAR: 3}
    assert store.counts(Referral) == {JAN: 2, FEB: 0, MAR: 0, APR: 1}
    assert store.counts(Activity) == store.counts(Spend) == {}


def test_years_are_compared_as_months_are() -> None:
    assert moved(Spend, {"2024/25": 30}, 30, Before({"2024/25": 44}, rows=44)) == [
        "2024/25 has 30 rows and had 44 before (32% fewer). Check that all is there.",
        in_place("2024/25", 44, 30),
    ]


def test_an_upload_of_something_else_is_not_compared() -> None:
    assert moved(HealthFigure, {}, 30, Before(file="a.xlsx", rows=300)) == []


def test_nothing_is_said_of_what_was_not_there_before() -> None:
    assert moved(Referral, {JAN: 5}, 5, Before({JAN: 0})) == []


@pytest.mark.parametrize(
    "reason",
    ["School closed for four weeks or more", "Educational institution closed for 4 weeks", "Absent from area", "Y"],
)
def test_a_reason_of_regulation_10_4_is_no_news(tmp_path: Path, reason: str) -> None:
    row = f"P1 | A1 | 01/09/2025 | 05/01/2026 | Initial Assessment | {reason} | Y | ASD | Special | North"
    assert check([saved(tmp_path / "p.xlsx", Final_plans=f"{PLANS}\n{row}")]).files[0].warnings == []


def test_another_reason_is_news_with_the_number_of_rows(tmp_path: Path) -> None:
    row = "{} | A1 | 01/09/2025 | 05/01/2026 | Initial Assessment | {} | Y | ASD | Special | North"
    table = "\n".join((PLANS, row.format("P1", "Busy"), row.format("P2", "N"), row.format("P3", "Busy")))
    assert check([saved(tmp_path / "p.xlsx", Final_plans=table)]).files[0].warnings == [
        "Exception not seen before: 'Busy' (F2: 2 of 3 rows). Check the spelling."
    ]


def test_every_dataset_can_be_counted(store: Store) -> None:
    assert {name: store.counts(row) for name, row in ROWS.items()} == {name: {} for name in ROWS}
