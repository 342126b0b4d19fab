"""Columns: one a month or category, and under a line of the share they make up."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from sendviz.answer import Answer, Figure, words_of
from sendviz.charts.look import Look
from sendviz.charts.marks import Spec, along, amounts, calculated, expr, figures_data, key, marked, spec
from sendviz.charts.rows import Rows, columns, ends, figures, gaps
from sendviz.vocabulary import COUNT, MONTH, SHARE, Unit


@dataclass(frozen=True)
class Columns:
    """The dimension along the foot and the unit of the columns."""

    by: str
    unit: Unit


@dataclass(frozen=True)
class ColumnsAndLine:
    """Columns of counts under lines of shares: what the columns are called (their part and the rest, if a part is set
    off), and the lines."""

    columns: tuple[str, ...]
    lines: tuple[str, ...]


def simple(answer: Answer) -> Rows:
    """One column for each value of the exhibit's only dimension."""
    rows, unit, by = figures(answer), answer.exhibit.measures[0].unit, answer.exhibit.by[0]
    at: Sequence[object] = [row.at[0] for row in rows]
    data = columns(
        **{by: at if by == MONTH else [words_of(value) for value in at]},
        value=[row.value for row in rows], mark=[row.mark for row in rows], shown=_shown(rows, "value", unit),
    )  # fmt: skip
    return Rows(data, Columns(by, unit))


def draw(shape: Columns, look: Look, height: int) -> Spec:
    """The spec of columns; each has its value where there is room, the last has it always."""
    data = figures_data()
    x = along(shape.by, str(look.px(16)), band=True)
    bars = data.mark_bar(color=look.palette.focus).encode(x=x, y=amounts("value", shape.unit))
    layers = [bars, _values(data, x, look, shape.by == MONTH), marked(data, x, look)]
    return spec(alt.layer(*layers), look, height)


def _values(data: alt.Chart, x: alt.X, look: Look, newest: bool = True) -> alt.Chart:
    """Each column's value over it where all have room, else that of the newest (or, of categories, the highest)."""
    needs = f"length(datum.shown) * {look.px(8)}"
    there = data.transform_filter("isValid(datum.value)")
    there = calculated(there, needs=needs).transform_joinaggregate(
        columns="count()", most="max(value)", needed="max(needs)"
    )
    there = calculated(there.transform_window(place="row_number()"), step="width / datum.columns")
    the_one = "datum.place == datum.columns" if newest else "datum.value == datum.most"
    there = there.transform_filter(f"datum.step > datum.needed || {the_one}")
    aside = expr(f"datum.step > datum.needed ? {-look.px(8)} / 2 * length(datum.shown) * 0.9 : -datum.step * 0.37")
    said = there.mark_text(dx=aside, dy=-look.px(9), fontSize=look.small, fontWeight="bold")
    return said.encode(x=x, y=alt.Y(field="value", type="quantitative"), text=alt.Text(field="shown"))


def year_table(answer: Answer) -> Rows:
    """Columns of the first measure by month, and above them the second measure, a share."""
    counted, share = figures(answer), figures(answer, 1)
    first, second = answer.exhibit.measures
    data: dict[str, Sequence[object]] = {
        "month": [row.at[0] for row in counted],
        "value": [row.value for row in counted],
        "mark": [row.mark for row in counted],
        "shown": _shown(counted, "value", first.unit),
        **_share(share, 0, second.unit),
    }
    return Rows(columns(**data), ColumnsAndLine((first.title,), (second.title,)))


def timeliness(answer: Answer) -> Rows:
    """Columns of a share's whole by month with its part set off, and above them each measure's share."""
    rows, measures = figures(answer), answer.exhibit.measures
    data: dict[str, Sequence[object]] = {
        "month": [row.at[0] for row in rows],
        "value": [row.denominator if row.value is not None else None for row in rows],
        "numerator": [row.numerator if row.value is not None else None for row in rows],
        "mark": [row.mark for row in rows],
        "shown": _shown(rows, "denominator", COUNT),
    }
    for place, measure in enumerate(measures):
        data |= _share(figures(answer, place), place, measure.unit)
    return Rows(
        columns(**data), ColumnsAndLine((measures[0].title, "others"), _told_apart([m.title for m in measures]))
    )


