"""PowerPoint: a slide for each screen, with charts that PowerPoint itself draws and people can edit."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from pptx.presentation import Presentation as Slides
from pptx.slide import Slide

from sendviz.answer import Answer
from sendviz.exports.powerpoint import native, notes, rules, slides, tabled
from sendviz.exports.powerpoint.axes import Frame, aligned, measure
from sendviz.exports.powerpoint.fitting import Box, height, plain
from sendviz.exports.powerpoint.forms import sheets
from sendviz.exports.powerpoint.house import LANGUAGE
from sendviz.exports.powerpoint.layouts import Layout, layouts
from sendviz.exports.powerpoint.sheets import Plot, Sheet
from sendviz.exports.powerpoint.template import BadTemplate, Template, opened
from sendviz.figures.areas import on_screen
from sendviz.screens import Screen
from sendviz.settings import settings
from sendviz.tables import Table, table, texts

__all__ = ["BadTemplate", "Template", "write"]

UNDER, MOST_UNDER = 12, 0.9  # points of the lines under a chart, and inches they may take
GUTTER = 0.25  # inches between charts, and over the lines under them
BESIDE = 0.34  # of the room's width, for words beside a chart
BESIDE_SIZE = 14
LONGEST_PROPERTY = 255  # letters
MOST_TABLES = 15  # slides of one table: more are a workbook's
GOES_ON = "The table goes on: all of it is in the Excel download."


class Deck:
    """A presentation that grows by a slide at a time."""

    def __init__(self, template: Template | None, address: str | None) -> None:
        self.slides: Slides = opened(template)
        self.titled, self.worded = layouts(self.slides)
        self.address = address

    def show(self, screen: Screen) -> None:
        """Adds a screen's slides: of words; or of charts, and of the table where that is asked for."""
        if screen.answer is None:
            slide = self._begin(screen, screen.title, self.worded)
            slides.bullets(slide, self.worded, [line for line in screen.slide.text.splitlines() if line.strip()])
            return self._end(slide, screen)
        for place, sheet in enumerate(sheets(screen.answer)):
            if sheet.table is not None:
                self._tables(screen, screen.answer, sheet, first=not place)
            else:
                self._charts(screen, screen.answer, sheet, first=not place)
        if screen.slide.table and not screen.answer.empty:
            self._asked_for(screen, screen.answer)

    def _asked_for(self, screen: Screen, answer: Answer) -> None:
        """The table after the charts, unless it stands there already; and what people wrote, if they did."""
        found = [] if any(sheet.table for sheet in sheets(answer)) else [table(on_screen(answer)[0])]
        for shown in (*found, *filter(None, [texts(answer)])):
            self._tables(screen, answer, Sheet(table=shown, name="table" if shown in found else "one by one"))

    def _charts(self, screen: Screen, answer: Answer, sheet: Sheet, first: bool) -> None:
        slide = self._begin(screen, screen.title if first else _titled(answer, sheet.name), self.titled)
        room = self._under(slide, answer, sheet, self.titled.room)
        if sheet.beside:
            room = self._beside(slide, sheet, room)
        _draw(slide, answer, sheet, _grid(sheet, room))
        self._end(slide, screen)

    def _tables(self, screen: Screen, answer: Answer, sheet: Sheet, first: bool = False) -> None:
        shown = sheet.table
        assert shown is not None
        room, parts = self._in_parts(answer, sheet, shown)
        if len(parts) > MOST_TABLES:
            sheet = replace(sheet, more=GOES_ON)
            room, parts = self._in_parts(answer, sheet, shown)
            parts = parts[:MOST_TABLES]
        for place, part in enumerate(parts):
            of = f"{place + 1} of {len(parts)}" if len(parts) > 1 else ""
            named = _titled(answer, ", ".join(filter(None, (sheet.name, of))))
            slide = self._begin(screen, screen.title if first and not place else named, self.titled)
            self._under(slide, answer, sheet, self.titled.room)
            tabled.draw(slide, part, room, f"{shown.title}: table", f"{shown.title}. {answer.alt}")
            self._end(slide, screen)

    def _in_parts(self, answer: Answer, sheet: Sheet, shown: Table) -> tuple[Box, list[tabled.Part]]:
        """The room over the lines under a table, and the table in parts that fit it."""
        room = self.titled.room.without_foot(_under_height(answer, sheet, self.titled.room))
        return room, tabled.parts(shown, room)

    def _under(self, slide: Slide, answer: Answer, sheet: Sheet, room: Box) -> Box:
        """Writes the lines under the charts and returns the room that is left over them."""
        lines = _lines_under(answer, sheet)
        if not lines:
            return room
        taken = _under_height(answer, sheet, room)
        foot = Box(room.left, room.bottom - taken + GUTTER / 2, room.width, taken - GUTTER / 2)
        slides.write(slide, foot, lines, UNDER, "Notes under the figures", indent=True)
        return room.without_foot(taken)

    def _beside(self, slide: Slide, sheet: Sheet, room: Box) -> Box:
        """Writes the lines beside the charts and returns the room that is left."""
        wide = room.width * (BESIDE if sheet.plots else 1.0)
        box = Box(room.right - wide, room.top, wide, room.height)
        slides.write(slide, box, sheet.beside, BESIDE_SIZE, sheet.beside[0], bold_first=True)
        return Box(room.left, room.top, max(room.width - wide - GUTTER, 1.0), room.height)

    def _begin(self, screen: Screen, title: str, layout: Layout) -> Slide:
        return slides.begin(self.slides, layout, title, screen.footer)

    def _end(self, slide: Slide, screen: Screen) -> None:
        notes.take(slide, screen, self.address)
        slides.speak_english(slide)


