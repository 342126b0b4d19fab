"""Reads nested XML as the sheets it would be in a workbook: one for each kind of element, its fields as columns.

An element that holds others is a row: `<Requests>` becomes a row of the sheet Requests. Rows get numbers of their own
and keep their parent's (`requeststableid`, `persontableid`), named as COLLECT, the department's system, names them.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from sendviz.loading.cells import Cells
from sendviz.loading.personal import of_birth, personal
from sendviz.loading.report import FileRefused

DEEPEST, KINDS, FIELDS = 12, 60, 200  # far more than a return has
WRAPPING = 2  # elements this near the root only hold the others together
PIECE = 1 << 16


@dataclass
class Kind:
    """The elements of one name: the columns of their fields, their rows, and the line that each row starts in."""

    name: str
    columns: dict[str, int] = field(default_factory=dict)
    cells: list[list[str]] = field(default_factory=list)
    lines: "array[int]" = field(default_factory=lambda: array("L"))

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """The headings, as row 0, and the rows by their number; once, since each row is let go when it is read."""
        yield 0, list(self.columns)
        width = len(self.columns)
        for number, row in enumerate(self.cells, 1):
            yield number, [*row, *[""] * (width - len(row))]
            row.clear()

    def cell(self, number: int, column: int) -> str:
        """Where a row stands: number 12, line 340."""
        line = f", line {self.lines[number - 1]:,}" if 0 < number <= len(self.lines) else ""
        return f"number {number:,}{line}"

    def add(self, parent: tuple["Kind", int] | None, line: int) -> list[str]:
        """A new row, with its own number and its parent's."""
        row: list[str] = []
        self.cells.append(row)
        self.lines.append(line)
        put(self, row, own_number(self.name), str(len(self.cells)))
        if parent:
            put(self, row, own_number(parent[0].name), str(parent[1]))
        return row


def own_number(name: str) -> str:
    """The heading of the numbers of this kind's rows."""
    return f"{name.lower()}tableid"


def put(kind: Kind, row: list[str], name: str, value: str) -> None:
    """Puts a value into a row under this heading."""
    column = kind.columns.setdefault(name, len(kind.columns))
    if column >= FIELDS:
        raise FileRefused("The XML has more kinds of fields than a return has.")
    row.extend([""] * (column + 1 - len(row)))
    row[column] = value


@lru_cache(maxsize=4096)
def kept(name: str) -> bool:
    """Whether a field's values are held at all: who a person is, is not, not even for a moment."""
    return of_birth(name) or not personal(name)


class _Flattening:
    """Follows the elements as they open and close. An element is a field until another opens inside it."""

    def __init__(self) -> None:
        self.kinds: dict[str, Kind] = {}
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._opens
        self.parser.EndElementHandler = self._closes
        self.parser.CharacterDataHandler = self._says
        self.parser.StartDoctypeDeclHandler = _declares
        self._open: list[tuple[str, int]] = []  # the elements that are open: name, and line
        self._rows: list[tuple[Kind, int, list[str]] | None] = []  # of each, its row once it has turned out to be one
        self._text: list[str] = []

    def _opens(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            raise FileRefused("The XML is nested deeper than a return is.")
        if self._open and self._rows[-1] is None:
            self._row()
        self._open.append((name.rpartition("}")[2], self.parser.CurrentLineNumber))
        self._rows.append(None)
        self._text.clear()

    def _row(self) -> None:
        """The innermost element that is open holds others: it is a row."""
        name, line = self._open[-1]
        kind = self.kinds.setdefault(name, Kind(name))
        if len(self.kinds) > KINDS:
            raise FileRefused("The XML has more kinds of elements than a return has.")
        parent = self._rows[-2] if len(self._open) > WRAPPING + 1 else None
        row = kind.add((parent[0], parent[1]) if parent else None, line)
        self._rows[-1] = (kind, len(kind.cells), row)

    def _closes(self, name: str) -> None:
        is_row = self._rows.pop() is not None
        name, _ = self._open.pop()
        if not is_row and self._rows and (holder := self._rows[-1]):
            kind, _, row = holder
            put(kind, row, name, "".join(self._text).strip() if kept(name) else "")
        self._text.clear()

    def _says(self, text: str) -> None:
        self._text.append(text)


def kinds(path: Path) -> list[Kind]:
    """The kinds of elements of the file, without those that only hold the others together; FileRefused where it breaks
    off, is no XML, or declares a document type, which is how a small file is made to grow without end."""
    flattening = _Flattening()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                flattening.parser.Parse(piece, False)
            flattening.parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise FileRefused(f"The XML cannot be read beyond line {error.lineno:,} ({what}): export it again.") from None
    except (LookupError, ValueError):
        raise FileRefused("The XML says it is in an encoding that is not known: export it again in UTF-8.") from None
    except OSError as error:
        raise FileRefused(f"The file cannot be opened: {error.strerror or error}.") from None
    return [kind for kind in flattening.kinds.values() if len(kind.columns) > 1]


def _declares(*_: object) -> NoReturn:
    raise FileRefused("The XML declares a document type, which a return never does: export it again.")
