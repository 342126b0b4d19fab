"""Areas compared by published figures: what is shown of them, and what is said of it."""

from pathlib import Path

import pytest

from sendviz.answer import NOT_AVAILABLE, SHOWN
from sendviz.charts import parts as parts_chart
from sendviz.charts.compare import compare
from sendviz.datasets import comparisons
from sendviz.figures import answer
from sendviz.figures.areas import CHOSEN, COUNTRY, NEIGHBOUR, OWN, REGION, on_screen, roles
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.tables import table
from sendviz.vocabulary import PUBLISHED, SHARE, Exhibit, Measure, Total
from tests.released import ENGLAND, KEPT, STOKE, WAKEFIELD, by_place, release, shown, warned

# What is published comes out as it was published


@pytest.mark.parametrize(
    ("exhibit", "measure", "figures"),
    [
        (comparisons.compare_plans, comparisons.plans,
         {(ENGLAND, "2023/24"): 576474, (ENGLAND, "2024/25"): 638745, (STOKE, "2023/24"): 2970,
          (STOKE, "2024/25"): 3405, (WAKEFIELD, "2023/24"): 3415, (WAKEFIELD, "2024/25"): 3857}),
        (comparisons.compare_requests, comparisons.requests,
         {(ENGLAND, "2024"): 154489, (STOKE, "2024"): 788, (WAKEFIELD, "2024"): 844}),
        (comparisons.compare_new_plans, comparisons.new_plans, {(ENGLAND, "2024"): 97747, (WAKEFIELD, "2022"): 6078}),
        (comparisons.compare_new_plans, comparisons.led, {(ENGLAND, "2024"): 98547}),
        (comparisons.compare_new_plans, comparisons.in_20_weeks, {(ENGLAND, "2024"): 90392}),
        (comparisons.compare_timeliness, comparisons.timeliness,
         {(ENGLAND, "2022"): 49.2, (ENGLAND, "2023"): 50.3, (ENGLAND, "2024"): 46.4, (STOKE, "2022"): 62.6,
          (STOKE, "2023"): 48.9, (STOKE, "2024"): 32.8, (WAKEFIELD, "2022"): 81.2, (WAKEFIELD, "2023"): 89.3,
          (WAKEFIELD, "2024"): 86.2}),
        (comparisons.compare_need, comparisons.need_share,
         {(ENGLAND, "2024/25", "Autistic spectrum disorder"): 31.5,
          (STOKE, "2024/25", "Speech, language and communication needs"): 28.5}),
        (comparisons.compare_placements, comparisons.placement_share,
         {(ENGLAND, "2024/25", "Mainstream school"): 43.6, (STOKE, "2018/19", "Further education"): 11.5}),
    ],
    ids=lambda value: getattr(value, "title", ""),
)  # fmt: skip
def test_the_release_is_shown_as_published(
    exhibit: Exhibit, measure: Measure, figures: dict[tuple[object, ...], float], sample_store: Store
) -> None:
    found = by_place(shown(sample_store, exhibit), measure)
    unit = measure.unit
    assert {at: float(unit.rounded(found[at].value or 0)) for at in figures} == figures


def test_a_rise_is_counted_from_the_first_year(sample_store: Store) -> None:
    given = shown(sample_store, comparisons.compare_plans)
    plans, rises = (by_place(given, one) for one in (comparisons.plans, comparisons.plans_growth))
    for (area, period), row in rises.items():
        if row.mark == SHOWN:
            now, then = plans[area, period].value or 0, plans[area, "2018/19"].value or 0
            assert (row.numerator, row.denominator, row.value) == (now - then, then, (now - then) / then)
    assert comparisons.plans_growth.unit.words(rises[STOKE, "2024/25"].value or 0) == "+53%"
    assert rises[STOKE, "2018/19"].value == 0 and rises[WAKEFIELD, "2025-11"].mark == NOT_AVAILABLE


def test_a_rise_is_of_one_published_count() -> None:
    row = comparisons.plans.row
    for wrong in ({"counts": "pupils"}, {"counts": PUBLISHED, "over": Total(row, add="value"), "unit": SHARE}):
        with pytest.raises(ValueError, match="of one published count"):
            Measure("Rise", of=Total(row, add="value"), since="period", **wrong)  # type: ignore[arg-type]


# What is shown


def test_an_area_chosen_stands_beside_those_always_compared(sample_store: Store) -> None:
    given = shown(sample_store, comparisons.compare_timeliness, WAKEFIELD, "Derby")
    areas = dict.fromkeys(str(row.at[0]) for row in given.figures[0].rows)
    assert given.selection.words() == "Area name: Derby or Wakefield"
    assert set(areas) == {WAKEFIELD, STOKE, ENGLAND, "West Midlands", *KEPT.compared_neighbours}
    role_of = roles(given, areas)
    assert (role_of[STOKE], role_of[ENGLAND], role_of["West Midlands"]) == (OWN, COUNTRY, REGION)
    assert (role_of[WAKEFIELD], role_of["Derby"], role_of["Rotherham"]) == (CHOSEN, CHOSEN, NEIGHBOUR)


