"""What stands on one slide: charts in a grid, or a table, with what is read beside it. Plain data, made from protected
answers and drawn elsewhere."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from sendviz.answer import SHOWN
from sendviz.tables import MEANINGS, Table
from sendviz.vocabulary import Unit

NAMED = 4  # places of gaps that are named; more are counted


class Kind(Enum):
    """A form of native chart."""

    BARS = "bars"
    STACKED = "stacked bars"
    COLUMNS = "columns"
    LINES = "lines"


class Label(Enum):
    """Which figures of a series are written in the chart, and how."""

    NONE = "none"
    ALL = "each figure"
    LAST = "the last figure"
    NAMED = "the last figure with the series' name"
    NAME = "the series' name alone, at its last figure"


@dataclass(frozen=True)
class Series:
    """Figures along a chart's categories, None where there is none (the mark says why), their colour and the colour
    of words about them. `each` are colours of single bars."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    ink: str
    label: Label = Label.NONE
    marks: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    thick: float = 3.0
    dashed: bool = False

    @property
    def last(self) -> int | None:
        """The place of the last figure there is."""
        return max((place for place, value in enumerate(self.values) if value is not None), default=None)


@dataclass(frozen=True)
class Plot:
    """One native chart. `most` and `least` are what its axis must reach; `months` its categories where they are months;
    `over` is for columns that stand in front of each other, a part before its whole; `above` is for
    one that stands over another of the same months, which are named there and stand in the same places."""

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit
    title: str = ""
    months: tuple[dt.date, ...] = ()
    most: float | None = None
    over: bool = False
    small: bool = False
    above: bool = False

    @property
    def legend(self) -> bool:
        """Whether colours must be explained: several series that are not named in the chart."""
        return len(self.series) > 1 and not any(s.label in (Label.NAMED, Label.NAME) for s in self.series)

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """The marks in it, each with its category."""
        return [
            (mark, category)
            for series in self.series
            for mark, category in zip(series.marks, self.categories, strict=False)
            if mark != SHOWN
        ]


@dataclass(frozen=True)
class Sheet:
    """A slide's content: charts in columns and rows of these relative sizes, or a table; `beside` are lines to read to
    the right of the charts, with a heading first; `name` is what sets it apart from the exhibit's other slides, `more`
    a line that stands first under them."""

    plots: tuple[Plot, ...] = ()
    widths: tuple[float, ...] = (1.0,)
    heights: tuple[float, ...] = (1.0,)
    table: Table | None = None
    beside: tuple[str, ...] = ()
    name: str = ""
    more: str = ""

    @property
    def gaps(self) -> list[str]:
        """What is missing in its charts and why, a sentence for each mark; of a table, the marks alone."""
        found: dict[str, dict[str, None]] = {mark: {} for mark in self.table.marks} if self.table else {}
        for plot in self.plots:
            for mark, category in plot.gaps:
                found.setdefault(mark, {})[category] = None
        return [_sentence(mark, list(places)) for mark, places in found.items()]


def _sentence(mark: str, places: list[str]) -> str:
    meaning = f"[{mark}] {MEANINGS.get(mark, 'no figure')}"
    if not places or len(places) > NAMED:
        return f"{meaning}{f': {len(places)} of them here' if places else ''}."
    return f"{meaning}: {'; '.join(places)}."
