"""Charts for a wall: as high and as wide as its screen, in type read from the back row, never to be scrolled."""

from collections.abc import Hashable
from functools import lru_cache

from sendviz.answer import Answer
from sendviz.charts.bars import BESIDE
from sendviz.charts.cutting import Lines, cut, in_parts
from sendviz.charts.forms import FORMS, Drawing, Form
from sendviz.charts.look import FONT, Look
from sendviz.charts.marks import Spec
from sendviz.charts.rows import Rows

SIZES = (1.7, 1.85, 2.0, 2.2, 2.6)  # times the type of a page; the least has axis labels of 22 pixels
FILLING = 1.85  # the size of type in charts that take any height
ROOMY = 1.25  # times a line's height on a page is the most that looks well
STACKED = 34  # pixels of a line whose name stands over its bar
NOTE, EDGE = 32, 8  # pixels over bars for what their ticks mean, and around a chart
LETTER, APART = 7.2, 10  # pixels, about, of a letter, and between a name and its bar


def screens(answer: Answer, width: int, height: int, dark: bool = False, font: str = FONT) -> tuple[Drawing, ...]:
    """The chart of an answer for a wall, `width` by `height` pixels and never higher: one drawing, or several, each a
    part of it, where one alone could not be read from the back row.

    The scale of a part is that of the whole. A spec is the same object for every selection with as many lines.
    """
    form = FORMS[answer.exhibit.chart]
    if form.least:
        size, rows, parts = _largest(form, answer, width, height)
    else:
        size, rows, parts = FILLING, form.rows(answer), [[]]
    look, made = Look(dark, font, size), []
    for data, lines in zip(in_parts(rows, parts), parts, strict=True):
        spec = _spec(answer.exhibit.chart, rows.shape, look, len(lines), width, height)
        made.append(Drawing(spec, data, spec["height"]))
    return tuple(made)


def _largest(form: Form, answer: Answer, width: int, height: int) -> tuple[float, Rows, list[Lines]]:
    """The largest type that needs no more drawings than the smallest does, its rows, and the lines of each drawing."""
    fewest, beside = 0, False
    for size in SIZES:  # from the smallest
        rows = form.on_a_wall(answer, (width - EDGE) / size) if form.on_a_wall else form.rows(answer)
        parts = cut(rows, _room(form, rows, size, width, height))
        if fewest and (len(parts) > fewest or beside > _beside(rows, size, width)):
            break
        fewest, beside = len(parts), _beside(rows, size, width)
        found = size, rows, parts
    return found


def _room(form: Form, rows: Rows, size: float, width: int, height: int) -> int:
    """How many lines have room."""
    least = form.least if _beside(rows, size, width) else max(form.least, STACKED)
    return form.abreast * int((height - NOTE * size - EDGE) // (least * size))


def _beside(rows: Rows, size: float, width: int) -> bool:
    """Whether the names have room beside their bars."""
    return (rows.letters * LETTER + APART) * size <= (width - EDGE) * BESIDE


@lru_cache(maxsize=512)
def _spec(chart: str, shape: Hashable, look: Look, lines: int, width: int, height: int) -> Spec:
    """The spec of a drawing with a width and a height of its own; of one by lines, so many of them."""
    form = FORMS[chart]
    step = min((height - NOTE * look.size - EDGE) // max(lines, 1), look.px(form.height * ROOMY))
    by_line = form.least and form.abreast == 1
    made = form.spec(shape, look, int(step) if by_line else height)
    note = NOTE * look.size if "title" in made else 0
    return made | {
        "width": width,
        "height": round(step * lines + note + EDGE) if by_line else height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 2, "right": 2, "top": 4 if by_line else look.px(12), "bottom": 4},
    }
