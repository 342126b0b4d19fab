"""Which slides each form of chart becomes."""

from collections.abc import Callable, Sequence
from typing import Any

from sendviz.answer import Answer
from sendviz.charts import FORMS
from sendviz.exports.powerpoint import by_area, by_category, by_month
from sendviz.exports.powerpoint.sheets import Sheet
from sendviz.figures.areas import on_screen
from sendviz.tables import table

SHEETS: dict[str, Callable[[Answer, Any, list[dict[str, Any]]], Sequence[Sheet]]] = {
    "line": by_month.lines,
    "count line": by_month.lines,
    "setting lines": by_month.lines,
    "year lines": by_month.lines,
    "bars": by_category.bars,
    "waits": by_category.bars,
    "against": by_category.bars,
    "given": by_category.bars,
    "comments": by_category.tabled,
    "grid": by_category.tabled,
    "panels": by_month.panels,
    "measure panels": by_month.panels,
    "answers": by_category.answers,
    "compare": by_area.compare,
    "compare parts": by_area.parts,
    "columns": by_month.columns,
    "year table": by_month.columns_and_lines,
    "bars and line": by_month.columns_and_lines,
}


def sheets(answer: Answer) -> Sequence[Sheet]:
    """The slides that show an answer: one at least, which is empty where the answer is. Where there is nothing to draw
    (everything withheld), the table says what each figure is."""
    if answer.empty:
        return (Sheet(),)
    rows = FORMS[answer.exhibit.chart].rows(answer)
    made = SHEETS[answer.exhibit.chart](answer, rows.shape, rows.data.to_pylist())
    if any(sheet.table or sheet.beside or any(plot.categories for plot in sheet.plots) for sheet in made):
        return made
    return (Sheet(table=table(on_screen(answer)[0])),)
