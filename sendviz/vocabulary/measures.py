"""Total and Measure: what is counted, and over what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sendviz.vocabulary.row import Row
from sendviz.vocabulary.units import COUNT, Unit

PEOPLE = frozenset({"pupils", "respondents"})
PUBLISHED = "published figures"


@dataclass(frozen=True)
class Not:
    """Any value but these: `only={"from_type": Not("Independent")}`."""

    values: tuple[str, ...]

    def __init__(self, *values: str) -> None:
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, eq=False)
class Total:
    """Rows counted, or the column `add` added up, over all rows or `only` those whose columns have the values given
    (one value, several, or `Not` some). With `each`, rows with the same value there count once: a person who ticked
    three answers is one respondent."""

    row: type[Row]
    add: str | None = None
    each: str | None = None
    only: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.only, self.add, self.each):
            if name is not None:
                self.row.field(name)


@dataclass(frozen=True, eq=False)
class Measure:
    """A total, or a total over a total.

    counts     what a unit of it is: pupils and respondents are people, whose small numbers are withheld; published
               figures are shown as they are, and one that nobody gave is not available rather than nought
    across     dimensions the denominator is not split by: a share *of* all answers
    since      a dimension of time: the rise since its first value, over what it was then. For published counts only,
               since a small rise tells of few people
    good       whether a high or a low figure is wanted, if either
    as_given   a figure that somebody else worked out and that must not be added up: shown only where it stands alone
    why        what is counted, and the legal or published basis
    """

    title: str
    of: Total
    over: Total | None = None
    unit: Unit = COUNT
    counts: str = "pupils"
    across: tuple[str, ...] = ()
    since: str | None = None
    good: str | None = None
    as_given: bool = False
    why: str = ""

    def __post_init__(self) -> None:
        if self.over and self.over.row is not self.of.row:
            raise ValueError(f"{self.title}: both totals must be of one dataset")
        if self.since and (self.over or self.counts != PUBLISHED):
            raise ValueError(f"{self.title}: a rise since the first period is of one published count")
        for name in (*self.across, *((self.since,) if self.since else ())):
            self.row.field(name)

    @property
    def row(self) -> type[Row]:
        """The dataset it is counted from."""
        return self.of.row

    @property
    def of_people(self) -> bool:
        """Whether the small-number rule applies."""
        return self.counts in PEOPLE
