"""Cells, columns, rows: what a table is made of."""

from dataclasses import dataclass

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, words_of
from sendviz.vocabulary import Unit

MEANINGS = {  # those after the first two are a publisher's own
    WITHHELD: "withheld, because it is a small number of people or would give one away",
    NOT_AVAILABLE: "not available: there is no figure, which is not the same as zero",
    "k": "a low figure, which would be shown as zero when rounded",
    "low": "a low figure, which would be shown as zero when rounded",
    "u": "too unreliable to be shown, as its publisher has it",
    "z": "not applicable: there cannot be a figure",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the value unrounded (None when marked), the text as shown, and the mark."""

    value: object
    text: str
    mark: str = SHOWN


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the unit of its figures (None for a dimension)."""

    label: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: level 0 for a year that opens into the months after it, and for a total; level 1 for detail."""

    cells: tuple[Cell, ...]
    level: int = 1


@dataclass(frozen=True)
class Table:
    """A heading, columns with their dimensions first, and rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]

    @property
    def opens(self) -> bool:
        """Whether its rows are years that open into months."""
        return len(self.rows) > 1 and self.rows[0].level == 0 and self.rows[1].level == 1

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks that occur in it."""
        found = {cell.mark for row in self.rows for cell in row.cells}
        return tuple(mark for mark in MEANINGS if mark in found)


def named(value: object) -> Cell:
    """A dimension's value as a cell, in words: January 2026 for a month, Yes or No for a flag."""
    return Cell(value, words_of(value))


def worded(unit: Unit) -> bool:
    """Whether the unit is a word: written once, in the heading, and not in each cell."""
    return unit.after == f" {unit.name}"


def labelled(label: str, unit: Unit) -> str:
    """A heading that names its unit where the cells do not."""
    return f"{label} ({unit.name})" if worded(unit) and unit.name not in label.lower() else label


def shown(value: float | None, mark: str, unit: Unit) -> Cell:
    """A figure as a cell: 3,783; 74.7%; [c] for a withheld one; [x] for one that is not available."""
    if mark or value is None:
        mark = mark or NOT_AVAILABLE
        return Cell(None, f"[{mark}]", mark)
    text = unit.words(value)
    return Cell(value, text.removesuffix(unit.after) if worded(unit) else text)
