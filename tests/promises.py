"""What every dataset, measure, exhibit and page promises. It runs over the registries: adding one adds its tests."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from streamlit import config
from streamlit.testing.v1 import AppTest

from sendviz import exports
from sendviz.answer import SHOWN, Answer, Figures
from sendviz.charts import draw
from sendviz.datasets import DATASETS, EXHIBITS, MEASURES, ROWS
from sendviz.figures import answer
from sendviz.loading.cells import normal
from sendviz.loading.template import template
from sendviz.selection import Selection, filters_of
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.tables import MEANINGS, table
from sendviz.vocabulary import PEOPLE, Exhibit, Measure, Row, Total, column
from sendviz.vocabulary.fields import Text

HOUSE = Path(__file__).parent.parent
PAGES = sorted((HOUSE / "pages").glob("*.py"))
COUNTED = PEOPLE | {"records", "pounds", "settings", "activities", "published figures"}
NOBODY = "Nowhere at all"

# Links, scheduled exports and saved running orders hold these: add to them, never change one.
CONTRACT = {
    "ehcp-cohort": "cohort-over-time cohort-key-stage cohort-in-care cohort-gender cohort-primary-need "
                   "cohort-current-key-stage cohort-age cohort-school-type",
    "ehcp-referrals": "referrals-table referrals-over-time referrals-sources referrals-sources-over-time",
    "final-plans": "plans-issued plans-mean-weeks plans-timeliness",
    "placements-and-costs": "placements-by-type placements-average-cost expenditure-by-area moves-into-special "
                            "moves-into-independent",
    "health-waiting-times": "health-waits health-over-18-weeks health-waiting-lists health-referrals health-caseload",
    "inclusion-week": "survey-responses survey-answers survey-comments survey-reach",
    "clusters": "cluster-settings cluster-measures cluster-funding",
    "compare": "compare-timeliness compare-plans compare-requests compare-primary-need compare-placements "
               "compare-new-plans",
}  # fmt: skip

every_dataset = pytest.mark.parametrize("row", DATASETS.values(), ids=list(DATASETS))
every_exhibit = pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=list(EXHIBITS))
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.title)
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
every_filter = pytest.mark.parametrize(
    ("exhibit", "name"),
    [pytest.param(e, name, id=f"{e.id}-{name}") for e in EXHIBITS.values() for name in filters_of([e])],
)

Ask = Callable[..., Answer]


@pytest.fixture
def ask(sample_store: Store, sample_settings: Settings) -> Ask:
    """Answers from the sample: `ask(exhibit, locality="North")`."""

    def asked(exhibit: Exhibit, **where: str) -> Answer:
        selection = Selection.of({name: [value] for name, value in where.items()})
        return answer(exhibit, selection, sample_store, sample_settings)

    return asked


def first_row(store: Store, row: type[Row]) -> Mapping[str, object]:
    """One row of the dataset as it is read; the sample has some of each."""
    with store.engine.connect() as connection:
        found = connection.execute(select(store.table(row)).limit(1)).mappings().first()
    assert found, f"{row.title()}: none of it is in the sample"
    return found


# Datasets


@every_dataset
def test_a_dataset_and_its_columns_are_described(row: type[Row]) -> None:
    assert row.title() and row.one and row.origin and row.__doc__
    assert not [field.name for field in row.fields.values() if not (field.title and field.description)]
    assert not [f.name for f in row.fields.values() if not f.derived and not (f.takes and f.takes.words)]


@every_dataset
def test_no_heading_stands_for_two_columns(row: type[Row]) -> None:
    sheet = [field for field in row.fields.values() if not field.derived]
    headings = [normal(heading) for field in sheet for heading in (field.title, *field.aliases)]
    assert len(set(headings)) == len(headings)
    assert len({field.title for field in row.fields.values()}) == len(row.fields)


@every_dataset
def test_a_dataset_has_a_template_with_its_headings(row: type[Row], tmp_path: Path) -> None:
    template(row, tmp_path / "blank.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "blank.xlsx")).get_sheet_by_name(row.title())
    headings = {cell for line in sheet.to_python() for cell in line}
    assert {field.title for field in row.fields.values() if not field.derived} <= headings


@every_dataset
def test_a_dataset_is_in_the_sample(row: type[Row], sample_store: Store) -> None:
    assert first_row(sample_store, row)
    assert row.dataset in {upload.dataset for upload in sample_store.uploads() if upload.sample}


class Visit(Row, title="Visits"):
    """A visit: a dataset that is in no registry."""

    place: Text = column("Place")


@pytest.mark.parametrize(
    "misspelt",
    [
        lambda: Total(Visit, add="plaice"),
        lambda: Total(Visit, each="plaice"),
        lambda: Total(Visit, only={"plaice": "Hall"}),
        lambda: Measure("Visits", of=Total(Visit), across=("plaice",)),
        lambda: Exhibit("visits", "Visits", (Measure("Visits", of=Total(Visit)),), ("plaice",), "bars", "", "p"),
        lambda: type("Wrong", (Row,), {"__module__": __name__}, unique=("plaice",)),
    ],
)
def test_a_misspelt_column_stops_the_import_and_is_named(misspelt: Callable[[], object]) -> None:
    with pytest.raises(KeyError, match="no column 'plaice'; it has"):
        misspelt()


# Measures and exhibits


@every_measure
def test_a_measure_says_what_it_counts_and_on_what_basis(measure: Measure) -> None:
    assert measure.title and measure.why.endswith(".") and measure.counts in COUNTED
    assert measure.good in (None, "high", "low")


def test_the_exhibits_are_those_of_the_contract() -> None:
    found = {page: {e.id for e in EXHIBITS.values() if e.page == page} for page in {e.page for e in EXHIBITS.values()}}
    assert found == {page: set(ids.split()) for page, ids in CONTRACT.items()}


@every_exhibit
def test_an_exhibit_answers_in_words_figures_and_pictures(exhibit: Exhibit, ask: Ask) -> None:
    given = ask(exhibit)
    complete(given)
    assert not given.empty and any(figure.mark == SHOWN for found in given.figures for figure in found.rows)
    assert given.sample and given.source and given.as_of and not given.ignored


@every_filter
def test_an_exhibit_answers_to_each_filter_that_acts(
    exhibit: Exhibit, name: str, ask: Ask, sample_store: Store
) -> None:
    value = first_row(sample_store, exhibit.row)[name]
    given = ask(exhibit, **{name: str(value)})
    complete(given)
    assert not given.ignored and str(value) in given.selection.words()


@every_exhibit
def test_an_exhibit_answers_when_one_row_is_left(exhibit: Exhibit, ask: Ask, sample_store: Store) -> None:
    row = first_row(sample_store, exhibit.row)
    complete(ask(exhibit, **{name: str(row[name]) for name in filters_of([exhibit])}))


@every_exhibit
def test_an_exhibit_answers_in_words_when_nothing_is_left(exhibit: Exhibit, ask: Ask) -> None:
    given = ask(exhibit, **dict.fromkeys(filters_of([exhibit]), NOBODY))
    complete(given)
    assert given.empty == bool(filters_of([exhibit]))


@every_exhibit
def test_an_exhibit_says_which_filter_it_cannot_use(exhibit: Exhibit, ask: Ask) -> None:
    other = next(name for name in filters_of(EXHIBITS.values()) if name not in exhibit.row.fields)
    given = ask(exhibit, **{other: NOBODY})
    assert given.ignored == (next(row.fields[other].title for row in ROWS.values() if other in row.fields),)
    assert given.figures == ask(exhibit).figures


def complete(given: Answer) -> None:
    """It has every part a person needs, and nothing in it tells of one to four people."""
    assert given.headline and given.alt and not re.search(r"[{}\[\]]|None|nan", given.headline), given.headline
    for figures in (*given.figures, *(found for level in given.totals.values() for found in level)):
        assert figures.measure.why
        protected(figures)
    assert draw(given).height > 0
    assert table(given)
    downloads(given)


def protected(figures: Figures) -> None:
    """A marked figure has no value, and no count of one to four people is shown."""
    for figure in figures.rows:
        assert figure.mark == SHOWN or figure.mark in MEANINGS
        assert (figure.value is None) == (figure.mark != SHOWN)
        if figures.measure.counts in PEOPLE and figures.measure.of.add is None:
            assert figure.numerator is None or not 0 < figure.numerator < 5


def downloads(given: Answer) -> None:
    """The workbook opens, with a table behind its cover; the CSV has a line for each figure, in the contract's form."""
    book, text = io.BytesIO(), io.StringIO()
    exports.workbook([given], book)
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(book.getvalue())).sheet_names) >= 2
    exports.csv([given], text)
    heading, *lines = csv.reader(io.StringIO(text.getvalue()))
    assert heading == ["exhibit", "measure", *given.exhibit.by, "numerator", "denominator", "value", "mark"]
    assert len(lines) == sum(len(figures.rows) for figures in given.figures)


