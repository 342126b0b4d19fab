"""Shares of a whole, area against area: a line for each part with dots for the areas and a bar for the neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import altair as alt

from sendviz.answer import Answer, Figure, words_of
from sendviz.charts.bars import WIDE
from sendviz.charts.look import Look
from sendviz.charts.marks import Spec, calculated, expr, field, figures_data, of_this_part, spec
from sendviz.charts.roles import coloured
from sendviz.charts.rows import Rows, columns, figures, words
from sendviz.figures.areas import COUNTRY, NEIGHBOUR, OWN, ROLES, neighbours, newest, roles
from sendviz.vocabulary import Unit

KEY, NAME, RANGE, DOT = "key", "name", "range", "dot"  # what an item is
NEIGHBOURS = "range of neighbours"


@dataclass(frozen=True)
class Item:
    """One thing in the chart: its line, what it is, whose it is, its words, its value (of a range: the lowest and the
    highest), and its place in the key."""

    line: int
    kind: str
    role: str | None = None
    name: str | None = None
    value: float | None = None
    share: float | None = None
    mark: str | None = None
    shown: str | None = None
    place: int = 0
    places: int = 1


def parts(answer: Answer) -> Rows:
    """The newest period that areas have in common, this area's largest part first."""
    rows = figures(answer)
    when = newest(answer.exhibit, rows)
    role_of = roles(answer, {str(row.at[0]) for row in rows})
    now = [row for row in rows if row.at[2] == when and str(row.at[0]) in role_of]
    by_part: dict[str, dict[str, Figure]] = {}
    for row in now:
        by_part.setdefault(words_of(row.at[3]), {})[str(row.at[0])] = row
    own = next((name for name, role in role_of.items() if role == OWN), "")
    order = sorted(by_part, key=lambda part: -_size(by_part[part], own, role_of))
    items = [*_keys(words_of(when) if when else "", role_of)]
    unit, near = answer.exhibit.measures[0].unit, neighbours(answer)
    for line, part in enumerate(order, start=1):
        items += [Item(line, NAME, name=part), *_range(line, by_part[part], near, unit)]
        items += _dots(line, by_part[part], role_of, unit)
    data = columns(**{f.name: [getattr(item, f.name) for item in items] for f in fields(Item)})
    lines, letters = tuple(item.line for item in items), max(map(len, order), default=0)
    return Rows(data, None, len(order) + 1, lines, keys=1, letters=letters)


def _size(areas: dict[str, Figure], own: str, role_of: dict[str, str]) -> float:
    """This area's share; without one, the country's."""
    country = next((name for name, role in role_of.items() if role == COUNTRY), "")
    found = areas.get(own) or areas.get(country)
    return (found.value or 0) if found else 0


def _keys(when: str, role_of: dict[str, str]) -> Iterator[Item]:
    """What the colours mean, this area first and with the period."""
    named = [(role, name) for name, role in role_of.items() if role != NEIGHBOUR]
    named.sort(key=lambda pair: -ROLES.index(pair[0]))
    if NEIGHBOUR in role_of.values():
        named.append((NEIGHBOUR, NEIGHBOURS))
    for place, (role, name) in enumerate(named):
        yield Item(0, KEY, role, name if place else f"{name}, {when}", place=place, places=len(named))


def _range(line: int, areas: dict[str, Figure], near: Sequence[str], unit: Unit) -> Iterator[Item]:
    """The span of the neighbours, where any has a figure."""
    found = [row.value for name, row in areas.items() if name in near and row.value is not None]
    if found:
        low, high = min(found), max(found)
        yield Item(line, RANGE, NEIGHBOUR, NEIGHBOURS, low, high, shown=f"{unit.words(low)} to {unit.words(high)}")


def _dots(line: int, areas: dict[str, Figure], role_of: dict[str, str], unit: Unit) -> Iterator[Item]:
    """A dot for each area that is not a neighbour, this one's last, over the others."""
    for name in sorted(areas, key=lambda name: ROLES.index(role_of[name])):
        if role_of[name] != NEIGHBOUR:
            row = areas[name]
            yield Item(line, DOT, role_of[name], name, row.value, mark=row.mark, shown=words(row, unit))


