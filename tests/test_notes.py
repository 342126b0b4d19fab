"""Notes on charts: each at its month on every chart by month, clear of the others, and in words beside the figures."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from sendviz import exports
from sendviz.charts import Drawing, draw, screens
from sendviz.datasets import EXHIBITS
from sendviz.figures import answer
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Event, Store
from sendviz.ui.markup import source
from sendviz.vocabulary import MONTH, Exhibit
from tests.test_charts import made
from tests.test_walls import WIDE, drawn, meet, words

BY_MONTH = [exhibit for exhibit in EXHIBITS.values() if MONTH in exhibit.by and not exhibit.latest]
every_chart_by_month = pytest.mark.parametrize("exhibit", BY_MONTH, ids=lambda exhibit: exhibit.id)


def event(year: int, month: int, text: str) -> Event:
    return Event(1, dt.date(year, month, 15), text, (), "officer", dt.datetime(2026, 2, 1, tzinfo=dt.UTC))


PILOT = event(2025, 9, "Cluster pilot starts")
CROWD = (
    event(2025, 3, "Panel moved to weekly"), event(2025, 4, "A new case-management system for every team"),
    PILOT, replace(PILOT, text="Second advice service opens"), event(2026, 1, "New form"),
)  # fmt: skip


def labels(drawing: Drawing) -> set[str]:
    """The labels in the data of a drawing."""
    return {line for text in drawing.data["note"].to_pylist() if text for line in text.split("\n")}


@every_chart_by_month
def test_a_note_stands_on_every_chart_by_month(exhibit: Exhibit) -> None:
    given = made(exhibit)
    plain, noted = draw(given), draw(replace(given, events=(PILOT,)))
    said = [text for text, _ in words(drawn(replace(noted, spec=noted.spec | {"width": 900})))]
    assert sum(PILOT.text in text for text in said) == 2 - (exhibit.chart in ("panels", "measure panels"))  # its ground
    assert noted.height > plain.height and noted.data.num_rows == plain.data.num_rows
    assert noted.spec is draw(replace(made(exhibit, seed=2), events=(replace(PILOT, text="Other"),))).spec
    assert noted.spec is not plain.spec


@every_chart_by_month
def test_many_notes_stand_clear_of_each_other_and_of_what_the_chart_says(exhibit: Exhibit) -> None:
    for drawing in screens(replace(made(exhibit), events=CROWD), *WIDE, font="Liberation Sans"):
        found = list(dict.fromkeys(words(drawn(drawing))))  # each label once, not its ground too
        assert {line for line in labels(drawing) if any(line in text for text, _ in found)} == labels(drawing)
        of_notes = [item for item in found if any(item[0] in line for line in labels(drawing))]
        for text, (left, top, right, bottom) in of_notes:
            assert left >= -3 and right <= WIDE[0] + 3 and top >= -3 and bottom <= drawing.height, text
        assert not [(a[0], b[0]) for a in of_notes for b in found if a is not b and meet(a[1], b[1])]


def test_years_over_each_other_have_the_notes_of_the_years_drawn() -> None:
    exhibit = EXHIBITS["referrals-over-time"]
    events = (event(2023, 9, "Before"), event(2024, 9, "Panel moved to weekly"), PILOT)
    assert labels(draw(replace(made(exhibit), events=events))) == {
        "2024: Panel moved to weekly", "2025: Cluster pilot starts",
    }  # fmt: skip


def test_panels_have_a_rule_each_and_the_label_once_with_its_month() -> None:
    drawing = draw(replace(made(EXHIBITS["cohort-key-stage"]), events=(PILOT,)))
    assert drawing.data["note"].to_pylist().count("| September 2025: Cluster pilot starts") == 2
    text = [text for text, _ in words(drawn(replace(drawing, spec=drawing.spec | {"width": 900})))]
    assert text.count("| September 2025: Cluster pilot starts") == 1


def test_what_is_noted_stands_under_the_table_and_in_the_workbook(
    sample_store: Store, sample_settings: Settings
) -> None:
    given = answer(EXHIBITS["cohort-over-time"], Selection(), sample_store, sample_settings)
    noted = replace(given, events=(replace(PILOT, text="<b>Pilot</b> starts"),))
    assert "15 September 2025: &lt;b&gt;Pilot&lt;/b&gt; starts" in source(noted)
    assert "happened" not in source(given)
    book = BytesIO()
    exports.workbook([noted], book)
    sheet = load_workbook(book)["cohort-over-time"]
    assert "15 September 2025: <b>Pilot</b> starts." in [cell.value for cell in sheet["A"]]
