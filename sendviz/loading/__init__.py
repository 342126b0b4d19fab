"""A file becomes rows or problems."""

from sendviz.loading.cells import Cells
from sendviz.loading.extract import Extract, Reading
from sendviz.loading.layout import Made, Record, Source, Top
from sendviz.loading.marked import marked_name
from sendviz.loading.parts import Form, Line, Part
from sendviz.loading.report import FileRefused, Problem, Question, Report, SheetReport
from sendviz.loading.template import template
from sendviz.loading.together import Gathering, Joined, Known, Origins, Return, School, Together, schools

__all__ = [
    "Cells",
    "Extract",
    "FileRefused",
    "Form",
    "Gathering",
    "Joined",
    "Known",
    "Line",
    "Made",
    "Origins",
    "Part",
    "Problem",
    "Question",
    "Reading",
    "Record",
    "Report",
    "Return",
    "School",
    "SheetReport",
    "Source",
    "Together",
    "Top",
    "marked_name",
    "schools",
    "template",
]  # fmt: skip
