"""Requests for an EHC needs assessment, and how many lead to one."""

from typing import Annotated

from sendviz.vocabulary import SHARE, Exhibit, Measure, Row, Total, category, column, rule
from sendviz.vocabulary.dimensions import AssessmentType, Locality, Phase, Pupil, School, Urn
from sendviz.vocabulary.fields import Day, Identifier, MaybeDay

PAGE = "ehcp-referrals"
SOURCES = ("Education setting", "Parent or young person", "Health", "Social care", "Other")
SOURCE_SAID = {
    SOURCES[0]: "education settings", SOURCES[1]: "parents or young people", SOURCES[2]: "health services",
    SOURCES[4]: "other sources",
}  # fmt: skip


class Referral(
    Row,
    title="Referrals",
    dataset="referrals",
    one="a request for an EHC needs assessment",
    origin="Capita ONE",
    when="referral_date",
    unique=("referral_id",),
):
    """A request for an EHC needs assessment (section 36, Children and Families Act 2014)."""

    referral_id: Identifier = column(
        "Referral ID", "Referral reference", "Request ID", description="One for each request."
    )
    pupil_id: Pupil
    referral_date: Day = column(
        "Referral date", "Received date", "Date received", description="When the request arrived."
    )
    assessment_type: AssessmentType
    source: Annotated[
        str, category(*SOURCES, aka={"Parent": SOURCES[1], "Young person": SOURCES[1], "School": SOURCES[0]})
    ] = column("Source", "Source of referral", "Referral source", description="Who asked, as in the SEN2 return.")
    outcome: Annotated[
        str, category("Assessment agreed", "Not agreed", "Withdrawn", "Pending", aka={"Agreed": "Assessment agreed"})
    ] = column("Outcome", "Decision", "Outcome of request", description="Whether an assessment was agreed.")
    decision_date: MaybeDay = column(
        "Decision date", "Date of decision", optional=True, description="Blank while it is pending."
    )
    school: School
    urn: Urn = None
    phase: Phase
    locality: Locality

    @rule("decision_date", "A decision cannot be before its referral")
    def decided_after_referral(self) -> bool:
        return self.decision_date is None or self.decision_date >= self.referral_date


referrals = Measure(
    "Referrals",
    of=Total(Referral),
    why="Requests for an EHC needs assessment, by the date received (section 36, CFA 2014).",
)
agreed = Measure(
    "Referrals resulting in assessment",
    of=Total(Referral, only={"outcome": "Assessment agreed"}),
    over=Total(Referral),
    unit=SHARE,
    why="Referrals where an assessment was agreed, of all referrals of the period. "
    "Those still pending count in the whole.",
)
pending = Measure(
    "Referrals pending", of=Total(Referral, only={"outcome": "Pending"}), why="Referrals without a decision yet."
)

table = Exhibit(
    "referrals-table", "Referrals and how many result in assessment", (referrals, agreed), ("month",),
    chart="year table", page=PAGE,
    headline="{year_value:referral was|referrals were} received {in_year}[, {on_previous_year}]"
             "[; {year_value_2} resulted in an assessment]",
    options={
        "count also": pending,
        "also": "{count:of these referrals is still pending and counts|of these referrals are still pending and count} "
                "as not (yet) resulting in assessment.",
    },
)  # fmt: skip
over_time = Exhibit(
    "referrals-over-time", "Pupils referred, by month, this year against last", (referrals,), ("month",),
    chart="year lines", page=PAGE,
    headline="{value:referral was|referrals were} received {when}[, {on_year}]",
)  # fmt: skip
sources = Exhibit(
    "referrals-sources", "Who referred", (referrals,), ("source",),
    chart="bars", page=PAGE,
    headline="{top_share} of referrals {in_span} came from {top_in_sentence}, more than from any other source",
    alone="{top_value:referral} {in_span} came from {top_in_sentence}", said=SOURCE_SAID,
)  # fmt: skip
sources_over_time = Exhibit(
    "referrals-sources-over-time", "Who referred, by month", (referrals,), ("month", "source"),
    chart="panels", page=PAGE,
    headline="Of {total:referral} {in_span}, {top_value} came from {top_in_sentence}",
    alone="{top_value:referral} {in_span} came from {top_in_sentence}", said=SOURCE_SAID,
)  # fmt: skip
