"""What a headline may speak of, and how it says amounts, categories, times and changes."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sendviz.answer import SHOWN, Figure, Figures, words_of
from sendviz.vocabulary import COUNT, Exhibit, Measure, Unit

KEEP_CAPITALS = re.compile(r"^([A-Z]{2,}|EHC|England|Down\b|[A-Z][a-z]+-on-)")
ONE_YEAR = re.compile(r"^(\w+) (\d{4}) to (\w+ \2)$")
ABOUT = replace(COUNT, before="about ")
Totals = Mapping[tuple[str, ...], Sequence[Figures]]


@dataclass(frozen=True)
class Amount:
    """A figure in a sentence: its words, and the number that decides between one, several and none."""

    words: str
    number: float | None = None

    def __str__(self) -> str:
        return self.words

    def __format__(self, thing: str) -> str:
        """Of `pupil`: `1 pupil`, `no pupils`, `3,783 pupils`; of `pupil was|pupils were` with the verb; else alone."""
        if not thing:
            return self.words
        one, _, several = thing.partition("|")
        several = several or f"{one}s"
        if self.number == 0:
            return f"no {several}"
        return f"{self.words} {one if self.number == 1 else several}"


Pieces = dict[str, str | Amount]


def amount(unit: Unit, value: float | None) -> Amount:
    """The figure as people say it."""
    return Amount(unit.spoken(value or 0), value or 0)


@dataclass(frozen=True)
class Said:
    """What a headline may speak of: the exhibit's figures at all levels, those of the newest time a year before, its
    times, and the settings' places."""

    exhibit: Exhibit
    figures: Sequence[Figures]
    totals: Totals
    span: str
    before: Figures | None = None
    area: str = ""
    years: tuple[int | None, int | None] = (None, None)
    newest: dt.date | None = None
    rounded: bool = False

    @property
    def unit(self) -> Unit:
        """The main measure's unit."""
        return self.unit_of(self.exhibit.measures[0])

    def unit_of(self, measure: Measure) -> Unit:
        """A measure's unit; rounded counts are `about` so many."""
        return self.count if measure.unit is COUNT and measure.of_people else measure.unit

    @property
    def count(self) -> Unit:
        """The unit of people counted."""
        return ABOUT if self.rounded else COUNT

    @property
    def in_span(self) -> str:
        """`in March 2025`; `from January to April 2024`; nothing where the figures have no time."""
        if not self.span:
            return ""
        short = ONE_YEAR.sub(r"\1 to \3", self.span)
        return f"from {short}" if " to " in short else f"in {short}"

    def level(self, *dimensions: str) -> Sequence[Figures]:
        """The figures at a level, whether it is the finest or a total; empty when there is no such level."""
        return self.figures if dimensions == self.exhibit.by else self.totals.get(dimensions, ())

    def times(self, value: object) -> Pieces:
        """A period alone, and as it stands in a sentence: `at the end of January 2026`, `in 2025/26`."""
        period = words_of(value)
        return {"period": period, "when": f"{'at the end of' if self.exhibit.row.stock else 'in'} {period}"}

    def named(self, label: str) -> str:
        """A category inside a sentence: `Education setting` as `education setting`; names and acronyms stay."""
        return self.exhibit.said.get(label) or in_sentence(label)


def in_sentence(label: str) -> str:
    """A label with a small first letter, unless it is an acronym or a name of several words."""
    is_name = any(word[:1].isupper() and word[1:].islower() for word in label.split()[1:])
    return label if is_name or KEEP_CAPITALS.match(label) else label[:1].lower() + label[1:]


def change_words(unit: Unit, now: float, before: float, since: str) -> str:
    """`278 more than in 2024`; `1.9 percentage points higher than …`; `the same as …`, when it rounds to nothing;
    `compared with none in 2024`."""
    if unit.rounded(now) == unit.rounded(before):
        return f"the same as {since}"
    if unit in (COUNT, ABOUT) and not before:
        return f"compared with none {since}"
    more, less = unit.rise_and_fall
    size = unit.difference(float(unit.rounded(now) - unit.rounded(before)) / unit.scale)
    return f"{size} {more if now > before else less} than {since}"


def joined(words: Sequence[str]) -> str:
    """`A`; `A and B`; `A, B and C`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def shown(figure: Figure | None) -> bool:
    """Whether there is a figure to speak of."""
    return figure is not None and figure.mark == SHOWN and figure.value is not None
