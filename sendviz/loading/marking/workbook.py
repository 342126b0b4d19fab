"""An xlsx or xlsm workbook, copied part by part: faulty sheets, their comments and the looks change, nothing else."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from posixpath import basename, dirname, join, normpath, relpath
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sendviz.loading.marking.cells import CHUNK, SheetMarks, unselected
from sendviz.loading.marking.comments import Cell, Comments, drawing
from sendviz.loading.marking.listing import NAME
from sendviz.loading.marking.part import RELATIONSHIPS, CannotEdit, Part, xml
from sendviz.loading.marking.styles import Styles

BOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
ID = "sendviz"  # begins the ids of relations and the names of parts that are new
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
_SQUEEZE = 3  # of 9: twice as fast as the usual 6, a tenth larger


class Copy:
    """The copy of one workbook. `words` are, by sheet and cell, what the comments say; `own` is the name of the sheet
    that an earlier copy's list is on, if there is one: the new list takes its place."""

    def __init__(self, packed: ZipFile, words: Mapping[str, Mapping[Cell, str]], own: str | None) -> None:
        self._packed, self._names = packed, set(packed.namelist())
        self.styles = Styles(self._read(STYLES))
        self._types, self._book = Part(self._read(TYPES)), Part(self._read(BOOK))
        self._relations = Part(self._read(_relations_of(BOOK)))
        self._parts = self._sheets()
        self._words = {self._parts[name]: cells for name, cells in words.items() if name in self._parts}
        self.list_part = self._parts[own] if own else self._new_list()
        self._choose(own)
        self._last: dict[str, bytes] = {}  # what is known only when the sheets have been gone through

    def write(self, to: IO[bytes], listing: bytes) -> None:
        """Writes the copy with this list of problems; CannotEdit where a part is in too unusual a form."""
        links = {part: _Links(self._packed, self._names, part) for part in self._words}
        for place, link in enumerate(links.values(), 1):
            link.declare(self._types, place)
        held_back = {STYLES, self.list_part, *(part for link in links.values() for part in link.touched)}
        with ZipFile(to, "w", ZIP_DEFLATED, compresslevel=_SQUEEZE) as made:
            edited = {TYPES: self._types, BOOK: self._book, _relations_of(BOOK): self._relations}
            for info in self._packed.infolist():
                if info.filename in edited:
                    made.writestr(info.filename, edited[info.filename].content())
                elif info.filename not in held_back:
                    self._copy(info, links.get(info.filename), made)
            made.writestr(self.list_part, listing)
            for place, link in enumerate(links.values(), 1):
                for part, content in link.finished(place):
                    made.writestr(part, content)
            made.writestr(STYLES, self.styles.content())

    def _copy(self, info: ZipInfo, link: "_Links | None", made: ZipFile) -> None:
        with self._packed.open(info) as stream, made.open(info.filename, "w") as out:
            if link:
                marks = SheetMarks(_rows(self._words[info.filename]), self.styles.marked, f"{ID}Drawing")
                out.writelines(marks.pieces(stream))
                link.drawn(marks.linked, self._words[info.filename])
            elif info.filename in self._parts.values():
                out.writelines(unselected(stream))
            else:
                shutil.copyfileobj(stream, out, CHUNK)

    def _read(self, name: str) -> bytes:
        if name not in self._names:
            raise CannotEdit(f"no {name}")
        return self._packed.read(name)

    def _sheets(self) -> dict[str, str]:
        """The part of each sheet, by the sheet's name."""
        targets = _targets(self._relations, BOOK)
        found = {}
        for sheet in self._book.all("sheet", self._book.one("sheets")):
            link = next((value for name, value in sheet.attributes.items() if name.endswith(":id")), "")
            found[sheet.attributes["name"]] = targets.get(link, ("", ""))[1]
        return found

    def _new_list(self) -> str:
        """Puts a sheet for the list before all others; what counts sheets by their place counts one more."""
        part = _free("xl/worksheets/problems{}.xml", self._names)
        book, sheets = self._book, self._book.one("sheets")
        number = max(int(sheet.attributes["sheetId"]) for sheet in book.all("sheet", sheets)) + 1
        taken = {name.casefold() for name in self._parts}
        name = next(n for n in (NAME, *(f"{NAME} {c}" for c in range(2, 999))) if n.casefold() not in taken)
        entry = f'<sheet xmlns:r="{RELATIONSHIPS}" name="{xml(name)}" sheetId="{number}" r:id="{ID}List"/>'
        book.fill(sheets, before=entry.encode())
        for named in book.all("definedName"):
            if "localSheetId" in named.attributes:
                book.set(named, "localSheetId", int(named.attributes["localSheetId"]) + 1)
        _relate(self._relations, f"{ID}List", "worksheet", relpath(part, "xl"))
        _declare(self._types, part, "worksheet+xml")
        return part

    def _choose(self, own: str | None) -> None:
        """The workbook opens at the list."""
        for view in self._book.all("workbookView"):
            self._book.set(view, "activeTab", list(self._parts).index(own) if own else 0)
            self._book.set(view, "firstSheet", 0)


