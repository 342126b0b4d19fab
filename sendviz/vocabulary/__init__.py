"""The words dataset files are written in: Row and its columns, Total, Measure, Exhibit."""

from sendviz.vocabulary.exhibits import MONTH, Exhibit
from sendviz.vocabulary.fields import NOT_RECORDED, Takes, category, column, month_end, whole
from sendviz.vocabulary.measures import PEOPLE, PUBLISHED, Measure, Not, Total
from sendviz.vocabulary.row import Field, Row, derived, rule
from sendviz.vocabulary.units import CHANGE, COUNT, GROWTH, POUNDS, SHARE, WEEKS, Unit

__all__ = [
    "CHANGE", "COUNT", "GROWTH", "MONTH", "NOT_RECORDED", "PEOPLE", "POUNDS", "PUBLISHED", "SHARE", "WEEKS",
    "Exhibit", "Field", "Measure", "Not", "Row", "Takes", "Total", "Unit",
    "category", "column", "derived", "month_end", "rule", "whole",
]  # fmt: skip
