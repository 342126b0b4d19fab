"""This area, its region, England and its neighbours: lines over the years beside a ranking of the newest."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from sendviz.answer import Answer, Figure, words_of
from sendviz.charts.look import Look
from sendviz.charts.marks import (
    Spec,
    amounts,
    calculated,
    expr,
    field,
    figures_data,
    line_ends,
    marked,
    sorted_by,
    spec,
)
from sendviz.charts.roles import coloured
from sendviz.charts.rows import Rows, columns, ends, figures, flat, words
from sendviz.figures.areas import NEIGHBOUR, OWN, ROLES, newest, roles
from sendviz.vocabulary import Unit

BESIDE = 700  # pixels from which the ranking stands beside the lines, not under them
LETTERS, STEP = 25, 5  # letters for which there is always room at the lines' ends, and by how many it grows
ABOVE = 0.34  # of the height is the lines' where the ranking stands under them


@dataclass(frozen=True)
class Compared:
    """The columns that name the areas and the periods, the unit, and how many letters stand at a line's end."""

    names: str
    when: str
    unit: Unit
    letters: int


def compare(answer: Answer) -> Rows:
    """The areas compared, period by period, and which of the figures are of the newest period in common."""
    names, _, when = answer.exhibit.by
    unit = answer.exhibit.measures[0].unit
    role_of = roles(answer, {str(row.at[0]) for row in figures(answer)})
    by_area: dict[str, list[Figure]] = {}
    periods = {row.at[2] for row in figures(answer) if row.value is not None and str(row.at[0]) in role_of}
    for row in figures(answer):
        if str(row.at[0]) in role_of and row.at[2] in periods:
            by_area.setdefault(str(row.at[0]), []).append(row)
    areas = sorted(by_area, key=lambda name: ROLES.index(role_of[name]))
    rows = [row for name in areas for row in sorted(by_area[name], key=lambda row: str(row.at[2]))]
    ranked = newest(answer.exhibit, rows)
    data: dict[str, Sequence[object]] = {
        names: [str(row.at[0]) for row in rows],
        "role": [role_of[str(row.at[0])] for row in rows],
        when: [words_of(row.at[2]) for row in rows],
        "ranked": [words_of(ranked) if row.at[2] == ranked else None for row in rows],
        "value": [row.value for row in rows],
        "mark": [row.mark for row in rows],
        "said": [words(row, unit) for row in rows],
        "shown": flat(ends([row for row in rows if row.at[0] == name], unit.words) for name in areas),
    }
    return Rows(columns(**data), Compared(names, when, unit, _letters(data, names)))


