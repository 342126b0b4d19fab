"""An attacker reads all that is shown for a selection, in every exhibit together, and works at what is withheld."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendviz.answer import WITHHELD, Answer, Figure
from sendviz.datasets import EXHIBITS
from sendviz.figures import answer
from sendviz.figures.notes import spoken
from sendviz.selection import Selection
from sendviz.settings import Settings
from sendviz.store import Store
from sendviz.vocabulary import MONTH

PROTECTED = Settings(withhold_below=5)
OF_PEOPLE = [exhibit for exhibit in EXHIBITS.values() if any(m.of_people for m in exhibit.measures)]
FILTERS = (
    "locality",
    "school_type",
    "key_stage",
    "primary_need",
    "phase",
    "source",
    "exception",
    "assessment_type",
    "school",
)

# What a figure is a count of: the rows it is taken from, which of them, and the dimension values it is for.
Meaning = tuple[object, ...]


def told(found: Answer) -> Iterator[tuple[tuple[str, ...], Figure, int]]:
    """Every figure of an answer with its level and its measure's place."""
    for level, figures in {found.exhibit.by: found.figures, **found.totals}.items():
        for place, one in enumerate(figures):
            if one.measure.of_people:
                yield from ((level, figure, place) for figure in one.rows)


def meanings(found: Answer, level: tuple[str, ...], figure: Figure, place: int) -> dict[str, Meaning]:
    """The counts a figure tells of: numerator and denominator, each by what it means, whichever exhibit shows it."""
    measure = found.exhibit.measures[place]
    where = dict(zip(level, figure.at, strict=True))
    if found.exhibit.row.stock and MONTH not in where:
        where[MONTH] = latest(found)

    def of(total: object, apart: tuple[str, ...] = ()) -> Meaning:
        kept = frozenset((k, v) for k, v in where.items() if k not in apart)
        return (total.row, total.add, total.each, str(sorted(total.only.items(), key=str)), kept)  # type: ignore[attr-defined]

    counts = {} if measure.over and measure.of.add else {"numerator": of(measure.of)}
    return counts | ({"denominator": of(measure.over, measure.across)} if measure.over else {})


def latest(found: Answer) -> dt.date:
    day = found.as_of if found.selection.end is None else min(found.as_of, found.selection.end)  # type: ignore[type-var]
    return day.replace(day=1)


def everything(answers: list[Answer]) -> tuple[dict[Meaning, float], set[Meaning]]:
    """What is known, and what is withheld, by meaning."""
    known: dict[Meaning, float] = {}
    hidden: set[Meaning] = set()
    for found in answers:
        for level, figure, place in told(found):
            for part, meaning in meanings(found, level, figure, place).items():
                value = getattr(figure, part)
                if value is not None:
                    known[meaning] = value
                elif figure.mark == WITHHELD:
                    hidden.add(meaning)
    return known, hidden


def sums(meanings: set[Meaning], with_months: bool) -> Iterator[tuple[Meaning, list[Meaning]]]:
    """The additions an attacker knows to hold: a total and its parts along one dimension, or a year and its months."""
    groups: dict[tuple[Meaning, str], list[Meaning]] = defaultdict(list)
    for meaning in meanings:
        where = dict(meaning[-1])  # type: ignore[call-overload]
        for name, value in where.items():
            if name in ("question", "answer") or (name == MONTH and not with_months):
                continue
            rest = frozenset((k, v) for k, v in where.items() if k != name)
            groups[(*meaning[:-1], rest), name].append(meaning)
            if name == MONTH:
                groups[(*meaning[:-1], rest | {("year", value.year)}), name].append(meaning)
    for (total, _), parts in groups.items():
        if total in meanings:
            yield total, parts


