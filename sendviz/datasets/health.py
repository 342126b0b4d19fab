"""Waiting times, referrals and caseloads of children's health services, as their providers give them."""

from typing import Annotated

from sendviz.vocabulary import (
    CHANGE,
    COUNT,
    PUBLISHED,
    SHARE,
    WEEKS,
    Exhibit,
    Measure,
    Not,
    Row,
    Total,
    Unit,
    category,
    column,
    derived,
)
from sendviz.vocabulary.fields import MaybeFreeText, MaybeNumber, MaybeText, Period

PAGE = "health-waiting-times"
ENGLAND = "England"
WAITING_LIST, OVER_18_WEEKS = "Waiting list", "Over 18 weeks"
MEASURES = (
    "Referrals", "Caseload", WAITING_LIST, "Mean wait", "Longest wait", OVER_18_WEEKS, "Change in referrals",
    "Change in caseload", "Change in requests for EHC needs assessment advice", "Share of community paediatrics",
)  # fmt: skip


class HealthFigure(
    Row, title="Health services", dataset="health", one="one figure from a provider", origin="NHS providers", when=None,
    unique=("service", "provider", "measure", "period", "compared_with"),
    replaces=("provider", "service", "measure", "period"),
):  # fmt: skip
    """One figure of a health service, as its provider gave it."""

    service: Annotated[str, category()] = column(
        "Service", "Health service", description="The children's health service."
    )
    provider: Annotated[str, category()] = column(
        "Provider", "Trust", "NHS trust", description="England for the national figure."
    )
    measure: Annotated[
        str, category(*MEASURES, aka={"Average wait": "Mean wait", "% over 18 weeks": OVER_18_WEEKS})
    ] = column("Measure", description="What the figure is of.")
    period: Period = column("Period", description="The month, quarter, school, calendar or financial year it is for.")
    value: MaybeNumber = column(
        "Value", optional=True, description="Blank where the provider gave none: not available, not zero."
    )
    unit: MaybeText = column("Unit", optional=True, description="count, weeks or %.")
    compared_with: MaybeText = column(
        "Compared with", optional=True, description="For a change: the period it is counted from."
    )
    note: MaybeFreeText = column("Note", optional=True, description="What the provider says about the figure.")

    @derived("Amount", "The value; a percentage as a fraction.")
    def amount(self) -> float | None:
        return self.value / 100 if self.value is not None and self.unit and "%" in self.unit else self.value


def _given(title: str, measure: str, unit: Unit, why: str, good: str | None = None) -> Measure:
    total = Total(HealthFigure, add="amount", only={"measure": measure})
    return Measure(title, of=total, unit=unit, counts=PUBLISHED, as_given=True, good=good, why=why)


AS_GIVEN = "As the provider gave it; never added up or averaged across providers."
mean_wait = _given("Mean wait", "Mean wait", WEEKS, f"Weeks from referral to first appointment. {AS_GIVEN}", "low")
longest_wait = _given(
    "Longest wait", "Longest wait", WEEKS, f"Weeks waited by the one who waited longest. {AS_GIVEN}", "low"
)
over_18_weeks = _given(
    "Waiting over 18 weeks", OVER_18_WEEKS, SHARE,
    f"Share waiting over 18 weeks (the NHS Constitution's limit for consultant-led treatment). {AS_GIVEN}", "low",
)  # fmt: skip
referrals = _given("Referrals to the service", "Referrals", COUNT, f"Referrals received in the period. {AS_GIVEN}")
referrals_change = _given("Change in referrals", "Change in referrals", CHANGE, AS_GIVEN)
requests_change = _given(
    "Change in requests for EHC needs assessment advice",
    "Change in requests for EHC needs assessment advice",
    CHANGE,
    AS_GIVEN,
)
paediatrics_share = _given("Share of community paediatrics", "Share of community paediatrics", SHARE, AS_GIVEN)
caseload = _given(
    "Caseload",
    "Caseload",
    COUNT,
    f"Children on the caseload at the end of the period, or its monthly average. {AS_GIVEN}",
)
waiting_list = Measure(
    "Waiting list", counts=PUBLISHED, as_given=True, good="low",
    of=Total(HealthFigure, add="amount", only={"measure": WAITING_LIST, "provider": Not(ENGLAND)}),
    why=f"Children waiting at the end of the month, of the area's own providers. {AS_GIVEN}",
)  # fmt: skip
caseload_change = _given("Change in caseload", "Change in caseload", CHANGE, AS_GIVEN)

BY = ("service", "provider", "period")
WHOSE, CHANGED = "{top_service_in_sentence} at {top_provider}", "[, {on_before}]"
waits = Exhibit(
    "health-waits", "Mean and longest wait", (mean_wait, longest_wait), BY,
    chart="waits", page=PAGE,
    headline=f"Of the latest mean waits given, the longest was {{top_value}}, for {WHOSE} {{when}}{CHANGED}",
    alone=f"The mean wait for {WHOSE} was {{top_value}} {{when}}{CHANGED}",
)  # fmt: skip
over_18 = Exhibit(
    "health-over-18-weeks", "Waiting over 18 weeks, against England", (over_18_weeks,), BY,
    chart="against", page=PAGE,
    headline=f"{{top_value}} of those waiting for {WHOSE} {{when}} had waited over 18 weeks"
             "[, compared with {england_value} in England]",
    options={"against": ENGLAND},
)  # fmt: skip
waiting_lists = Exhibit(
    "health-waiting-lists", "Children on waiting lists", (waiting_list,), BY,
    chart="given", page=PAGE,
    headline=f"Of the latest waiting lists given, the longest was for {WHOSE}: "
             f"{{top_value:child|children}} {{when}}{CHANGED}",
    alone=f"{{top_value:child was|children were}} waiting for {WHOSE} {{when}}{CHANGED}",
)  # fmt: skip
health_referrals = Exhibit(
    "health-referrals", "Referrals to health services",
    (referrals, referrals_change, requests_change, paediatrics_share), BY,
    chart="given", page=PAGE,
    headline=f"Of the latest referrals given, the largest number was to {WHOSE}: {{top_value}} {{when}}{CHANGED}",
    alone=f"{{top_value:referral was|referrals were}} made to {WHOSE} {{when}}{CHANGED}",
)  # fmt: skip
health_caseload = Exhibit(
    "health-caseload", "Caseloads of health services", (caseload, caseload_change), BY,
    chart="given", page=PAGE,
    headline=f"Of the latest caseloads given, the largest was {{top_value}}, for {WHOSE} {{when}}{CHANGED}",
    alone=f"The caseload for {WHOSE} was {{top_value}} {{when}}{CHANGED}",
)  # fmt: skip