def _letters(data: dict[str, Sequence[object]], names: str) -> int:
    """The letters of the longest label at a line's end, in steps, so that few selections need a spec of their own."""
    ended = zip(data[names], data["shown"], data["role"], strict=True)
    longest = max((len(f"{name}  {shown}") for name, shown, role in ended if shown and role != NEIGHBOUR), default=0)
    return max(LETTERS, -(-longest // STEP) * STEP)


def draw(shape: Compared, look: Look, height: int) -> Spec:
    """The spec: two panels in one view, beside each other or one under the other as the width allows."""
    panels = [
        alt.layer(*part).resolve_scale(color="independent") for part in (_lines(shape, look), _ranking(shape, look))
    ]
    both = alt.layer(*panels).resolve_scale(x="independent", y="independent", color="independent")
    return spec(both, look, height)


def _lines(shape: Compared, look: Look) -> list[alt.Chart]:
    beside = f"width >= {BESIDE}"
    room = f"{look.px(7.6 * shape.letters)} * ({beside} ? 1 : 0.63)"
    across, over = f"({beside} ? width * 0.54 : width)", f"({beside} ? height : height * {ABOVE})"
    x = alt.X(
        field=shape.when, type="ordinal", axis=alt.Axis(offset=expr(f"{over} - height")),
        scale=alt.Scale(type="point", padding=0.1, rangeMax=expr(f"{across} - {room}")),
    )  # fmt: skip
    size = alt.StrokeWidth(
        field="role", type="ordinal", legend=None,
        scale=alt.Scale(domain=list(ROLES), range=[look.px(width) for width in (1.2, 2.2, 2.8, 2.8, 4)]),
    )  # fmt: skip
    data = figures_data().transform_joinaggregate(most="max(value)")
    lines = data.mark_line(strokeJoin="round", strokeCap="round").encode(
        x=x, y=amounts("value", shape.unit, rangeMin=expr(over)), color=coloured(look), strokeWidth=size,
        detail=alt.Detail(field=shape.names),
    )  # fmt: skip
    last = data.transform_filter(f"isValid(datum.value) && isValid(datum.shown) && datum.role !== '{NEIGHBOUR}'")
    colours = coloured(look), coloured(look, words=True)
    own = data.transform_filter(f"datum.role === '{OWN}'")
    return [lines, *line_ends(last, x, "value", shape.names, colours, look, over, BESIDE), marked(own, x, look, over)]


def _ranked(shape: Compared, look: Look) -> alt.Chart:
    """The figures of the newest period, those missing last, and where each area's line stands, in pixels."""
    there = figures_data().transform_filter("isValid(datum.ranked)")
    there = there.transform_calculate(rank="isValid(datum.value) ? datum.value : -1e9")
    there = there.transform_calculate(letters=f"length(datum.{shape.names})")
    placed = there.transform_window(place="row_number()", sort=sorted_by("rank", descending=True))
    return calculated(
        placed.transform_joinaggregate(areas="count()", most="max(value)", least="min(value)", longest="max(letters)"),
        beside=f"width >= {BESIDE}",
        left="datum.beside ? width * 0.58 : 0",
        top=f"datum.beside ? {look.px(24)} : height * {ABOVE} + {look.px(64)}",
        down=f"min({look.px(38)}, (height - datum.top) / datum.areas)",
        y="datum.top + (datum.place - 0.5) * datum.down",
        begin=f"datum.left + min(max({look.px(190)}, datum.longest * {look.px(7.4)}), (width - datum.left) * 0.5)",
        room=f"datum.begin - datum.left - {look.px(8)}",
        low="min(datum.least, 0)",
        span="max(datum.most, 0) - datum.low",
        across=f"max(width - datum.begin - {look.px(64)}, 20)",
        nought="datum.begin + (datum.span > 0 ? -datum.low / datum.span : 0) * datum.across",
        part="datum.span > 0 && isValid(datum.value) ? (datum.value - datum.low) / datum.span : 0",
        x="isValid(datum.value) ? datum.begin + datum.part * datum.across : datum.nought",
        weight=f"datum.role === '{NEIGHBOUR}' ? 'normal' : 'bold'",
    )


def _ranking(shape: Compared, look: Look) -> list[alt.Chart]:
    ranked, y, bold = _ranked(shape, look), field("y"), expr("datum.weight")
    left, nought, x = field("left", alt.X), field("nought", alt.X), field("x", alt.X)
    stem = ranked.mark_rule(color=look.palette.grid, strokeWidth=look.px(2)).encode(x=nought, x2=alt.X2(field="x"), y=y)
    dot = (
        ranked.transform_filter("isValid(datum.value)")
        .mark_point(filled=True, opacity=1, size=look.area(130))
        .encode(x=x, y=y, color=coloured(look))
    )
    name = ranked.mark_text(limit=expr("datum.room"), fontWeight=bold)
    value = ranked.mark_text(dx=look.px(10), fontWeight=bold)
    heading = ranked.transform_filter("datum.place == 1").mark_text(color=look.palette.quiet, dy=-look.px(14))
    return [
        stem, dot,
        name.encode(x=left, y=y, text=alt.Text(field=shape.names), color=coloured(look, words=True)),
        value.encode(x=x, y=y, text=alt.Text(field="said")),
        heading.encode(x=left, y=field("top"), text=alt.Text(field="ranked")),
    ]  # fmt: skip
