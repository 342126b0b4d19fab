"""Horizontal bars with their names: beside them where the chart is wide, above them on a phone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import altair as alt

from sendviz.answer import Answer, Figure, Figures, words_of
from sendviz.charts.look import Look
from sendviz.charts.marks import Spec, calculated, expr, field, figures_data, of_this_part, spec
from sendviz.charts.rows import Block, Rows, columns, figures, words

WIDE = 560  # pixels from which names stand beside the bars
BESIDE = 0.42  # of the width is the most that names beside the bars may take
THICK, LONG, LOW = 0.6, 0.75, 0.15  # of a row: a bar beside its name, the tick on it, and how far a heading is down


@dataclass(frozen=True)
class Bars:
    """The column that names the bars, what the tick on them is (if they have one), and whether there are headings."""

    names: str
    tick: str | None = None
    headings: bool = False


@dataclass(frozen=True)
class Bar:
    """A row of the chart: a heading (without a figure), or a name with a figure and what it is held against."""

    name: str
    value: float | None = None
    shown: str | None = None
    mark: str = ""
    before: float | None = None
    heading: bool = False


def simple(answer: Answer) -> Rows:
    """A bar for each category, with a tick where it was a year before if the answer knows."""
    dimension, rows = _categories(answer)
    unit = answer.exhibit.measures[0].unit
    before = answer.options.get("year before")
    earlier = {row.at: row.value for row in before.rows} if isinstance(before, Figures) else {}
    bars = [Bar(name, row.value, words(row, unit), row.mark, earlier.get(row.at)) for name, row in rows]
    return _rows(bars, Bars(dimension, "a year before" if isinstance(before, Figures) else None))


def _categories(answer: Answer) -> tuple[str, list[tuple[str, Figure]]]:
    """The dimension that names the bars, and the figures with their names; of several periods the newest alone."""
    by = answer.exhibit.by
    chosen = str(answer.exhibit.options.get("category") or next(name for name in by if name != answer.exhibit.row.when))
    rows = figures(answer)
    at = by.index(chosen)
    if answer.exhibit.row.when in by:
        when = by.index(answer.exhibit.row.when)
        newest = max((str(row.at[when]) for row in rows), default="")
        rows = [row for row in rows if str(row.at[when]) == newest]
    names = [words_of(row.at[at]) for row in rows]
    if len(set(names)) < len(names):
        names = [", ".join(words_of(row.at[by.index(n)]) for n in _that_differ(answer, rows, chosen)) for row in rows]
    return chosen, list(zip(names, rows, strict=True))


def _that_differ(answer: Answer, rows: Sequence[Figure], chosen: str) -> Iterator[str]:
    """The chosen dimension, then the others in which the rows differ."""
    yield chosen
    for place, name in enumerate(answer.exhibit.by):
        if name != chosen and len({row.at[place] for row in rows}) > 1:
            yield name


def _rows(bars: Sequence[Bar], shape: Bars, blocks: Sequence[Block] = ()) -> Rows:
    data: dict[str, Sequence[object]] = {
        shape.names: [bar.name for bar in bars],
        "value": [bar.value for bar in bars],
        "mark": [bar.mark for bar in bars],
        "shown": [bar.shown for bar in bars],
    }
    if shape.tick:
        data["before"] = [bar.before for bar in bars]
    if shape.headings:
        data["heading"] = [bar.heading for bar in bars]
    letters = max((len(bar.name) for bar in bars if not bar.heading), default=0)
    return Rows(columns(**data), shape, len(bars), blocks=tuple(blocks), letters=letters)


def under_headings(found: Iterable[tuple[str, Bar]], tick: str | None = None) -> Rows:
    """Bars with the heading each stands under; a bar without a name of its own stands in its heading's line, last."""
    bars: list[Bar] = []
    alone: list[Bar] = []
    blocks: list[Block] = []
    for heading, part in groupby(found, key=lambda pair: pair[0]):
        under = [bar for _, bar in part]
        if under[0].name:
            bars += [Bar(heading, heading=True), *under]
            blocks.append(Block(head=1, units=len(under)))
        else:
            alone.append(replace(under[0], name=heading, heading=True))
    return _rows(bars + alone, Bars("name", tick, headings=True), blocks + [Block()] * len(alone))


