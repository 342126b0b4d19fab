"""Answers become charts: a spec built once for each form and theme, and the data beside it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from sendviz.answer import Answer
from sendviz.charts import answers, bars, columns, compare, grid, grouped, lines, panels, parts
from sendviz.charts.look import FONT, Look
from sendviz.charts.marks import Spec
from sendviz.charts.rows import Rows

__all__ = ["FORMS", "Drawing", "draw", "screens"]


TITLE = 32  # pixels over bars for what their ticks mean


@dataclass(frozen=True)
class Drawing:
    """A chart: its Vega-Lite spec, which does not change with the selection, its data, and its height in pixels."""

    spec: Spec
    data: pa.Table
    height: int


@dataclass(frozen=True)
class Form:
    """How one form of chart is drawn: the rows an answer gives it, its spec, and its height (of bars: of each row)."""

    rows: Callable[[Answer], Rows]
    spec: Callable[[Any, Look, int], Spec]
    height: int = 300


FORMS: dict[str, Form] = {
    "line": Form(lines.line, lines.draw),
    "count line": Form(lines.count_line, lines.draw),
    "setting lines": Form(lines.setting_lines, lines.draw),
    "year lines": Form(lines.year_lines, lines.draw),
    "bars": Form(bars.simple, bars.draw, 40),
    "waits": Form(grouped.waits, bars.draw, 40),
    "against": Form(grouped.against, bars.draw, 40),
    "given": Form(grouped.given, bars.draw, 40),
    "comments": Form(grouped.comments, bars.draw, 40),
    "grid": Form(grid.grid, grid.draw, 40),
    "panels": Form(panels.by_category, panels.draw, 420),
    "measure panels": Form(panels.by_measure, panels.draw, 460),
    "answers": Form(answers.answers, answers.draw, 28),
    "compare": Form(compare.compare, compare.draw, 520),
    "compare parts": Form(parts.parts, parts.draw, 36),
    "columns": Form(columns.simple, columns.draw),
    "year table": Form(columns.year_table, columns.draw_with_lines, 360),
    "bars and line": Form(columns.timeliness, columns.draw_with_lines, 360),
}


def draw(answer: Answer, dark: bool = False, font: str = FONT, size: float = 1.0) -> Drawing:
    """The chart of an answer; `size` 1 is for a page, more for a wall.

    The same spec object comes back for every selection of the exhibit, so that a browser only replaces its data.
    """
    form = FORMS[answer.exhibit.chart]
    rows = form.rows(answer)
    look = Look(dark, font, size)
    made = _spec(answer.exhibit.chart, rows.shape, look, round(look.px(form.height)))
    height = made["height"]
    return Drawing(made, rows.data, height if isinstance(height, int) else height["step"] * rows.bars + TITLE)


def screens(answer: Answer, width: int, height: int, dark: bool = False, font: str = FONT) -> tuple[Drawing, ...]:
    """The chart of an answer for a wall, `width` by `height` pixels and never higher: one drawing, or several, each a
    part of it, where one alone could not be read from the back row."""
    size = 1.7
    form = FORMS[answer.exhibit.chart]
    rows = form.rows(answer)
    made = _spec(answer.exhibit.chart, rows.shape, Look(dark, font, size), height)
    return (Drawing(made | {"width": width}, rows.data, height),)


@lru_cache(maxsize=512)
def _spec(chart: str, shape: Hashable, look: Look, height: int) -> Spec:
    return FORMS[chart].spec(shape, look, height)
