"""How cells of a workbook look: one typeface, weights and number formats, no colour that means something."""

import datetime as dt
from functools import lru_cache
from typing import Any, ClassVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from sendviz.tables import Cell
from sendviz.vocabulary import Unit

MONTH_FORMAT = "mmmm yyyy"


class Formats:
    """The formats of one workbook, each made once."""

    BASE: ClassVar[dict[str, Any]] = {"font_name": "Arial", "font_size": 12}

    def __init__(self, book: Workbook) -> None:
        self.plain = book.add_format({"valign": "top"})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.section = book.add_format({"bold": True, "font_size": 14})
        self.link = book.add_format({"underline": 1, "font_color": "#12436D", "valign": "top"})
        heading = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        self.heading = book.add_format(heading)
        self.figure_heading = book.add_format(heading | {"align": "right"})
        self._made = lru_cache(maxsize=None)(lambda kind, bold: book.add_format(_looks(kind, bold)))

    def of(self, unit: Unit | None, cell: Cell, bold: bool) -> Format:
        """The format of a table's cell: figures by their unit and to the right, dimensions to the left."""
        if unit is not None:
            return self._made(unit.excel, bold)
        return self._made(MONTH_FORMAT if isinstance(cell.value, dt.date) else "", bold)


def _looks(number: str, bold: bool) -> dict[str, Any]:
    figure = number not in ("", MONTH_FORMAT)
    looks: dict[str, Any] = {"bold": bold, "valign": "top", "align": "right" if figure else "left"}
    return looks | ({"num_format": number} if number else {"text_wrap": True})
