"""PowerPoint: every exhibit's slide has its words, a chart that can be edited, and protected figures alone."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide as Made

from sendviz import charts, exports
from sendviz.answer import WITHHELD, Answer, Figure, Figures
from sendviz.datasets import EXHIBITS
from sendviz.exports.powerpoint.forms import SHEETS
from sendviz.figures import answer as answered
from sendviz.figures.areas import on_screen
from sendviz.running import Slide
from sendviz.screens import Screen, of_answers
from sendviz.selection import Selection, filters_of
from sendviz.settings import Settings
from sendviz.store import Event, Store
from sendviz.tables import table
from sendviz.vocabulary import Exhibit
from tests.test_exports import DANGEROUS
from tests.test_tables import FEBRUARY, JANUARY, answer

MARCH = dt.date(2025, 3, 1)
NOBODY = "Nowhere at all"
every_exhibit = pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=list(EXHIBITS))
Ask = Callable[..., Answer]


@pytest.fixture
def ask(sample_store: Store, sample_settings: Settings) -> Ask:
    """Answers from the sample: `ask(exhibit, locality="North")`."""

    def asked(exhibit: Exhibit, **where: str) -> Answer:
        selection = Selection.of({name: [value] for name, value in where.items()})
        return answered(exhibit, selection, sample_store, sample_settings)

    return asked


def slides(*screens: Screen, **more: Any) -> list[Made]:
    """The slides of these screens, as another program reads them."""
    target = io.BytesIO()
    exports.deck(screens, target, **more)
    return list(Presentation(io.BytesIO(target.getvalue())).slides)


def of(given: Answer, **more: Any) -> list[Made]:
    return slides(*of_answers([given]), **more)


def frames(slide: Made) -> Iterator[GraphicFrame]:
    return (shape for shape in slide.shapes if isinstance(shape, GraphicFrame))


def title(slide: Made) -> str:
    return str(slide.shapes.title.text_frame.text)


def words(slide: Made) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def cells(frame: GraphicFrame) -> list[list[object]]:
    """The workbook inside a chart: its headings, then a row for each category."""
    book = load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def protected(given: Answer) -> set[float]:
    """Every number that may leave: those of the answer, and the level it is held against."""
    levels = [*given.figures, *(found for level in given.totals.values() for found in level)]
    if isinstance(before := given.options.get("year before"), Figures):
        levels.append(before)
    found = {number for level in levels for row in level.rows for number in row[1:4] if number is not None}
    return set(map(kept, found | {given.options.get("reference", 0)}))


def kept(number: object) -> object:
    """A number to the digits that a workbook keeps."""
    return float(f"{number:.12g}") if isinstance(number, int | float) else number


def test_every_form_of_chart_has_its_slides() -> None:
    assert set(SHEETS) == set(charts.FORMS)


@every_exhibit
def test_an_exhibit_is_a_slide_with_its_headline_and_a_chart_or_table_that_is_described(
    exhibit: Exhibit, ask: Ask
) -> None:
    given = ask(exhibit)
    made = of(given)
    assert title(made[0]) == given.headline
    assert len({title(slide) for slide in made}) == len(made)
    for slide in made:
        drawn = list(frames(slide))
        assert drawn and all(frame.has_chart or frame.has_table for frame in drawn)
        for frame in drawn:
            assert given.headline in frame.element.nvGraphicFramePr.cNvPr.get("descr") and exhibit.title in frame.name
        assert of_answers([given])[0].footer in words(slide)
        assert not [part for part in slide.part.package.iter_parts() if part.content_type.startswith("image/")]


@every_exhibit
def test_the_speaker_reads_what_is_counted_and_finds_the_page_again(exhibit: Exhibit, ask: Ask) -> None:
    name = (*filters_of([exhibit]), "locality")[0]
    given = ask(exhibit, **{name: "A & B"})
    (notes, *_) = [slide.notes_slide.notes_text_frame.text for slide in of(given, address="https://send.example/")]
    assert all(figures.measure.why in notes for figures in given.figures)
    assert ("Counts of 1 to 4 people are withheld" in notes) == any(f.measure.of_people for f in given.figures)
    assert notes.endswith(f"https://send.example/{exhibit.page}?{name}=A+%26+B#{exhibit.id}")
    assert f"/{exhibit.page}?{name}=A+%26+B#{exhibit.id}" in of(given)[0].notes_slide.notes_text_frame.text


@every_exhibit
def test_a_chart_carries_protected_figures_and_no_others(exhibit: Exhibit, ask: Ask) -> None:
    given = ask(exhibit)
    allowed = protected(given)
    for frame in (frame for slide in of(given) for frame in frames(slide) if frame.has_chart):
        _, *rows = cells(frame)
        assert {kept(cell) for row in rows for cell in row[1:] if cell is not None} <= allowed
        for place, series in enumerate(frame.chart.plots[0].series, start=1):
            assert [kept(v) for v in series.values] == [
                kept(row[place]) for row in rows
            ]  # gaps in the one are blanks in the other


@every_exhibit
def test_a_table_slide_has_what_the_table_has(exhibit: Exhibit, ask: Ask) -> None:
    given = on_screen(ask(exhibit))[0]
    made = slides(Screen(Slide(exhibit=exhibit.id, table=True), given))
    found = [frame.table for slide in made for frame in frames(slide) if frame.has_table]
    texts = {cell.text for shown in found for row in shown.rows for cell in row.cells}
    assert {column.label for column in table(given).columns} <= texts
    all_there = {cell.text for row in table(given).rows for cell in row.cells} <= texts
    assert all_there != any("all of it is in the Excel download" in words(slide) for slide in made)
    assert all(shown.first_row and not shown.horz_banding for shown in found)
    assert len({title(slide) for slide in made}) == len(made)


@every_exhibit
def test_an_exhibit_with_nothing_left_says_so(exhibit: Exhibit, ask: Ask) -> None:
    given = ask(exhibit, **dict.fromkeys(filters_of([exhibit]), NOBODY))
    if given.empty:
        (made,) = slides(Screen(Slide(exhibit=exhibit.id, table=True), given))
        assert title(made) == given.headline and not list(frames(made))
    assert given.empty == bool(filters_of([exhibit]))


@every_exhibit
def test_what_is_withheld_is_a_gap_and_said(exhibit: Exhibit, ask: Ask) -> None:
    given = ask(exhibit)
    totals = {at: hidden(found) for at, found in given.totals.items()}
    options = {name: value for name, value in given.options.items() if name != "year before"}
    made = of(replace(given, figures=hidden(given.figures), totals=totals, options=options))
    level = given.options.get("reference")
    for slide in made:
        for frame in frames(slide):
            if frame.has_chart:
                numbers = {cell for row in cells(frame)[1:] for cell in row[1:]}
                assert numbers <= {None, level}
    assert list(frames(made[0]))
    if any(figures.measure.of_people for figures in given.figures):
        assert "[c] withheld" in words(made[0])


def hidden(levels: tuple[Figures, ...]) -> tuple[Figures, ...]:
    return tuple(replace(f, rows=tuple(Figure(row.at, None, None, None, WITHHELD) for row in f.rows)) for f in levels)


def test_gaps_stay_gaps_and_say_which_they_are() -> None:
    given = answer("plans-issued", {(JANUARY,): 41, (FEBRUARY,): "c", (MARCH,): 7})
    (made,) = of(given)
    (frame,) = frames(made)
    assert [row[1] for row in cells(frame)[1:]] == [41, None, 7]
    assert list(frame.chart.plots[0].series[0].values) == [41, None, 7]
    assert "[c] withheld, because it is a small number of people or would give one away: Feb 2025." in words(made)


def test_a_category_without_a_figure_is_marked_in_its_name() -> None:
    given = answer("survey-responses", {("Primary",): 207, ("Secondary",): "c", ("Post-16",): "x"})
    (frame,) = frames(of(given)[0])
    assert cells(frame)[1:] == [["Primary", 207], ["Secondary [c]", None], ["Post-16 [x]", None]]


def test_a_note_on_the_chart_stands_over_its_month() -> None:
    when = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    event = Event(1, dt.date(2025, 2, 15), "Panel moved to weekly", (), "A", when)
    given = answer("plans-issued", {(JANUARY,): 41, (FEBRUARY,): 52, (MARCH,): 7}, events=(event,))
    (made,) = of(given)
    (frame,) = frames(made)
    (rule,) = [shape for shape in made.shapes if shape.name == "Rule: Panel moved to weekly"]
    inner = frame.element.xpath(".//a:graphicData")  # the chart's own place, of which the plot area takes a part
    assert inner and rule.width == 0
    layout = {node.tag.split("}")[1]: float(node.get("val")) for node in manual_layout(frame)}
    left, wide = frame.left + layout["x"] * frame.width, layout["w"] * frame.width
    assert abs(rule.left - (left + wide / 2)) < wide / 100  # the middle one of three columns
    assert "15 February 2025: Panel moved to weekly." in words(made)


def manual_layout(frame: GraphicFrame) -> list[Any]:
    """The numbers of where a chart's plot area stands."""
    found = frame.chart.element.xpath(".//c:plotArea/c:layout/c:manualLayout/*[self::c:x or self::c:w]")
    return list(found)