def write(screens: Sequence[Screen], template: Template | None, address: str | None) -> bytes:
    """The presentation of these screens; `address` is where the pages are served, for the links back.

    BadTemplate, with one sentence, when the template cannot be used.
    """
    deck = Deck(template, address)
    for screen in screens:
        deck.show(screen)
    about = deck.slides.core_properties
    about.title = plain(next((screen.title for screen in screens), ""))[:LONGEST_PROPERTY]
    about.author = about.last_modified_by = f"{settings().area} SEND service"
    about.language = LANGUAGE
    made = BytesIO()
    deck.slides.save(made)
    return made.getvalue()


def _draw(slide: Slide, answer: Answer, sheet: Sheet, boxes: Sequence[Box]) -> None:
    """The charts with their rules; the labels of these are over the first, if it is large."""
    places = list(zip(sheet.plots, boxes, strict=False))
    labelled = [not place and not plot.small for place, plot in enumerate(sheet.plots)]
    found = [rules.placed(plot, frame, answer.events) for (plot, _), frame in zip(places, _frames(places), strict=True)]
    above = [rules.room(each) if said else 0.0 for each, said in zip(found, labelled, strict=True)]
    for (plot, box), frame, said in zip(places, _frames(places, above), labelled, strict=True):
        name = ": ".join(filter(None, (answer.exhibit.title, plot.title)))
        native.add(slide, plot, box, frame, name, " ".join(filter(None, (answer.alt, plot.title))))
        rules.draw(slide, rules.placed(plot, frame, answer.events), box, frame.area, said)


def _frames(places: Sequence[tuple[Plot, Box]], above: Sequence[float] = ()) -> list[Frame]:
    """The charts' measures, with so much kept free above each."""
    room = above or [0.0] * len(places)
    made = [measure(plot, box.width, box.height, high) for (plot, box), high in zip(places, room, strict=True)]
    return aligned(made) if any(plot.above for plot, _ in places) else made


def _titled(answer: Answer, name: str) -> str:
    """The title of a further slide of an exhibit: no two slides of it have the same."""
    return f"{answer.exhibit.title}: {name}" if name else answer.exhibit.title


def _lines_under(answer: Answer, sheet: Sheet) -> list[str]:
    """What is missing and why, what happened in these months, and what must be known of the figures."""
    happened = "" if answer.empty else "  ".join(map(rules.sentence, answer.events))
    return [*filter(None, [sheet.more]), *sheet.gaps, *filter(None, [happened]), *answer.notes]


def _under_height(answer: Answer, sheet: Sheet, room: Box) -> float:
    lines = _lines_under(answer, sheet)
    needed = height("\n".join(lines), UNDER, room.width * slides.ROOMY) if lines else 0.0
    return min(needed, MOST_UNDER) + GUTTER if lines else 0.0


def _grid(sheet: Sheet, room: Box) -> list[Box]:
    """The places of a sheet's charts, row by row."""
    across = (room.width - GUTTER * (len(sheet.widths) - 1)) / sum(sheet.widths)
    down = (room.height - GUTTER * (len(sheet.heights) - 1)) / sum(sheet.heights)
    boxes, top = [], room.top
    for high in sheet.heights:
        left = room.left
        for wide in sheet.widths:
            boxes.append(Box(left, top, wide * across, high * down))
            left += wide * across + GUTTER
        top += high * down + GUTTER
    return boxes