def draw(_: None, look: Look, height: int) -> Spec:
    """The spec of the parts; `height` is that of a line."""
    data = _placed(look)
    y = alt.Y(field="line", type="ordinal", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    return spec(alt.layer(*_marks(data, y, look), *_words(data, y, look)).resolve_scale(color="independent"), look,
                alt.Step(height))  # fmt: skip


def _placed(look: Look) -> alt.Chart:
    """Where dots, bars and words stand, in pixels: names beside the dots where it is wide, over them on a phone."""
    data = calculated(
        figures_data(),
        letters=f"datum.kind === '{NAME}' ? length(datum.name) * {look.px(7.5)} + {look.px(16)} : 0",
        reach="max(datum.value || 0, datum.share || 0)",
        wide=f"datum.kind === '{KEY}' ? length(datum.name) * {look.px(6.6)} + {look.px(36)} : 0",
    ).transform_joinaggregate(longest="max(letters)", most="max(reach)")
    data = data.transform_stack(stack="wide", as_=["before", "after"], groupby=["kind"])
    return calculated(
        of_this_part(data),
        beside=f"width >= {WIDE}",
        low=f"datum.beside ? 0 : {look.px(9)}",
        begin=f"datum.beside ? min(datum.longest, width * 0.4) : {look.px(6)}",
        said=f"width - {look.px(118)}",
        end=f"(datum.beside ? datum.said - {look.px(18)} : width - {look.px(6)})",
        each="datum.most > 0 ? (datum.end - datum.begin) / datum.most : 0",
        x="datum.begin + datum.each * (datum.value || 0)",
        upto="datum.begin + datum.each * (datum.share || 0)",
        room="datum.beside ? datum.begin - 8 : datum.said - 8",
        across="max(ceil(datum.places / 2), 1)",
        column="width / datum.across",
        left="datum.beside ? datum.before : (datum.place % datum.across) * datum.column",
        square=f"datum.left + {look.px(7)}",
        space="datum.beside ? width : datum.column",
        down=f"datum.beside ? 0 : (floor(datum.place / datum.across) - 0.5) * {look.px(18)}",
    )


def _marks(data: alt.Chart, y: alt.Y, look: Look) -> list[alt.Chart]:
    x, colours = field("x", alt.X), coloured(look)
    low = expr("datum.low")
    rule = data.transform_filter(f"datum.kind === '{NAME}'").mark_rule(color=look.palette.grid, yOffset=low)
    around = data.transform_filter(f"datum.kind === '{RANGE}'").mark_bar(
        height=look.px(8), cornerRadius=look.px(4), color=look.palette.context, yOffset=low
    )
    dots = data.transform_filter(f"datum.kind === '{DOT}' && isValid(datum.value)").mark_point(
        filled=True, opacity=1, size=expr(f"datum.role === '{OWN}' ? {look.area(200)} : {look.area(90)}"), yOffset=low,
        stroke=look.palette.ground, strokeWidth=1,
    )  # fmt: skip
    keys = data.transform_filter(f"datum.kind === '{KEY}'").mark_point(
        filled=True, opacity=1, size=look.area(110), yOffset=expr("datum.down")
    )
    return [
        rule.encode(x=field("begin", alt.X), x2=alt.X2(field="end"), y=y),
        around.encode(x=x, x2=alt.X2(field="upto"), y=y),
        dots.encode(x=x, y=y, color=colours),
        keys.encode(x=field("square", alt.X), y=y, color=colours),
    ]


def _words(data: alt.Chart, y: alt.Y, look: Look) -> list[alt.Chart]:
    """Names, the key, and this area's and England's shares."""
    up = f"datum.beside ? 0 : {-look.px(9)}"
    names = data.transform_filter(f"datum.kind === '{NAME}'").mark_text(dy=expr(up), limit=expr("datum.room"))
    keys = data.transform_filter(f"datum.kind === '{KEY}'").mark_text(
        dx=look.px(11), dy=expr("datum.down"), limit=expr(f"datum.space - {look.px(22)}"), fontSize=look.small
    )
    said = data.transform_filter(f"datum.role === '{OWN}' || datum.role === '{COUNTRY}'")
    said = said.transform_filter(f"datum.kind === '{DOT}'").mark_text(
        dx=expr(f"datum.role === '{OWN}' ? {look.px(52)} : {look.px(116)}"), dy=expr(up), align="right",
        fontWeight=expr(f"datum.role === '{OWN}' ? 'bold' : 'normal'"),
    )  # fmt: skip
    inks = coloured(look, words=True)
    return [
        names.encode(x=alt.value(0), y=y, text=alt.Text(field="name")),
        keys.encode(x=field("square", alt.X), y=y, text=alt.Text(field="name"), color=inks),
        said.encode(x=field("said", alt.X), y=y, text=alt.Text(field="shown"), color=inks),
    ]
