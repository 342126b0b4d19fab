"""CSV: one line for each figure, unrounded, for other programs to read. The columns are a contract."""

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from io import StringIO

from sendviz.answer import Answer

FIRST = ("exhibit", "measure")
LAST = ("numerator", "denominator", "value", "mark")


def write(answers: Sequence[Answer]) -> bytes:
    """The answers' figures by all of their exhibits' dimensions; columns of every exhibit's dimensions, in UTF-8."""
    dimensions = tuple(dict.fromkeys(name for answer in answers for name in answer.exhibit.by))
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow((*FIRST, *dimensions, *LAST))
    for answer in answers:
        writer.writerows(_lines(answer, dimensions))
    return text.getvalue().encode()


def _lines(answer: Answer, dimensions: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for figures in answer.figures:
        for row in figures.rows:
            at = dict(zip(figures.dimensions, row.at, strict=True))
            places = (_plain(at.get(name, "")) for name in dimensions)
            numbers = map(_plain, (row.numerator, row.denominator, row.value))
            yield answer.exhibit.id, figures.measure.title, *places, *numbers, row.mark


def _plain(value: object) -> object:
    """Months as YYYY-MM, flags as Y and N, whole numbers without a point, and every other number in full."""
    if isinstance(value, dt.date):
        return f"{value:%Y-%m}"
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
