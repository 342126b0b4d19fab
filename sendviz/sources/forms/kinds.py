"""What kind of question it is, worked out from its answers: one choice, many choices, a scale, or words of one's own.

- Many choices: every answer ends in `;`, as Forms writes ticks, or the parts between `;` come again (an older export,
  without the last one).
- A ranking is written the same way, but every answer has the same parts, in different orders: what stands first counts,
  as one choice.
- Scale: whole numbers from 0 to 10 and nothing else (stars, ratings, likelihood to recommend).
- One choice: few different answers, each short: at most a third as many as there are answers, and at most twenty.
  What only one person chose may be words of their own, which Forms lets people write in beside the choices: it counts
  as Other, of many choices too. As a count of one it would be withheld anyway.
- Text: all else. Where it is in doubt it is text, whose answers are shown only for groups of at least five.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sendviz.datasets.survey import CHOSEN
from sendviz.vocabulary.fields import plain

ONE, MANY, SCALE = CHOSEN
TEXT, OTHER = "Text", "Other"
STEPS = frozenset(map(str, range(11)))
MOST, LONGEST = 20, 100  # different answers to one choice, and letters of each
RANKED = 3  # things there must be to rank


def words_of(cell: object) -> str:
    """A cell's answer in words; a date day first."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, dt.date) else plain(cell)


@dataclass(frozen=True)
class Kind:
    """A kind of question, by the survey's name for it; of those written with `;`, whether it is a ranking; of choices,
    those that only one person made."""

    name: str
    ranking: bool = False
    once: frozenset[str] = frozenset()

    @classmethod
    def of(cls, answers: Sequence[str]) -> "Kind":
        """The kind of question that has these answers; blanks are those who did not answer."""
        said = [answer for answer in answers if answer]
        if _ranked(said):
            return cls(ONE, ranking=True)
        if _ticked(said):
            return cls(MANY, once=_once(part for answer in said for part in set(parts(answer))))
        if said and STEPS.issuperset(said):
            return cls(SCALE)
        different = set(said)
        few = said and 3 * len(different) <= len(said) and len(different) <= MOST
        if not few or max(map(len, different)) > LONGEST:
            return cls(TEXT)
        return cls(ONE, once=_once(said))

    def given(self, answer: str) -> list[str]:
        """What one response says to it: nothing, one thing, or each thing ticked once."""
        if self.ranking:
            return parts(answer)[:1]
        if self.name == MANY:
            return list(dict.fromkeys(OTHER if part in self.once else part for part in parts(answer)))
        return [OTHER if answer in self.once else answer] if answer else []


def _once(given: Iterable[str]) -> frozenset[str]:
    return frozenset(thing for thing, count in Counter(given).items() if count == 1)


def parts(answer: str) -> list[str]:
    """The things between `;`."""
    return [part.strip() for part in answer.split(";") if part.strip()]


def _ticked(said: Sequence[str]) -> bool:
    if not any(";" in answer for answer in said):
        return False
    if all(answer.endswith(";") for answer in said):
        return True
    every = [part for answer in said for part in parts(answer)]
    return 2 * len(set(every)) <= len(every) and len(set(every)) <= MOST


def _ranked(said: Sequence[str]) -> bool:
    orders = {tuple(parts(answer)) for answer in said}
    things = {frozenset(order) for order in orders}
    return len(orders) > 1 and len(things) == 1 and len(next(iter(things))) >= RANKED
