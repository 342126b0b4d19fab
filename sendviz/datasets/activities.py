"""Inclusion Week activities and whom they reached."""

from typing import Annotated

from sendviz.vocabulary import Exhibit, Measure, Row, Total, category, column, whole
from sendviz.vocabulary.fields import MaybeFreeText, Text, YesNo


class Activity(
    Row, title="Activities", dataset="activities", one="one Inclusion Week activity", origin="SEND service",
    unique=("activity",), replaces=(),
):  # fmt: skip
    """One Inclusion Week activity."""

    activity: Text = column("Activity", "Activity name", description="What it was called.")
    kind: Annotated[str, category()] = column("Kind", "Type of activity", description="Whom or what it reached.")
    reached: Annotated[int, whole(0, 10_000_000, 250)] = column(
        "Reached", "Number reached", description="How many people or schools took part or were sent it."
    )
    approximate: YesNo = column(
        "Approximate", "Estimate", description="Y where the number is about right, not counted."
    )
    note: MaybeFreeText = column("Note", optional=True, description="Anything a reader should know.")


reached = Measure(
    "Reached by Inclusion Week activities", of=Total(Activity, add="reached"), counts="activities",
    why="Numbers reached, as counted or estimated by those who ran the activity. One person may be reached by several.",
)  # fmt: skip

survey_reach = Exhibit(
    "survey-reach", "Reach of each activity", (reached,), ("activity", "kind", "approximate"),
    chart="bars", page="inclusion-week", apart=("activity", "kind", "approximate"), options={"category": "activity"},
    headline="{top} reached the most, {top_value}", alone="{top} reached {top_value}",
)  # fmt: skip
