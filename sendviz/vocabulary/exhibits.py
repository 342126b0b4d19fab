"""Exhibit: one thing a person looks at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sendviz.vocabulary.measures import Measure
from sendviz.vocabulary.row import Row

MONTH = "month"


@dataclass(frozen=True, eq=False)
class Exhibit:
    """A question answered by figures: what is measured, by which dimensions, in which chart, with which headline.

    id         stable: used in links, exports and tests
    by         dimensions: column names, or `month` (from the dataset's `when`)
    chart      a form drawn in `sendviz/charts`
    headline   a sentence with {pieces} of the figures; a clause in [square brackets] is left out when a piece of it is
               missing. {value:pupil} is `1 pupil`, `3,783 pupils` or `no pupils`; where the verb changes with it, or
               the plural is no mere s, both are written: {value:pupil was|pupils were}
    alone      the sentence instead where the selection leaves a single category: nothing is the most of one
    said       what a category is called inside a sentence, where its label in small letters will not do
    apart      dimensions whose figures are not to be added up (questions, areas); the rest have totals
    every      dimensions that meet every combination of the others, even one no row has: then it is nought
    latest     only the newest period (a cohort at its latest month end)
    texts      the column whose free text is listed too, for groups large enough
    """

    id: str
    title: str
    measures: tuple[Measure, ...]
    by: tuple[str, ...]
    chart: str
    headline: str
    page: str
    apart: tuple[str, ...] = ()
    every: tuple[str, ...] = ()
    latest: bool = False
    texts: str | None = None
    note: str = ""
    alone: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for dimension in self.by:
            if dimension != MONTH:
                self.row.field(dimension)
            elif self.row.when is None:
                raise ValueError(f"{self.id}: {self.row.__name__} has no months")

    @property
    def row(self) -> type[Row]:
        """The dataset all its measures are counted from."""
        return self.measures[0].row

    def label(self, dimension: str) -> str:
        """The dimension's heading."""
        return "Month" if dimension == MONTH else self.row.field(dimension).title
