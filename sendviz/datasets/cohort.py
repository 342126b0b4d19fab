"""Pupils with an EHC plan at each month end, and those whose placement moved."""

from typing import Annotated

from sendviz.vocabulary import NOT_RECORDED, SHARE, Exhibit, Measure, Not, Row, Total, column, derived, whole
from sendviz.vocabulary.dimensions import (
    KEY_STAGE_SAID,
    Age,
    CityStatus,
    FundingLA,
    Gender,
    HomeLA,
    KeyStage,
    Locality,
    PrimaryNeed,
    Pupil,
    School,
    SchoolType,
    Urn,
)  # fmt: skip
from sendviz.vocabulary.fields import MaybeYesNo, Month, MonthEnd

PAGE = "ehcp-cohort"
PLAN_BASIS = (
    "A plan kept under section 37 or 44 of the Children and Families Act 2014 and not ceased by that month end."
)


class CohortPupil(
    Row,
    title="EHCP cohort",
    dataset="ehcp_cohort",
    one="a pupil with a plan at a month end",
    origin="Capita ONE",
    when="month_end",
    stock=True,
    unique=("month_end", "pupil_id"),
):
    """A pupil with an EHC plan at a month end."""

    month_end: MonthEnd = column("Month end", "Snapshot date", "As at", description="The last day of the month.")
    pupil_id: Pupil
    age: Age = column("Age", "Age at month end", description="Whole years at the month end.")
    nc_year: Annotated[int, whole(-5, 21, 4)] = column(
        "NC year", "National curriculum year", "Year group", description="Age on 31 August minus 4; Reception is 0."
    )
    key_stage: KeyStage
    gender: Gender
    primary_need: PrimaryNeed
    in_care: MaybeYesNo = column(
        "In care", "CLA", "LAC", "Looked after", description="Looked after by a local authority."
    )
    home_la: HomeLA
    funding_la: FundingLA
    city_status: CityStatus
    school_type: SchoolType
    school: School
    urn: Urn = None
    locality: Locality

    @derived("Mainstream or not", "Whether the plan is delivered in a mainstream school.")
    def setting(self) -> str:
        if self.school_type == NOT_RECORDED:
            return NOT_RECORDED
        return "Mainstream" if self.school_type == "Mainstream" else "Not mainstream"


class Move(
    Row,
    title="Moves",
    dataset="moves",
    one="pupils whose school type changed between two month ends",
    origin="Capita ONE",
    when="month",
    made_from=CohortPupil,
):
    """Pupils whose school type at one month end differs from the one before; worked out from the cohort's spells."""

    month: Month = column("Month", description="The month in which the change shows: that of the later month end.")
    from_type: SchoolType = column("From school type", description="School type at the earlier month end.")
    to_type: SchoolType = column("To school type", description="School type at the later month end.")
    pupils: Annotated[int, whole(1, 1_000_000, 1)] = column("Pupils", description="How many moved.")
    key_stage: KeyStage
    primary_need: PrimaryNeed
    home_la: HomeLA
    funding_la: FundingLA
    city_status: CityStatus
    locality: Locality


pupils = Measure("Pupils with a plan", of=Total(CohortPupil), why=PLAN_BASIS)
in_care = Measure(
    "Pupils with a plan who are in care",
    of=Total(CohortPupil, only={"in_care": True}),
    over=Total(CohortPupil, only={"in_care": (True, False)}),
    unit=SHARE,
    why="Pupils looked after by a local authority (section 22, Children Act 1989), of all pupils with a plan. "
    "Not available where the data come from a SEN2 return, which does not ask.",
)
in_mainstream = Measure(
    "Pupils with a plan in mainstream schools",
    of=Total(CohortPupil, only={"setting": "Mainstream"}),
    over=Total(CohortPupil, only={"setting": Not(NOT_RECORDED)}),
    unit=SHARE,
    why="Pupils whose plan is delivered in a mainstream school, of all whose school type is recorded.",
)
into_special = Measure(
    "Pupils who moved from mainstream into special",
    of=Total(Move, add="pupils", only={"from_type": "Mainstream", "to_type": ("Special", "Independent")}),
    good="low",
    why="In a mainstream school at one month end, in a special or independent school at the next.",
)
into_independent = Measure(
    "Pupils who moved into independent special",
    of=Total(Move, add="pupils", only={"from_type": Not("Independent"), "to_type": "Independent"}),
    good="low",
    why="Not in an independent school at one month end, in one at the next.",
)

