"""The workbook inside a chart: figures as numbers, blanks where there are none, and text that stays text."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sendviz.exports.powerpoint import axes
from sendviz.exports.powerpoint.fitting import plain
from sendviz.exports.powerpoint.sheets import Plot

MONTH = r"mmm\ yyyy"


class _Writer(CategoryWorkbookWriter):
    @contextmanager
    def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[Workbook, Worksheet]]:
        """As python-pptx opens it, but that a name beginning with `=` is no formula and an address no link."""
        with Workbook(xlsx_file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            yield book, book.add_worksheet()


class _Data(CategoryChartData):
    @property
    def _workbook_writer(self) -> _Writer:
        return _Writer(self)


def data(plot: Plot) -> CategoryChartData:
    """The figures of a chart; what is missing is left out of the drawing and stays empty in the workbook."""
    made = _Data(number_format=plot.unit.excel)
    if plot.months:
        made.categories = plot.months
        made.categories.number_format = MONTH
    else:
        names = zip(plot.categories, axes.marks(plot), strict=True)
        made.categories = [plain(name + mark) for name, mark in names]
    for series in plot.series:
        made.add_series(plain(series.name), series.values)
    return made
