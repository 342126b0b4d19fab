"""Seen: what the figures of an answer tell of the counts behind them, to one who knows the published rule."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sendviz.answer import NOT_AVAILABLE, WITHHELD, Answer, Figure, Figures
from sendviz.audit.bounds import ENDLESS, Numbers
from sendviz.audit.kinds import Kind, kind_of, kinds_of
from sendviz.rounding import OFF, TOO_FEW
from sendviz.settings import Settings
from sendviz.vocabulary import Measure

PARTS = ("numerator", "denominator")


class Told(NamedTuple):
    """What the figures of one measure at one level tell of one kind: where they stand, and between what they lie."""

    kind: Kind
    level: tuple[str, ...]
    figures: Figures
    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class Rule:
    """What is published of how figures are protected, and so known to everybody.

    `off` is the most by which a shown count is off, `least` the least that it is; `unshown` the most that a withheld
    one is.
    """

    off: int = 0
    unshown: int = ENDLESS
    least: int = 0

    @classmethod
    def of(cls, settings: Settings) -> "Rule":
        """The rule that these settings put in force."""
        return cls(OFF, TOO_FEW - 1, TOO_FEW) if settings.rounding else cls()


def told(answer: Answer, rule: Rule) -> Iterator[Told]:
    """What each measure of people tells at each level, of its numerators and of its denominators."""
    for level, figures in {answer.exhibit.by: answer.figures, **answer.totals}.items():
        for one in figures:
            if one.measure.of_people:
                for part, kind in kinds_of(one.measure).items():
                    yield Told(kind, level, one, *_between(one.rows, part, rule, lone=one.measure.over is None))


def _between(rows: Sequence[Figure], part: str, rule: Rule, lone: bool) -> tuple[Numbers, Numbers]:
    """The least and the most that the counts can be. Nothing is counted where a figure is not available."""
    number = 1 + PARTS.index(part)
    counts = np.array([np.nan if row[number] is None else row[number] for row in rows], float)
    gone = np.array([row.mark == NOT_AVAILABLE and row[number] is None for row in rows], bool)
    shown = ~np.isnan(counts)
    exact = np.where(shown, counts, 0).round().astype(np.int64)
    low = np.where(shown, np.maximum(exact - rule.off, rule.least), 0)
    high = np.where(shown, exact + rule.off, rule.unshown if lone else ENDLESS)
    return low, np.where(gone, 0, high)


def said(answer: Answer, rule: Rule) -> tuple[Kind, int, int] | None:
    """What the sentence under an exhibit tells of the cases it counts apart, which is silent where there is none."""
    also: Measure | None = answer.exhibit.options.get("count also")
    if also is None or not also.of_people:
        return None
    tail = answer.exhibit.options["also"].rpartition("}")[2]
    sentence = next((note for note in answer.notes if note.endswith(tail)), "0 ")
    kind, number = kind_of(also.of), re.match(r"(Fewer than )?([\d,]+)", sentence)
    if number is None:
        return kind, 0, ENDLESS
    count = int(number[2].replace(",", ""))
    if number[1]:
        return kind, 0, count - 1
    return kind, max(count - rule.off, 0), count + rule.off


def withheld(answer: Answer) -> int:
    """How many of its figures of people are withheld."""
    levels = [answer.figures, *answer.totals.values()]
    return sum(row.mark == WITHHELD for level in levels for one in level if one.measure.of_people for row in one.rows)


def all_withheld(answer: Answer) -> bool:
    """Whether no figure of people is shown at all."""
    return all(row.mark for one in answer.figures if one.measure.of_people for row in one.rows)
