"""What is said of figures that others published: their symbols, parts that fall short, figures far from their years."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sendviz.answer import NOT_AVAILABLE, Figures, words_of
from sendviz.datasets.wholes import odd
from sendviz.figures import query
from sendviz.figures.areas import AREA, PERIOD
from sendviz.selection import Selection
from sendviz.store import Reading
from sendviz.vocabulary import PUBLISHED, Exhibit

NAMED = 3  # places named before a sentence says how many more there are


def marked(data: Reading, exhibit: Exhibit, figures: Figures, selection: Selection) -> Figures:
    """The figures with the publisher's own symbol where one is missing."""
    measure = figures.measure
    if measure.row.symbols is None or all(row.mark != NOT_AVAILABLE for row in figures.rows):
        return figures
    found = query.symbols(data, measure.of, exhibit.by, selection)
    whole = tuple(name for name in exhibit.by if name not in measure.across)
    kept = [exhibit.by.index(name) for name in whole]
    of_whole = query.symbols(data, measure.over, whole, selection) if measure.over else {}
    return replace(figures, rows=tuple(
        row._replace(mark=found.get(row.at) or of_whole.get(tuple(row.at[i] for i in kept)) or row.mark)
        if row.mark == NOT_AVAILABLE else row
        for row in figures.rows
    ))  # fmt: skip


def notes(exhibit: Exhibit, figures: Sequence[Figures]) -> tuple[str, ...]:
    """Sentences about published figures of areas and periods that are not what they should be."""
    if exhibit.measures[0].counts != PUBLISHED or not {AREA, PERIOD} <= set(exhibit.by):
        return ()
    found = [sentence for one in figures for sentence in (*_short(exhibit, one), *_far_off(exhibit, one))]
    return tuple(dict.fromkeys(found))


def _short(exhibit: Exhibit, figures: Figures) -> Iterator[str]:
    """Parts that do not add up to the published total they are shares of, the newest first."""
    if not figures.measure.across:
        return
    area, period = exhibit.by.index(AREA), exhibit.by.index(PERIOD)
    added: dict[tuple[str, str], float] = defaultdict(float)
    totals: dict[tuple[str, str], float] = {}
    for row in figures.rows:
        place = str(row.at[period]), str(row.at[area])
        if row.numerator is not None and row.denominator:
            added[place] += row.numerator
            totals[place] = row.denominator
    gaps = sorted((place for place in added if added[place] != totals[place]), key=lambda p: (p[0], totals[p]))
    words = [
        f"{name}, {words_of(when)}: {added[when, name]:,.0f} of {totals[when, name]:,.0f}, "
        f"{abs(gap := totals[when, name] - added[when, name]):,.0f} {'short' if gap > 0 else 'over'}"
        for when, name in reversed(gaps)
    ]
    if words:
        yield f"The parts do not add up to the published total for {_some(words)}."


def _far_off(exhibit: Exhibit, figures: Figures) -> Iterator[str]:
    """Counts many times those of the periods beside them; one value in several areas is told once."""
    measure = figures.measure
    if measure.over or measure.since:
        return
    area, period = exhibit.by.index(AREA), exhibit.by.index(PERIOD)
    courses: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in figures.rows:
        if row.value is not None:
            courses[str(row.at[area])].append((str(row.at[period]), row.value))
    found: dict[tuple[str, float], list[str]] = defaultdict(list)
    for name, course in courses.items():
        for one in odd(sorted(course)):
            found[one.period, one.value].append(name)
    for (when, value), names in found.items():
        areas = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
        yield (
            f"{measure.title}, {words_of(when)}: {measure.unit.words(value)} is published for {areas}, "
            "far from the years beside it."
        )


def _some(words: Sequence[str]) -> str:
    more = len(words) - NAMED
    return "; ".join(words[:NAMED]) + (f"; and {more} more" if more > 0 else "")