def test_without_a_choice_other_areas_are_in_the_table_and_not_drawn(sample_store: Store) -> None:
    given = shown(sample_store, comparisons.compare_timeliness)
    assert WAKEFIELD in {row.cells[0].text for row in table(given).rows}
    compared, others = on_screen(given)
    names = list(dict.fromkeys(row.cells[0].text for row in table(compared).rows))
    assert others == 9 and WAKEFIELD not in names
    assert names == [STOKE, ENGLAND, "West Midlands", *KEPT.compared_neighbours], "this area comes first"
    drawn = compare(given).data.column("area_name").to_pylist()
    assert WAKEFIELD not in drawn and drawn[-1] == STOKE, "this area is drawn last, over the others"


def test_a_measure_that_no_area_compared_gives_takes_no_room_on_the_screen(sample_store: Store) -> None:
    given = shown(sample_store, comparisons.compare_plans)
    beside = shown(sample_store, comparisons.compare_plans, WAKEFIELD)
    titles = [[column.label for column in table(on_screen(one)[0]).columns[3:]] for one in (given, beside)]
    growth, plans, support = (measure.title for measure in comparisons.compare_plans.measures)
    assert titles == [[growth, plans], [growth, plans, support]]


def test_the_newest_period_is_one_that_areas_have_in_common(sample_store: Store) -> None:
    of_wakefield = Settings(area=WAKEFIELD)
    given = shown(sample_store, comparisons.compare_need, kept=of_wakefield)
    assert max(str(row.at[2]) for row in given.figures[0].rows) == "2025-11"
    assert parts_chart.parts(given).data.column("name").to_pylist()[0] == "Wakefield, 2024/25"
    ranked = compare(shown(sample_store, comparisons.compare_plans, kept=of_wakefield)).data
    assert set(ranked.column("ranked").to_pylist()) == {"2024/25", None}
    assert "November 2025" not in ranked.column("period").to_pylist(), "a year in which nothing is drawn"


def test_an_area_whose_figure_is_withheld_is_named_with_its_symbol(store: Store, tmp_path: Path) -> None:
    warned(store, release(
        tmp_path / "r.csv", "requests_received_in_year", (STOKE, "2023", "200"), (STOKE, "2024", "c"),
        (ENGLAND, "2023", "20000"), (ENGLAND, "2024", "30000"),
    ))  # fmt: skip
    drawn = compare(shown(store, comparisons.compare_requests)).data.to_pylist()
    newest = {row["area_name"]: (row["said"], row["value"]) for row in drawn if row["ranked"]}
    assert newest == {STOKE: ("[c]", None), ENGLAND: ("+50%", 0.5)}


def test_parts_are_drawn_with_the_range_of_the_neighbours(sample_store: Store) -> None:
    given = shown(sample_store, comparisons.compare_need, WAKEFIELD)
    lines = parts_chart.parts(given).data.to_pylist()
    names = [line["name"] for line in lines if line["kind"] == "name"]
    assert names[0].startswith("Speech") and [line["kind"] for line in lines[:6]] == ["key"] * 5 + ["name"]
    first = [line for line in lines if line["line"] == 1]
    needs = by_place(given, comparisons.need_share)
    around = [needs[area, "2024/25", "Speech, language and communication needs"].value or 0
              for area in KEPT.compared_neighbours]  # fmt: skip
    span = next(line for line in first if line["kind"] == "range")
    assert (span["value"], span["share"]) == (min(around), max(around))
    assert [line["role"] for line in first if line["kind"] == "dot"] == [REGION, COUNTRY, CHOSEN, OWN]


def test_headlines_and_notes_are_made_from_the_figures(sample_store: Store) -> None:
    plans, needs, placed, new = (
        shown(sample_store, exhibit)
        for exhibit in (comparisons.compare_plans, comparisons.compare_need, comparisons.compare_placements,
                        comparisons.compare_new_plans)
    )  # fmt: skip
    assert plans.headline == "Plans in Stoke-on-Trent rose by 53% from 2018/19 to 2024/25; in England they rose by 80%"
    assert needs.headline == (
        "Widest difference from England in 2024/25: autistic spectrum disorder, 19.2% of plans in Stoke-on-Trent and "
        "31.5% in England"
    )
    assert "for Wakefield, November 2025: 4,097 of 4,111, 14 short." in needs.notes[-1]
    assert "for England, 2023/24: 572,829 of 576,474, 3,645 short; " in placed.notes[-1]
    assert new.notes[0] == comparisons.THREE_COUNTS and "6,078 is published for Barnsley, Doncaster" in new.notes[1]
    assert plans.span == "2018/19 to 2024/25" and plans.alt.startswith(plans.headline)


def test_an_area_that_nobody_publishes_is_said_to_be_none(sample_store: Store) -> None:
    found = answer(comparisons.compare_plans, Selection(), sample_store, Settings(area="Nowhere"))
    assert found.notes[-1].startswith("No area called Nowhere is published: SENDVIZ_AREA is to be the name")
    assert not any("SENDVIZ_AREA" in note for note in shown(sample_store, comparisons.compare_plans).notes)


def test_a_fall_is_called_a_fall_and_what_is_missing_is_left_out(store: Store, tmp_path: Path) -> None:
    warned(
        store, release(tmp_path / "r.csv", "requests_received_in_year", (STOKE, "2023", "200"), (STOKE, "2024", "150"))
    )
    assert shown(store, comparisons.compare_requests).headline == (
        "Requests for an assessment in Stoke-on-Trent fell by 25% from 2023 to 2024"
    )
    assert shown(store, comparisons.compare_requests, kept=Settings(area="Derby")).headline == (
        "Rise in requests for an assessment since the first year, compared: 2023 to 2024"
    )
