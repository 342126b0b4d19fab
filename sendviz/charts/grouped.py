"""Bars under headings: what providers gave, period by period, with what they did not give said in words."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from sendviz.answer import NOT_AVAILABLE, SHOWN, Answer, Figure, words_of
from sendviz.charts.bars import Bar, under_headings
from sendviz.charts.rows import GAPS_IN_WORDS, Rows, figures, words
from sendviz.vocabulary import Unit


def waits(answer: Answer) -> Rows:
    """Mean waits as bars with a tick at the longest, service and provider by period."""
    mean, longest = answer.exhibit.measures
    longer = {row.at: row for row in figures(answer, 1)}

    def bar(row: Figure) -> Bar:
        beyond = longer.get(row.at, row)
        said = [_said(row, mean.unit)] if row.value is not None or beyond.value is None else []
        said += [f"longest {_said(beyond, longest.unit)}"] if beyond.value is not None else []
        return _bar(row, "; ".join(said), beyond.value)

    there = {at for at, row in longer.items() if row.value is not None}
    return under_headings(_given(figures(answer), bar, there), longest.title.lower())


def against(answer: Answer) -> Rows:
    """Each provider's figures, with a tick at the one they are held against for the same service and period."""
    other, unit = answer.exhibit.options["against"], answer.exhibit.measures[0].unit
    level = {(row.at[0], row.at[-1]): row for row in figures(answer) if row.at[1] == other and row.value is not None}

    def bar(row: Figure) -> Bar:
        there = level.get((row.at[0], row.at[-1]))
        said = _said(row, unit) + (f"; {other} {_said(there, unit)}" if there else "")
        return _bar(row, said, there.value if there else None)

    own = [row for row in figures(answer) if row.at[1] != other]
    return under_headings(_given(own, bar), other)


def given(answer: Answer) -> Rows:
    """The first measure as bars; the others, which are in other units, in words under the same heading."""
    first, *others = answer.exhibit.measures
    found = list(_given(figures(answer), lambda row: _bar(row, _said(row, first.unit))))
    for place, measure in enumerate(others, start=1):
        rows = [row for row in figures(answer, place) if row.value is not None]
        said = [Bar(f"{measure.title}, {words_of(row.at[-1])}", None, _said(row, measure.unit)) for row in rows]
        found += [(_heading(row), bar) for row, bar in zip(rows, said, strict=True)]
    spoken_for = {heading for heading, bar in found if bar.name}
    kept = [(heading, bar) for heading, bar in found if bar.name or heading not in spoken_for]
    return under_headings(sorted(kept, key=lambda pair: pair[0]))


def comments(answer: Answer) -> Rows:
    """How many wrote something, under each question by the other dimension."""
    unit = answer.exhibit.measures[0].unit
    return under_headings(
        (words_of(row.at[0]), Bar(words_of(row.at[-1]), row.value, words(row, unit), row.mark))
        for row in figures(answer)
    )


def _heading(row: Figure) -> str:
    return ", ".join(words_of(value) for value in row.at[:-1])


def _said(row: Figure, unit: Unit) -> str:
    return GAPS_IN_WORDS[row.mark] if row.mark != SHOWN else unit.words(row.value or 0)


def _bar(row: Figure, said: str, beyond: float | None = None) -> Bar:
    return Bar(words_of(row.at[-1]), row.value, said, row.mark, beyond)


def _given(
    rows: Sequence[Figure],
    bar: Callable[[Figure], Bar],
    also: frozenset[object] | set[tuple[object, ...]] = frozenset(),
) -> Iterator[tuple[str, Bar]]:
    """The periods a provider gave, and gaps of the same kind between them; one line for one that gave nothing.

    Other periods in the data belong to other figures: a year's count is no gap in a run of months.
    """
    for heading, part in groupby(rows, key=_heading):
        found = list(part)
        there = [place for place, row in enumerate(found) if row.value is not None or row.at in also]
        if not there:
            yield heading, Bar("", None, GAPS_IN_WORDS[NOT_AVAILABLE], NOT_AVAILABLE)
            continue
        kinds = {len(str(found[place].at[-1])) for place in there}
        for place, row in enumerate(found):
            between = there[0] < place < there[-1] and len(str(row.at[-1])) in kinds
            if place in there or between:
                yield heading, bar(row)
