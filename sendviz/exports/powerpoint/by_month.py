"""Charts by month: lines named at their ends, columns, and small charts side by side."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from sendviz.answer import SHOWN, Answer
from sendviz.charts.columns import Columns, ColumnsAndLine
from sendviz.charts.lines import MONTHS, Lines
from sendviz.charts.palette import LIGHT
from sendviz.charts.panels import Panels
from sendviz.exports.powerpoint.sheets import Kind, Label, Plot, Series, Sheet
from sendviz.vocabulary import COUNT, MONTH, SHARE, Unit

Record = Mapping[str, Any]
TOGETHER = 4  # lines that can be told apart in one chart
ACROSS = 4  # small charts side by side


def lines(answer: Answer, shape: Lines, records: Sequence[Record]) -> list[Sheet]:
    """One line, or several with their names at their ends, and a level to hold them against if there is one."""
    along: Sequence[Any] = MONTHS if shape.of_year else _months(records)
    by = "month_of_year" if shape.of_year else MONTH
    groups = _grouped(records, shape.names) if shape.names else {answer.exhibit.title: records}
    if len(groups) > TOGETHER:
        return _small(groups, along, shape.unit)
    series = [_series(name, along, part, by, shape.value, place, len(groups) > 1)
              for place, (name, part) in enumerate(groups.items())]  # fmt: skip
    if shape.reference:
        level, label = shape.reference
        series.append(Series(label, (level,) * len(along), LIGHT.comparison, LIGHT.words[1], Label.NAME, dashed=True))
    return [Sheet((_plot(Kind.LINES, along, series, shape.unit),))]


def columns(answer: Answer, shape: Columns, records: Sequence[Record]) -> list[Sheet]:
    """A column for each month or category, with its figure over it."""
    along = _months(records) if shape.by == MONTH else [record[shape.by] for record in records]
    title = answer.exhibit.measures[0].title
    return [Sheet((_plot(Kind.COLUMNS, along, [_columns(title, along, records, shape.by)], shape.unit),))]


def columns_and_lines(answer: Answer, shape: ColumnsAndLine, records: Sequence[Record]) -> list[Sheet]:
    """Shares as lines over the counts they are shares of as columns."""
    along = _months(records)
    shares = [
        _series(name, along, records, MONTH, _share(place), place, named=len(shape.lines) > 1)
        for place, name in enumerate(shape.lines)
    ]
    title = shape.lines[0] if len(shape.lines) == 1 else answer.exhibit.measures[0].title
    above = replace(_plot(Kind.LINES, along, shares, SHARE, title=title, most=1.0), above=True)
    counts = [_columns(shape.columns[0], along, records, MONTH)]
    if len(shape.columns) > 1:  # the whole behind its part: nothing is worked out that the answer does not have
        part, rest = shape.columns
        whole = _columns(f"{part} and {rest}", along, records, MONTH, LIGHT.context, LIGHT.quiet)
        counts = [whole, _columns(part, along, records, MONTH, value="numerator", label=Label.NONE)]
    below = _plot(Kind.COLUMNS, along, counts, COUNT, title=shape.columns[0] if len(counts) == 1 else "", over=True)
    return [Sheet((above, below), heights=(0.52, 0.48))]


def panels(answer: Answer, shape: Panels, records: Sequence[Record]) -> list[Sheet]:
    """A few categories as lines in one chart; more as small charts to one scale; measures as charts of their own."""
    along, groups = _months(records), _grouped(records, shape.names)
    if shape.lines:
        units = {figures.measure.title: figures.measure.unit for figures in answer.figures}
        plots = [_panel(name, along, _grouped(part, shape.lines), units[name]) for name, part in groups.items()]
        return _gridded(plots, 2)
    unit = answer.exhibit.measures[0].unit
    if len(groups) <= TOGETHER:
        series = [_series(name, along, part, MONTH, "value", place, True)
                  for place, (name, part) in enumerate(groups.items())]  # fmt: skip
        return [Sheet((_plot(Kind.LINES, along, series, unit),))]
    return _small(groups, along, unit)


def _small(groups: Mapping[str, Sequence[Record]], along: Sequence[Any], unit: Unit) -> list[Sheet]:
    values = [record["value"] for part in groups.values() for record in part if record["value"] is not None]
    by = MONTH if along and isinstance(along[0], dt.date) else "month_of_year"
    plots = [
        _plot(
            Kind.LINES,
            along,
            [_series(name, along, part, by, "value", 0, False)],
            unit,
            name,
            max(values, default=1.0),
            small=True,
        )
        for name, part in groups.items()
    ]
    return _gridded(plots, ACROSS)


def _gridded(plots: Sequence[Plot], across: int) -> list[Sheet]:
    """Three rows of small charts to a slide at most."""
    per_slide = across * (3 if across > 2 else 2)
    made = []
    for start in range(0, len(plots), per_slide):
        part = tuple(plots[start : start + per_slide])
        rows = ceil(len(part) / across)
        wide = ceil(len(part) / rows)
        made.append(Sheet(part, widths=(1.0,) * wide, heights=(1.0,) * rows))
    return made


def _panel(title: str, along: Sequence[Any], groups: Mapping[str, Sequence[Record]], unit: Unit) -> Plot:
    label = len(groups) > 1
    series = [
        _series(name, along, part, MONTH, "value", place, label)
        for place, (name, part) in enumerate(list(groups.items())[:TOGETHER])
    ]
    return _plot(Kind.LINES, along, series, unit, title, small=True)


def _plot(
    kind: Kind, along: Sequence[Any], series: Iterable[Series], unit: Unit, title: str = "", most: float | None = None,
    over: bool = False, small: bool = False,
) -> Plot:  # fmt: skip
    months = tuple(along) if along and isinstance(along[0], dt.date) else ()
    names = tuple(f"{value:%b %Y}" if isinstance(value, dt.date) else str(value) for value in along)
    return Plot(kind, names, tuple(series), unit, title, months, most, over, small)


def _series(
    name: str, along: Sequence[Any], records: Iterable[Record], by: str, value: str, place: int, named: bool
) -> Series:
    values, marks = _along(along, records, by, value)
    label = Label.NAMED if named else Label.LAST
    return Series(name, values, LIGHT.series[place % 4], LIGHT.words[place % 4], label, marks)


def _columns(
    name: str, along: Sequence[Any], records: Iterable[Record], by: str, colour: str = LIGHT.focus,
    ink: str = LIGHT.ink, value: str = "value", label: Label = Label.ALL,
) -> Series:  # fmt: skip
    values, marks = _along(along, records, by, value)
    return Series(name, values, colour, ink, label, marks)


def _along(
    along: Sequence[Any], records: Iterable[Record], by: str, value: str
) -> tuple[tuple[float | None, ...], tuple[str, ...]]:
    """The figures and marks at each place along the chart; a place of which the answer says nothing stays empty."""
    found = {record[by]: record for record in records}
    values = tuple(found[at][value] if at in found else None for at in along)
    marks = tuple((found[at]["mark"] or SHOWN) if at in found else SHOWN for at in along)
    return values, marks


def _months(records: Sequence[Record]) -> list[dt.date]:
    """Every month from the first to the last: one that has no figure keeps its place."""
    there = [record[MONTH] for record in records]
    if not there:
        return []
    first, last = min(there), max(there)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [dt.date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(count)]


def _grouped(records: Iterable[Record], by: str) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(str(record[by]), []).append(record)
    return groups


def _share(place: int) -> str:
    return f"share_{place + 1}" if place else "share"
