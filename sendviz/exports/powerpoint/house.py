"""The slides' own look where no template is given: 16:9, Arial, the charts' palette, and nothing for ornament."""

import re
from functools import lru_cache
from io import BytesIO

from lxml.etree import _Element
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Inches

from sendviz.charts.palette import LIGHT, Palette
from sendviz.exports.powerpoint.fitting import Box

TYPEFACE, LANGUAGE = "Arial", "en-GB"
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.5  # inches
KEPT = ("titleOnly", "obj")  # layouts: a headline over a chart, and a title over lines of words
BOXES = {
    PP_PLACEHOLDER.TITLE: Box(MARGIN, 0.3, WIDTH - 2 * MARGIN, 1.1),
    PP_PLACEHOLDER.BODY: Box(MARGIN, 1.6, WIDTH - 2 * MARGIN, 5.1),
    PP_PLACEHOLDER.OBJECT: Box(MARGIN, 1.6, WIDTH - 2 * MARGIN, 5.1),
    PP_PLACEHOLDER.FOOTER: Box(MARGIN, 6.95, 11.3, 0.4),
    PP_PLACEHOLDER.SLIDE_NUMBER: Box(11.95, 6.95, WIDTH - MARGIN - 11.95, 0.4),
    PP_PLACEHOLDER.DATE: Box(MARGIN, 6.95, 1.0, 0.4),
}
TITLE_SIZE, BODY_SIZE, FOOTER_SIZE = 3000, 2800, 1100  # hundredths of a point


@lru_cache(maxsize=1)
def blank() -> bytes:
    """A presentation without slides, with one master and two layouts."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in [layout for layout in slides.slide_layouts if layout.element.get("type") not in KEPT]:
        slides.slide_layouts.remove(layout)
    _colour(slides)
    for part in (slides.slide_master, *slides.slide_layouts):
        _place(part)
    _type(slides.slide_master)
    made = BytesIO()
    slides.save(made)
    return made.getvalue()


def _place(part: SlideMaster | SlideLayout) -> None:
    for shape in part.placeholders:
        box = BOXES.get(shape.placeholder_format.type)
        if isinstance(part, SlideMaster) and box:
            shape.left, shape.top = Inches(box.left), Inches(box.top)
            shape.width, shape.height = Inches(box.width), Inches(box.height)
    for words in part.element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
        words.set("lang", LANGUAGE)


def _type(master: SlideMaster) -> None:
    """Sizes and weights: headlines to the left and bold, lines of words large, the footer quiet."""
    title, body = (next(master.element.iter(qn(f"p:{name}Style"))) for name in ("title", "body"))
    heading = title.find(qn("a:lvl1pPr"))
    heading.set("algn", "l")
    heading.find(qn("a:defRPr")).set("b", "1")
    heading.find(qn("a:defRPr")).set("sz", str(TITLE_SIZE))
    for level in body:
        for words in level.iter(qn("a:defRPr")):
            words.set("sz", str(BODY_SIZE))
    for shape in master.placeholders:
        if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            _make_quiet(shape.element, "l" if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER else "r")


def _make_quiet(shape: _Element, side: str) -> None:
    level = next(shape.iter(qn("a:lvl1pPr")))
    level.set("algn", side)
    words = level.find(qn("a:defRPr"))
    words.set("sz", str(FOOTER_SIZE))
    for colour in words.iter(qn("a:schemeClr")):
        colour.set("val", "tx2")
        for tint in list(colour):
            colour.remove(tint)


def _colour(slides: Slides) -> None:
    """The palette as the theme's colours, so that what people add by hand goes with the charts."""
    theme = slides.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    for name, colour in _theme(LIGHT).items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:{name}>', text
        )
    text = re.sub(r'<a:latin typeface="[^"]*"/>', f'<a:latin typeface="{TYPEFACE}"/>', text)
    theme._blob = text.encode()  # a part that python-pptx knows as bytes only, without a way to set them


def _theme(palette: Palette) -> dict[str, str]:
    accents = (*palette.series, palette.steps[1], palette.context)
    return {
        "dk1": palette.ink, "lt1": palette.ground, "dk2": palette.quiet, "lt2": palette.grid,
        **{f"accent{place}": colour for place, colour in enumerate(accents, start=1)},
        "hlink": palette.series[0], "folHlink": palette.series[3],
    }  # fmt: skip
