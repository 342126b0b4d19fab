"""The one shape every answer has: figures by dimensions, protected, with what a person needs to trust them."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sendviz.selection import Selection
from sendviz.store.events import Event
from sendviz.vocabulary import Exhibit, Measure

SHOWN, WITHHELD, NOT_AVAILABLE = "", "c", "x"


class Figure(NamedTuple):
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
        return self._places.get(values)

    @cached_property
    def _places(self) -> dict[tuple[object, ...], Figure]:
        return {row.at: row for row in self.rows}


@dataclass(frozen=True)
class Answer:
    """What an exhibit answers to a selection.

    figures    one for each measure, by all of the exhibit's dimensions
    totals     the same by fewer dimensions: () is everything together, ("month",) each month, ("year",) each calendar
               year
    period     the newest period in it, in words; `span` the whole of it
    as_of      the data date: the last day the data speak of
    notes      sentences that belong under the figures (pending ones, parts missing)
    ignored    labels of filters in force that this exhibit cannot use
    texts      free text to read, each with its dimensions' values
    events     what stands on a chart by month, within its months
    empty      whether the selection leaves nothing
    below      counts of people under this, but nought, are withheld
    rounding   counts of people are rounded to a multiple of this; 0 where they are not
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
    events: tuple[Event, ...] = ()
    sample: bool = False
    empty: bool = False
    below: int = 1
    rounding: int = 0
    options: dict[str, object] = field(default_factory=dict)

    @property
    def chosen(self) -> bool:
        """Whether filters act on it, so that they may be why it is empty."""
        return bool(self.selection.for_row(self.exhibit.row))

    @property
    def provenance(self) -> str:
        """Where the figures come from and how new they are: `Capita ONE, data to 31 January 2026`."""
        if self.as_of is None:
            return self.source
        spoken = "data to" if self.exhibit.row.is_dated() else "loaded"
        return f"{self.source}, {spoken} {self.as_of.day} {self.as_of:%B %Y}"


def words_of(value: object) -> str:
    """A dimension's value as people write it: January 2026, June 2025 for 2025-06, Q1 2025/26, Yes, Key stage 2."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date):
        return f"{value:%B %Y}"
    text = str(value)
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return f"{dt.date(int(match[1]), int(match[2]), 1):%B %Y}"
    if match := re.fullmatch(r"(\d{4}/\d{2}) (Q[1-4])", text):
        return f"{match[2]} {match[1]}"
    return text
