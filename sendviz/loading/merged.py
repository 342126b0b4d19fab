"""Merged cells: the words of a cell that spans several rows count for each of them."""

from collections.abc import Iterable

from sendviz.loading.cells import Cells, blank

Range = tuple[tuple[int, int], tuple[int, int]]  # row and column, both from 0, of its first and last cell


class Down:
    """Carries words down the rows that their cell spans. Figures and dates are not: one sum would count twice."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._starts: dict[int, list[tuple[int, int]]] = {}
        self._open: dict[int, tuple[int, str]] = {}
        for (first, column), (last, _) in ranges:
            if last > first:
                self._starts.setdefault(first + 1, []).append((column, last + 1))

    def __bool__(self) -> bool:
        return bool(self._starts or self._open)

    def span(self, column: int, last: int, value: object) -> None:
        """A cell in this column (from 0) spans the rows to `last` (from 1)."""
        if type(value) is str and any(map(str.isalpha, value)):
            self._open[column] = last, value

    def filled(self, number: int, cells: Cells) -> Cells:
        """The row (its number from 1) with the words that cells above carry into its blanks; a row that is blank
        otherwise stays so."""
        self._open = {column: carried for column, carried in self._open.items() if carried[0] >= number}
        if self._open and not blank(cells):
            cells = [*cells, *[""] * (max(self._open) + 1 - len(cells))]
            for column, (_, text) in self._open.items():
                if cells[column] == "":
                    cells[column] = text
        for column, last in self._starts.pop(number, ()):
            self.span(column, last, cells[column] if column < len(cells) else "")
        return cells
