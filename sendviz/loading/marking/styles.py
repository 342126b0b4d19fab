"""The looks a marked copy needs, added to a workbook's own: each faulty cell's own look with a fill."""

import re

from sendviz.loading.marking.part import CannotEdit, Part

MARK = "FFFFC7B3"  # a fill nobody picks by hand, so that the marks of an earlier copy are known and taken away
_FONTS = (
    b'<font><b/><sz val="14"/><name val="Arial"/></font>',
    b'<font><b/><sz val="11"/><name val="Arial"/></font>',
    b'<font><sz val="11"/><name val="Arial"/></font>',
    b'<font><sz val="11"/><name val="Arial"/></font>',
    b'<font><u/><sz val="11"/><color rgb="FF1D4ED8"/><name val="Arial"/></font>',
)
KINDS = TITLE, HEADING, PLAIN, WORDS, LINK = range(5)  # the looks of the list of problems, in the order of their fonts
_CHILD = {"fills": "fill", "fonts": "font", "cellXfs": "xf"}


class Styles:
    """A workbook's looks; those of an earlier copy's marks are without their fill again."""

    def __init__(self, content: bytes) -> None:
        self._part = Part(content)
        self._fills, self._fonts = self._part.one("fills"), self._part.one("fonts")
        fills = self._part.all("fill", self._fills)
        ours = {place for place, fill in enumerate(fills) if MARK.encode() in self._part.text(fill)}
        self._fill, self._font = len(fills), len(self._part.all("font", self._fonts))
        self._holder = self._part.one("cellXfs")
        self._own = self._part.all("xf", self._holder)
        for look in self._own:
            if int(look.attributes.get("fillId", 0)) in ours:
                self._part.set(look, "fillId", 0)
        self._new = [_listed(self._font + kind, kind not in (TITLE, PLAIN)) for kind in KINDS]
        self._marked: dict[int, int] = {}

    def listed(self, kind: int) -> int:
        """The number of one of the list's looks, by its kind."""
        return len(self._own) + kind

    def marked(self, look: int) -> int:
        """The number of the look that is the same with the fill of a faulty cell."""
        if look >= len(self._own):
            raise CannotEdit(f"no look {look}")
        if look not in self._marked:
            self._marked[look] = len(self._own) + len(self._new)
            self._new.append(_filled(self._part.text(self._own[look]), self._fill))
        return self._marked[look]

    def content(self) -> bytes:
        """The part with the looks that were asked for."""
        part, fill = self._part, b'<fill><patternFill patternType="solid"><fgColor rgb="%s"/></patternFill></fill>'
        for holder, new in ((self._fills, [fill % MARK.encode()]), (self._fonts, _FONTS), (self._holder, self._new)):
            part.fill(holder, after=b"".join(new))
            part.set(holder, "count", len(part.all(_CHILD[holder.name], holder)) + len(new))
        return part.content()


def _filled(xf: bytes, fill: int) -> bytes:
    bare = re.sub(rb"""\s(fillId|applyFill)=("[^"]*"|'[^']*')""", b"", re.sub(rb"<(/?)\w+:", rb"<\1", xf))
    return re.sub(rb"^<xf\b", b'<xf fillId="%d" applyFill="1"' % fill, bare)


def _listed(font: int, wrap: bool) -> bytes:
    return (
        b'<xf numFmtId="49" fontId="%d" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" '
        b'applyAlignment="1"><alignment vertical="top" wrapText="%d"/></xf>' % (font, wrap)
    )
