"""What charts are put together from: layers of text, line ends, and the spec around them."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from sendviz.charts.look import Look
from sendviz.vocabulary import MONTH, Unit

Spec = dict[str, Any]
SOURCE = "source"  # the name under which data passed beside a spec are known to it


def figures_data() -> alt.Chart:
    """A layer over the data that are passed beside the spec."""
    return alt.Chart(alt.NamedData(name=SOURCE))


def expr(text: str) -> alt.ExprRef:
    """A Vega expression: re-evaluated in the browser when the chart's width or data change."""
    return alt.ExprRef(expr=text)


def field(name: str, channel: type = alt.Y, **more: Any) -> Any:
    """A channel that takes pixels as they were worked out: no scale, no axis."""
    return channel(field=name, type="quantitative", scale=None, axis=None, **more)


def calculated(chart: alt.Chart, **columns: str) -> alt.Chart:
    """The chart with columns worked out in the browser, each from those before it."""
    for name, formula in columns.items():
        chart = chart.transform_calculate(**{name: formula})
    return chart


def along(name: str = MONTH, room: str = "0", band: bool = False, names: Sequence[str] | None = None) -> alt.X:
    """What stands along the foot: months, or the values of another column, in the order of the data or of `names`.

    `room` is what is kept free at the right for the labels at the lines' ends, in pixels.
    """
    scale: dict[str, Any] = {"type": "point", "padding": 0.1}
    if band:
        scale = {"type": "band", "paddingInner": 0.25, "paddingOuter": 0.1}
    if names is not None:
        scale["domain"] = list(names)
    more: dict[str, Any] = {"axis": alt.Axis(), "sort": None}
    if name == MONTH:
        more = {"axis": alt.Axis(labelExpr="timeFormat(datum.value, '%b %Y')")}
    return alt.X(field=name, type="ordinal", scale=alt.Scale(rangeMax=expr(f"width - ({room})"), **scale), **more)


def amounts(name: str, unit: Unit, ticks: int = 4, **scale: Any) -> alt.Y:
    """Amounts from zero up the side, with a thin grid."""
    form = unit.d3.replace(".1", ".0")
    said: dict[str, Any] = {"format": form}
    if unit.signed:  # d3 would sign a nought
        said = {"labelExpr": f"datum.value ? format(datum.value, '{form}') : '0{unit.after}'"}
    axis = alt.Axis(orient="left", grid=True, tickCount=ticks, tickMinStep=1 / unit.scale, labelFlush=False, **said)
    return alt.Y(field=name, type="quantitative", axis=axis, scale=alt.Scale(zero=True, nice=True, **scale))


def of_this_part(chart: alt.Chart) -> alt.Chart:
    """The rows a drawing has room for, where it is one of several: after what is worked out from all of them, so that
    one scale holds for every part."""
    return chart.transform_filter("datum.here !== false")


def sorted_by(name: str, descending: bool = False) -> list[Any]:
    """The order of a window."""
    return [alt.SortField(name, order="descending" if descending else "ascending")]


def marked(base: alt.Chart, x: alt.X, look: Look, foot: str = "height") -> alt.Chart:
    """The labels of gaps, [c] and [x], at the foot of the chart."""
    return (
        base.transform_filter("datum.mark && isValid(datum.shown)")
        .mark_text(align="center", baseline="bottom", color=look.palette.quiet, fontSize=look.small)
        .encode(x=x, y=alt.value(expr(f"{foot} - 3")), text=alt.Text(field="shown"))
    )


def on_ground(look: Look) -> dict[str, Any]:
    """What has words stand on a ground of their own, where a line passes behind them: a first layer of them."""
    return {"stroke": look.palette.ground, "strokeWidth": look.px(4), "strokeJoin": "round"}


def key(items: Sequence[tuple[str, str]], look: Look, y: float, crossed: bool = False) -> list[alt.Chart]:
    """Words in colours, one after the other, in a line across the chart: what its colours mean. They may be `crossed`
    by lines."""
    once = figures_data().transform_window(nth="row_number()").transform_filter("datum.nth == 1")
    layers, x = [], 0.0
    for words, colour in items:
        for more in [on_ground(look), {}] if crossed else [{}]:
            said = once.mark_text(text=words, fontSize=look.small, color=colour, **more)
            layers.append(said.encode(x=alt.value(x), y=alt.value(y)))
        x += (len(words) + 2) * look.small * 0.5
    return layers


def named(names: str, colours: Sequence[str]) -> alt.Color:
    """A colour for each name, in the order the data have them."""
    return alt.Color(field=names, type="nominal", sort=None, scale=alt.Scale(range=list(colours)), legend=None)


def line_ends(
    last: alt.Chart,
    x: alt.X,
    value: str,
    names: str,
    colours: tuple[alt.Color, alt.Color],
    look: Look,
    height: str,
    wide: int = 480,
) -> list[alt.Chart]:
    """A dot, the name and the value at each line's end; names are moved up where they would meet, and stand over the
    value where the chart is narrow."""
    y = alt.Y(field=value, type="quantitative")
    step = f"{look.px(19)} * (width < {wide} ? 2 : 1) / {height} * datum.most * 1.15"
    order = sorted_by(value)
    placed = calculated(
        last.transform_window(place="row_number()", sort=order), kept=f"datum.{value} - datum.place * {step}"
    ).transform_window(reached="max(kept)", sort=order, frame=[None, 0])
    placed = calculated(
        placed,
        beside=f"datum.reached + datum.place * {step}",
        said=f"datum['{names}'] + (width < {wide} ? '\\n' : '  ') + datum.shown",
    )
    dot = last.mark_point(filled=True, opacity=1, size=look.area(80)).encode(x=x, y=y, color=colours[0])
    said = placed.mark_text(dx=look.px(10), fontSize=look.text, fontWeight="bold", lineBreak="\n").encode(
        x=x, y=alt.Y(field="beside", type="quantitative"), text=alt.Text(field="said"), color=colours[1]
    )
    return [dot, said]


def spec(chart: alt.LayerChart | alt.FacetChart, look: Look, height: int | alt.Step, title: Any = None) -> Spec:
    """The chart as a plain Vega-Lite spec without data: as wide as its place, as high as given (by row: a step)."""
    # Checked against the schema by a test, not by each process that starts: that would take half the time of drawing.
    made: Spec = (chart.properties(title=title) if title else chart).to_dict(validate=False)
    return _hoisted(made) | {
        "config": look.config(),
        "autosize": {"type": "fit" if isinstance(height, int) else "fit-x", "contains": "padding"},
        "padding": {"left": 1, "right": 1, "top": 4, "bottom": 4},
        "height": height if isinstance(height, int) else {"step": height.step},
    }


def _hoisted(made: Spec) -> Spec:
    """The spec with what its layers begin with in common worked out once, above them."""
    over_figures = [layer for layer in made["layer"] if layer.get("data", {"name": SOURCE}) == {"name": SOURCE}]
    chains = [layer.pop("transform", []) for layer in over_figures]
    same = 0
    while chains and all(len(chain) > same and chain[same] == chains[0][same] for chain in chains):
        same += 1
    common = chains[0][:same] if chains else []
    for layer, chain in zip(over_figures, chains, strict=True):
        layer.pop("data", None)
        if chain[same:]:
            layer["transform"] = chain[same:]
    return made | {"data": {"name": SOURCE}} | ({"transform": common} if common else {})
