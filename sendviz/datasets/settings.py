"""Schools and settings of the area."""

from typing import Annotated

from sendviz.vocabulary import Exhibit, Measure, Row, Total, category, column
from sendviz.vocabulary.dimensions import URN, Locality, Phase, SchoolType
from sendviz.vocabulary.fields import Identifier, MaybeText


class Setting(
    Row, title="Settings", dataset="settings", one="a school or setting", origin="Get Information About Schools",
    unique=("urn",), replaces=(), keeps=("locality",),
):  # fmt: skip
    """A school or setting. The register knows no localities: one that an officer gave stays when it is loaded again."""

    urn: Identifier = column(*URN, description="Its number in Get Information About Schools.")
    school: Annotated[str, category()] = column(
        "Name", "School name", "EstablishmentName", "Setting name", description="Its name."
    )
    phase: Phase
    school_type: SchoolType
    locality: Locality
    la_code: MaybeText = column("LA code", optional=True, description="The authority's three figures at DfE.")
    trust: MaybeText = column(
        "Trust",
        "Trusts (name)",
        "Multi-academy trust",
        optional=True,
        description="The multi-academy trust it belongs to, whose leads see its schools.",
    )
    status: Annotated[str, category("Open", "Closed")] = column(
        "Open or closed",
        "Open/closed",
        "EstablishmentStatus (name)",
        "Status",
        description="Only open ones are counted.",
    )


open_settings = Measure(
    "Schools and settings",
    of=Total(Setting, only={"status": "Open"}),
    counts="settings",
    why="Schools and settings that are open.",
)

cluster_settings = Exhibit(
    "cluster-settings", "Settings in each locality by phase", (open_settings,), ("locality", "phase"),
    chart="grid", page="clusters", every=("phase",), options={"category": "locality"},
    headline="{top} has the most schools and settings, {top_value} of {total}",
    alone="{top} has {top_value:school or setting|schools and settings}",
)  # fmt: skip
