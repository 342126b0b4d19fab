"""Figures published by the Department for Education and others, to compare areas by."""

from typing import Annotated

from sendviz.vocabulary import PUBLISHED, SHARE, Exhibit, Measure, Row, Total, category, column
from sendviz.vocabulary.fields import MaybeNumber, MaybeText, Period, Text

PAGE = "compare"
ALL = "All"


class PublishedFigure(
    Row, title="Published figures", dataset="published", one="one published figure of an area",
    origin="Department for Education", when="period",
    unique=("area_code", "period", "measure", "breakdown"), replaces=("measure", "period"),
):  # fmt: skip
    """One published figure of an area."""

    area_code: Text = column("Area code", "Code", description="The ONS code of the area, such as E06000021.")
    area_name: Annotated[str, category()] = column("Area name", "Area", description="As published.")
    level: Annotated[str, category("England", "Region", "LA")] = column(
        "Level", "Geographic level", description="The country, a region or an authority."
    )
    period: Period = column("Period", "Time period", description="The year or month the figure is for.")
    measure: Text = column("Measure", "Indicator", description="The publisher's own name for what is counted.")
    breakdown: Annotated[str, category(ALL)] = column(
        "Breakdown", description=f"{ALL} for the whole; else the part it is of."
    )
    value: MaybeNumber = column("Value", optional=True, description="Blank where the publisher withheld it.")
    symbol: MaybeText = column(
        "Symbol", optional=True, description="c, k, low, u, x or z as published: why there is no value."
    )
    publication: Text = column("Source", "Publication", description="The publication it comes from.")


def _count(measure: str) -> Total:
    return Total(PublishedFigure, add="value", only={"measure": measure, "breakdown": ALL})


timeliness = Measure(
    "Plans issued within 20 weeks, excluding exceptions, as published",
    of=_count("plans_issued_20_weeks_ex"), over=_count("plans_issued_den_ex"),
    unit=SHARE, counts=PUBLISHED, good="high",
    why="Plans issued within 20 weeks, of all plans issued, both without cases where an exception applies "
        "(Education, health and care plans, DfE). Published as it stands: small numbers are the publisher's to "
        "withhold.",
)  # fmt: skip

compare_timeliness = Exhibit(
    "compare-timeliness", "Plans issued within 20 weeks, compared", (timeliness,), ("area_name", "level", "period"),
    chart="compare", page=PAGE, apart=("area_name", "level", "period"),
    headline="{area} issued {area_value} of plans within 20 weeks in {period}[; England {england_value}]",
)  # fmt: skip