def _shown(rows: Sequence[Figure], name: str, unit: Unit) -> list[str | None]:
    return [
        gap or (None if row.value is None else unit.words(getattr(row, name)))
        for gap, row in zip(gaps(rows), rows, strict=True)
    ]


def _share(rows: Sequence[Figure], place: int, unit: Unit) -> dict[str, Sequence[object]]:
    name = _line(place)
    return {name: [row.value for row in rows], f"{name}_shown": ends(rows, unit.words)}


def _line(place: int) -> str:
    return f"share_{place + 1}" if place else "share"


def _told_apart(titles: Sequence[str]) -> tuple[str, ...]:
    """What sets apart titles that begin alike: `all` for the one with nothing more."""
    shortest = min(titles, key=len)
    return tuple(title.removeprefix(shortest).strip(" ,") or "all" for title in titles)


def draw_with_lines(shape: ColumnsAndLine, look: Look, height: int) -> Spec:
    """The spec of two panels over one row of months: lines of shares above, columns of counts below."""
    x = along(room=str(look.px(58)), band=True)
    top, foot = look.px(28), round(height * 0.4)
    lines = [
        layer
        for place in range(len(shape.lines))
        for layer in _share_line(x, place, len(shape.lines), (top, foot), look)
    ]
    colours = look.palette.words[: len(shape.lines)]
    names = [f"— {name}" for name in shape.lines] if len(shape.lines) > 1 else list(shape.lines)
    above = alt.layer(*key(list(zip(names, colours, strict=True)), look, look.px(8)), *lines)
    below = alt.layer(*_counts(x, shape, foot + look.px(52), look))
    return spec(alt.layer(above, below).resolve_scale(y="independent"), look, height)


def _share_line(x: alt.X, place: int, of: int, between: tuple[float, float], look: Look) -> list[alt.Chart]:
    name, other = _line(place), _line(1 - place)
    y = amounts(name, SHARE, ticks=2, domain=[0, 1], rangeMax=between[0], rangeMin=between[1])
    data, colour = figures_data(), look.palette.series[place]
    drawn = data.mark_line(strokeWidth=look.px(3), strokeJoin="round", strokeCap="round", color=colour).encode(x=x, y=y)
    last = data.transform_filter(f"isValid(datum.{name}) && isValid(datum.{name}_shown)")
    aside = f"datum.{name} < datum.{other} || (datum.{name} == datum.{other} && {place}) ? {look.px(9)} : {-look.px(9)}"
    said = last.mark_text(
        dx=look.px(9),
        dy=expr(aside) if of > 1 else 0,
        fontSize=look.text,
        fontWeight="bold",
        color=look.palette.words[place],
    ).encode(x=x, y=alt.Y(field=name, type="quantitative"), text=alt.Text(field=f"{name}_shown"))
    dot = last.mark_point(filled=True, opacity=1, size=look.area(60), color=colour).encode(
        x=x, y=alt.Y(field=name, type="quantitative")
    )
    return [drawn, dot, said]


def _counts(x: alt.X, shape: ColumnsAndLine, top: float, look: Look) -> list[alt.Chart]:
    data, colours = figures_data(), look.palette
    y = amounts("value", COUNT, ticks=3, rangeMax=top)
    parts = len(shape.columns) > 1
    bars = [data.mark_bar(color=colours.context if parts else colours.focus).encode(x=x, y=y)]
    said = [(f"■ {shape.columns[0]}" if parts else shape.columns[0], colours.words[0])]
    if parts:
        bars.append(data.mark_bar(color=colours.focus).encode(x=x, y=alt.Y(field="numerator", type="quantitative")))
        said.append((f"■ {shape.columns[1]}", colours.quiet))
    return [*key(said, look, top - look.px(22)), *bars, _values(data, x, look), marked(data, x, look)]