# Pages


def test_every_page_is_in_the_menu_and_every_exhibit_has_its_page() -> None:
    menu = (HOUSE / "app.py").read_text()
    assert not [page.name for page in PAGES if f"pages/{page.name}" not in menu]
    assert not [path for path in CONTRACT if f'url_path="{path}"' not in menu]
    assert not [page.stem for page in PAGES if f'url_path="{page.stem}"' in menu], "its link would run it by itself"


@every_page
@pytest.mark.usefixtures("in_the_app")
def test_a_page_renders_by_itself_and_again(page: Path) -> None:
    app = AppTest.from_file(str(page), default_timeout=60).run()
    assert not app.exception and not app.error
    assert not app.run().exception  # in another thread: what one run makes, the next must be able to use


@every_page
@pytest.mark.usefixtures("in_the_app")
def test_a_page_renders_from_the_menu_and_again(page: Path) -> None:
    app = AppTest.from_file(str(HOUSE / "app.py"), default_timeout=60).run()
    app.switch_page(f"pages/{page.name}").run()
    assert not app.exception and not app.error
    assert not app.run().exception


def test_the_option_that_keeps_a_room_of_people_quick_is_still_there() -> None:
    # Hidden, so it may go without notice; without it each script run ends in a full collection of garbage.
    assert config.get_option("runner.postScriptGC") is False
