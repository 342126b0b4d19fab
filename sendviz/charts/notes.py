"""Notes on charts by month: a thin rule at the month something happened in, and over the chart what it was."""

from calendar import month_abbr
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from typing import Any

import altair as alt
import pyarrow as pa

from sendviz.answer import words_of
from sendviz.charts.look import Look
from sendviz.charts.marks import calculated, expr, field, on_ground
from sendviz.charts.rows import Rows
from sendviz.store import Event

LINE, GAP = 17, 14  # pixels of a line of labels, and between the lowest and what the chart shows
LETTER, APART, SIDE = 6.6, 16, 90  # pixels, about, of a letter, of a label's edges, and beside the months
BETWEEN = "-bandwidth('x') / 6"  # from a column's edge to the middle between it and the one before


@dataclass(frozen=True)
class Label:
    """A label: its words in lines, the first of its lines over the chart, and where its rule stands (0 to 1)."""

    words: tuple[str, ...]
    line: int
    at: float = 0.0

    @property
    def lines(self) -> range:
        """The lines it takes."""
        return range(self.line, self.line + len(self.words))

    @property
    def left(self) -> bool:
        """Whether it stands left of its rule, where there is more room."""
        return self.at > 0.5

    @property
    def room(self) -> float:
        """The part of the chart's width on that side."""
        return self.at if self.left else 1 - self.at


def by_month(rows: Rows, events: Sequence[Event], across: float) -> Rows:
    """The rows with each event at its month's first row; labels stand clear of each other from `across` pixels on."""
    at = rows.data["month"].to_pylist()
    months = list(dict.fromkeys(at))
    found = {month: tuple(e.text for e in part) for month, part in groupby(events, key=lambda e: e.month)}
    there = {months.index(month): words for month, words in found.items() if month in months}
    labels = _placed(there, len(months), across)
    return _with(rows, {at.index(months[place]): label for place, label in labels.items()})


def by_month_of_year(rows: Rows, events: Sequence[Event], across: float) -> Rows:
    """The same where years lie over each other: an event of a year that is drawn, with its year."""
    at = list(zip(rows.data["year"].to_pylist(), rows.data["month_of_year"].to_pylist(), strict=True))
    there = sorted((event for event in events if _in_year(event) in at), key=lambda e: (e.day.month, e.day))
    found = {month - 1: list(part) for month, part in groupby(there, key=lambda e: e.day.month)}
    words = {place: tuple(f"{e.day.year}: {e.text}" for e in part) for place, part in found.items()}
    labels = _placed(words, len(month_abbr) - 1, across)
    return _with(rows, {at.index(_in_year(found[place][0])): label for place, label in labels.items()})


def _in_year(event: Event) -> tuple[str, str]:
    return str(event.day.year), month_abbr[event.day.month]


def over_panels(rows: Rows, events: Sequence[Event], across: float) -> Rows:
    """The rows of panels with each event at its month in every panel; over them all, once, what it was and when."""
    at = rows.data["month"].to_pylist()
    labels: dict[object, Label] = {}
    for month, part in groupby(events, key=lambda e: e.month):
        words = tuple(f"| {words_of(month)}: {event.text}" for event in part)
        if month in at:
            labels[month] = Label(words, sum(len(label.words) for label in labels.values()))
    return _with(rows, {place: labels[month] for place, month in enumerate(at) if month in labels})


def _placed(found: Mapping[int, tuple[str, ...]], months: int, across: float) -> dict[int, Label]:
    """Each label, by its month's place, in the first lines that no other takes where it stands.

    One that stands over the rules of others is placed before them: their rules then begin under it.
    """
    labels = {place: Label(words, 0, place / max(months - 1, 1)) for place, words in found.items()}
    spans = {place: _span(label, across - SIDE) for place, label in labels.items()}
    rules = {place: label.at * (across - SIDE) for place, label in labels.items()}
    over = {place: sum(span[0] <= x <= span[1] for x in rules.values()) for place, span in spans.items()}
    placed: dict[int, Label] = {}
    for place in sorted(labels, key=lambda place: (-over[place], place)):
        near = [other for other in placed if _meet(spans[place], spans[other])]
        under = [other for other in near if spans[other][0] <= rules[place] <= spans[other][1]]
        full = {line for other in near for line in placed[other].lines}
        least = max((placed[other].lines.stop for other in under), default=0)
        placed[place] = next(
            tried for n in count(least) if full.isdisjoint((tried := replace(labels[place], line=n)).lines)
        )
    return placed


