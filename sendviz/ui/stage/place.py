"""Where a presentation is: which screen of which running order, and what the presenter has changed on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sendviz.running import RunningOrder, Slide
from sendviz.selection import Selection

CHART, TABLE, FOLLOW, KEYS = "chart", "table", "follow", "keys"
Parts = Callable[[Slide], int]


@dataclass
class Place:
    """A presentation under way.

    number     the running order's
    order      its slides, as they were when the presentation was opened
    at, part   the slide, and which of its screens where it takes several, both from 1
    view       the chart, the table, how to follow, or the keys
    chosen     the selection the presenter has chosen in place of the prepared one
    control    the secret that moves the phones; "" while nobody can follow
    round      grows whenever the prepared state comes back, so that the filters start from it again
    """

    number: int
    order: RunningOrder
    at: int = 1
    part: int = 1
    view: str = CHART
    blank: bool = False
    strip: bool = False
    chosen: Selection | None = None
    control: str = ""
    round: int = 0
    slots: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def of(self) -> int:
        """How many slides there are."""
        return len(self.order.slides)

    @property
    def slide(self) -> Slide:
        """The slide as it is now. A title of its own speaks of what was prepared, so it does not stand over another
        selection."""
        prepared = self.prepared
        if self.chosen is None:
            return prepared
        where = {name: tuple(values) for name, values in self.chosen.query().items()}
        return prepared.model_copy(update={"where": where, "title": ""})

    @property
    def prepared(self) -> Slide:
        """The slide as the running order has it."""
        return self.order.slides[self.at - 1]

    def link(self) -> dict[str, str]:
        """Its place as the link carries it."""
        found = {"order": str(self.number), "screen": str(self.at)}
        found |= {"part": str(self.part)} if self.part > 1 else {}
        return found | ({"live": self.control} if self.control else {})

    def go(self, at: int, part: int = 1) -> None:
        """Goes to a slide, and back to what was prepared."""
        moved = (at, part) != (self.at, self.part)
        self.at, self.part = at, part
        self.view, self.blank = CHART, False
        if moved:
            self.prepare()

    def prepare(self) -> None:
        """Goes back to what was prepared."""
        self.chosen, self.strip, self.round = None, False, self.round + 1

    def choose(self, selection: Selection) -> None:
        """Shows this selection in place of the prepared one."""
        self.chosen = None if selection == self.prepared.selection else selection

    def onward(self, parts: Parts) -> tuple[int, int]:
        """The screen after this one; this one when it is the last."""
        if self.part < parts(self.slide):
            return self.at, self.part + 1
        return (self.at + 1, 1) if self.at < self.of else (self.at, self.part)

    def back(self, parts: Parts) -> tuple[int, int]:
        """The screen before this one; this one when it is the first."""
        if self.part > 1:
            return self.at, self.part - 1
        return (self.at - 1, parts(self.order.slides[self.at - 2])) if self.at > 1 else (self.at, self.part)


def whole(link: Mapping[str, str], name: str) -> int:
    """A number of the link; 0 where there is none."""
    text = link.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
