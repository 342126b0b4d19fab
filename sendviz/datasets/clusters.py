"""The cluster pilot: what happens in each locality, month by month, and what it is given."""

from typing import Annotated

from sendviz.vocabulary import (
    COUNT,
    POUNDS,
    PUBLISHED,
    SHARE,
    Exhibit,
    Measure,
    Row,
    Total,
    Unit,
    category,
    column,
    derived,
)
from sendviz.vocabulary.dimensions import Locality, SpendYear
from sendviz.vocabulary.fields import MaybeNumber, MaybeText, Month, Pounds, Text

PAGE = "clusters"
MEASURES = ("Attendance", "Suspensions", "Moves", "Assessment requests")


class ClusterFigure(
    Row, title="Cluster measures", dataset="cluster_measures", one="one figure of a locality", origin="Cluster returns",
    when="month", unique=("locality", "month", "measure"), replaces=("month", "locality"),
):  # fmt: skip
    """One figure of a locality in a month."""

    locality: Locality
    month: Month = column("Month", description="The month the figure is for.")
    measure: Annotated[str, category(*MEASURES)] = column("Measure", description="What the figure is of.")
    value: MaybeNumber = column("Value", optional=True, description="Blank where not available.")
    unit: MaybeText = column("Unit", optional=True, description="count or %.")

    @derived("Amount", "The value; a percentage as a fraction.")
    def amount(self) -> float | None:
        return self.value / 100 if self.value is not None and self.unit and "%" in self.unit else self.value


class ClusterFunding(
    Row, title="Cluster funding", dataset="cluster_funding", one="one sum of a locality", origin="SEND service",
    when="financial_year", unique=("financial_year", "locality", "purpose", "kind"),
    replaces=("financial_year", "locality"),
):  # fmt: skip
    """One sum given to a locality."""

    locality: Locality
    purpose: Text = column("Purpose", "Funding purpose", description="What the money is for.")
    kind: Annotated[str, category("Revenue", "Capital")] = column(
        "Revenue or capital", "Revenue/capital", "Type", description="Running costs, or buildings and equipment."
    )
    amount: Pounds = column("Amount", "Sum", description="Pounds agreed.")
    financial_year: SpendYear


def _monthly(
    title: str, measure: str, why: str, unit: Unit = COUNT, good: str = "low", counts: str = "pupils"
) -> Measure:
    total = Total(ClusterFigure, add="amount", only={"measure": measure})
    return Measure(title, of=total, unit=unit, counts=counts, as_given=unit is SHARE, good=good, why=why)


attendance = _monthly(
    "Attendance", "Attendance", "Sessions attended, of sessions possible, as the localities give it; never averaged.",
    SHARE, "high", PUBLISHED,
)  # fmt: skip
suspensions = _monthly(
    "Suspensions", "Suspensions", "Suspensions (section 51A, Education Act 2002) of pupils in the locality's schools."
)
moves = _monthly(
    "Moves", "Moves", "Pupils who moved from a mainstream school in the locality to another type of setting."
)
requests = _monthly(
    "Assessment requests", "Assessment requests", "Requests for an EHC needs assessment from the locality's schools."
)
funding = Measure(
    "Cluster funding",
    of=Total(ClusterFunding, add="amount"),
    unit=POUNDS,
    counts="pounds",
    why="Sums agreed for the pilot.",
)

cluster_measures = Exhibit(
    "cluster-measures", "Attendance, suspensions, moves and assessment requests by month",
    (attendance, suspensions, moves, requests), ("month", "locality"),
    chart="measure panels", page=PAGE, headline="Attendance {when} was highest in {top}, at {top_value}",
    alone="Attendance {when} was {top_value} in {top}",
)  # fmt: skip
cluster_funding = Exhibit(
    "cluster-funding", "Funding of the pilot", (funding,), ("locality", "purpose", "kind", "financial_year"),
    chart="bars", page=PAGE,
    headline="{total} has been agreed for the pilot {in_span}; the largest sum is {top_value}, for {top_in_sentence}",
    alone="{total} has been agreed for the pilot {in_span}, all of it for {top_in_sentence}",
    options={"category": "purpose"},
)  # fmt: skip
