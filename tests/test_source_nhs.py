"""NHS England's waiting lists as published: the SitRep's tables and new autism referrals."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest
from python_calamine import CalamineWorkbook

from sendviz.datasets.health import HealthFigure, over_18, waiting_lists
from sendviz.datasets.published import PublishedFigure
from sendviz.figures import answer
from sendviz.intake import load
from sendviz.loading import SheetReport
from sendviz.selection import Selection
from sendviz.settings import Settings, settings
from sendviz.sources import SOURCES
from sendviz.store import Store
from tests.sheets import read, saved, told

FILES = Path(__file__).parent / "files"
SITREP = FILES / "nhs_community_health_2023-09.xlsx"
TABLES = ("Table 4", *(f"Table 4{letter}" for letter in "abcdefg"))
Sheet = list[list[object]]


def figures(path: Path) -> tuple[list[HealthFigure], list[SheetReport]]:
    rows, reports = read(path, sources=SOURCES)
    return cast(list[HealthFigure], rows), reports


def values(rows: Sequence[HealthFigure], measure: str, provider: str) -> dict[str, float | None]:
    return {row.service: row.value for row in rows if row.measure == measure and row.provider == provider}


def tables() -> dict[str, Sheet]:
    """The cells of tables 4 to 4g, to be changed."""
    book = CalamineWorkbook.from_path(str(SITREP))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in TABLES}


def changed(path: Path, sheets: Mapping[str, Sheet]) -> tuple[list[HealthFigure], list[SheetReport]]:
    return figures(saved(path, **{name.replace(" ", "_"): sheet for name, sheet in sheets.items()}))


@pytest.fixture
def of_wakefield(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SENDVIZ_AREA", "Wakefield")
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_waiting_lists_of_england_and_the_areas_own_providers() -> None:
    rows, reports = figures(SITREP)
    assert told(reports) == []
    assert values(rows, "Waiting list", "England") == {
        "Community paediatrics": 78181, "Speech and language therapy": 65057, "Occupational therapy": 17431,
        "Physiotherapy": 15041, "Audiology": 18864,
    }  # fmt: skip
    assert values(rows, "Waiting list", "MPFT")["Community paediatrics"] == 1622
    assert {(row.provider, row.period) for row in rows} == {("England", "2023-09"), ("MPFT", "2023-09")}


def test_the_share_over_18_weeks_is_of_those_counted_by_weeks() -> None:
    rows, _ = figures(SITREP)
    england, own = values(rows, "Over 18 weeks", "England"), values(rows, "Over 18 weeks", "MPFT")
    assert england["Speech and language therapy"] == pytest.approx(100 * (22974 + 4156) / 63560)
    assert own["Speech and language therapy"] == pytest.approx(100 * 16 / 393)
    note = next(r.note for r in rows if r.unit == "%" and r.service == "Physiotherapy" and r.provider == "MPFT")
    assert note == "8 of 770 waiting, by NHS England's counts"


def test_what_is_left_out_is_said_once() -> None:
    _, reports = figures(SITREP)
    told_of = [warning for report in reports for warning in report.warnings]
    assert told_of == [
        "Kept: England, MPFT; Community paediatrics, Speech and language therapy, Occupational therapy, Physiotherapy, "
        "Audiology. Left out: 3 other organisations (SENDVIZ_HEALTH_PROVIDERS names those to keep) and other services. "
        "RLY is not in the file.",
        "Sheet 'Cover page' was not read.",
        "Sheet 'Table 2' was not read.",
    ]


@pytest.mark.usefixtures("of_wakefield")
def test_blank_is_not_available_and_nobody_waiting_is_no_share() -> None:
    rows, _ = figures(SITREP)
    assert values(rows, "Waiting list", "SWYPFT") == {
        "Community paediatrics": None, "Speech and language therapy": 789, "Occupational therapy": 0,
        "Physiotherapy": 295, "Audiology": 166,
    }  # fmt: skip
    shares = values(rows, "Over 18 weeks", "SWYPFT")
    assert shares["Community paediatrics"] is shares["Occupational therapy"] is None
    assert shares["Audiology"] == 0


def test_providers_are_kept_by_code_under_their_own_or_a_given_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDVIZ_HEALTH_PROVIDERS", "qnc = The system; RXG")
    settings.cache_clear()
    try:
        rows, _ = figures(SITREP)
    finally:
        settings.cache_clear()
    assert {row.provider for row in rows} == {
        "England", "The system", "SOUTH WEST YORKSHIRE PARTNERSHIP NHS FOUNDATION TRUST"
    }  # fmt: skip


def test_some_weeks_that_were_not_submitted_leave_no_share(tmp_path: Path) -> None:
    sheets = tables()
    sheets["Table 4c"][5][10] = ""
    rows, reports = changed(tmp_path / "sitrep.xlsx", sheets)
    assert told(reports) == []
    shares = values(rows, "Over 18 weeks", "England")
    assert [service for service, share in shares.items() if share is None] == ["Speech and language therapy"]


def test_a_count_that_is_no_number_is_named_by_its_cell(tmp_path: Path) -> None:
    sheets = tables()
    sheets["Table 4"][5][5] = sheets["Table 4b"][5][5] = "*"
    _, reports = changed(tmp_path / "sitrep.xlsx", sheets)
    assert [(report.sheet, *problem) for report in reports for problem in told([report])] == [
        ("Table 4", "F6", "(CYP) Community paediatric service", "*", "must be a number"),
        ("Table 4b", "F6", "(CYP) Community paediatric service", "*",
         "must be the number of people waiting, or blank"),
    ]  # fmt: skip


def test_a_title_without_its_month_is_a_problem(tmp_path: Path) -> None:
    sheets = tables()
    sheets["Table 4"][0][0] = "Total waiting list by service"
    _, reports = changed(tmp_path / "sitrep.xlsx", sheets)
    assert [rule for *_, rule in told(reports)] == [
        "the title above the headings must say what is counted and the month, such as 'Total waiting list by service, "
        "September 2023'"
    ]


def test_a_table_by_weeks_that_is_missing_is_a_problem(tmp_path: Path) -> None:
    sheets = {name: sheet for name, sheet in tables().items() if name != "Table 4d"}
    _, reports = changed(tmp_path / "sitrep.xlsx", sheets)
    assert [rule for *_, rule in told(reports)] == [
        "the tables by weeks before this one do not follow each other from 0 weeks on, with one that begins at 18: "
        "load the workbook whole"
    ]


def test_an_edition_with_a_longer_wait_of_its_own_gives_the_same_shares(tmp_path: Path) -> None:
    sheets = tables()
    sheets["Table 4h"] = [list(line) for line in sheets["Table 4g"]]
    sheets["Table 4g"][0][0] = "Number waiting >52-104 weeks by service, September 2023"
    sheets["Table 4h"][0][0] = "Number waiting over 104 weeks by service, September 2023"
    for line in sheets["Table 4h"][5:]:
        line[3:] = [0 if cell != "" else "" for cell in line[3:]]
    rows, reports = changed(tmp_path / "sitrep.xlsx", sheets)
    before, _ = figures(SITREP)
    assert told(reports) == [] and [row.value for row in rows] == [row.value for row in before]


def test_england_is_what_a_provider_is_held_against(store: Store, tmp_path: Path) -> None:
    assert load([SITREP], store, "Ann").stored
    given = answer(over_18, Selection(), store, Settings(data_dir=tmp_path))
    shown = {row.at: row.value for row in given.figures[0].rows}
    assert shown["Speech and language therapy", "MPFT", "2023-09"] == pytest.approx(0.0407, abs=0.0001)
    assert given.headline == (
        "66.6% of those waiting for audiology at MPFT in September 2023 had waited over 18 weeks, compared with 30.3% "
        "in England"
    )


def test_waiting_lists_shown_are_those_of_the_areas_providers(store: Store, tmp_path: Path) -> None:
    assert load([SITREP], store, "Ann").stored
    given = answer(waiting_lists, Selection(), store, Settings(data_dir=tmp_path))
    shown = {row.at: row.value for row in given.figures[0].rows}
    assert shown["Occupational therapy", "MPFT", "2023-09"] == 93 and {provider for _, provider, _ in shown} == {"MPFT"}


def test_new_autism_referrals_become_published_figures() -> None:
    rows, reports = read(FILES / "nhs_autism_new_referrals.csv", sources=SOURCES)
    assert told(reports) == [] and len(rows) == 5
    found = {(row.period, row.breakdown): row.value for row in cast(list[PublishedFigure], rows)}
    assert found["2022-04", "Age: 0 - 17"] == 8635 and found["2022-04", "Age: 65 and Over"] == 10
    assert {(row.area_name, row.level) for row in cast(list[PublishedFigure], rows)} == {("England", "England")}


def test_a_file_that_does_not_say_what_it_counts_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes((FILES / "nhs_autism_new_referrals.csv").read_bytes())
    _, reports = read(path, sources=SOURCES)
    assert [rule for *_, rule in told(reports)] == [
        "the headings do not say what is counted, so the file's name must: autism_new_referrals.csv"
    ]
