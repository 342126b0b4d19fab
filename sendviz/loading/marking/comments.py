"""Comments on faulty cells: their words, and the drawing in which Excel shows them."""

import re
from collections.abc import Collection, Mapping

from sendviz.loading.cells import address, position
from sendviz.loading.marking.part import SPREADSHEET, Element, Part, xml

AUTHOR = "sendviz"
Cell = tuple[int, int]  # row from 1, column from 0
_BOX = (3, 6)  # columns and rows a comment's box covers
_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_AT = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>\s*<x:Column>\s*(\d+)\s*</x:Column>")
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{SPREADSHEET}"><authors/><commentList/></comments>'
).encode()
_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="%s"/></o:shapelayout></xml>'
)
_KIND = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Comments:
    """A sheet's comments part with the words on its faulty cells. What people wrote is kept, ours added to it; what an
    earlier copy said is taken away."""

    def __init__(self, content: bytes | None, words: Mapping[Cell, str]) -> None:
        self._part = Part(content or _EMPTY)
        self._words, self.gone = dict(words), set[Cell]()
        self._authors, self._list = self._part.one("authors"), self._part.one("commentList")
        authors = self._part.all("author", self._authors)
        names = [self._part.source[author.opened : author.closed].decode() for author in authors]
        self._author = names.index(AUTHOR) if AUTHOR in names else len(names)
        self._known = AUTHOR in names

    def content(self) -> bytes:
        """The part with the words; `gone` has, after that, the cells whose comments have been taken away."""
        waiting = dict(self._words)
        for comment in self._part.all("comment", self._list):
            row, column = position(comment.attributes["ref"].replace("$", ""))
            if self._known and comment.attributes.get("authorId") == str(self._author):
                self._part.replace(comment.start, comment.end, b"")
                self.gone.add((row, column))
            elif words := waiting.pop((row, column), None):
                self._add(comment, words)
        self.gone -= waiting.keys()
        new = b"".join(self._comment(cell, words) for cell, words in sorted(waiting.items()))
        if not self._known:
            self._part.fill(self._authors, after=b"<author>%s</author>" % AUTHOR.encode())
        self._part.fill(self._list, after=new)
        return self._part.content()

    def _comment(self, cell: Cell, words: str) -> bytes:
        place = address(*cell).encode()
        return b'<comment ref="%s" authorId="%d"><text>%s</text></comment>' % (place, self._author, _run(words))

    def _add(self, comment: Element, words: str) -> None:
        """Ours below what a person wrote, unless it stands there from an earlier copy."""
        if xml(words).encode() in self._part.text(comment):
            return
        text = self._part.all("text", comment)[0]
        for bare in self._part.all("t", text):
            self._part.replace(bare.start, bare.start, b"<r>")
            self._part.replace(bare.end, bare.end, b"</r>")
        self._part.fill(text, after=_run(f"\n{words}"))


def _run(words: str) -> bytes:
    return b'<r><t xml:space="preserve">%s</t></r>' % xml(words).encode()


def drawing(content: bytes | None, cells: Collection[Cell], gone: Collection[Cell], first: int) -> bytes:
    """The drawing with a box for each of these cells that has none, and without those of the cells that are `gone`.
    `first` is the block of 1,024 shape numbers to start at, one that no other sheet's drawing uses."""
    blocks = b",".join(b"%d" % block for block in range(first, first + len(cells) // 1024 + 1))
    source = content or _DRAWING % blocks
    source = _SHAPE.sub(lambda shape: b"" if _cell(shape[0]) in gone else shape[0], source)
    there = {_cell(shape) for shape in _SHAPE.findall(source)}
    new = b"".join(_box(cell, first * 1024 + place) for place, cell in enumerate(sorted(set(cells) - there), 1))
    kind = b"" if b'"_x0000_t202"' in source.replace(b'"#_x0000_t202"', b"") else _KIND
    place = source.rindex(b"</xml>")
    return source[:place] + kind + new + source[place:]


def _cell(shape: bytes) -> Cell | None:
    """The cell whose comment the shape shows, if it shows one."""
    found = b'ObjectType="Note"' in shape and _AT.search(shape)
    return (int(found[1]) + 1, int(found[2])) if found else None


def _box(cell: Cell, number: int) -> bytes:
    row, column = cell
    wide, high = _BOX
    anchor = f"{column + 1}, 15, {max(row - 2, 0)}, 10, {column + 1 + wide}, 15, {max(row - 2, 0) + high}, 4"
    return (
        b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;z-index:1;visibility:hidden" '
        b'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
        b'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        b'<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        b"<x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row>"
        b"<x:Column>%d</x:Column></x:ClientData></v:shape>" % (number, anchor.encode(), row - 1, column)
    )
