"""Tables on slides: in readable type, over as many slides as it takes, with the header on each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches, Pt

from sendviz.charts.palette import LIGHT
from sendviz.exports.powerpoint.fitting import Box, height, plain, shortened, width
from sendviz.tables import Table

SIZES = (18, 16, 14, 12)  # points
SIDE, ABOVE = 0.16, 0.08  # inches kept free in a cell: at its sides and over its words, both together
WIDEST = 0.45  # of the room, for one column
FIGURES = 0.8  # inches for a column of figures at least
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's own name for no style and no grid
EDGES = {"heading": 1.5, "row": 0.5}  # points under a heading and under a row


@dataclass(frozen=True)
class Part:
    """A part of a table that fits a slide: which columns with their widths in inches, which rows with their heights
    (the header's first), and the size of type."""

    table: Table
    columns: tuple[int, ...]
    widths: tuple[float, ...]
    rows: tuple[int, ...]
    heights: tuple[float, ...]
    size: float


def parts(table: Table, room: Box) -> list[Part]:
    """The table in parts that each fit the room: rows first, then the columns that have none beside the others."""
    if not table.rows:
        return []
    sizes = (_at(table, room, size) for size in SIZES)
    return min(sizes, key=len)  # the first of those that take as few slides: the largest


def _at(table: Table, room: Box, size: float) -> list[Part]:
    return [part for columns in _across(table, room, size) for part in _down(table, columns, room, size)]


def _across(table: Table, room: Box, size: float) -> Iterator[tuple[int, ...]]:
    """The columns side by side: those of dimensions on every slide, and as many figures as have room."""
    names = [n for n, column in enumerate(table.columns) if column.unit is None]
    figures = [n for n, column in enumerate(table.columns) if column.unit is not None]
    left = room.width - sum(_needs(table, n, room, size) for n in names)
    start = 0
    while start < len(figures) or not start:
        end, taken = start, 0.0
        while end < len(figures) and (end == start or taken + _needs(table, figures[end], room, size) <= left):
            taken += _needs(table, figures[end], room, size)
            end += 1
        yield (*names, *figures[start:end])
        start = max(end, start + 1)


def _needs(table: Table, column: int, room: Box, size: float) -> float:
    """The inches a column needs: for its longest cell, and the longest word of its heading."""
    cells = max((width(row.cells[column].text, size, bold=not row.level) for row in table.rows), default=0.0)
    words = max(width(word, size, bold=True) for word in table.columns[column].label.split() or [""])
    heading = max(words, width(table.columns[column].label, size, bold=True) / 3)
    least = FIGURES if table.columns[column].unit else 0.0
    return min(max(cells * 1.05, heading * 1.05, least) + SIDE, room.width * WIDEST)


def _down(table: Table, columns: tuple[int, ...], room: Box, size: float) -> list[Part]:
    """The rows over as many slides as they take, about the same number on each."""
    needs = [_needs(table, n, room, size) for n in columns]
    wide = min(room.width / sum(needs), 1.6)
    widths = tuple(need * wide for need in needs)

    def high(texts: Sequence[str], bold: bool) -> float:
        found = (height(text, size, across - SIDE, bold) for text, across in zip(texts, widths, strict=True))
        return min(max(found) + ABOVE, room.height / 2)

    head = high([table.columns[n].label for n in columns], True)
    heights = [high([row.cells[n].text for n in columns], not row.level) for row in table.rows]
    pages = len(_filled(heights, room.height - head))
    evenly = min(sum(heights) / pages + max(heights), room.height - head)
    return [
        Part(table, columns, widths, tuple(rows), (head, *(heights[row] for row in rows)), size)
        for rows in _filled(heights, evenly)
    ]


def _filled(heights: Sequence[float], most: float) -> list[list[int]]:
    """The rows in turn, as many together as this height holds."""
    made: list[list[int]] = [[]]
    taken = 0.0
    for row, needed in enumerate(heights):
        if made[-1] and taken + needed > most:
            made.append([])
            taken = 0.0
        made[-1].append(row)
        taken += needed
    return made


def draw(slide: Slide, part: Part, room: Box, name: str, alt: str) -> None:
    """Puts a part of a table on the slide, as a table with a header row that a screen reader can announce."""
    at = (Inches(room.left), Inches(room.top), Inches(sum(part.widths)), Inches(sum(part.heights)))
    drawn = slide.shapes.add_table(len(part.rows) + 1, len(part.columns), *at)
    drawn.name = plain(name)
    next(drawn.element.iter(qn("p:cNvPr"))).set("descr", plain(alt))
    made = drawn.table
    made.horz_banding = False
    next(drawn.element.iter(qn("a:tableStyleId"))).text = NO_STYLE
    for place, across in enumerate(part.widths):
        made.columns[place].width = Inches(across)
    for place, down in enumerate(part.heights):
        made.rows[place].height = Inches(down)
    for across, column in enumerate(part.columns):
        heading = part.table.columns[column]
        _write(made.cell(0, across), heading.label, part.size, True, heading.unit is not None, EDGES["heading"])
        for down, n in enumerate(part.rows, start=1):
            row = part.table.rows[n]
            text = shortened(row.cells[column].text, part.size, part.widths[across] - SIDE, part.heights[down])
            _write(made.cell(down, across), text, part.size, not row.level, heading.unit is not None,
                   EDGES["row"])  # fmt: skip


def _write(cell: _Cell, text: str, size: float, bold: bool, right: bool, edge: float) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE / 2)
    cell.margin_top = cell.margin_bottom = Inches(ABOVE / 2)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if edge == EDGES["heading"] else MSO_ANCHOR.TOP
    cell.text_frame.text = plain(text)
    for paragraph in cell.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    colour = RGBColor.from_string((LIGHT.quiet if edge == EDGES["heading"] else LIGHT.grid).lstrip("#").upper())
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    line = f'<a:lnB {nsdecls("a")} w="{round(edge * 12700)}">{fill}</a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
