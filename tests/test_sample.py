"""The sample: loads without a problem, is made again alike, and gives the figures that were shown to a real meeting."""

import csv
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from sample_data.make import HERE, make
from sendviz.answer import NOT_AVAILABLE, WITHHELD, Figure, Figures
from sendviz.datasets import (
    DATASETS,
    EXHIBITS,
    activities,
    clusters,
    cohort,
    comparisons,
    health,
    plans,
    referrals,
    survey,
)
from sendviz.datasets import settings as settings_data
from sendviz.figures import answer
from sendviz.intake import load
from sendviz.loading import Report
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import Exhibit, Measure
from sendviz.vocabulary.dimensions import NEEDS

Shown = tuple[Exhibit, Measure]
PRINTED = Path(__file__).with_name("meeting_figures.csv").read_text(encoding="utf-8")
POINTS = list(csv.DictReader(PRINTED.splitlines()))
COMPARED = [line for line in POINTS if line["figure"].startswith("comparison.")]
SAID = [line for line in POINTS if line not in COMPARED]


# Where a figure of the meeting stands here: by its name and unit, or by its name alone.
SHOWN: dict[str, Shown] = {
    "referrals.monthly count": (referrals.table, referrals.referrals),
    "referrals.monthly % resulting in assessment": (referrals.table, referrals.agreed),
    "cohort.current_total": (cohort.over_time, cohort.pupils),
    "survey.responses": (survey.survey_responses, survey.responses),
    "survey.reach": (activities.survey_reach, activities.reached),
    "clusters.settings": (settings_data.cluster_settings, settings_data.open_settings),
    "clusters.funding": (clusters.cluster_funding, clusters.funding),
    "health.referrals": (health.health_referrals, health.referrals),
    "health.referrals_change": (health.health_referrals, health.referrals_change),
    "health.ehcna_requests_change": (health.health_referrals, health.requests_change),
    "health.share_of_community_paediatrics": (health.health_referrals, health.paediatrics_share),
    "health.caseload": (health.health_caseload, health.caseload),
    "health.caseload_change": (health.health_caseload, health.caseload_change),
    "health.mean_wait": (health.waits, health.mean_wait),
    "health.longest_wait": (health.waits, health.longest_wait),
    "health.over_18_weeks": (health.over_18, health.over_18_weeks),
}
WITH_SMALL_NUMBERS = {"referrals-sources-over-time", "survey-answers", "cluster-measures"}
# Points whose print left the period open: the period the sample keeps them under.
PERIODS = {"to 2025": "2025", "not stated": "2024/25", "Q1": "Q1 2025/26"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("sample")
    return Settings(database_url=f"sqlite:///{folder / 'sendviz.db'}", data_dir=folder)


@pytest.fixture(scope="module")
def store(kept: Settings) -> Store:
    return Store.open(kept)


@pytest.fixture(scope="module", autouse=True)
def report(store: Store) -> Report:
    return load(
        sorted(path for path in HERE.iterdir() if path.suffix in (".xlsx", ".csv")), store, "tests", sample=True
    )


def place(figure: str, point: str) -> tuple[object, ...]:
    """The dimension values of a point as printed."""
    if figure.startswith("health."):
        service, provider, period = point.split(" | ")
        words = PERIODS.get(period, period.split(" to ")[-1])
        takes = health.HealthFigure.field("period").takes
        assert takes
        return service, provider, takes.read(words)
    if figure.startswith(("referrals.", "cohort.")):
        return (int(point),) if point.isdigit() else (month(point),)
    return tuple(part for part in point.split(": ") if part not in ("Total", "children reached"))


def month(point: str) -> dt.date:
    form = "%Y %B" if point[0].isdigit() else "%B %Y"
    return dt.datetime.strptime(point, form).replace(day=1).date()


def found(levels: list[Figures], values: tuple[object, ...]) -> tuple[Figures, Figure]:
    """The one figure that stands at these values, at the first level that has it."""
    for level in levels:
        rows = [row for row in level.rows if set(values) <= set(row.at)]
        if len(rows) == 1:
            return level, rows[0]
    raise AssertionError(f"no figure, or several, at {values}")


@pytest.mark.parametrize("point", SAID, ids=lambda line: f"{line['figure']} {line['point']} {line['unit']}")
def test_it_gives_the_meetings_figures(point: dict[str, str], store: Store, kept: Settings) -> None:
    exhibit, measure = SHOWN.get(f"{point['figure']} {point['unit']}") or SHOWN[point["figure"]]
    shown = answer(exhibit, Selection(), store, kept)
    at = exhibit.measures.index(measure)
    levels = [shown.figures[at], *(figures[at] for figures in shown.totals.values())]
    level, figure = found(levels, place(point["figure"], point["point"]))
    assert figure.value is not None
    assert level.measure.unit.rounded(figure.value) == Decimal(point["value"])


@pytest.mark.parametrize("point", COMPARED, ids=lambda line: line["point"])
def test_it_gives_the_figures_of_the_strategy_compared(point: dict[str, str], store: Store, kept: Settings) -> None:
    """Needs stand as shares of the printed total of plans: the parts are their numerators, the total what they are
    out of."""
    area, _, *need = point["point"].split(" | ")
    support = point["figure"] == "comparison.sen_support_total"
    shown = answer(comparisons.compare_plans if support else comparisons.compare_need, Selection(), store, kept)
    rows = [row for row in shown.figures[-1].rows if {area, "2025-11"} <= set(row.at)]
    if support:
        assert [row.value for row in rows] == [float(point["value"])]
    elif need:
        assert [row.numerator for row in rows if row.at[-1] == named(need[0])] == [float(point["value"])]
    else:
        assert {row.denominator for row in rows} == {float(point["value"])}


def named(need: str) -> str:
    """A need as it is called here: by its code where one is printed, else by its name."""
    code = re.search(r"\((\w+)\)", need)
    return NEEDS[code[1].upper()] if code else next(name for name in NEEDS.values() if name.lower() == need.lower())


def test_what_a_provider_did_not_give_is_not_available(store: Store, kept: Settings) -> None:
    shown = answer(health.health_referrals, Selection(), store, kept)
    share = shown.figures[health.health_referrals.measures.index(health.paediatrics_share)]
    figure = share.at("ADHD", "NSCHT", "2025/26 Q1")
    assert figure and figure.mark == NOT_AVAILABLE


@pytest.mark.parametrize(("year", "all_plans", "excluding"), [(2024, (184, 559), (170, 519))])
def test_final_plans_are_those_published(
    year: int, all_plans: tuple[int, int], excluding: tuple[int, int], store: Store, kept: Settings
) -> None:
    shown = answer(plans.plans_timeliness, Selection(), store, kept)
    yearly = [figures.at(year) for figures in shown.totals["year",]]
    assert [(f.numerator, f.denominator) for f in yearly if f] == [all_plans, excluding]


def test_the_cohort_is_the_one_published(store: Store, kept: Settings) -> None:
    shown = answer(cohort.over_time, Selection(), store, kept).figures[0]
    januaries = {row.at[0].year: row.value for row in shown.rows if row.at[0].month == 1}  # type: ignore[attr-defined]
    assert januaries == {2024: 2970, 2025: 3405, 2026: 3783}


def test_it_loads_without_a_problem_and_has_every_dataset(report: Report) -> None:
    assert [line for sheet in report.files for line in sheet.problems] == []
    assert {sheet.dataset for sheet in report.files} == set(DATASETS)


@pytest.mark.parametrize("exhibit", EXHIBITS.values(), ids=EXHIBITS)
def test_little_of_it_is_withheld(exhibit: Exhibit, store: Store, kept: Settings) -> None:
    """Unfiltered, only a few charts have small numbers, so that the rule can be seen at work."""
    shown = answer(exhibit, Selection(), store, kept)
    withheld = [row.at for figures in shown.figures for row in figures.rows if row.mark == WITHHELD]
    assert not shown.empty
    assert bool(withheld) is (exhibit.id in WITH_SMALL_NUMBERS)


def test_it_is_made_again_alike(tmp_path: Path) -> None:
    """Part by part: how a part is compressed may differ between machines."""
    for path in make(tmp_path):
        with ZipFile(path) as new, ZipFile(HERE / path.name) as old:
            assert new.namelist() == old.namelist()
            assert [n for n in new.namelist() if new.read(n) != old.read(n)] == [], f"{path.name}: run sample_data.make"
