"""Bars in columns: one column for each locality, one row for each phase."""

from dataclasses import dataclass

import altair as alt

from sendviz.answer import Answer, words_of
from sendviz.charts.bars import THICK, WIDE
from sendviz.charts.look import Look
from sendviz.charts.marks import Spec, calculated, expr, field, figures_data, of_this_part, spec
from sendviz.charts.rows import Rows, columns, figures, words


@dataclass(frozen=True)
class Grid:
    """The dimension of the columns and that of the rows."""

    across: str
    down: str


def grid(answer: Answer) -> Rows:
    """The exhibit's first dimension across, its second down, with the first's values as a row of headings."""
    across, down = answer.exhibit.by
    rows, unit = figures(answer), answer.exhibit.measures[0].unit
    places = list(dict.fromkeys(words_of(row.at[0]) for row in rows))
    blank: list[None] = [None] * len(places)
    data = columns(**{
        across: [*places, *(words_of(row.at[0]) for row in rows)],
        down: ["" for _ in places] + [words_of(row.at[1]) for row in rows],
        "place": [*range(len(places)), *(places.index(words_of(row.at[0])) for row in rows)],
        "value": [*blank, *(row.value for row in rows)],
        "mark": [*blank, *(row.mark for row in rows)],
        "shown": [*places, *(words(row, unit) for row in rows)],
    })  # fmt: skip
    down_of = {value: line for line, value in enumerate(dict.fromkeys(row.at[1] for row in rows), start=1)}
    lines = (*[0] * len(places), *(down_of[row.at[1]] for row in rows))
    return Rows(data, Grid(across, down), len(down_of) + 1, lines, keys=1)


def draw(shape: Grid, look: Look, height: int) -> Spec:
    """The spec of the grid; `height` is that of a row."""
    data, low = _placed(shape, look), f"datum.beside ? 0 : {look.px(8)}"
    y = alt.Y(field=shape.down, type="nominal", sort=None, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    bars = data.transform_filter("isValid(datum.value)").mark_bar(
        height=expr(f"datum.beside ? {height * THICK} : {look.px(12)}"), yOffset=expr(low), color=look.palette.focus
    )
    names = data.transform_filter("datum.place == 0").mark_text(dy=expr(f"datum.beside ? 0 : {-look.px(8)}"))
    said = data.mark_text(
        dx=expr(f"datum.heading ? 0 : {look.px(6)}"), dy=expr(f"datum.heading ? 0 : {low}"), fontWeight="bold",
        color=expr(f"isValid(datum.value) ? '{look.palette.ink}' : '{look.palette.quiet}'"),
    )  # fmt: skip
    layers = (
        said.encode(x=field("to", alt.X), y=y, text=alt.Text(field="shown")),  # first, as it has every row in order
        bars.encode(x=field("start", alt.X), x2=alt.X2(field="to"), y=y),
        names.encode(x=alt.value(0), y=y, text=alt.Text(field=shape.down)),
    )
    return spec(alt.layer(*layers), look, alt.Step(height))


def _placed(shape: Grid, look: Look) -> alt.Chart:
    """Where each bar begins and ends, in pixels; a row without a name holds the headings of the columns."""
    data = calculated(
        figures_data(),
        heading=f"datum.{shape.down} === ''",
        letters=f"length(datum.{shape.down}) * {look.px(7.2)} + {look.px(16)}",
        needed=f"datum.heading || !isValid(datum.shown) ? 0 : length(datum.shown) * {look.px(8)} + {look.px(14)}",
    ).transform_joinaggregate(longest="max(letters)", tail="max(needed)", most="max(value)", last="max(place)")
    return calculated(
        of_this_part(data),
        beside=f"width >= {WIDE}",
        gutter="datum.beside ? min(datum.longest, width * 0.3) : 0",
        step="(width - datum.gutter) / (datum.last + 1)",
        start="datum.gutter + datum.place * datum.step",
        reach="datum.most > 0 ? (datum.value || 0) / datum.most : 0",
        to="datum.start + datum.reach * max(datum.step - datum.tail, 5)",
    )
