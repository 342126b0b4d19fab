"""Final EHC plans issued, and how many met the twenty weeks the law allows."""

import re
from typing import Annotated

from sendviz.vocabulary import SHARE, WEEKS, Exhibit, Measure, Row, Takes, Total, column, derived, rule
from sendviz.vocabulary.dimensions import AssessmentType, Locality, PrimaryNeed, Pupil, SchoolType
from sendviz.vocabulary.fields import Day, Identifier, YesNo, plain

PAGE = "final-plans"
TWENTY_WEEKS = 140  # days
NO_EXCEPTION, EXCEPTION = "No exception", "Exception applies"
REASONS = {  # those of regulation 10(4), each with how officers' systems may word it
    "School closed for four weeks or more": r"(school|college|setting|institution).*clos|clos.*weeks",
    "Exceptional personal circumstances": r"(exceptional|personal).*circumstances",
    "Away from the area for four weeks or more": r"(away|absent|absence|out of).*(area|weeks)",
}


def _exception(value: object) -> str:
    said = plain(value)
    answer = {"": NO_EXCEPTION, "n": NO_EXCEPTION, "no": NO_EXCEPTION, "y": EXCEPTION, "yes": EXCEPTION}
    answer |= {known.lower(): known for known in (NO_EXCEPTION, EXCEPTION)}
    reason = next((name for name, words in REASONS.items() if re.search(words, said, re.IGNORECASE)), said)
    return answer.get(said.lower(), reason)


StatutoryException = Annotated[
    str, Takes("Y, N or the reason", "category", _exception, "N", (NO_EXCEPTION, EXCEPTION, *REASONS)),
    column("Exception", "Exceptions", "Exemption", "Twenty week time limit exceptions apply",
           description="Whether a reason in regulation 10(4) of the SEND Regulations 2014 excuses the twenty weeks."),
]  # fmt: skip


class FinalPlan(
    Row,
    title="Final plans",
    dataset="plans",
    one="a final plan issued",
    origin="Capita ONE",
    when="final_issued_date",
    unique=("plan_id",),
):
    """A final EHC plan issued."""

    plan_id: Identifier = column("Plan ID", "Plan reference", description="One for each plan issued.")
    pupil_id: Pupil
    request_date: Day = column(
        "Request date", "Date request received", "Received date", "Date of request",
        description="When the request for an assessment arrived.",
    )  # fmt: skip
    final_issued_date: Day = column(
        "Final issued date", "Date final issued", "Final plan date", "Date plan issued",
        description="When the final plan was issued.",
    )  # fmt: skip
    assessment_type: AssessmentType
    exception: StatutoryException
    la_responsible: YesNo = column(
        "LA responsible",
        "Responsible LA",
        description="Y where this authority issued the plan; others are not counted.",
    )
    primary_need: PrimaryNeed
    school_type: SchoolType
    locality: Locality

    @derived("Weeks from request to final plan", "Days between the two dates, divided by 7.")
    def weeks(self) -> float:
        return (self.final_issued_date - self.request_date).days / 7

    @derived("Issued within 20 weeks", "Whether that took no more than 140 days.")
    def on_time(self) -> bool:
        return (self.final_issued_date - self.request_date).days <= TWENTY_WEEKS

    @rule("final_issued_date", "A final plan cannot be issued before its request")
    def issued_after_request(self) -> bool:
        return self.final_issued_date >= self.request_date


OURS = {"la_responsible": True}
LAW = "The law gives 20 weeks from request to final plan (regulation 13(2), SEND Regulations 2014)."

issued = Measure(
    "Final plans issued", of=Total(FinalPlan, only=OURS),
    why="Final plans where this authority is responsible, by the date issued.",
)  # fmt: skip
mean_weeks = Measure(
    "Mean weeks from request to final plan",
    of=Total(FinalPlan, add="weeks", only=OURS), over=Total(FinalPlan, only=OURS), unit=WEEKS, good="low",
    why=f"Weeks (days ÷ 7) from request to final plan, added up, over the plans issued. {LAW}",
)  # fmt: skip
timeliness = Measure(
    "Plans issued within 20 weeks",
    of=Total(FinalPlan, only=OURS | {"on_time": True}), over=Total(FinalPlan, only=OURS), unit=SHARE, good="high",
    why=f"Plans issued no more than 140 days after the request, of all plans issued. {LAW}",
)  # fmt: skip
timeliness_excluding = Measure(
    "Plans issued within 20 weeks, excluding exceptions",
    of=Total(FinalPlan, only=OURS | {"on_time": True, "exception": NO_EXCEPTION}),
    over=Total(FinalPlan, only=OURS | {"exception": NO_EXCEPTION}), unit=SHARE, good="high",
    why="The same with plans left out, above and below the line, where a reason in regulation 10(4) of the SEND "
        "Regulations 2014 applied: DfE's headline measure (SEN2).",
)  # fmt: skip

plans_issued = Exhibit(
    "plans-issued", "Final plans issued", (issued,), ("month",),
    chart="columns", page=PAGE,
    headline="{year_value:final plan was|final plans were} issued {in_year}[, {on_previous_year}]",
)  # fmt: skip
plans_mean_weeks = Exhibit(
    "plans-mean-weeks", "Mean weeks from request to final plan", (mean_weeks,), ("month",),
    chart="line", page=PAGE, headline="Plans issued in {period} took {value} on average[, {on_year}]",
    options={"reference": 20, "reference label": "20 weeks, the law"},
)  # fmt: skip
plans_timeliness = Exhibit(
    "plans-timeliness", "Final plans issued within 20 weeks", (timeliness, timeliness_excluding), ("month",),
    chart="bars and line", page=PAGE,
    headline="{year_value} of plans {in_year} were issued within 20 weeks[, {on_previous_year}]"
             "[; {year_value_2} excluding exceptions]",
)  # fmt: skip
