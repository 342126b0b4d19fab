"""What is spent on placements and support, after what other authorities pay back."""

from decimal import Decimal
from typing import Annotated

from sendviz.vocabulary import POUNDS, Exhibit, Measure, Row, Total, category, column, derived, rule
from sendviz.vocabulary.dimensions import SchoolType, SpendYear
from sendviz.vocabulary.fields import MaybePounds, Pounds, Text

PAGE = "placements-and-costs"


class Spend(
    Row, title="Expenditure", dataset="expenditure", one="spend in an area and period", origin="Finance ledger",
    when="financial_year", unique=("financial_year", "month_or_quarter", "area", "school_type"),
):  # fmt: skip
    """High needs spend in an area of provision and a period."""

    financial_year: SpendYear
    month_or_quarter: Text = column(
        "Month or quarter", "Month", "Quarter", "Period", description="The part of the year: April, or Q1."
    )
    area: Annotated[str, category()] = column(
        "Area", "Area of spend", "Budget area", description="The area of provision."
    )
    school_type: SchoolType
    gross: Pounds = column(
        "Gross", "Gross spend", "Gross expenditure", description="Spent before other authorities pay back."
    )
    recoupment: Pounds = column("Recoupment", "Income from recoupment", description="Paid back by other authorities.")
    net: MaybePounds = column(
        "Net", "Net spend", "Net expenditure", optional=True, description="Gross less recoupment."
    )

    @derived("Net spend", "Gross less recoupment, worked out.")
    def net_spend(self) -> Decimal:
        return self.gross - self.recoupment

    @rule("net", "Net must be gross less recoupment")
    def net_adds_up(self) -> bool:
        return self.net is None or self.net == self.gross - self.recoupment


net_spend = Measure(
    "Net spend", of=Total(Spend, add="net_spend"), unit=POUNDS, counts="pounds",
    why="Gross spend less what other authorities pay back for their pupils (recoupment).",
)  # fmt: skip

by_area = Exhibit(
    "expenditure-by-area", "Spend by area after recoupment", (net_spend,), ("financial_year", "area"),
    chart="bars", page=PAGE,
    headline="The largest spend {when} was on {top_in_sentence}: {top_value} of {value} after recoupment",
    alone="{top_value} was spent on {top_in_sentence} {when}, after recoupment",
)  # fmt: skip
