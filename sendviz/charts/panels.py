"""Small panels side by side, as many in a row as the width allows: one for each category, or one for each measure.

Everything is placed in pixels in one view, since a browser draws that several times faster than as many charts.
"""

from dataclasses import dataclass
from typing import Any

import altair as alt

from sendviz.answer import Answer, words_of
from sendviz.charts import notes
from sendviz.charts.look import Look
from sendviz.charts.marks import (
    Spec,
    calculated,
    expr,
    field,
    figures_data,
    named,
    of_this_part,
    on_ground,
    sorted_by,
    spec,
)
from sendviz.charts.rows import Rows, columns, ends, flat, series


@dataclass(frozen=True)
class Panels:
    """The column that names the panels, the one that names lines if a panel has several, the most in a row, and how
    many lines of notes stand over them."""

    names: str
    lines: str | None = None
    most: int = 4
    notes: int = 0


def by_category(answer: Answer) -> Rows:
    """A panel for each category, all to one scale."""
    name, unit = answer.exhibit.by[1], answer.exhibit.measures[0].unit
    lists = series(answer.figures[0] if answer.figures else None, name)
    rows: list[Any] = flat(lists.values())
    data = columns(
        month=[row.at[0] for row in rows], **{name: flat([words_of(key)] * len(part) for key, part in lists.items())},
        value=[row.value for row in rows], mark=[row.mark for row in rows],
        shown=flat(ends(part, unit.words, first=True) for part in lists.values()),
    )  # fmt: skip
    lines = tuple(place for place, part in enumerate(lists.values()) for _ in part)
    return Rows(data, Panels(name), len(lists), lines)


def by_measure(answer: Answer) -> Rows:
    """A panel for each measure, each to its own scale, with a line for each value of the second dimension."""
    name = answer.exhibit.by[1]
    titles: list[str] = []
    lines: list[int] = []
    rows: list[Any] = []
    names: list[str] = []
    shown: list[object] = []
    for place, found in enumerate(answer.figures):
        for key, part in series(found, name).items():
            rows += part
            names += [words_of(key)] * len(part)
            titles += [found.measure.title] * len(part)
            lines += [place] * len(part)
            shown += ends(part, found.measure.unit.words)
    data = columns(
        measure=titles, month=[row.at[0] for row in rows], **{name: names},
        value=[row.value for row in rows], mark=[row.mark for row in rows], shown=shown,
    )  # fmt: skip
    return Rows(data, Panels("measure", name, most=2), len(answer.figures), tuple(lines))


def draw(shape: Panels, look: Look, height: int) -> Spec:
    """The spec of panels."""
    data = _placed(shape, look)
    one = data.transform_filter("datum.nth == 1")
    lines = _lines_of_panels if shape.lines else _one_line
    layers = [*_frame(one, shape, look), _gaps(data, look), *lines(data, shape, look, _gapped(height))]
    if shape.notes:
        layers = [notes.rules_of_panels(data, look), *layers, notes.labels_of_panels(data, look)]
    return spec(alt.layer(*layers).resolve_scale(color="independent"), look, height)


def _gapped(height: int) -> alt.Y:
    """Pixels again, but on a scale: without one a line is drawn through its gaps."""
    scale = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    return alt.Y(field="y", type="quantitative", axis=None, scale=scale)


def _placed(shape: Panels, look: Look) -> alt.Chart:
    """Each figure's place: panels in the order of the data, months across, zero at the foot of each panel."""
    over = notes.above(shape.notes, look)
    to_one_scale: Any = {"groupby": [shape.names]} if shape.lines else {}
    data = (
        of_this_part(figures_data().transform_joinaggregate(most="max(value)", **to_one_scale))
        .transform_window(line="row_number()")
        .transform_window(nth="row_number()", groupby=[shape.names])
        .transform_joinaggregate(begins="min(line)", groupby=[shape.names])
        .transform_window(panel="dense_rank()", sort=sorted_by("begins"))
        .transform_joinaggregate(panels="max(panel)", start="min(month)", end="max(month)")
    )
    return calculated(
        data,
        fit=f"max(1, min({shape.most}, floor(width / {look.px(300 if shape.lines else 130)})))",
        per_row="ceil(datum.panels / ceil(datum.panels / datum.fit))",
        across="width / datum.per_row",
        down=f"(height - {over}) / ceil(datum.panels / datum.per_row)",
        left="((datum.panel - 1) % datum.per_row) * datum.across",
        right=f"datum.left + datum.across - {look.px(20)}",
        top=f"{over} + floor((datum.panel - 1) / datum.per_row) * datum.down",
        above=f"datum.top + {look.px(8)}",
        foot=f"datum.top + datum.down - {look.px(30)}",
        last=f"datum.right - {look.px(125 if shape.lines else 14)}",
        since="datum.end > datum.start ? (datum.month - datum.start) / (datum.end - datum.start) : 1",
        x="datum.left + datum.since * (datum.last - datum.left)",
        part="datum.most > 0 ? datum.value / datum.most : 0",
        y=f"isValid(datum.value) ? datum.foot - datum.part * (datum.foot - datum.top - {look.px(42)}) : null",
    )


