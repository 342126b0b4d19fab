"""Figures published by the Department for Education and others, to compare areas by."""

from typing import Annotated

from sendviz.vocabulary import SHARE, Exhibit, Measure, Row, Total, category, column
from sendviz.vocabulary.fields import MaybeNumber, MaybeText, Period, Text

PAGE = "compare"
ALL = "All"


class PublishedFigure(
    Row, title="Published figures", dataset="published", one="one published figure of an area", origin="Department for Education",
    when="period", unique=("area_code", "period", "measure", "breakdown"), replaces=("measure", "period"),
):  # fmt: skip
    """One published figure of an area."""

    area_code: Text = column("Area code", "Code")
    area_name: Annotated[str, category()] = column("Area name", "Area")
    level: Annotated[str, category("England", "Region", "LA")] = column("Level", "Geographic level")
    period: Period = column("Period", "Time period")
    measure: Text = column("Measure", "Indicator")
    breakdown: Annotated[str, category(ALL)] = column("Breakdown")
    value: MaybeNumber = column("Value", optional=True)
    symbol: MaybeText = column(
        "Symbol", optional=True, description="c, k, low, u, x or z as published: why there is no value."
    )
    publication: Text = column("Source", "Publication")


def _count(measure: str) -> Total:
    return Total(PublishedFigure, add="value", only={"measure": measure, "breakdown": ALL})


timeliness = Measure(
    "Plans issued within 20 weeks, excluding exceptions, as published",
    of=_count("plans_issued_20_weeks_ex"), over=_count("plans_issued_den_ex"), unit=SHARE, counts="published figures", good="high",
    why="Plans issued within 20 weeks, of all plans issued, both without cases where an exception applies "
        "(Education, health and care plans, DfE). Published as it stands: small numbers are the publisher's to withhold.",
)  # fmt: skip

compare_timeliness = Exhibit(
    "compare-timeliness", "Plans issued within 20 weeks, compared", (timeliness,), ("area_name", "level", "period"),
    chart="compare", page=PAGE, headline="{area} issued {area_value} of plans within 20 weeks in {period}[; England {england_value}]",
)  # fmt: skip
