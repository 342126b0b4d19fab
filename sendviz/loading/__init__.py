"""A file becomes rows or problems."""

from sendviz.loading.cells import Cells
from sendviz.loading.extract import Extract, Reading
from sendviz.loading.layout import Made, Record, Source, Top
from sendviz.loading.report import FileRefused, Problem, Report, SheetReport
from sendviz.loading.template import template

__all__ = [
    "Cells", "Extract", "FileRefused", "Made", "Problem", "Reading", "Record", "Report", "SheetReport", "Source", "Top",
    "template",
]  # fmt: skip
