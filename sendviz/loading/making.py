"""A row in the making, cell by cell, for formats that are read element by element."""

from dataclasses import dataclass

from sendviz.loading.cells import Cells, blank
from sendviz.loading.inside import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from sendviz.loading.look import SAVE_AGAIN
from sendviz.loading.merged import Down
from sendviz.loading.report import FileRefused


@dataclass(frozen=True)
class Table:
    """A sheet's name, whether it can be seen, and whether cells of it may hold errors."""

    name: str
    visible: bool
    faulty: bool


class Making:
    """The rows of one file as they are made. `number` is the row's (from 1), `column` the next cell's (from 0)."""

    def __init__(self) -> None:
        self.number, self.column = 0, 0
        self._cells, self._total, self._down = list[object](), 0, Down()

    def sheet(self) -> None:
        """A sheet begins."""
        self.number, self._down = 0, Down()

    def row(self, number: int) -> None:
        """A row begins."""
        self.number, self.column, self._cells = number, 0, []

    def put(self, value: object, times: int = 1, rows: int = 1) -> None:
        """The next cell, which is repeated to the right and spans rows. Blanks before it are made only now: a sheet has
        millions. FileRefused where it stands too far off."""
        if value != "":
            after = self.column + times
            self._total += max(0, after - len(self._cells))
            if self.number > MOST_ROWS or self.column < 0 or after > MOST_COLUMNS or self._total > MOST_CELLS:
                raise too_far()
            self._cells += [""] * (after - len(self._cells))
            self._cells[self.column : after] = [value] * times
            if rows > 1:
                self._down.span(self.column, self.number + rows - 1, value)
        self.column += times

    def made(self) -> Cells | None:
        """The row's cells; None where it is blank."""
        if blank(self._cells):
            return None
        return self._down.filled(self.number, self._cells) if self._down else self._cells


def too_far() -> FileRefused:
    """What is said of a sheet that cannot be read in reasonable memory."""
    return FileRefused(f"A sheet reaches farther than can be read, or repeats what it holds too often. {SAVE_AGAIN}")