class _Links:
    """What a sheet's part is linked to: its comments, and the drawing that shows them."""

    def __init__(self, packed: ZipFile, names: set[str], part: str) -> None:
        self._part, self._names = part, names
        self._relations_part = _relations_of(part)
        there = self._relations_part in names
        self._relations = Part(packed.read(self._relations_part) if there else _NO_RELATIONS)
        self._targets = _targets(self._relations, part)
        self._old = {target: packed.read(target) for kind, target in self._targets.values()
                     if kind in ("comments", "vmlDrawing") and target in names}  # fmt: skip
        self._comments = next((target for kind, target in self._targets.values() if kind == "comments"), "")
        self.touched = {self._relations_part, *self._old}
        self._drawing, self._words = "", dict[Cell, str]()

    def declare(self, types: Part, place: int) -> None:
        """Tells the workbook of the parts that will be new."""
        if self._comments not in self._names:
            self._comments = _free(f"xl/comments{ID.title()}{place}_{{}}.xml", self._names)
            _relate(self._relations, f"{ID}Comments", "comments", relpath(self._comments, dirname(self._part)))
            _declare(types, self._comments, "comments+xml")
        known = {default.attributes.get("Extension", "").lower() for default in types.all("Default", types.root)}
        if place == 1 and "vml" not in known:
            kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
            types.fill(types.root, before=f'<Default Extension="vml" ContentType="{kind}"/>'.encode())

    def drawn(self, link: str, words: Mapping[Cell, str]) -> None:
        """The sheet has been gone through: it shows its comments in the drawing of this link."""
        self._words = dict(words)
        self._drawing = self._targets.get(link, ("", ""))[1]
        if not self._drawing:
            self._drawing = _free(f"xl/drawings/vml{ID.title()}{{}}.vml", self._names)
            _relate(self._relations, link, "vmlDrawing", relpath(self._drawing, dirname(self._part)))

    def finished(self, place: int) -> Iterator[tuple[str, bytes]]:
        """The parts that are new or changed."""
        comments = Comments(self._old.pop(self._comments, None), self._words)
        yield self._comments, comments.content()
        old = self._old.pop(self._drawing, None)
        yield self._drawing, drawing(old, self._words, comments.gone, 64 * place)
        yield self._relations_part, self._relations.content()
        yield from self._old.items()


def _rows(words: Iterable[Cell]) -> dict[int, set[int]]:
    rows: dict[int, set[int]] = {}
    for row, column in words:
        rows.setdefault(row, set()).add(column)
    return rows


def _relations_of(part: str) -> str:
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def _targets(relations: Part, part: str) -> dict[str, tuple[str, str]]:
    """The kind and part of each relation, by its id."""
    found = {}
    for link in relations.all("Relationship", relations.root):
        said = link.attributes
        if said.get("TargetMode") != "External":
            target = normpath(join("/", dirname(part), said["Target"])).lstrip("/")
            found[said["Id"]] = (basename(said["Type"]), target)
    return found


def _relate(relations: Part, name: str, kind: str, target: str) -> None:
    entry = f'<Relationship Id="{name}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
    relations.fill(relations.root, after=entry.encode())


def _declare(types: Part, part: str, kind: str) -> None:
    types.fill(types.root, after=f'<Override PartName="/{part}" ContentType="{_KINDS}{kind}"/>'.encode())


def _free(pattern: str, names: set[str]) -> str:
    """A name that no part has; it is taken from now on."""
    found = next(name for place in count(1) if (name := pattern.format(place)) not in names)
    names.add(found)
    return found
