"""Published figures on their way in: what replaces what, symbols, and what is odd in a publication."""

from pathlib import Path

import pytest

from sample_data.make import HERE
from sendviz.datasets import comparisons
from sendviz.datasets.wholes import Odd, odd
from sendviz.exports import csv
from sendviz.store import Store
from sendviz.tables import table
from tests.released import ENGLAND, STOKE, WAKEFIELD, by_place, release, shown, warned


def test_symbols_are_shown_as_such_and_never_as_nought(store: Store, tmp_path: Path) -> None:
    symbols = [("2019", "c"), ("2020", "[low]"), ("2021", "u"), ("2022", "z"), ("2023", "k"), ("2024", "x")]
    lines = [(STOKE, period, symbol) for period, symbol in symbols]
    warned(store, release(tmp_path / "r.csv", "Requests_Received_In_Year", (ENGLAND, "2019", "100"), *lines))
    given = shown(store, comparisons.compare_requests)
    counts = by_place(given, comparisons.requests)
    assert [counts[STOKE, period].mark for period, _ in symbols] == ["c", "low", "u", "z", "k", "x"]
    assert [counts[STOKE, period].value for period, _ in symbols] == [None] * 6
    cells = [row.cells[-1].text for row in table(given).rows if row.cells[0].text == STOKE]
    assert cells == ["[c]", "[low]", "[u]", "[z]", "[k]", "[x]"]
    assert set(table(given).marks) == {"c", "low", "u", "z", "k", "x"}
    written = tmp_path / "out.csv"
    with written.open("w", newline="") as file:
        csv([given], file)
    assert f",{STOKE},LA,2020,,,,low" in written.read_text()


def test_publications_and_areas_do_not_take_each_others_place(store: Store, tmp_path: Path) -> None:
    first = release(
        tmp_path / "a.csv", "ehcplans,mainstream_total", (STOKE, "202425", "100,60"), (WAKEFIELD, "202425", "200,90"),
        identifier="Academic year",
    )  # fmt: skip
    of_new_plans = release(tmp_path / "b.csv", "new_ehc_plans,mainstream_total", (STOKE, "2024", "10,9"))
    revised = release(tmp_path / "c.csv", "EHCplans,mainstream_total", (STOKE, "202425", "101,61"),
                      identifier="Academic year")  # fmt: skip
    for path in (first, of_new_plans, revised):
        warned(store, path)
    plans = by_place(shown(store, comparisons.compare_plans), comparisons.plans)
    assert {at: row.value for at, row in plans.items()} == {(STOKE, "2024/25"): 101, (WAKEFIELD, "2024/25"): 200}
    shares = by_place(shown(store, comparisons.compare_placements), comparisons.placement_share)
    assert {(*at, row.numerator) for at, row in shares.items()} == {
        (STOKE, "2024/25", "Mainstream school", 61), (WAKEFIELD, "2024/25", "Mainstream school", 90),
    }  # fmt: skip
    assert [upload.state for upload in store.uploads()] == ["active"] * 3


def test_what_a_rule_can_tell_is_warned_of(store: Store) -> None:
    said = warned(
        store, HERE / "newplans.csv", HERE / "Published figures.xlsx",
        Path(__file__).parent / "published" / "annual_reviews.csv",
    )  # fmt: skip
    assert "new_ehc_plans 6,078 in 2022: Barnsley (beside 294 and 400)" in said
    assert "Wakefield (beside 431 and 424)" in said
    assert "Wakefield 2025-11 (4,097 of 4,111, 14 short)" in said
    assert "Every known outcome is 0, as if none was recorded: Stoke-on-Trent 2024 (2,678 of" in said
    assert "Counts below zero: Stoke-on-Trent 2024 review_decision_outstanding -129." in said


@pytest.mark.parametrize(
    ("course", "found"),
    [((431, 6078, 424), 6078), ((500, 90, 510), 90), ((10, 59, 8), None), ((100, 300, 600), None), ((0, 50, 0), 50)],
)  # fmt: skip
def test_a_figure_far_from_those_beside_it_is_odd(course: tuple[float, float, float], found: float | None) -> None:
    told = list(odd(zip(("2021", "2022", "2023"), course, strict=True)))
    assert told == ([Odd("2022", found, course[0], course[2])] if found is not None else [])
