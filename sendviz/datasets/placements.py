"""Where pupils with a plan are placed, and what placements cost."""

from sendviz.vocabulary import POUNDS, Exhibit, Measure, Row, Total, column, derived, rule
from sendviz.vocabulary.dimensions import Locality, Pupil, School, SchoolType, Urn
from sendviz.vocabulary.fields import Day, MaybeDay, MaybePounds

PAGE = "placements-and-costs"


class Placement(
    Row, title="Placements", dataset="placements", one="a pupil's placement", origin="Capita ONE",
    when="as_at", snapshot=True, unique=("as_at", "pupil_id", "school", "placement_start"),
    lasts=("placement_start", "placement_end"),
):  # fmt: skip
    """A placement of a pupil with a plan, as it stood on a date."""

    pupil_id: Pupil
    school_type: SchoolType
    school: School
    urn: Urn = None
    locality: Locality
    placement_start: Day = column(
        "Placement start", "Start date", "Placement start date", description="The first day of the placement."
    )
    placement_end: MaybeDay = column(
        "Placement end", "End date", "Placement end date", optional=True, description="Blank while it goes on."
    )
    annual_cost: MaybePounds = column(
        "Annual cost", "Cost", "Annual placement cost", optional=True, description="Pounds a year."
    )
    as_at: Day = column("As at", "Snapshot date", "Extract date", description="The date of the extract.")

    @derived("Active", "Started by the date of the extract, and not ended.")
    def active(self) -> bool:
        return self.placement_start <= self.as_at and (self.placement_end is None or self.placement_end > self.as_at)

    @derived("Has a cost", "Whether an annual cost is recorded.")
    def has_cost(self) -> bool:
        return self.annual_cost is not None

    @rule("placement_end", "A placement cannot end before it starts")
    def ends_after_start(self) -> bool:
        return self.placement_end is None or self.placement_end >= self.placement_start

    @rule("annual_cost", "An annual cost cannot be below zero")
    def cost_not_negative(self) -> bool:
        return self.annual_cost is None or self.annual_cost >= 0


ACTIVE = {"active": True}
active = Measure(
    "Active placements", of=Total(Placement, only=ACTIVE),
    why="Placements that had started by the date of the extract and had not ended.",
)  # fmt: skip
average_cost = Measure(
    "Average annual cost of a placement",
    of=Total(Placement, add="annual_cost", only=ACTIVE | {"has_cost": True}),
    over=Total(Placement, only=ACTIVE | {"has_cost": True}), unit=POUNDS,
    why="Annual costs added up, over the active placements that have a cost.",
)  # fmt: skip
without_cost = Measure(
    "Placements without a cost", of=Total(Placement, only=ACTIVE | {"has_cost": False}),
    counts="records",  # what is missing from the record, which says nothing of a child
    why="Active placements for which no annual cost is recorded.",
)  # fmt: skip

by_type = Exhibit(
    "placements-by-type", "Active placements by school type", (active,), ("school_type",),
    chart="bars", page=PAGE, latest=True,
    headline="The most common type of placement {when} was {top_in_sentence}: {top_value} of {total} ({top_share})",
    alone="{top_value:active placement was|active placements were} {top_in_sentence} {when}",
)  # fmt: skip
cost_by_type = Exhibit(
    "placements-average-cost", "Average annual cost by school type", (average_cost,), ("school_type",),
    chart="bars", page=PAGE, latest=True,
    headline="{when}, {top_in_sentence} placements cost the most: {top_value} a year on average"
             "[; all placements cost {value}]",
    alone="{when}, {top_in_sentence} placements cost {top_value} a year on average",
    options={
        "count also": without_cost,
        "also": "{count:active placement without a recorded cost is|active placements without a recorded cost are} "
                "left out of the averages.",
    },
)  # fmt: skip