def test_slides_of_words_have_their_lines_and_the_presenters_note() -> None:
    agenda, bare = slides(
        Screen(Slide(title="Agenda", text="Plans\n\nHealth", note="Welcome everybody")), Screen(Slide(title="Break"))
    )
    assert title(agenda) == "Agenda" and "Plans\nHealth" in words(agenda)
    assert agenda.notes_slide.notes_text_frame.text == "Welcome everybody"
    assert [shape.text_frame.text for shape in bare.placeholders] == ["Break", "2"]


def test_a_title_of_ones_own_leaves_the_headline_to_the_notes(ask: Ask) -> None:
    given = ask(EXHIBITS["plans-issued"])
    (made,) = slides(Screen(Slide(exhibit="plans-issued", title="Plans", note="Slowly"), given))
    assert title(made) == "Plans"
    assert made.notes_slide.notes_text_frame.text.startswith(f"Slowly\n{given.headline}\nWhat is counted\n")


def test_every_word_is_said_to_be_english(ask: Ask) -> None:
    for slide in of(ask(EXHIBITS["survey-answers"])):
        for part in (slide.element, slide.notes_slide.element):
            assert {run.get("lang") for run in part.xpath(".//a:r/a:rPr")} == {"en-GB"}
        for frame in frames(slide):
            assert frame.chart.element.xpath("./c:lang/@val") == ["en-GB"]


def test_text_stays_text_whatever_it_begins_with() -> None:
    given = answer("survey-responses", {(text,): 7 for text in DANGEROUS}, headline="=HYPERLINK(1)\x07")
    (frame,) = frames(of(given)[0])
    assert [row[0] for row in cells(frame)[1:]] == [*DANGEROUS[:-1], " "]  # what XML cannot hold becomes a blank
    book = load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