def draw(shape: Bars, look: Look, height: int) -> Spec:
    """The spec of bars; `height` is that of a row."""
    data = _placed(shape, look)
    y = alt.Y(field="row", type="ordinal", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    low = expr(f"datum.beside ? 0 : {look.px(8)}")
    bar = data.transform_filter("isValid(datum.value)").mark_bar(
        height=expr(f"datum.beside ? {height * THICK} : {look.px(12)}"), yOffset=low, color=look.palette.focus
    )
    name = data.mark_text(
        dy=expr(f"{_heading(shape)} ? {height * LOW} : datum.beside ? 0 : {-look.px(8)}"), limit=expr("datum.room"),
        fontWeight=expr(f"{_heading(shape)} ? 'bold' : 'normal'"),
    )  # fmt: skip
    value = data.transform_filter("isValid(datum.shown)").mark_text(
        dx=look.px(7),
        dy=expr(f"{_heading(shape)} ? {height * LOW} : datum.inline ? {-look.px(8)} : datum.beside ? 0 : {look.px(8)}"),
        fontWeight=expr("isValid(datum.value) || !datum.mark ? 'bold' : 'normal'"),
        color=expr(f"isValid(datum.value) || !datum.mark ? '{look.palette.ink}' : '{look.palette.quiet}'"),
    )  # fmt: skip
    layers = [
        bar.encode(x=field("start", alt.X), x2=alt.X2(field="to"), y=y),
        name.encode(x=alt.value(0), y=y, text=alt.Text(field=shape.names)),
        value.encode(x=field("beyond", alt.X), y=y, text=alt.Text(field="shown")),
    ]
    if shape.tick:
        layers.insert(1, _tick(data, y, look, height * LONG))
    return spec(alt.layer(*layers), look, alt.Step(height), title=_explained(shape, look))


def _heading(shape: Bars) -> str:
    return "datum.heading" if shape.headings else "false"


def _placed(shape: Bars, look: Look) -> alt.Chart:
    """Where each bar begins and ends, in pixels, from the width there is and the longest name and label."""
    head, before = _heading(shape), "datum.before" if shape.tick else "0"
    data = calculated(
        figures_data().transform_window(row="row_number()"),
        letters=f"length(datum.{shape.names}) * ({head} ? {look.px(8.6)} : {look.px(7.2)}) + {look.px(10)}",
        named=f"{head} ? 0 : datum.letters",
        needs=f"isValid(datum.shown) ? length(datum.shown) * {look.px(7.5)} + {look.px(14)} : 0",
        needed=f"{head} ? 0 : datum.needs",
        reach=f"max(datum.value || 0, {before} || 0)",
    ).transform_joinaggregate(longest="max(named)", tail="max(needed)", most="max(reach)")
    return calculated(
        of_this_part(data),
        together=f"width >= {WIDE} && datum.longest <= width * {BESIDE}",
        beside=f"datum.together || {head}",
        inline=f"{head} || (!datum.together && (!isValid(datum.value) || datum.tail > width * 0.35))",
        close=f"{head} ? datum.letters : length(datum.{shape.names}) * {look.px(6.6)} + {look.px(8)}",
        after="min(datum.close, width - datum.needs)",
        room=f"datum.inline && isValid(datum.shown) ? datum.after : datum.together && !{head} ? datum.longest : width",
        start="datum.together ? datum.longest : 0",
        each="datum.most > 0 ? max(width - datum.start - (datum.inline ? 0 : datum.tail), 10) / datum.most : 0",
        to="datum.start + datum.each * (datum.value || 0)",
        was=f"datum.start + datum.each * ({before} || 0)",
        beyond="datum.inline ? datum.after : datum.start + (isValid(datum.value) ? datum.each * datum.reach : 0)",
    )


def _tick(data: alt.Chart, y: alt.Y, look: Look, long: float) -> alt.Chart:
    tick = data.transform_filter("isValid(datum.before)").mark_tick(
        orient="vertical", opacity=1, thickness=look.px(4), size=expr(f"datum.beside ? {long} : {look.px(18)}"),
        yOffset=expr(f"datum.beside ? 0 : {look.px(8)}"), color=look.palette.comparison,
    )  # fmt: skip
    return tick.encode(x=field("was", alt.X), y=y)


def _explained(shape: Bars, look: Look) -> alt.TitleParams | None:
    if not shape.tick:
        return None
    return alt.TitleParams(f"| {shape.tick}", color=look.palette.words[1], fontWeight="bold")
