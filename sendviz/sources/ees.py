"""Explore Education Statistics (DfE): figures of England, its regions and authorities, as published.

One line of a file is an area, period and breakdown; each indicator kept becomes a published figure. A file is told by
an indicator that only its table has. Headings are matched without regard to case, since they drift between releases;
of a heading that stands there twice the first is read; an indicator that a release lacks is not available. Shares are
not kept: they are worked out from their parts. A total is where the breakdown is its own topic.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from sendviz.datasets.published import NEEDS_OF_NEW_PLANS, NEW_PLANS, RELEASE, PublishedFigure
from sendviz.datasets.wholes import ALL, ASSESSED, CEASED, IN_WORK, NEEDED, OUTCOMES, PLACED, RESIDENTIAL
from sendviz.loading import Cells, Made, Source, Top
from sendviz.vocabulary.fields import plain

PLACES = {"national": ("England", "country_code", "country_name"), "regional": ("Region", "region_code", "region_name"),
          "local authority": ("LA", "new_la_code", "la_name")}  # fmt: skip
SYMBOLS = frozenset({"c", "k", "low", "u", "x", "z"})
COMMON = frozenset({"time_period", "geographic_level", "breakdown_topic", "breakdown"}) | {
    heading for _, code, name in PLACES.values() for heading in (code, name)
}
CALENDAR = "calendar year"


@dataclass(frozen=True)
class Table:
    """A table of the release: the indicator it is told by, which is the first kept, and what it is called.

    `of_calendar_years` is the name of another table that has the same headings, and calendar years for school years.
    """

    publication: str
    kept: tuple[str, ...]
    of_calendar_years: str = ""


TABLES = (
    Table(f"{RELEASE}: plans in force", ("ehcplans", *PLACED)),
    Table(NEW_PLANS, ("new_ehc_plans", *PLACED)),
    Table(f"{RELEASE}: primary needs of plans in force", ("ehc_plans", *NEEDED), NEEDS_OF_NEW_PLANS),
    Table(f"{RELEASE}: 20 weeks", (
        "plans_issued_den_ex", "plans_issued_den", "plans_issued_within_20_weeks", "plans_issued_20_weeks_ex",
    )),
    Table(f"{RELEASE}: requests", (
        "requests_received_in_year", "requests_decided_to_assess", "requests_decided_not_to_assess",
        "requests_decision_not_made", "requests_withdrawn", "request_outcome_six_weeks", "request_outcome_over_6_weeks",
    )),
    Table(f"{RELEASE}: assessments", ("assess_issued", "assess_in_year", *ASSESSED[1:])),
    Table(f"{RELEASE}: annual reviews", (
        "total_review_meeting", "review_expected", "no_review_meeting", "review_decision_outstanding",
        "number_decsion_4weeks", "number_decision_gt_4weeks", *OUTCOMES,
    )),
    Table(f"{RELEASE}: ceased plans", ("total_ceased", *CEASED)),
    Table(f"{RELEASE}: personal budgets", (
        "personal_budget", "org_arrangments", "pb_health", "pb_education", "pb_social", "pb_integrated",
    )),
    Table(f"{RELEASE}: residential placements", ("res_tot", *RESIDENTIAL)),
    Table(f"{RELEASE}: work-based placements", ("open_wbp", *IN_WORK)),
)  # fmt: skip
TOLD_BY = {table.kept[0]: table for table in TABLES}


def period(published: object) -> str:
    """A calendar year as it is; 202425 as 2024/25."""
    text = plain(published)
    return f"{text[:4]}/{text[4:]}" if len(text) == 6 and text.isdigit() else text


def breakdown(topic: object, value: object) -> str:
    """`All` for a total, else topic and value together, since values such as Unknown stand under several topics."""
    topic, value = plain(topic), plain(value)
    return ALL if value.casefold() in ("total", topic.casefold()) else f"{topic}: {value}"


def symbol(value: object) -> str | None:
    """The symbol that stands in place of a value, if one does."""
    text = value.strip().strip("[]").casefold() if isinstance(value, str) else ""
    return text if text in SYMBOLS else None


@dataclass(frozen=True)
class Lines:
    """Reads the lines of one file: a figure for each indicator that is there, with the columns it comes from."""

    table: Table
    at: Mapping[str, int]
    indicators: tuple[tuple[str, int], ...]

    def __call__(self, cells: Cells) -> Iterator[Made]:
        """The figures of a line: for each, the column of every field, and its value."""
        at = self.at
        level = plain(cells[at["geographic_level"]])
        shown, code, name = PLACES.get(level.casefold(), (level, "new_la_code", "la_name"))
        columns = {
            "area_code": at[code], "area_name": at[name], "level": at["geographic_level"],
            "period": at["time_period"], "breakdown": at["breakdown"],
        }  # fmt: skip
        place = {
            "area_code": cells[at[code]], "area_name": cells[at[name]], "level": shown,
            "period": period(cells[at["time_period"]]),
            "breakdown": breakdown(cells[at["breakdown_topic"]], cells[at["breakdown"]]),
            "publication": self._publication(cells),
        }  # fmt: skip
        for indicator, column in self.indicators:
            found = symbol(cells[column])
            figure = {"measure": indicator, "value": None if found else cells[column], "symbol": found}
            yield columns | {"value": column, "measure": column}, place | figure

    def _publication(self, cells: Cells) -> str:
        told = self.at.get("time_identifier")
        if self.table.of_calendar_years and told is not None and plain(cells[told]).casefold() == CALENDAR:
            return self.table.of_calendar_years
        return self.table.publication


def recognises(headings: Collection[str]) -> bool:
    """Whether a sheet with these headings is a table of the release."""
    return COMMON.issubset(headings) and not TOLD_BY.keys().isdisjoint(headings)


def _reads(top: Top) -> Callable[[Cells], Iterator[Made]]:
    table = next(table for told, table in TOLD_BY.items() if told in top.at)
    there = sorted((top.at[name], name) for name in table.kept if name in top.at)
    return Lines(table, top.at, tuple((name, column) for column, name in there))


ehc_plans = Source(RELEASE, PublishedFigure, recognises, _reads)
