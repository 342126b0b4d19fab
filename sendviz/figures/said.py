"""What a headline may speak of, and how it says amounts and changes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendviz.answer import SHOWN, Figure, Figures
from sendviz.vocabulary import Exhibit, Unit

KEEP_CAPITALS = re.compile(r"^(Key stage|[A-Z]{2,}|EHC|England|[A-Z][a-z]+-on-)")
Totals = Mapping[tuple[str, ...], Sequence[Figures]]


@dataclass(frozen=True)
class Said:
    """What a headline may speak of: the exhibit's figures at all levels, and the settings' places."""

    exhibit: Exhibit
    figures: Sequence[Figures]
    totals: Totals
    span: str
    below: int
    before: Figures | None = None
    area: str = ""
    years: tuple[int | None, int | None] = (None, None)

    @property
    def unit(self) -> Unit:
        """The main measure's unit."""
        return self.exhibit.measures[0].unit

    def level(self, *dimensions: str) -> Sequence[Figures]:
        """The figures at a level, whether it is the finest or a total; empty when there is no such level."""
        return self.figures if dimensions == self.exhibit.by else self.totals.get(dimensions, ())


def in_sentence(label: str) -> str:
    """A category inside a sentence: `Education setting` as `education setting`; `Key stage 2` and acronyms stay."""
    if KEEP_CAPITALS.match(label):
        return "key" + label[3:] if label.startswith("Key stage") else label
    return label[:1].lower() + label[1:]


def change_words(unit: Unit, now: float, before: float, since: str) -> str:
    """`278 more than a year ago`; `1.9 percentage points higher than …`; `the same as …`, when it rounds to nothing."""
    if unit.rounded(now) == unit.rounded(before):
        return f"the same as {since}"
    more, less = unit.rise_and_fall
    size = unit.difference(float(unit.rounded(now) - unit.rounded(before)) / unit.scale)
    return f"{size} {more if now > before else less} than {since}"


def shown(figure: Figure | None) -> bool:
    """Whether there is a figure to speak of."""
    return figure is not None and figure.mark == SHOWN and figure.value is not None
