"""The table beside each chart: an answer laid out in rows and columns, the same on the screen and in a workbook."""

from sendviz.answer import Answer
from sendviz.rounding import FOR_A_SHARE, TOO_FEW
from sendviz.tables.cells import MEANINGS, Cell, Column, Table, TableRow, named
from sendviz.tables.layout import Layout

__all__ = ["MEANINGS", "Cell", "Column", "Table", "TableRow", "small_number_rule", "table", "texts"]


def table(answer: Answer) -> Table:
    """The answer as one table. A single count by two dimensions, or by month and more, has the further dimensions
    across; everything else has its dimensions in the first columns and a column, or three, for each measure."""
    layout = Layout(answer)
    columns = [Column(answer.exhibit.label(name)) for name in layout.down]
    columns += [column for series in layout.series for column in layout.columns(series)]
    rows = tuple(TableRow((*layout.named(head), *layout.cells(head)), head.level) for head in layout.heads())
    return Table(answer.exhibit.title, tuple(columns), rows)


def texts(answer: Answer) -> Table | None:
    """The free text to read, with its dimensions first; None where there is none."""
    exhibit = answer.exhibit
    if not answer.texts or exhibit.texts is None:
        return None
    columns = tuple(Column(exhibit.label(name)) for name in (*exhibit.by, exhibit.texts))
    rows = tuple(TableRow(tuple(map(named, line))) for line in answer.texts)
    return Table(f"{exhibit.title}, one by one", columns, rows)


def small_number_rule(below: int, rounding: int = 0) -> str:
    """The small-number rule in words, for a threshold of `below` people, or for counts that are rounded."""
    if rounding:
        return (
            f"Counts of people are rounded to a multiple of {rounding}, up or down, each by itself: totals need not "
            f"add up. Where they are fewer than {TOO_FEW}, or none, they are withheld; so are shares and averages of "
            f"fewer than {FOR_A_SHARE}. Shares are worked out from rounded counts, averages shown to three figures. "
            "Money, settings, activities and figures published by others are shown as they are."
        )
    if below <= 1:
        return "Small numbers are shown: this copy is for a data officer only."
    return (
        f"Counts of 1 to {below - 1} people are withheld, and so is any figure from which they could be worked out. "
        "Nought is shown as 0. Money, settings, activities and figures published by others are shown as they are."
    )
