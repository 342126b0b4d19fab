"""Answers to a survey: a bar for each group with a colour for each answer; where several could be ticked, bars beside
each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from textwrap import wrap

import altair as alt

from sendviz.answer import Answer, Figure, words_of
from sendviz.charts.look import Look
from sendviz.charts.marks import Spec, calculated, expr, field, figures_data, of_this_part, spec
from sendviz.charts.rows import Block, Rows, columns, figures, gap_words, words
from sendviz.vocabulary import Unit

SHADES = ("1", "2", "3", "4", "5")
STEPS = ("step 1", "step 2", "step 3", "step 4", "step 5")
PHONE, ON_A_PHONE = 330, 42  # pixels, and letters, that a line must do with
PAGE = 900  # pixels from which a chart is laid out for a page: a question, and what its colours mean, in a line
SQUARE = 40  # pixels of a colour's square and of what keeps it from the words before
LETTER = 8  # pixels, about, of a letter in bold
THICK, THIN, LIFT = 0.75, 0.5, 1 / 7  # of a line: a bar in pieces, one of several, and how much that is nearer its name
WHOLE = 1.01  # shares that add up to more were not all of one whole


@dataclass(frozen=True)
class Item:
    """One thing in the chart: its line, what it is, its words, and for a share its answer, colour and place across; of
    a key, how many and how many letters stand before it; and whether it is laid out for a page or for a phone."""

    line: int
    part: str  # heading, key, group (a bar's name), share (a piece of a bar), beside (one of several bars), end
    name: str | None = None
    answer: str | None = None
    value: float | None = None
    mark: str | None = None
    shown: str | None = None
    shade: str | None = None
    place: int = 0
    places: int = 1
    lead: int = 0
    wide: bool | None = None


def answers(answer: Answer) -> Rows:
    """Question by question: who answered what, group by group. Twice, of which the browser draws one: in lines that a
    phone has room for, and in the longer ones of a page, of which there are fewer."""
    narrow, _ = _items(answer, PHONE, ON_A_PHONE)
    wide, blocks = _items(answer, PAGE, int(PAGE / LETTER))
    both = [*(replace(item, wide=False) for item in narrow), *(replace(item, wide=True) for item in wide)]
    return replace(_rows(both, blocks), bars=wide[-1].line + 1 if wide else 0)


def on_a_wall(answer: Answer, across: float) -> Rows:
    """The same in lines of `across` pixels, counted in type of its size on a page."""
    return _rows(*_items(answer, across, int(across / LETTER)))


def _rows(items: Sequence[Item], blocks: Sequence[Block]) -> Rows:
    data = columns(**{f.name: [getattr(item, f.name) for item in items] for f in fields(Item)})
    lines = tuple(item.line for item in items)
    return Rows(data, None, lines[-1] + 1 if lines else 0, lines, blocks=tuple(blocks))


def _items(answer: Answer, room: float, letters: int) -> tuple[list[Item], list[Block]]:
    items: list[Item] = []
    blocks: list[Block] = []
    unit = answer.exhibit.measures[0].unit
    for question, part in groupby(figures(answer), key=lambda row: row.at[0]):
        rows = list(part)
        line = items[-1].line + 1 if items else 0
        asked = wrap(words_of(question), letters)
        items += [Item(line + place, "heading", name=words) for place, words in enumerate(asked)]
        stacked, under = _of_one_whole(rows), line + len(asked)
        items += _stacked(rows, under, unit, room) if stacked else _side_by_side(rows, under, unit)
        blocks.append(_block(items, line, stacked))
    return items, blocks


def _block(items: Sequence[Item], begins: int, stacked: bool) -> Block:
    """The question that begins at this line: what is asked and the key, then its groups, or each answer's two lines."""
    first = next((i.line for i in items if i.line >= begins and i.part in ("group", "answer")), begins)
    each = 1 if stacked else 2
    return Block(first - begins, (items[-1].line + 1 - first) // each, each)


def _of_one_whole(rows: Sequence[Figure]) -> bool:
    groups: dict[object, float] = {}
    for row in rows:
        groups[row.at[1]] = groups.get(row.at[1], 0.0) + (row.value or 0.0)
    return len({row.at[2] for row in rows}) <= len(SHADES) and max(groups.values(), default=0.0) <= WHOLE


def _order(rows: Sequence[Figure]) -> list[str]:
    """Answers from most to least; those of a scale, which begin with a number, from its top."""
    given: dict[str, float] = {}
    for row in rows:
        given[str(row.at[2])] = given.get(str(row.at[2]), 0.0) + (row.numerator or 0.0)
    if all(name[:1].isdigit() for name in given):
        return sorted(given, key=_step, reverse=True)
    return sorted(given, key=lambda name: -given[name])


def _step(name: str) -> tuple[int, str]:
    number = re.match(r"\d+", name)
    return int(number[0]) if number else -1, name


def _stacked(rows: Sequence[Figure], line: int, unit: Unit, room: float) -> Iterator[Item]:
    order = _order(rows)
    shades = dict(zip(order, STEPS if order[0][:1].isdigit() else SHADES, strict=False))
    place = lead = 0
    for name in order:
        if place and (lead + len(name)) * LETTER + (place + 1) * SQUARE > room:
            line, place, lead = line + 1, 0, 0
        yield Item(line, "key", name, shade=shades[name], place=place, lead=lead)
        place, lead = place + 1, lead + len(name)
    for group, part in groupby(rows, key=lambda row: row.at[1]):
        line, name = line + 1, words_of(group)
        yield Item(line, "group", name)
        found = sorted(part, key=lambda row: order.index(str(row.at[2])))
        for row in found:
            given = str(row.at[2])
            yield Item(line, "share", name, given, row.value, row.mark, words(row, unit), shades[given])
        if gap := next((row.mark for row in found if row.mark), None):
            yield Item(line, "end", shown=gap_words(gap))


def _side_by_side(rows: Sequence[Figure], line: int, unit: Unit) -> Iterator[Item]:
    groups = {group: words_of(group) for group in dict.fromkeys(row.at[1] for row in rows)}
    at = {group: place for place, group in enumerate(groups)}
    for group, name in groups.items():
        yield Item(line, "column", name, place=at[group], places=len(groups))
    for given in _order(rows):
        yield Item(line + 1, "answer", given)
        line += 2
        for row in (row for row in rows if str(row.at[2]) == given):
            said, group = words(row, unit), row.at[1]
            yield Item(
                line, "beside", groups[group], given, row.value, row.mark, said, SHADES[0], at[group], len(groups)
            )


def draw(_: None, look: Look, height: int) -> Spec:
    """The spec of a survey's answers; `height` is that of a line."""
    data = _placed(look)
    y = alt.Y(field="line", type="ordinal", axis=None, scale=alt.Scale(padding=0))
    colours = look.palette
    fills = _by_shade("shade", (*colours.series, colours.context, *colours.steps))
    inks = _by_shade("ink", (*colours.inside, colours.inside_context, *colours.inside_steps, colours.ink))
    squares = data.transform_filter("datum.part === 'key'")
    squares = squares.mark_point(shape="square", filled=True, opacity=1, size=look.area(120))
    layers = (
        _names(data, look).encode(x=field("begin", alt.X), y=y, text=alt.Text(field="name")),
        _bars(data, height).encode(x=field("from", alt.X), x2=alt.X2(field="to"), y=y, color=fills),
        squares.encode(x=field("square", alt.X), y=y, color=fills),
        _said(data, look, height).encode(x=field("write", alt.X), y=y, text=alt.Text(field="shown"), color=inks),
    )
    return spec(alt.layer(*layers).resolve_scale(color="independent"), look, alt.Step(height))


def _by_shade(name: str, colours: Sequence[str]) -> alt.Color:
    domain = [*SHADES, *STEPS, "none"][: len(colours)]
    return alt.Color(field=name, type="nominal", legend=None, scale=alt.Scale(domain=domain, range=list(colours)))


def _bars(data: alt.Chart, height: int) -> alt.Chart:
    there = data.transform_filter("isValid(datum.value)")
    return there.mark_bar(
        height=expr(f"datum.part === 'share' ? {height * THICK} : {height * THIN}"),
        yOffset=expr(f"datum.part === 'share' ? 0 : {-height * LIFT}"),
    )


def _names(data: alt.Chart, look: Look) -> alt.Chart:
    named = data.transform_filter("isValid(datum.name) && indexof(['share', 'beside'], datum.part) < 0")
    return named.mark_text(
        dy=expr(f"datum.part === 'heading' || datum.part === 'answer' ? {look.px(5)} : 0"),
        fontWeight=expr("datum.part === 'heading' || datum.part === 'column' ? 'bold' : 'normal'"),
        limit=expr("datum.room"),
    )


def _said(data: alt.Chart, look: Look, height: int) -> alt.Chart:
    """Figures in the pieces that have room for them, and beside bars that stand alone."""
    fits = "datum.part !== 'share' || (isValid(datum.value) && datum.to - datum.from > datum.needed)"
    said = data.transform_filter(f"isValid(datum.shown) && ({fits})")
    lift = expr(f"datum.part === 'beside' ? {-height * LIFT} : 0")
    return said.mark_text(fontWeight="bold", fontSize=look.small, dx=look.px(6), dy=lift)


def _placed(look: Look) -> alt.Chart:
    """Where pieces, names and words stand, in pixels."""
    data = calculated(
        figures_data().transform_filter(f"!isValid(datum.wide) || datum.wide === (width >= {PAGE})"),
        letters=f"datum.part === 'group' ? length(datum.name) * {look.px(7.2)} + {look.px(12)} : 0",
        needed=f"isValid(datum.shown) ? length(datum.shown) * {look.px(7.2)} + {look.px(8)} : 0",
        piece="datum.part === 'share' ? (datum.value || 0) : 0",
    ).transform_joinaggregate(group="max(letters)")
    data = data.transform_stack(stack="piece", as_=["before", "upto"], groupby=["line"])
    return calculated(
        of_this_part(data).transform_joinaggregate(filled="max(upto)", groupby=["line"]),
        gutter="min(datum.group, width * 0.34)",
        plot="width - datum.gutter",
        column="width / datum.places",
        alone="datum.place * datum.column",
        reach=f"(datum.value || 0) * max(datum.column - {look.px(56)}, 10)",
        start="datum.gutter + datum.before * datum.plot",
        end="max(datum.gutter + datum.upto * datum.plot - 2, datum.start)",
        **{"from": "datum.part === 'beside' ? datum.alone : datum.start"},
        to="datum.part === 'beside' ? datum.alone + datum.reach : datum.end",
        square=f"datum.lead * {look.px(6.6)} + datum.place * {look.px(SQUARE)} + {look.px(7)}",
        begin=f"datum.part === 'key' ? datum.square + {look.px(13)} : datum.part === 'column' ? datum.alone : 0",
        half="datum.part === 'key' ? width - datum.begin : datum.part === 'column' ? datum.column - 20 : width",
        room="datum.part === 'group' ? datum.gutter - 6 : datum.half",
        over="datum.part === 'end' ? datum.gutter + datum.filled * datum.plot : datum.from",
        write="datum.part === 'beside' ? datum.to : datum.over",
        ink="datum.part === 'share' ? datum.shade : 'none'",
    )
