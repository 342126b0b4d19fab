"""The forms of chart there are, each under the name that exhibits call it by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from sendviz.answer import Answer
from sendviz.charts import answers, bars, columns, compare, grid, grouped, lines, panels, parts
from sendviz.charts.look import Look
from sendviz.charts.marks import Spec
from sendviz.charts.rows import Rows


@dataclass(frozen=True)
class Drawing:
    """A chart: its Vega-Lite spec, which does not change with the selection, its data, and its height in pixels."""

    spec: Spec
    data: pa.Table
    height: int


@dataclass(frozen=True)
class Form:
    """How one form of chart is drawn.

    rows      what an answer gives it to draw; `on_a_wall` where its lines are as long as the width allows
    spec      its Vega-Lite spec for the rows' shape, a look, and its height in pixels (of bars: of each line)
    height    that height on a page
    least     the least height of a line (or of a panel) that can be read; 0 where the chart takes any height
    abreast   how many of them stand side by side
    """

    rows: Callable[[Answer], Rows]
    spec: Callable[[Any, Look, int], Spec]
    height: int = 300
    least: int = 0
    abreast: int = 1
    on_a_wall: Callable[[Answer, float], Rows] | None = None


FORMS: dict[str, Form] = {
    "line": Form(lines.line, lines.draw),
    "count line": Form(lines.count_line, lines.draw),
    "setting lines": Form(lines.setting_lines, lines.draw),
    "year lines": Form(lines.year_lines, lines.draw),
    "bars": Form(bars.simple, bars.draw, 40, least=26),
    "waits": Form(grouped.waits, bars.draw, 40, least=26),
    "against": Form(grouped.against, bars.draw, 40, least=26),
    "given": Form(grouped.given, bars.draw, 40, least=26),
    "comments": Form(grouped.comments, bars.draw, 40, least=26),
    "grid": Form(grid.grid, grid.draw, 40, least=26),
    "panels": Form(panels.by_category, panels.draw, 420, least=140, abreast=4),
    "measure panels": Form(panels.by_measure, panels.draw, 460, least=190, abreast=2),
    "answers": Form(answers.answers, answers.draw, 28, least=26, on_a_wall=answers.on_a_wall),
    "compare": Form(compare.compare, compare.draw, 520),
    "compare parts": Form(parts.parts, parts.draw, 36, least=26),
    "columns": Form(columns.simple, columns.draw),
    "year table": Form(columns.year_table, columns.draw_with_lines, 360),
    "bars and line": Form(columns.timeliness, columns.draw_with_lines, 360),
}
