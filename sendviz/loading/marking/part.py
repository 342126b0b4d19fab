"""One XML part of a workbook, changed at single places: every other byte stays as it was."""

import re
from html import escape
from typing import NamedTuple
from xml.parsers import expat

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")


_ODD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class CannotEdit(Exception):
    """A part in a form that is too unusual to be changed in place."""


class Element(NamedTuple):
    """Where an element stands: from `start` to `end`, its content from `opened` to `closed`; `depth` 0 is the root."""

    name: str
    depth: int
    attributes: dict[str, str]
    start: int
    opened: int
    closed: int
    end: int


class Part:
    """A part's elements, in the order of their ends, and the changes asked for; `content()` is the part with them."""

    def __init__(self, content: bytes) -> None:
        self.source = content
        self._changes: list[tuple[int, int, bytes]] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self.elements: list[Element] = []
        self._read()
        name = _TAG.match(content, self.root.start)
        words = (name[0] if name else b"")[1:].split(None, 1)[0].rstrip(b"/>")
        self._prefix = words[: words.find(b":") + 1]

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self.elements[-1]

    def all(self, name: str, within: Element | None = None) -> list[Element]:
        """The elements of this name, without its namespace's prefix; those directly within an element, if given."""
        found = [element for element in self.elements if element.name == name]
        if within is None:
            return found
        inside = (e for e in found if within.start < e.start < within.end and e.depth == within.depth + 1)
        return sorted(inside, key=lambda element: element.start)

    def one(self, name: str) -> Element:
        """The only child of the root that has this name; CannotEdit where there is none."""
        if not (found := self.all(name, self.root)):
            raise CannotEdit(f"no {name}")
        return found[0]

    def text(self, element: Element) -> bytes:
        """The element as it stands in the source."""
        return self.source[element.start : element.end]

    def replace(self, start: int, end: int, xml: bytes) -> None:
        """Puts `xml` in the place of some bytes; its tags take the prefix that the part's own have."""
        self._changes.append((start, end, re.sub(rb"<(/?)(?=\w)", rb"<\1" + self._prefix, xml)))

    def fill(self, element: Element, before: bytes = b"", after: bytes = b"") -> None:
        """Puts `before` ahead of what the element holds and `after` behind it."""
        if element.opened == element.end:  # it closes itself
            self.replace(element.end - 2, element.end, b">")
            self.replace(element.end, element.end, b"%s%s</%s>" % (before, after, element.name.encode()))
            return
        self.replace(element.opened, element.opened, before)
        self.replace(element.closed, element.closed, after)

    def set(self, element: Element, name: str, value: object) -> None:
        """Gives the element an attribute, in the place of the one it may have."""
        start, tag = element.start, self.source[element.start : element.opened]
        text = b' %s="%s"' % (name.encode(), str(value).encode())
        if found := re.search(rb"""\s%s=("[^"]*"|'[^']*')""" % name.encode(), tag):
            self._changes.append((start + found.start(), start + found.end(), text))
        else:
            place = element.opened - (2 if tag.endswith(b"/>") else 1)
            self._changes.append((place, place, text))

    def content(self) -> bytes:
        """The part with the changes asked for."""
        pieces, reached = [], 0
        for start, end, xml in sorted(self._changes, key=lambda change: change[:2]):
            pieces += [self.source[reached:start], xml]
            reached = end
        return b"".join([*pieces, self.source[reached:]])

    def _read(self) -> None:
        if self.source[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise CannotEdit("not UTF-8")
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, attributes: self._open.append(
            (name, attributes, parser.CurrentByteIndex)
        )
        parser.EndElementHandler = lambda name: self._close(parser.CurrentByteIndex)
        parser.StartDoctypeDeclHandler = _refuse
        parser.XmlDeclHandler = _only_utf8
        try:
            parser.Parse(self.source, True)
        except expat.ExpatError as error:
            raise CannotEdit(str(error)) from None

    def _close(self, at: int) -> None:
        name, attributes, start = self._open.pop()
        tag = _TAG.match(self.source, start)
        opened = tag.end() if tag else at
        itself = self.source[opened - 2 : opened] == b"/>"
        end = opened if itself else self.source.index(b">", at) + 1
        self.elements.append(
            Element(name.rpartition(":")[2], len(self._open), attributes, start, opened, opened if itself else at, end)
        )


def xml(text: str) -> str:
    """The text as a part holds it: signs that XML cannot hold, and what looks like one so written, by their numbers."""
    return escape(_ODD.sub(lambda odd: f"_x{ord(odd[0][0]):04X}_{odd[0][1:]}", text))


def _refuse(*_: object) -> None:
    raise CannotEdit("a document type")


def _only_utf8(_version: str, encoding: str | None, _alone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
        raise CannotEdit(encoding)
