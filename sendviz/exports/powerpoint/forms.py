"""Which slides each form of chart becomes."""

from collections.abc import Callable, Sequence
from typing import Any

from sendviz.answer import Answer
from sendviz.charts import FORMS
from sendviz.exports.powerpoint import by_area, by_category, by_month
from sendviz.exports.powerpoint.sheets import Sheet

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
    """The slides that show an answer: one at least, which is empty where the answer is."""
    if answer.empty:
        return (Sheet(),)
    rows = FORMS[answer.exhibit.chart].rows(answer)
    return SHEETS[answer.exhibit.chart](answer, rows.shape, rows.data.to_pylist())
