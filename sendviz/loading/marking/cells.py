"""A sheet's part, gone through once: faulty cells take another look, those that are not there yet are put in."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import count
from typing import IO

from sendviz.loading.cells import address, position
from sendviz.loading.marking.part import RELATIONSHIPS, SPREADSHEET, CannotEdit, Part

CHUNK = 1 << 20
HEAD_MOST = 1 << 24  # what stands before the rows is small in any real workbook
AFTER_COMMENTS = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b[^>]*>")
_SELECTED = re.compile(rb"""\stabSelected=["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
_PLACE = re.compile(rb"""\sr=["']([A-Z]+\d+)["']""")
_LOOK = re.compile(rb"""\ss=["'](\d+)["']""")
_SPANS = re.compile(rb"""\sspans=["'][^"']*["']""")

Look = Callable[[int], int]  # the number of a cell's look -> that of the same look with the fill of a faulty cell


class SheetMarks:
    """Marks the cells of one sheet. `relation` is the id to link its comments' drawing by; `linked` is, once the sheet
    has been gone through, the id by which it is linked: another one where the sheet had such a drawing before."""

    def __init__(self, cells: Mapping[int, Collection[int]], look: Look, relation: str) -> None:
        self._cells, self._look, self.linked = cells, look, relation
        self._numbers = count(1)
        self._columns: list[tuple[int, int, int]] = []

    def pieces(self, stream: IO[bytes]) -> Iterator[bytes]:
        """The sheet's part with its marks; CannotEdit where its form is too unusual."""
        head, rest, root, end = _split_head(stream)
        yield _unselected(head)
        self._columns = list(_columns(head, root, end))
        p = re.escape(root[1])
        self._row = re.compile(rb"<%srow\b([^>]*)>" % p)
        self._cell = re.compile(rb"<%sc\b([^>]*)>" % p)
        self._prefix, close = root[1], b"</%srow>" % root[1]
        while b"</%ssheetData>" % root[1] not in rest:
            cut = rest.rfind(close)
            if cut >= 0:
                yield self._rows(rest[: cut + len(close)])
                rest = rest[cut + len(close) :]
            if not (more := stream.read(CHUNK)):
                raise CannotEdit("no end of the rows")
            rest += more
        cut = rest.index(b"</%ssheetData>" % root[1])
        yield self._rows(rest[:cut])
        yield self._linked_tail(root[0], rest[cut:] + stream.read())

    def _rows(self, piece: bytes) -> bytes:
        """Whole rows, with the marks of those that have any."""
        made, reached = [], 0
        for row in self._row.finditer(piece):
            number = self._number(row[1])
            if (columns := self._cells.get(number)) is None:
                continue
            itself = row[1].endswith(b"/")
            end = row.end() if itself else piece.index(b"</%srow>" % self._prefix, row.end())
            cells = self._marked(piece[row.end() : end], number, sorted(columns), self._default(row[1]))
            start = b"<%srow%s>" % (self._prefix, _SPANS.sub(b"", row[1].rstrip(b"/")))
            made += [piece[reached : row.start()], start, cells, b"</%srow>" % self._prefix if itself else b""]
            reached = end
        return b"".join([*made, piece[reached:]])

    def _number(self, attributes: bytes) -> int:
        """The row's number: where it does not say, it is the next."""
        number = next(self._numbers)
        if (said := _NUMBER.search(attributes)) and int(said[1]) != number:
            number = int(said[1])
            self._numbers = count(number + 1)
        return number

    def _marked(self, cells: bytes, number: int, wanted: list[int], default: Callable[[int], int]) -> bytes:
        made, reached, next_column = [], 0, 0
        waiting = list(reversed(wanted))
        for cell in self._cell.finditer(cells):
            column = position(said[1].decode())[1] if (said := _PLACE.search(cell[1])) else next_column
            next_column = column + 1
            new = b""
            while waiting and waiting[-1] < column:
                new += self._put(number, waiting.pop(), default)
            made += [cells[reached : cell.start()], new]
            reached = cell.start()
            if waiting and waiting[-1] == column:
                waiting.pop()
                made.append(self._relook(cell[0]))
                reached = cell.end()
        put = [self._put(number, column, default) for column in reversed(waiting)]
        return b"".join([*made, cells[reached:], *put])

    def _relook(self, tag: bytes) -> bytes:
        found = _LOOK.search(tag)
        look = self._look(int(found[1]) if found else 0)
        bare = _LOOK.sub(b"", tag)
        start = len(self._prefix) + 2
        return b'%s s="%d"%s' % (bare[:start], look, bare[start:])

    def _put(self, number: int, column: int, default: Callable[[int], int]) -> bytes:
        return b'<%sc r="%s" s="%d"/>' % (self._prefix, address(number, column).encode(), self._look(default(column)))

    def _default(self, row: bytes) -> Callable[[int], int]:
        """The look of a cell that is not there: its row's, else its column's."""
        found = _LOOK.search(row)
        if found and re.search(rb"""customFormat=["'](1|true)["']""", row):
            look = int(found[1])
            return lambda column: look
        return lambda column: next((look for first, last, look in self._columns if first <= column <= last), 0)

    def _linked_tail(self, root: bytes, tail: bytes) -> bytes:
        """What follows the rows, with a link to the drawing that shows the comments."""
        start = root + b"<%ssheetData>" % self._prefix
        part = Part(start + tail)
        below = part.all("legacyDrawing", part.root)
        if below:
            self.linked = next(value for name, value in below[0].attributes.items() if name.endswith(":id"))
            return tail
        link = b'<legacyDrawing xmlns:r="%s" r:id="%s"/>' % (RELATIONSHIPS.encode(), self.linked.encode())
        later = [element.start for element in part.elements if element.depth == 1 and element.name in AFTER_COMMENTS]
        place = min(later, default=part.root.closed)
        part.replace(place, place, link)
        return part.content()[len(start) :]


def unselected(stream: IO[bytes]) -> Iterator[bytes]:
    """A sheet's part as it is, but for its tab: that of the list of problems is the one that is chosen."""
    start = stream.read(CHUNK)
    head = max(start.find(b"sheetData"), 0)
    yield _unselected(start[:head]) + start[head:]
    while more := stream.read(CHUNK):
        yield more


def _unselected(head: bytes) -> bytes:
    return _SELECTED.sub(b"", head)


def _split_head(stream: IO[bytes]) -> tuple[bytes, bytes, re.Match[bytes], bytes]:
    """What stands up to the rows, what was read beyond it, the root's tag, and the tag that the rows follow."""
    content = b""
    while more := stream.read(CHUNK):
        content += more
        root = _ROOT.search(content)
        if root and (found := re.search(rb"<%ssheetData\b[^>]*>" % re.escape(root[1]), content)):
            if SPREADSHEET.encode() not in root[0] or found[0].endswith(b"/>"):
                raise CannotEdit("no rows")
            return content[: found.end()], content[found.end() :], root, found[0]
        if len(content) > HEAD_MOST:
            break
    raise CannotEdit("no rows")


def _columns(head: bytes, root: re.Match[bytes], end: bytes) -> Iterator[tuple[int, int, int]]:
    """The first and last column (from 0) of each run that has a look of its own, and its number."""
    part = Part(head + b"</%ssheetData></%sworksheet>" % (root[1], root[1]))
    for column in part.all("col"):
        said = column.attributes
        if "style" in said:
            yield int(said["min"]) - 1, int(said["max"]) - 1, int(said["style"])
