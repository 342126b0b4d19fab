"""The table beside each chart: one layout for every shape of answer, with nothing worked out that is withheld."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sendviz.answer import Answer, Figure, Figures
from sendviz.datasets import EXHIBITS
from sendviz.selection import Selection
from sendviz.tables import Table, small_number_rule, table, texts

JANUARY, FEBRUARY = dt.date(2025, 1, 1), dt.date(2025, 2, 1)
At = tuple[object, ...]
Given = Mapping[At, float | str | tuple[float, float]]  # a count, a mark, or numerator and denominator


def figure(at: At, given: float | str | tuple[float, float]) -> Figure:
    """A figure as a test writes it."""
    if isinstance(given, str):
        return Figure(at, None, None, None, given)
    if isinstance(given, tuple):
        return Figure(at, given[0], given[1], given[0] / given[1])
    return Figure(at, given, None, given)


def answer(
    exhibit_id: str, *given: Given, totals: Mapping[tuple[str, ...], Sequence[Given]] | None = None, **more: Any
) -> Answer:
    """An answer of this exhibit with these figures, one mapping for each measure; total levels likewise."""
    exhibit = EXHIBITS[exhibit_id]

    def made(dimensions: tuple[str, ...], given: Sequence[Given]) -> tuple[Figures, ...]:
        return tuple(
            Figures(measure, dimensions, tuple(figure(at, value) for at, value in found.items()))
            for measure, found in zip(exhibit.measures, given, strict=True)
        )

    parts: dict[str, Any] = {
        "exhibit": exhibit, "selection": Selection(), "figures": made(exhibit.by, given),
        "totals": {dimensions: made(dimensions, found) for dimensions, found in (totals or {}).items()},
        "headline": "A headline", "alt": "A headline.", "period": "February 2025", "span": "", "source": "Capita ONE",
        "as_of": dt.date(2025, 2, 28),
    }  # fmt: skip
    return Answer(**parts | more)


def lines(made: Table) -> list[str]:
    """The table as text: the heading, then a line for each row, a total or a year marked with `>`."""
    rows = [" | ".join(cell.text for cell in row.cells) for row in made.rows]
    marked = [line if row.level else f"> {line}" for line, row in zip(rows, made.rows, strict=True)]
    return [" | ".join(column.label for column in made.columns), *marked]


def test_years_open_into_months_and_a_share_shows_its_parts() -> None:
    made = table(
        answer(
            "referrals-table",
            {(JANUARY,): 73, (FEBRUARY,): 55},
            {(JANUARY,): (60, 73), (FEBRUARY,): "c"},
            totals={("year",): [{(2025,): 128}, {(2025,): (96, 128)}], (): [{(): 128}, {(): (96, 128)}]},
        )
    )
    assert made.opens
    assert lines(made) == [
        "Month | Referrals | Referrals resulting in assessment: Number | Referrals resulting in assessment: %",
        "> 2025 | 128 | 96 | 75.0%",
        "January 2025 | 73 | 60 | 82.2%",
        "February 2025 | 55 | [c] | [c]",
        "> Total | 128 | 96 | 75.0%",
    ]


def test_categories_of_months_go_across_with_their_total() -> None:
    made = table(
        answer(
            "cohort-key-stage",
            {(m, stage): n for m in (JANUARY, FEBRUARY) for stage, n in (("Reception", 10), ("Key stage 1", 1200))},
            totals={("month",): [{(JANUARY,): 1210, (FEBRUARY,): 1210}], (): [{(): 2420}]},
        )
    )
    assert lines(made) == [  # no total of month ends: they are the same pupils again
        "Month | Reception | Key stage 1 | Total",
        "January 2025 | 10 | 1,200 | 1,210",
        "February 2025 | 10 | 1,200 | 1,210",
    ]


def test_a_group_of_categories_comes_before_its_parts_and_a_group_of_one_only_once() -> None:
    types = {("Mainstream", "Mainstream"): 8, ("Not mainstream", "Special"): 5, ("Not mainstream", "PRU"): 6}
    made = table(
        answer(
            "cohort-school-type",
            {(JANUARY, *both): n for both, n in types.items()},
            totals={
                ("month", "setting"): [{(JANUARY, "Mainstream"): 8, (JANUARY, "Not mainstream"): 11}],
                ("month",): [{(JANUARY,): 19}],
            },
        )
    )
    assert lines(made) == [
        "Month | Mainstream | Not mainstream | Not mainstream: Special | Not mainstream: PRU | Total",
        "January 2025 | 8 | 11 | 5 | 6 | 19",
    ]


def test_one_dimension_shows_shares_of_a_total_that_is_shown() -> None:
    pupils: Given = {("Female",): 1000, ("Male",): 2783}
    assert lines(table(answer("cohort-gender", pupils, totals={(): [{(): 3783}]}))) == [
        "Gender | Pupils with a plan | Share of all",
        "Female | 1,000 | 26.4%",
        "Male | 2,783 | 73.6%",
        "> Total | 3,783 | 100.0%",
    ]
    withheld = table(answer("cohort-gender", pupils, totals={(): [{(): "c"}]}))
    assert [row.cells[-1].text for row in withheld.rows] == ["[c]", "[c]", "[c]"]


def test_many_dimensions_stand_in_columns_of_their_own() -> None:
    made = table(
        answer(
            "health-waits",
            {("Autism", "NSCHT", "2025-06"): 103, ("ADHD", "MPFT", "2025/26 Q1"): "x"},
            {("Autism", "NSCHT", "2025-06"): 136.05},
        )
    )
    assert lines(made) == [
        "Service | Provider | Period | Mean wait (weeks) | Longest wait (weeks)",
        "Autism | NSCHT | June 2025 | 103.0 | 136.1",
        "ADHD | MPFT | Q1 2025/26 | [x] | [x]",
    ]
    assert made.marks == ("x",)


def test_a_mean_shows_what_was_added_up_and_over_how_many() -> None:
    made = table(answer("plans-mean-weeks", {(JANUARY,): (208.2857142857143, 8), (FEBRUARY,): "c"}))
    assert lines(made) == [
        "Month | Weeks in all | Number | Mean weeks",
        "January 2025 | 208.3 | 8 | 26.0",
        "February 2025 | [c] | [c] | [c]",
    ]
    assert made.rows[0].cells[3].value == 208.2857142857143 / 8  # unrounded


def test_a_withheld_share_still_shows_the_whole_that_is_known() -> None:
    given = answer("cohort-in-care", {(JANUARY,): (400, 3700)})
    hidden = Figure((FEBRUARY,), None, 3783, None, "c")
    figures = Figures(given.figures[0].measure, ("month",), (*given.figures[0].rows, hidden))
    made = table(answer("cohort-in-care", {}, figures=(figures,)))
    assert lines(made)[1:] == ["January 2025 | 400 | 3,700 | 10.8%", "February 2025 | [c] | 3,783 | [c]"]


def test_comments_are_a_table_of_their_own() -> None:
    assert texts(answer("survey-responses", {("Primary",): 207})) is None
    made = texts(answer("survey-comments", {("Why?", "Primary"): 7}, texts=(("Why?", "Primary", "=1+1"),)))
    assert made is not None
    assert lines(made) == ["Question | Phase | Answer", "Why? | Primary | =1+1"]


def test_the_rule_in_words_follows_the_threshold() -> None:
    assert "1 to 4 people" in small_number_rule(5) and "1 to 9 people" in small_number_rule(10)
    assert "data officer" in small_number_rule(1)