def _frame(one: alt.Chart, shape: Panels, look: Look) -> list[alt.Chart]:
    """Each panel's name, its foot, and the first and the last month under it."""
    dated = calculated(one, begun="timeFormat(datum.start, '%b %Y')", ended="timeFormat(datum.end, '%b %Y')")
    left, right, foot = field("left", alt.X), alt.X2(field="right"), field("foot")
    name = one.mark_text(fontWeight="bold", limit=expr("datum.across"))
    under: dict[str, Any] = {"dy": look.px(11), "fontSize": look.small, "color": look.palette.quiet}
    begun = dated.mark_text(**under)
    ended = dated.transform_filter("datum.end > datum.start").mark_text(align="right", **under)
    return [
        one.mark_rule(color=look.palette.grid).encode(x=left, x2=right, y=foot),
        name.encode(x=left, y=field("above"), text=alt.Text(field=shape.names)),
        begun.encode(x=left, y=foot, text=alt.Text(field="begun")),
        ended.encode(x=field("last", alt.X), y=foot, text=alt.Text(field="ended")),
    ]


def _gaps(data: alt.Chart, look: Look) -> alt.Chart:
    marked = data.transform_filter("datum.mark && isValid(datum.shown)")
    said = marked.mark_text(align="center", baseline="bottom", fontSize=look.small, color=look.palette.quiet)
    return said.encode(x=field("x", alt.X), y=field("foot"), text=alt.Text(field="shown"))


def _one_line(data: alt.Chart, shape: Panels, look: Look, y: alt.Y) -> list[alt.Chart]:
    """The panel's line with its first value in passing and its last in bold."""
    x, panel, shown = field("x", alt.X), alt.Detail(field=shape.names), alt.Text(field="shown")
    there = data.transform_filter("isValid(datum.value) && isValid(datum.shown)")
    first = there.transform_filter("datum.month == datum.start && datum.end > datum.start")
    last = there.transform_filter("datum.month != datum.start || datum.end == datum.start")
    colour = look.palette.focus
    passing: dict[str, Any] = {"dy": -look.px(13), "color": look.palette.quiet}
    bold = passing | {"align": "right", "dx": look.px(8), "fontWeight": "bold", "color": look.palette.words[0]}
    said = [
        part.mark_text(**words, **more).encode(x=x, y=y, text=shown)
        for more in ([on_ground(look), {}] if shape.notes else [{}])
        for part, words in ((first, passing), (last, bold))
    ]
    return [
        data.mark_line(**_drawn(look), color=colour).encode(x=x, y=y, detail=panel),
        last.mark_point(filled=True, opacity=1, size=look.area(50), color=colour).encode(x=x, y=y),
        *said,
    ]


def _lines_of_panels(data: alt.Chart, shape: Panels, look: Look, y: alt.Y) -> list[alt.Chart]:
    """Lines with their names and values at the ends, moved up where they would meet (smaller y is higher)."""
    x, gap, order = field("x", alt.X), look.px(18), sorted_by("y", descending=True)
    names = shape.lines or ""
    last = data.transform_filter("isValid(datum.value) && isValid(datum.shown)")
    placed = last.transform_window(place="row_number()", sort=order, groupby=[shape.names])
    placed = calculated(placed, kept=f"datum.y + datum.place * {gap}")
    placed = placed.transform_window(reached="min(kept)", sort=order, frame=[None, 0], groupby=[shape.names])
    placed = calculated(
        placed, beside=f"datum.reached - datum.place * {gap}", said=f"datum['{names}'] + '  ' + datum.shown"
    )
    said = placed.mark_text(dx=look.px(9), fontWeight="bold", fontSize=look.small)
    colour, words = named(names, look.palette.series), named(names, look.palette.words)
    return [
        data.mark_line(**_drawn(look)).encode(x=x, y=y, detail=alt.Detail(field=shape.names), color=colour),
        last.mark_point(filled=True, opacity=1, size=look.area(50)).encode(x=x, y=y, color=colour),
        said.encode(x=field("last", alt.X), y=field("beside"), text=alt.Text(field="said"), color=words),
    ]


def _drawn(look: Look) -> dict[str, Any]:
    return {"strokeWidth": look.px(2.5), "strokeJoin": "round", "strokeCap": "round"}
