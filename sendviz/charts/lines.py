"""Lines over time: one, several named at their ends, and this year against last."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import altair as alt

from sendviz.answer import NOT_AVAILABLE, Answer, Figure
from sendviz.charts.look import Look
from sendviz.charts.marks import Spec, along, amounts, expr, figures_data, line_ends, marked, named, spec
from sendviz.charts.rows import Rows, columns, ends, figures, flat, series
from sendviz.vocabulary import COUNT, Unit

MONTHS = list(calendar.month_abbr)[1:]
WORTH_A_LINE = 3  # months of a year begun: fewer are a dot that its label would cover


@dataclass(frozen=True)
class Lines:
    """Which column names the lines, if there are several; their unit; and a level to hold them against."""

    unit: Unit
    value: str = "value"
    names: str | None = None
    of_year: bool = False
    reference: tuple[float, str] | None = None


def _one(rows: Sequence[Figure], shape: Lines) -> Rows:
    data = columns(
        month=[row.at[0] for row in rows],
        **{shape.value: [getattr(row, shape.value) for row in rows]},
        mark=[row.mark for row in rows],
        shown=ends(rows, shape.unit.words, shape.value),
    )
    return Rows(data, shape)


def line(answer: Answer) -> Rows:
    """A measure by month, against a reference where the exhibit has one."""
    options = answer.exhibit.options
    reference = (options["reference"], options["reference label"]) if "reference" in options else None
    return _one(figures(answer), Lines(answer.exhibit.measures[0].unit, reference=reference))


def count_line(answer: Answer) -> Rows:
    """How many make up a share, by month; where the share is not available, nobody was counted either."""
    rows = [row._replace(numerator=None) if row.mark == NOT_AVAILABLE else row for row in figures(answer)]
    return _one(rows, Lines(COUNT, value="numerator"))


def setting_lines(answer: Answer) -> Rows:
    """Each month's totals by the exhibit's second dimension, a line for each value of it."""
    name = answer.exhibit.by[1]
    found = answer.totals.get(("month", name))
    lists = series(found[0] if found else None, name)
    unit = answer.exhibit.measures[0].unit
    rows: list[Any] = flat(lists.values())
    data = columns(
        month=[row.at[0] for row in rows], **{name: [row.at[1] for row in rows]},
        value=[row.value for row in rows], mark=[row.mark for row in rows],
        shown=flat(ends(part, unit.words) for part in lists.values()),
    )  # fmt: skip
    return Rows(data, Lines(unit, names=name))


def year_lines(answer: Answer) -> Rows:
    """The newest whole calendar year and the one before, month by month, then a year begun since once it makes a line.

    The first has the colour of the figures. Without a whole year: the newest and the one before.
    """
    unit = answer.exhibit.measures[0].unit
    years = [list(part) for _, part in groupby(figures(answer), key=_year)]
    is_begun = len(years) > 1 and len(years[-1]) < len(MONTHS) == len(years[-2])
    begun = years[-1:] if is_begun and len(years[-1]) >= WORTH_A_LINE else []
    years = (years[:-1] if is_begun else years)[:-3:-1] + begun
    rows: list[Any] = flat(years)
    data = columns(
        year=[str(row.at[0].year) for row in rows], month_of_year=[MONTHS[row.at[0].month - 1] for row in rows],
        value=[row.value for row in rows], mark=[row.mark for row in rows],
        shown=flat(ends(part, unit.words) for part in years),
    )  # fmt: skip
    return Rows(data, Lines(unit, names="year", of_year=True))


def _year(row: Figure) -> int:
    month = row.at[0]
    return month.year if isinstance(month, dt.date) else 0


def draw(shape: Lines, look: Look, height: int) -> Spec:
    """The spec of a line chart."""
    data = figures_data().transform_joinaggregate(most=f"max({shape.value})")
    room = f"{look.px(62 + 7 * len(shape.unit.after))}"
    if shape.names:
        room = f"(width < 480 ? {look.px(112)} : {look.px(105 if shape.of_year else 170)})"
    x = along("month_of_year", room, names=MONTHS) if shape.of_year else along(room=room)
    y = amounts(shape.value, shape.unit)
    layers = [_line(data, x, y, shape, look)]
    if shape.reference:
        layers = [*_reference(*shape.reference, look), *layers]
    layers += [*_ends(data, x, shape, look, height), marked(data, x, look)]
    return spec(alt.layer(*layers).resolve_scale(color="independent"), look, height)


def _line(data: alt.Chart, x: alt.X, y: alt.Y, shape: Lines, look: Look) -> alt.Chart:
    drawn = data.mark_line(strokeWidth=look.px(3), strokeJoin="round", strokeCap="round", color=look.palette.focus)
    if not shape.names:
        return drawn.encode(x=x, y=y)
    return drawn.encode(x=x, y=y, color=named(shape.names, look.palette.series))


def _reference(level: float, label: str, look: Look) -> list[alt.Chart]:
    last = figures_data().transform_filter("isValid(datum.value) && isValid(datum.shown)")
    rule = last.mark_rule(strokeDash=[5, 4], strokeWidth=look.px(2), color=look.palette.comparison)
    away = expr(f"datum.value < {level} ? {-look.px(11)} : {look.px(11)}")
    said = last.mark_text(align="right", dy=away, fontSize=look.small, color=look.palette.words[1], text=label)
    return [rule.encode(y=alt.datum(level)), said.encode(x=alt.value("width"), y=alt.datum(level))]


def _ends(data: alt.Chart, x: alt.X, shape: Lines, look: Look, height: int) -> list[alt.Chart]:
    last = data.transform_filter(f"isValid(datum.{shape.value}) && isValid(datum.shown)")
    if shape.names:
        colours = named(shape.names, look.palette.series), named(shape.names, look.palette.words)
        return line_ends(last, x, shape.value, shape.names, colours, look, str(height))
    y = alt.Y(field=shape.value, type="quantitative")
    dot = last.mark_point(filled=True, opacity=1, size=look.area(90), color=look.palette.focus)
    said = last.mark_text(dx=look.px(10), fontSize=look.strong, fontWeight="bold", color=look.palette.words[0])
    return [dot.encode(x=x, y=y), said.encode(x=x, y=y, text=alt.Text(field="shown"))]