def worked_out(known: dict[Meaning, float], hidden: set[Meaning]) -> set[Meaning]:
    """The withheld counts that follow from the known ones by adding and subtracting."""
    unknown = {meaning: place for place, meaning in enumerate(sorted(hidden - set(known), key=repr))}
    rows = []
    for row, stock in {(m[0], m[0].stock) for m in unknown}:  # type: ignore[attr-defined]
        ours = {m for m in (*known, *unknown) if m[0] is row}
        for total, parts in sums(ours, with_months=not stock):
            equation = np.zeros(len(unknown))
            for sign, meaning in [(-1, total), *((1, part) for part in parts)]:
                if meaning in unknown:
                    equation[unknown[meaning]] += sign
            if equation.any():
                rows.append(equation)
    if not rows:
        return set()
    _, singular, right = np.linalg.svd(np.array(rows))
    free = right[int((singular > 1e-9).sum()) :]
    return {meaning for meaning, place in unknown.items() if (np.abs(free[:, place]) < 1e-9).all()}


@st.composite
def selections(draw: st.DrawFn, store: Store) -> Selection:
    names = draw(st.lists(st.sampled_from(FILTERS), max_size=2, unique=True))
    where = {name: draw(st.lists(st.sampled_from(store.options(name)), min_size=1, max_size=2)) for name in names}
    start = draw(st.sampled_from([None, dt.date(2025, 3, 1), dt.date(2026, 1, 1)]))
    return Selection.of(where, start=start)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_withheld_can_be_worked_out_from_all_that_a_selection_shows(
    sample_store: Store, data: st.DataObject
) -> None:
    selection = data.draw(selections(sample_store))
    known, hidden = everything([answer(e, selection, sample_store, PROTECTED) for e in OF_PEOPLE])
    assert not (both := hidden & set(known)), f"shown in one exhibit and withheld in another: {list(both)[:3]}"
    assert not (found := worked_out(known, hidden)), f"{len(found)} worked out, such as {next(iter(found))}"


def test_small_counts_are_withheld_somewhere_in_the_sample(sample_store: Store) -> None:
    few = Selection.of({"school": [sample_store.options("school")[0]]})
    _, hidden = everything([answer(e, few, sample_store, PROTECTED) for e in OF_PEOPLE])
    assert hidden


def test_a_denominator_is_withheld_where_it_would_tell_of_few(sample_store: Store) -> None:
    """Plans in time beside those without an exception: one denominator less the other is who had an exception."""
    central = Selection.of({"locality": ["Central"]})
    every, excepted = answer(EXHIBITS["plans-timeliness"], central, sample_store, PROTECTED).figures
    both = [(a.denominator, b.denominator) for a, b in zip(every.rows, excepted.rows, strict=True)]
    assert any(b is None for _, b in both)
    assert not any(0 < a - b < 5 for a, b in both if a is not None and b is not None)


def test_a_measure_does_not_tell_what_is_withheld_of_the_one_beside_it(sample_store: Store) -> None:
    profound = Selection.of({"primary_need": ["Profound and multiple learning difficulty"]})
    yearly = answer(EXHIBITS["plans-timeliness"], profound, sample_store, PROTECTED).totals[("year",)]
    withheld = [{row.at for row in figures.rows if row.mark == WITHHELD} for figures in yearly]
    assert withheld[0] and withheld[0] <= withheld[1]


def test_how_many_answered_is_withheld_where_they_are_few(sample_store: Store) -> None:
    answers = EXHIBITS["survey-answers"]
    for school in sample_store.options("school"):
        found = answer(answers, Selection.of({"school": [school]}), sample_store, PROTECTED)
        levels = [found.figures, *found.totals.values()]
        assert not any(0 < (row.denominator or 0) < 5 for level in levels for one in level for row in one.rows), school


@pytest.mark.parametrize(
    ("pending", "received", "agreed", "words"),
    [(20, 60, 30, "20"), (20, 60, 38, "Some"), (57, 60, 0, "Some"), (3, 60, 30, "Fewer than 5"), (20, 60, 40, "20")],
)
def test_those_still_pending_are_not_counted_where_that_would_tell_of_the_others(
    pending: int, received: int, agreed: int, words: str
) -> None:
    assert str(spoken(pending, [received, agreed, received], 5, None)) == words
