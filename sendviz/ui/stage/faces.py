"""Faces: what a slide shows on a wall of some shape, worked out once for everybody and before it is asked for."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sendviz import charts
from sendviz.answer import WITHHELD, Answer
from sendviz.rounding import TOO_FEW
from sendviz.running import Slide
from sendviz.screens import Screen
from sendviz.selection import Selection, Where
from sendviz.settings import BadSetting
from sendviz.store import StoreUnavailable
from sendviz.ui import opened
from sendviz.ui.stage.shape import Shape
from sendviz.vocabulary import Exhibit

REMEMBERED = 256


@dataclass(frozen=True)
class Window:
    """What slides are drawn for: the version of the data, the window's shape, the theme, and what the presenter may see
    at all."""

    version: int
    shape: Shape
    dark: bool
    limit: Where = ()


@dataclass(frozen=True)
class Face:
    """What a slide shows: its screen, and the drawings of its chart, a part of it each; none where it is all words."""

    screen: Screen
    drawings: tuple[charts.Drawing, ...] = ()

    @property
    def parts(self) -> int:
        """How many screens it takes."""
        return max(len(self.drawings), 1)

    @property
    def headline(self) -> str:
        """The sentence at its top."""
        return self.screen.title or next(iter(spoken(self.screen.slide)), "")

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands under it in words; nothing where there is a chart."""
        if self.screen.answer is None:
            return spoken(self.screen.slide)[1:]
        return () if self.drawings else (_in_words(self.screen.answer),)


def face(slide: Slide, window: Window) -> Face:
    """What the slide shows on this window."""
    if slide.shows is None:
        return Face(Screen(slide))
    answer, drawings = _drawn(slide.shows, slide.selection.limited_to(window.limit), slide.title, window)
    return Face(Screen(slide, answer), drawings)


def spoken(slide: Slide) -> tuple[str, ...]:
    """The title and the lines of a slide of words: the first of them stands at its top."""
    return tuple(line for line in map(str.strip, (slide.title, *slide.text.splitlines())) if line)


def warm(slides: Sequence[Slide], window: Window) -> None:
    """Works all of them out in the background, in their order, unless that was asked for before."""
    shown = ((slide.shows, slide.selection.limited_to(window.limit), slide.title) for slide in slides)
    _warmed(tuple((exhibit, selection, title) for exhibit, selection, title in shown if exhibit), window)


@lru_cache(maxsize=16)
def _warmed(shown: tuple[tuple[Exhibit, Selection, str], ...], window: Window) -> threading.Thread:
    def work() -> None:
        try:
            for exhibit, selection, title in shown:
                _drawn(exhibit, selection, title, window)
        except (BadSetting, StoreUnavailable):
            return  # the stage says it

    thread = threading.Thread(target=work, name="warm-up of slides", daemon=True)
    thread.start()
    return thread


@lru_cache(maxsize=REMEMBERED)
def _drawn(
    exhibit: Exhibit, selection: Selection, title: str, window: Window
) -> tuple[Answer, tuple[charts.Drawing, ...]]:
    answer = opened.answer(exhibit, selection)
    if _in_words(answer):
        return answer, ()
    width, height = window.shape.chart(title or answer.headline)
    return answer, charts.screens(answer, width, height, window.dark)


def _in_words(answer: Answer) -> str:
    """What there is to say of an answer in which no figure is shown; "" where one is."""
    if answer.empty:
        return "Nothing is left of this by the filters in force." if answer.chosen else "Nothing has been loaded yet."
    rows = [row for figures in answer.figures for row in figures.rows]
    if any(not row.mark for row in rows):
        return ""
    if any(row.mark == WITHHELD for row in rows):
        if answer.rounding:
            return f"Withheld: there are fewer than {TOO_FEW}, or none."
        return f"Withheld: these are counts of 1 to {answer.below - 1}, or would give one away."
    return "Not available: there is no figure, which is not the same as zero."
