"""Screens: what a slide shows now, for the wall, for PowerPoint and for the copy that works without a network."""

from collections.abc import Sequence
from dataclasses import dataclass

from sendviz import figures
from sendviz.answer import Answer
from sendviz.rounding import TOO_FEW
from sendviz.running import RunningOrder, Slide
from sendviz.selection import Where, not_filtered_by
from sendviz.settings import Settings
from sendviz.store import Store

SAMPLE = "Sample data: invented pupils"


@dataclass(frozen=True)
class Screen:
    """A slide with what its exhibit answers; without an answer it is a slide of words."""

    slide: Slide
    answer: Answer | None = None

    @property
    def title(self) -> str:
        """The sentence at its top: the presenter's own, or else the exhibit's headline."""
        return self.slide.title or (self.answer.headline if self.answer else "")

    @property
    def footer(self) -> str:
        """Selection in words, source, data date, and what is said of small numbers, in one line; "" of words."""
        if self.answer is None:
            return ""
        acting = self.answer.selection.for_row(self.answer.exhibit.row)
        said = acting.words() if acting or acting.limit else ""
        parts = (
            self.answer.exhibit.title, said, not_filtered_by(self.answer.ignored),
            self.answer.provenance, self.small_numbers, SAMPLE if self.answer.sample else "",
        )  # fmt: skip
        return " · ".join(filter(None, parts))

    @property
    def small_numbers(self) -> str:
        """The small-number rule, as short as a wall needs it; "" where nothing of it is about people."""
        if self.answer is None or not any(f.measure.of_people for f in self.answer.figures):
            return ""
        below = self.answer.below
        if self.answer.rounding:
            return f"counts rounded to {self.answer.rounding}, fewer than {TOO_FEW} withheld"
        return f"counts of 1 to {below - 1} withheld" if below > 1 else ""


def screens(order: RunningOrder, store: Store, settings: Settings, limit: Where = ()) -> tuple[Screen, ...]:
    """The order's slides, each with what it shows of the data there are now, to whoever may see no more than the limit;
    without those whose exhibit has gone."""
    return tuple(screen(slide, store, settings, limit) for slide in order.shown)


def screen(slide: Slide, store: Store, settings: Settings, limit: Where = ()) -> Screen:
    """The slide with what it shows of the data there are now, to whoever may see no more than the limit."""
    exhibit = slide.shows
    if exhibit is None:
        return Screen(slide)
    return Screen(slide, figures.answer(exhibit, slide.selection.limited_to(limit), store, settings))


def of_answers(answers: Sequence[Answer]) -> tuple[Screen, ...]:
    """Screens of answers that are in no running order: what a page shows, or what was asked for by command."""
    return tuple(Screen(Slide.of(answer.exhibit, answer.selection), answer) for answer in answers)