def _span(label: Label, across: float) -> tuple[float, float]:
    """From where to where it stands, in pixels."""
    wide, x = min(max(map(len, label.words)) * LETTER + APART, label.room * across), label.at * across
    return (x - wide, x) if label.left else (x, x + wide)


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _with(rows: Rows, labels: Mapping[int, Label]) -> Rows:
    """The rows with the labels at theirs, in a shape that knows how many lines they take."""
    if not labels:
        return rows
    every = [labels.get(place) for place in range(rows.data.num_rows)]
    data = rows.data
    columns: dict[str, tuple[Iterable[object], pa.DataType]] = {
        "note": (["\n".join(one.words) if one else None for one in every], pa.string()),
        "note_line": ([one.line if one else None for one in every], pa.int32()),
        "note_left": ([one.left if one else None for one in every], pa.bool_()),
        "note_room": ([round(one.room * 100) if one else None for one in every], pa.int32()),
    }
    for name, (values, kind) in columns.items():
        data = data.append_column(name, pa.array(values, type=kind))
    lines = max(one.lines.stop for one in labels.values())
    shape: Any = rows.shape
    return replace(rows, data=data, shape=replace(shape, notes=lines), notes=lines)


def above(lines: int, look: Look) -> int:
    """The pixels that so many lines of labels take over a chart."""
    return round(look.px(LINE * lines + GAP)) if lines else 0


def rules(data: alt.Chart, x: alt.X, look: Look, aside: str = "0") -> alt.Chart:
    """The rules, from their labels to the chart's foot."""
    drawn = _there(data).mark_rule(color=look.palette.quiet, strokeWidth=look.px(1.2), xOffset=expr(aside))
    return drawn.encode(x=x, y=alt.value(expr(_top(look))), y2=alt.value(expr("height")))


def labels(data: alt.Chart, x: alt.X, look: Look, room: str, aside: str = "0") -> list[alt.Chart]:
    """The labels beside the heads of their rules, on a ground of their own where another rule passes; `room` is what
    the months leave free at the right."""
    side = f"datum.note_left ? {-look.px(5)} : {look.px(5)}"
    words: dict[str, Any] = {
        "align": expr("datum.note_left ? 'right' : 'left'"), "dx": expr(f"({side}) + ({aside})"), "baseline": "top",
        "fontSize": look.small, "lineBreak": "\n", "lineHeight": look.px(LINE),
        "limit": expr(f"datum.note_room / 100 * (width - ({room})) - {look.px(8)}"),
    }  # fmt: skip
    y, text = alt.value(expr(_top(look))), alt.Text(field="note")
    return [_there(data).mark_text(**words, **more).encode(x=x, y=y, text=text) for more in (on_ground(look), {})]


def rules_of_panels(data: alt.Chart, look: Look) -> alt.Chart:
    """The rules in panels, from under a panel's name to its foot."""
    drawn = calculated(_there(data), under=f"datum.above + {look.px(14)}")
    rule = drawn.mark_rule(color=look.palette.quiet, strokeWidth=look.px(1))
    return rule.encode(x=field("x", alt.X), y=field("under"), y2=alt.Y2(field="foot"))


def labels_of_panels(data: alt.Chart, look: Look) -> alt.Chart:
    """What the rules in panels stand for, once over them all."""
    once = _there(data).transform_window(nth_note="row_number()", groupby=["note"])
    said = once.transform_filter("datum.nth_note == 1").mark_text(
        baseline="top", fontSize=look.small, lineBreak="\n", lineHeight=look.px(LINE), limit=expr("width")
    )
    return said.encode(x=alt.value(0), y=alt.value(expr(_top(look))), text=alt.Text(field="note"))


def _there(data: alt.Chart) -> alt.Chart:
    return data.transform_filter("isValid(datum.note)")


def _top(look: Look) -> str:
    return f"datum.note_line * {look.px(LINE)}"
