"""Charts: every form draws what an answer holds, from one spec, with nothing but protected figures, and can be read."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import altair as alt
import pyarrow as pa
import pytest

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, Answer, Figure, Figures
from sendviz.charts import FORMS, draw
from sendviz.charts.palette import DARK, LIGHT, Palette
from sendviz.charts.rows import gaps
from sendviz.datasets import EXHIBITS
from sendviz.selection import Selection
from sendviz.vocabulary import MONTH, Exhibit, Measure

MONTHS = [dt.date(2024 + n // 12, n % 12 + 1, 1) for n in range(25)]
KNOWN = {
    "age": (4, 5, 6), "period": ("2024-05", "2025-05", "2025/26 Q1"), "provider": ("MPFT", "NSCHT", "England"),
    "financial_year": ("2023/24", "2024/25"), "approximate": (True, False),
    "area_name": ("Stoke-on-Trent", "England", "Derby"), "level": ("LA",), "answer": ("5 Very", "3", "1 Not at all"),
}  # fmt: skip
STATES = {"values": (), "withheld": (WITHHELD,), "not available": (NOT_AVAILABLE,), "both": (WITHHELD, NOT_AVAILABLE)}


def figures(measure: Measure, by: tuple[str, ...], marks: tuple[str, ...], chance: random.Random) -> Figures:
    """Figures for a few values of each dimension, about half of them marked if any are."""
    values = [MONTHS if name == MONTH else KNOWN.get(name, ("Central", "North")) for name in by]
    rows = []
    for at in itertools.product(*values):
        if marks and chance.random() < 0.5:
            rows.append(Figure(at, None, None, None, chance.choice(marks)))
        else:
            whole, part = chance.randint(50, 90), chance.randint(5, 20)
            rows.append(Figure(at, part, whole if measure.over else None, part / whole if measure.over else part))
    return Figures(measure, by, tuple(rows))


def made(exhibit: Exhibit, marks: tuple[str, ...] = (), seed: int = 1) -> Answer:
    """An answer with figures at every level of the exhibit."""
    chance = random.Random(seed)
    levels = [level for size in range(len(exhibit.by)) for level in itertools.combinations(exhibit.by, size)]
    at = {level: tuple(figures(m, level, marks, chance) for m in exhibit.measures) for level in [*levels, exhibit.by]}
    before = figures(exhibit.measures[0], exhibit.by, marks, chance) if exhibit.latest and exhibit.row.stock else None
    places = {"area": "Stoke-on-Trent", "region": "West Midlands", "neighbours": ("Derby",), "year before": before}
    return Answer(
        exhibit, Selection(), at[exhibit.by], {level: at[level] for level in levels}, "Headline", "Alt", "January 2026",
        "2024 to 2026", None, "Source", options=exhibit.options | places,
    )  # fmt: skip


def nothing(exhibit: Exhibit) -> Answer:
    """An answer without a figure."""
    none = tuple(Figures(measure, exhibit.by, ()) for measure in exhibit.measures)
    return replace(made(exhibit), figures=none, totals={}, empty=True, options=exhibit.options)


def everything_protected(answer: Answer) -> set[float]:
    """Every number the answer shows."""
    before = answer.options.get("year before")
    found = [
        *answer.figures,
        *itertools.chain(*answer.totals.values()),
        *([before] if isinstance(before, Figures) else []),
    ]
    rows = [row for part in found for row in part.rows if row.mark == SHOWN]
    return {n for row in rows for n in (row.value, row.numerator, row.denominator) if n is not None}


def numbers(data: pa.Table) -> set[float]:
    """Every number passed to the browser as a figure."""
    columns = [column for column in data.columns if pa.types.is_floating(column.type)]
    return {value for column in columns for value in column.to_pylist() if value is not None}


def properties(spec: Any) -> Iterator[tuple[str, Any]]:
    """Every property in a spec, however deep."""
    inside = spec.items() if isinstance(spec, dict) else enumerate(spec)
    for name, value in inside:
        yield str(name), value
        if isinstance(value, dict | list):
            yield from properties(value)


def test_every_exhibit_has_a_form() -> None:
    assert {exhibit.chart for exhibit in EXHIBITS.values()} <= FORMS.keys()


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=lambda exhibit: exhibit.id)
def test_draws_protected_figures_from_one_spec(exhibit: Exhibit) -> None:
    drawings = [draw(made(exhibit, marks, seed)) for marks in STATES.values() for seed in (1, 2)]
    assert all(drawing.spec is drawings[0].spec for drawing in drawings)
    for marks in STATES.values():
        answer = made(exhibit, marks)
        drawing = draw(answer)
        assert drawing.height > 0
        assert drawing.data.num_rows > 0
        assert numbers(drawing.data) <= everything_protected(answer)


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=lambda exhibit: exhibit.id)
def test_draws_nothing_when_there_is_nothing(exhibit: Exhibit) -> None:
    drawing = draw(nothing(exhibit))
    assert drawing.data.num_rows == 0
    assert drawing.data.column_names


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=lambda exhibit: exhibit.id)
def test_gaps_are_said_and_never_nought(exhibit: Exhibit) -> None:
    marked = [row for row in draw(made(exhibit, (WITHHELD,))).data.to_pylist() if row.get("mark")]
    assert all(row.get(name) is None for row in marked for name in ("value", "numerator"))
    said = [text for row in marked for name, text in row.items() if "shown" in name and text]
    assert any("[c]" in text for text in said) or not marked


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=lambda exhibit: exhibit.id)
def test_specs_carry_no_data_and_can_be_read(exhibit: Exhibit, dark: bool) -> None:
    drawing = draw(made(exhibit), dark)
    found = list(properties(drawing.spec))
    assert drawing.spec["data"] == {"name": "source"}
    assert "datasets" not in drawing.spec
    assert all(size >= 13 for name, size in found if name.endswith("ontSize"))
    assert not {name for name, _ in found} & {"params", "tooltip", "facet", "hconcat", "vconcat"}


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=lambda exhibit: exhibit.id)
def test_specs_are_of_the_schema(exhibit: Exhibit) -> None:
    spec = draw(made(exhibit)).spec
    without_locale = {name: value for name, value in spec["config"].items() if name != "locale"}
    assert alt.LayerChart.from_dict(spec | {"config": without_locale}, validate=True)


def test_a_wall_has_larger_type_and_more_height() -> None:
    answer = made(EXHIBITS["cohort-over-time"])
    page, wall = draw(answer), draw(answer, size=2)
    assert wall.height == 2 * page.height
    assert wall.spec["config"]["axis"]["labelFontSize"] == 2 * page.spec["config"]["axis"]["labelFontSize"]


def test_the_last_figure_is_labelled_and_each_run_of_gaps_once() -> None:
    answer = made(EXHIBITS["cohort-over-time"])
    rows = list(answer.figures[0].rows)
    rows[4:7] = [Figure(row.at, None, None, None, WITHHELD) for row in rows[4:7]]
    rows[24] = Figure(rows[24].at, 3783, None, 3783)
    data = draw(replace(answer, figures=(replace(answer.figures[0], rows=tuple(rows)),))).data
    labels = {place: text for place, text in enumerate(data["shown"].to_pylist()) if text}
    assert labels == {5: "[c]", 24: "3,783"}
    assert gaps([rows[4], rows[0], rows[5]]) == ["[c]", None, "[c]"]


@pytest.mark.parametrize(("begun", "years"), [(1, ["2025", "2024"]), (3, ["2025", "2024", "2026"])])
def test_a_year_begun_stands_after_the_whole_years_once_it_makes_a_line(begun: int, years: list[str]) -> None:
    answer = made(EXHIBITS["referrals-over-time"])
    months = [dt.date(2024 + n // 12, n % 12 + 1, 1) for n in range(24 + begun)]
    rows = tuple(Figure((month,), 40 + n, None, 40 + n) for n, month in enumerate(months))
    data = draw(replace(answer, figures=(replace(answer.figures[0], rows=rows),))).data
    assert list(dict.fromkeys(data["year"].to_pylist())) == years


def test_answers_are_laid_out_for_a_page_and_for_a_phone_with_the_same_figures() -> None:
    answer = made(EXHIBITS["survey-answers"])
    asked = "How confident are you in meeting the needs of children and young people with SEND?"
    (found,) = answer.figures
    longer = replace(found, rows=tuple(row._replace(at=(asked, *row.at[1:])) for row in found.rows))
    rows = draw(replace(answer, figures=(longer,))).data.to_pylist()
    page, phone = ([row for row in rows if row["wide"] is wide] for wide in (True, False))
    figures = [
        [(row["name"], row["answer"], row["value"], row["mark"]) for row in part if row["part"] in ("share", "beside")]
        for part in (page, phone)
    ]
    assert figures[0] == figures[1] != []
    assert page[-1]["line"] < phone[-1]["line"]


def test_what_a_provider_did_not_give_is_said_in_words() -> None:
    answer = made(EXHIBITS["health-waits"])
    rows = tuple(
        Figure(row.at, None, None, None, NOT_AVAILABLE) if row.at[1] == "NSCHT" else row
        for row in answer.figures[0].rows
    )
    gap = replace(answer.figures[0], rows=rows)
    shown = draw(replace(answer, figures=(gap, replace(answer.figures[1], rows=rows)))).data.to_pylist()
    assert {row["shown"] for row in shown if "NSCHT" in row["name"]} == {"not available [x]"}
    assert all(row["value"] is None for row in shown if "NSCHT" in row["name"])


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("palette", "ground"),
    [(LIGHT, "#ffffff"), (LIGHT, LIGHT.ground), (DARK, DARK.ground), (DARK, "#16202b")],
)
def test_colours_stand_out(palette: Palette, ground: str) -> None:
    assert all(contrast(colour, ground) >= 3 for colour in palette.series)
    assert all(contrast(colour, ground) >= 4.5 for colour in (palette.ink, palette.quiet, *palette.words))
    on_bars = zip(palette.series + palette.steps, palette.inside + palette.inside_steps, strict=True)
    assert all(contrast(words, bar) >= 4.5 for bar, words in on_bars)
    assert contrast(palette.inside_context, palette.context) >= 4.5
