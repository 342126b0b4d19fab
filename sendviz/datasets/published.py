"""Figures published by the Department for Education and others, to compare areas by."""

from typing import Annotated

from sendviz.datasets.wholes import ALL, NEED_PARTS, PLACE_PARTS, Oddities
from sendviz.vocabulary import Row, category, column, derived
from sendviz.vocabulary.fields import MaybeNumber, MaybeText, Period, Text

RELEASE = "Education, health and care plans (DfE)"
NEW_PLANS, NEEDS_OF_NEW_PLANS = f"{RELEASE}: new plans", f"{RELEASE}: primary needs of new plans"
PARTS = NEED_PARTS | PLACE_PARTS


class PublishedFigure(
    Row, title="Published figures", dataset="published", one="one published figure of an area",
    origin="Department for Education", when="period", symbols="symbol", found_by=("measure", "breakdown"),
    unique=("publication", "area_code", "period", "measure", "breakdown"),
    replaces=("publication", "area_code", "period", "measure"),
):  # fmt: skip
    """One published figure of an area.

    A newer file takes over the figures it has, area by area: a file of one area leaves the others' as they are, and
    one publication never takes another's place.
    """

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

    @derived("Part", "The kind of need or placement that the figure counts, where it counts one.")
    def part(self) -> str | None:
        return PARTS.get(self.measure)

    @classmethod
    def watch(cls) -> Oddities:
        """Says what is odd in the totals of a publication."""
        return Oddities()
