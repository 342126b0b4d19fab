"""Tables, definitions and free texts as HTML of our own, for the screen and for a copy on its own: every piece of data
escaped."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from sendviz.answer import Answer
from sendviz.tables.cells import MEANINGS, Column, Table, TableRow


def heading(shown: Table) -> str:
    """The row of headings; those of figures stand to the right."""
    heads = "".join(f'<th scope="col"{side(column)}>{escape(column.label)}</th>' for column in shown.columns)
    return f"<thead><tr>{heads}</tr></thead>"


def side(column: Column) -> str:
    """What puts a column of figures to the right."""
    return ' class="n"' if column.unit else ""


def lines(shown: Table, rows: Sequence[TableRow]) -> str:
    """Rows of the table; the total, and a year before its months, are told by their class."""
    return "".join(f"<tr{_kind(row)}>{cells(shown, row)}</tr>" for row in rows)


def _kind(row: TableRow) -> str:
    return ' class="total"' if row.level == 0 else ""


def cells(shown: Table, row: TableRow) -> str:
    """A row's cells: dimensions head the row, figures do not."""
    return "".join(
        f"<td>{escape(cell.text)}</td>" if column.unit else f'<th scope="row">{escape(cell.text)}</th>'
        for column, cell in zip(shown.columns, row.cells, strict=True)
    )


def legend(shown: Table, also: str = "") -> str:
    """What the marks in the table mean, after what else is to be said under it; "" where there is nothing."""
    marks = "; ".join(f"[{mark}] {MEANINGS[mark]}" for mark in shown.marks)
    under = also + (f"{marks}." if marks else "")
    return f'<p class="legend">{escape(under)}</p>' if under else ""


def definitions(answer: Answer, rule: str) -> str:
    """What each measure counts and on what basis, and the small-number rule."""
    measures = "".join(f"<dt>{escape(f.measure.title)}</dt><dd>{escape(f.measure.why)}</dd>" for f in answer.figures)
    return f"<dl>{measures}<dt>Small numbers</dt><dd>{escape(rule)}</dd></dl>"


def quotations(listed: Table) -> str:
    """Free texts, each under the values of its dimensions."""
    groups = groupby(listed.rows, key=lambda row: " · ".join(cell.text for cell in row.cells[:-1]))
    return "".join(
        f"<h3>{escape(under)}</h3>" + "".join(f"<blockquote>{escape(row.cells[-1].text)}</blockquote>" for row in rows)
        for under, rows in groups
    )
