"""Which of a template's layouts a slide uses, told by its placeholders, and the room that the layout leaves."""

from dataclasses import dataclass
from functools import cached_property

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.slide import SlideLayout
from pptx.util import Emu

from sendviz.exports.powerpoint.fitting import Box

TITLES = (KIND.TITLE, KIND.CENTER_TITLE)
WORDS = (KIND.BODY, KIND.OBJECT)
FURNITURE = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER)
GAP = 0.1  # inches between the title, what is under it, and the footer
HIGHEST = 0.45  # of the slide: a title that ends below this stands in the middle of its layout, as on a cover
USUAL_SIZE = 44.0  # points, where a template does not say


@dataclass(frozen=True)
class Layout:
    """A layout, the size of its slides in inches, and whether its body is for lines of words."""

    of: SlideLayout
    width: float
    height: float
    worded: bool = False

    @cached_property
    def title(self) -> Box:
        """Where the title stands: as in the layout, or at the top where that has it in the middle."""
        box = self.place(*TITLES)
        if box and box.bottom <= self.height * HIGHEST:
            return box
        side = self.width * 0.04
        return Box(side, self.height * 0.04, self.width - 2 * side, self.height * 0.15)

    @cached_property
    def footer(self) -> Box:
        """Where the footer line stands: in the footer's line, from the title's left to the slide's number."""
        found, number, title = self.place(KIND.FOOTER), self.number, self.title
        line = found if found and found.top > self.height / 2 else Box(0, self.height * 0.93, 0, self.height * 0.055)
        return Box(title.left, line.top, max(min(title.right, number.left - GAP) - title.left, 2), line.height)

    @cached_property
    def number(self) -> Box:
        """Where the slide's number stands."""
        title = self.title
        own = Box(title.right - 0.8, self.height * 0.93, 0.8, self.height * 0.055)
        found = self.place(KIND.SLIDE_NUMBER)
        return found if found and found.left > self.width / 2 and found.top > self.height / 2 else own

    @cached_property
    def room(self) -> Box:
        """What is left for charts and tables between title and footer."""
        top = self.title.bottom + GAP
        return Box(self.title.left, top, self.title.width, self.footer.top - GAP - top)

    @cached_property
    def body(self) -> Box | None:
        """Where lines of words stand, if the layout has a place for them that reaches nowhere else."""
        return self.place(*WORDS) if self.worded else None

    @cached_property
    def title_size(self) -> float:
        """The title's size in points, as the layout or its master has it."""
        own = [shape.element for shape in self.of.placeholders if shape.placeholder_format.type in TITLES]
        styles = list(self.of.slide_master.element.iter(qn("p:titleStyle")))
        for element in (*own, *styles):
            for words in element.iter(qn("a:defRPr")):
                if words.get("sz"):
                    return int(words.get("sz")) / 100
        return USUAL_SIZE

    def place(self, *kinds: KIND) -> Box | None:
        """Where the layout has its first placeholder of one of these kinds, in inches."""
        for shape in self.of.placeholders:
            if shape.placeholder_format.type in kinds and shape.width is not None:
                return Box(*(Emu(side).inches for side in (shape.left, shape.top, shape.width, shape.height)))
        return None


def layouts(slides: Slides) -> tuple[Layout, Layout]:
    """The layout of slides with charts and tables: a title and nothing else, or the nearest; and that of words."""
    width, height = Emu(slides.slide_width or 0).inches, Emu(slides.slide_height or 0).inches
    found = list(slides.slide_layouts)
    titled = min(found, key=lambda layout: _far(layout, 0, "titleOnly"))
    worded = min(found, key=lambda layout: _far(layout, 1, "obj"))
    has_body = sum(shape.placeholder_format.type in WORDS for shape in worded.placeholders) == 1
    return Layout(titled, width, height), Layout(worded if has_body else titled, width, height, has_body)


def _far(layout: SlideLayout, bodies: int, named: str) -> tuple[bool, int, bool]:
    """How far a layout is from a title and so many bodies; its own name for itself decides between equals."""
    kinds = [shape.placeholder_format.type for shape in layout.placeholders]
    content = [kind for kind in kinds if kind not in TITLES and kind not in FURNITURE]
    words = sum(kind in WORDS for kind in content)
    others = len(content) - words
    untitled, misnamed = not any(kind in TITLES for kind in kinds), layout.element.get("type") != named
    return untitled, abs(words - bodies) + 2 * others, misnamed
