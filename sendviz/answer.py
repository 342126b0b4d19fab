"""The one shape every answer has: figures by dimensions, protected, with what a person needs to trust them."""

import datetime as dt
from dataclasses import dataclass, field

from sendviz.selection import Selection
from sendviz.vocabulary import Exhibit, Measure

SHOWN, WITHHELD, NOT_AVAILABLE = "", "c", "x"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the dimensions' values (a month as its first day), numerator, denominator, value, and mark.

    With a mark, value is None; the numerator is None too, and the denominator where it may not be known.
    """

    at: tuple[object, ...]
    numerator: float | None
    denominator: float | None
    value: float | None
    mark: str = SHOWN


@dataclass(frozen=True)
class Figures:
    """The answer to a measure: one figure for each combination of the dimensions' values, in the order to show them."""

    measure: Measure
    dimensions: tuple[str, ...]
    rows: tuple[Figure, ...]

    def at(self, *values: object) -> Figure | None:
        """The figure of these dimension values, if there is one."""
        return next((row for row in self.rows if row.at == values), None)


@dataclass(frozen=True)
class Answer:
    """What an exhibit answers to a selection.

    figures    one for each measure, by all of the exhibit's dimensions
    totals     the same by fewer dimensions: () is everything together, ("month",) each month, ("year",) each calendar year
    period     the newest period in it, in words; `span` the whole of it
    as_of      the data date: the last day the data speak of
    notes      sentences that belong under the figures (pending ones, parts missing)
    ignored    labels of filters in force that this exhibit cannot use
    texts      free text to read, each with its dimensions' values
    empty      whether the selection leaves nothing
    """

    exhibit: Exhibit
    selection: Selection
    figures: tuple[Figures, ...]
    totals: dict[tuple[str, ...], tuple[Figures, ...]]
    headline: str
    alt: str
    period: str
    span: str
    as_of: dt.date | None
    source: str
    notes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    texts: tuple[tuple[object, ...], ...] = ()
    sample: bool = False
    empty: bool = False
    options: dict[str, object] = field(default_factory=dict)
