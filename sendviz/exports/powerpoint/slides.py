"""One slide: title, footer line, number, and words put where they fit."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml.etree import _Element
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Slides
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from sendviz.exports.powerpoint.fitting import Box, plain, shortened, size_for
from sendviz.exports.powerpoint.house import LANGUAGE
from sendviz.exports.powerpoint.layouts import TITLES, WORDS, Layout

SMALLEST_TITLE, SMALLEST_WORDS, LARGEST_WORDS = 14, 7, 28  # points
FOOTER, SMALLEST_FOOTER = 11, 8
INSIDE = 0.2  # inches that a box keeps free at its sides, both together
ROOMY = 0.94  # of a box: words are measured only nearly


def begin(slides: Slides, layout: Layout, title: str, footer: str) -> Slide:
    """A new slide with its title, footer line and number, and nothing else that the layout would ask for."""
    slide = slides.slides.add_slide(layout.of)
    keep = (*TITLES, *WORDS) if layout.body else TITLES
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type not in keep:
            shape.element.getparent().remove(shape.element)
    _title(slide, layout, title)
    if footer:
        size = size_for(footer, layout.footer.width - INSIDE, layout.footer.height, FOOTER, SMALLEST_FOOTER)
        words = shortened(footer, size, (layout.footer.width - INSIDE) * ROOMY, layout.footer.height)
        _furnish(slide, layout, PP_PLACEHOLDER.FOOTER, layout.footer, words, size)
    _furnish(slide, layout, PP_PLACEHOLDER.SLIDE_NUMBER, layout.number, str(len(slides.slides)), FOOTER)
    return slide


def _title(slide: Slide, layout: Layout, title: str) -> None:
    """A smaller type for a title that would not fit at the template's own size."""
    box, shape = layout.title, slide.shapes.title
    if shape is None:  # a template without any title: outline view and screen readers need one all the same
        slide.shapes._spTree.append(_placeholder(slide, "title", 0, box, "ctr"))
        shape = slide.shapes.title
    elif (own := layout.place(*TITLES)) is None or own != box:
        _put(shape, box)
    assert shape is not None
    shape.text_frame.text = plain(title)
    largest = layout.title_size
    size = size_for(title, (box.width - INSIDE) * ROOMY, box.height - INSIDE / 2, largest, SMALLEST_TITLE, bold=True)
    if size < largest:
        for run in _runs(shape.text_frame):
            run.font.size = Pt(size)


def bullets(slide: Slide, layout: Layout, lines: Sequence[str]) -> None:
    """Lines of words, in the layout's own place for them or in a box of our own, as large as fits."""
    box = layout.body or layout.room
    body = next((s for s in slide.placeholders if s.placeholder_format.type in WORDS), None)
    if not lines:
        if body is not None:
            body.element.getparent().remove(body.element)
        return
    frame = body.text_frame if body is not None else _box(slide, box).text_frame
    frame.text = plain("\n".join(lines))
    spaced = "\n".join(line + "\n" * (place % 3 == 2) for place, line in enumerate(lines))  # room between the lines
    size = size_for(spaced, (box.width - 0.6) * ROOMY, box.height * ROOMY, LARGEST_WORDS, SMALLEST_WORDS)
    for run in _runs(frame):
        run.font.size = Pt(size)


def write(
    slide: Slide, box: Box, lines: Sequence[str], size: float, name: str, bold_first: bool = False, indent: bool = False
) -> None:  # fmt: skip
    """Quiet words in a box of their own, at this size or smaller where they would not fit."""
    shape = _box(slide, box)
    shape.name = plain(name)
    text = "\n".join(lines)
    size = size_for(text, box.width * ROOMY, box.height, size, SMALLEST_FOOTER)
    shape.text_frame.text = plain(shortened(text, size, box.width * ROOMY, box.height))
    shape.text_frame.margin_left = Inches(INSIDE / 2) if indent else 0
    for place, paragraph in enumerate(shape.text_frame.paragraphs):
        if bold_first:
            paragraph.space_after = Pt(size / 3)
        for run in paragraph.runs:
            run.font.size = Pt(size)
            run.font.bold = bold_first and not place
            run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1 if bold_first else MSO_THEME_COLOR.TEXT_2


def _box(slide: Slide, box: Box) -> Shape:
    shape = slide.shapes.add_textbox(*(Inches(side) for side in (box.left, box.top, box.width, box.height)))
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    return shape


def _furnish(slide: Slide, layout: Layout, kind: PP_PLACEHOLDER, box: Box, words: str, size: float) -> None:
    """A footer or number as the layout has it; python-pptx leaves these out of new slides."""
    short = {PP_PLACEHOLDER.FOOTER: "ftr", PP_PLACEHOLDER.SLIDE_NUMBER: "sldNum"}[kind]
    there = [s for s in layout.of.placeholders if s.placeholder_format.type == kind]
    index = there[0].placeholder_format.idx if there else None
    made = _placeholder(slide, short, index, box, "ctr")
    slide.shapes._spTree.append(made)
    frame = slide.shapes[-1].text_frame
    frame.word_wrap = True
    if kind is PP_PLACEHOLDER.SLIDE_NUMBER:
        _number(frame, words, size)
        return
    frame.text = plain(words)
    for run in _runs(frame):
        run.font.size = Pt(size)


def _number(frame: TextFrame, now: str, size: float) -> None:
    """A number that follows when slides are moved."""
    field = parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="{LANGUAGE}" sz="{round(size * 100)}"/><a:t>{now}</a:t></a:fld>'
    )
    paragraph = frame.paragraphs[0]._p
    paragraph.insert(0, field)
    if frame.paragraphs[0].alignment is None:
        frame.paragraphs[0]._p.get_or_add_pPr().set("algn", "r")


def _placeholder(slide: Slide, kind: str, index: int | None, box: Box, anchor: str) -> _Element:
    """A placeholder's shape; without an index, one that the layout lacks: a box of words in its place."""
    number = max((int(found.get("id")) for found in slide.element.iter(qn("p:cNvPr"))), default=1) + 1
    names = {"ftr": "Footer", "sldNum": "Slide number", "title": "Title"}
    which = f' sz="quarter" idx="{index}"' if index else ""
    place = "" if index is None else f'<p:ph type="{kind}"{which}/>'
    words_only = "" if place else ' txBox="1"'
    off, ext = (Inches(box.left), Inches(box.top)), (Inches(box.width), Inches(box.height))
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{names[kind]}"/>'
        f"<p:cNvSpPr{words_only}/><p:nvPr>{place}</p:nvPr></p:nvSpPr>"
        f'<p:spPr><a:xfrm><a:off x="{off[0]}" y="{off[1]}"/><a:ext cx="{ext[0]}" cy="{ext[1]}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" anchor="{anchor}"/><a:lstStyle/><a:p/></p:txBody></p:sp>'
    )


def _put(shape: Shape, box: Box) -> None:
    shape.left, shape.top = Inches(box.left), Inches(box.top)
    shape.width, shape.height = Inches(box.width), Inches(box.height)


def _runs(frame: TextFrame) -> Iterator[Any]:
    return (run for paragraph in frame.paragraphs for run in paragraph.runs)


def speak_english(slide: Slide) -> None:
    """Marks every word on the slide as British English, for spelling and for voices."""
    for tag in ("a:rPr", "a:endParaRPr"):
        for words in slide.element.iter(qn(tag)):
            words.set("lang", LANGUAGE)
    for run in slide.element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", LANGUAGE)
