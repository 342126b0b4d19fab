"""Answers become charts: a spec built once for each form and theme, and the data beside it."""

from collections.abc import Hashable
from functools import lru_cache

from sendviz.answer import Answer
from sendviz.charts.forms import FORMS, Drawing
from sendviz.charts.look import FONT, Look
from sendviz.charts.marks import Spec
from sendviz.charts.notes import above
from sendviz.charts.walls import screens

__all__ = ["FORMS", "Drawing", "draw", "screens"]


TITLE, EDGE = 32, 8  # pixels over bars for what their ticks mean, and around bars that have none
PHONE = 330  # pixels of the narrowest page


def draw(answer: Answer, dark: bool = False, font: str = FONT, size: float = 1.0) -> Drawing:
    """The chart of an answer; `size` 1 is for a page, more for larger type.

    The same spec object comes back for every selection of the exhibit, so that a browser only replaces its data.
    """
    form = FORMS[answer.exhibit.chart]
    look = Look(dark, font, size)
    rows = form.page(answer, PHONE)
    made = _spec(answer.exhibit.chart, rows.shape, look, round(look.px(form.height)) + above(rows.notes, look))
    height = made["height"]
    around = TITLE if "title" in made else EDGE
    return Drawing(made, rows.data, height if isinstance(height, int) else height["step"] * rows.bars + around)


@lru_cache(maxsize=512)
def _spec(chart: str, shape: Hashable, look: Look, height: int) -> Spec:
    return FORMS[chart].spec(shape, look, height)