over_time = Exhibit(
    "cohort-over-time", "Pupils with a plan at each month end", (pupils,), ("month",),
    chart="line", page=PAGE,
    headline="{value:pupil} had an EHC plan {when}[, {on_year}]",
)  # fmt: skip
by_key_stage = Exhibit(
    "cohort-key-stage", "Pupils with a plan by key stage, at each month end", (pupils,), ("month", "key_stage"),
    chart="panels", page=PAGE,
    headline="{top_in_sentence} had the most pupils with a plan in {period}, {top_value}"
             "[, and grew most since {riser_since}, by {top_rise}]"
             "[; {riser} grew most since {riser_since}, by {riser_rise}]",
    alone="{top_value:pupil with a plan was|pupils with a plan were} in {top_in_sentence} in {period}[, {top_on_year}]",
    said=KEY_STAGE_SAID,
)  # fmt: skip
care = Exhibit(
    "cohort-in-care", "Pupils with a plan who are also in care", (in_care,), ("month",),
    chart="count line", page=PAGE,
    headline="{count:pupil with a plan was|pupils with a plan were} also in care {when}[, {count_on_year}]",
)  # fmt: skip
by_gender = Exhibit(
    "cohort-gender", "Pupils with a plan by gender", (pupils,), ("gender",),
    chart="bars", page=PAGE, latest=True,
    headline="{top_share} of pupils with a plan were {top_in_sentence} in {period}",
)  # fmt: skip
by_primary_need = Exhibit(
    "cohort-primary-need", "Pupils with a plan by primary need", (pupils,), ("primary_need",),
    chart="bars", page=PAGE, latest=True,
    headline="The most common primary need in {period} was {top_in_sentence}: "
             "{top_value:pupil} ({top_share})[, {top_on_year}]",
    alone="{top_in_sentence} was the primary need of {top_value:pupil} with a plan in {period}[, {top_on_year}]",
)  # fmt: skip
by_current_key_stage = Exhibit(
    "cohort-current-key-stage", "Pupils with a plan by key stage now", (pupils,), ("key_stage",),
    chart="bars", page=PAGE, latest=True,
    headline="In {period}, {top_share} of pupils with a plan were in {top_in_sentence}, "
             "more than in any other key stage",
    alone="{top_value:pupil with a plan was|pupils with a plan were} in {top_in_sentence} in {period}[, {top_on_year}]",
    said=KEY_STAGE_SAID,
)  # fmt: skip
by_age = Exhibit(
    "cohort-age", "Pupils with a plan by age", (pupils,), ("age",),
    chart="columns", page=PAGE, latest=True,
    headline="The most common age in {period} was {top}: {top_value:pupil}[, {top_on_year}]",
    alone="{top_value:pupil with a plan was|pupils with a plan were} aged {top} in {period}[, {top_on_year}]",
)  # fmt: skip
by_school_type = Exhibit(
    "cohort-school-type", "Pupils with a plan by school type, at each month end", (pupils,),
    ("month", "setting", "school_type"),
    chart="setting lines", page=PAGE,
    headline="The most common school type in {period} was {top_in_sentence}: "
             "{top_value:pupil} ({top_share})[, {top_on_year}]",
    alone="{top} was the school type of {top_value:pupil} with a plan in {period}[, {top_on_year}]",
)  # fmt: skip
moves_into_special = Exhibit(
    "moves-into-special", "Moves from mainstream into special", (into_special,), ("month",),
    chart="columns", page="placements-and-costs",
    headline="{year_value:pupil} moved from mainstream into special {in_year}[, {on_previous_year}]",
)  # fmt: skip
moves_into_independent = Exhibit(
    "moves-into-independent", "Moves into independent special", (into_independent,), ("month",),
    chart="columns", page="placements-and-costs",
    headline="{year_value:pupil} moved into independent special {in_year}[, {on_previous_year}]",
)  # fmt: skip
