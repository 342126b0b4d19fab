"""A measure's counts at an exhibit's dimensions and at every total of them: what is shown, before it is protected."""

from collections.abc import Sequence

from sendviz.figures.levels import Grid, Pair, add_levels
from sendviz.figures.places import At, Level, latest_of, months_of
from sendviz.figures.query import Sums, sums
from sendviz.selection import Selection
from sendviz.store import Reading
from sendviz.vocabulary import MONTH, Exhibit, Measure, Total

NOTHING_GIVEN: Pair = (None, None)


def grid(data: Reading, exhibit: Exhibit, measure: Measure, selection: Selection, at: Sequence[At]) -> Grid:
    """The measure at the exhibit's dimensions `at` these places, and at every total of them."""
    totals = [measure.of] + ([measure.over] if measure.over and not measure.across else [])
    found = sums(data, totals, exhibit.by, selection, latest_of(data, exhibit, selection))
    if measure.since:
        found = _since_the_first(found, exhibit.by.index(measure.since))
    if measure.as_given:
        found = _alone(found, sums(data, [Total(measure.row, only=measure.of.only)], exhibit.by, selection))
    _, covered = months_of(data, exhibit.row, selection)
    month = exhibit.by.index(MONTH) if MONTH in exhibit.by else None
    result = Grid(measure, {exhibit.by: {
        key: _filled(measure, found.get(key)) if month is None or key[month] in covered else NOTHING_GIVEN for key in at
    }})  # fmt: skip
    if measure.across and measure.over:
        _put_over(result, sums(data, [measure.over], _without(exhibit.by, measure.across), selection))
    add_levels(result, exhibit)
    return result


def _alone(found: Sums, rows: Sums) -> Sums:
    """Figures as given that stand alone: two for one place must not be added up."""
    return {key: values for key, values in found.items() if rows[key][0] == 1}


def _since_the_first(found: Sums, when: int) -> Sums:
    """The rise since the first period there is any figure of, and what it was then; nothing where that is missing."""
    counts = {key: values[0] for key, values in found.items() if values[0] is not None}
    first = min((key[when] for key in counts), key=str, default=None)
    base = {(*key[:when], *key[when + 1 :]): count for key, count in counts.items() if key[when] == first}
    rises: Sums = {}
    for key, count in counts.items():
        then = base.get((*key[:when], *key[when + 1 :]))
        rises[key] = [None, None] if then is None else [count - then, then]
    return rises


def _filled(measure: Measure, values: list[float | None] | None) -> Pair:
    """No rows is nought. But where a column that may be blank is added up, no value is not available."""
    over = measure.since or (measure.over and not measure.across)
    if measure.of.add and measure.row.fields[measure.of.add].nullable:
        numerator, *rest = values or [None, None]
        return NOTHING_GIVEN if numerator is None else (numerator, rest[0] if over else None)
    numerator, *rest = values or [0.0, 0.0]
    return (numerator or 0.0, (rest[0] or 0.0) if over else None)


def _without(by: Level, left_out: Sequence[str]) -> Level:
    return tuple(name for name in by if name not in left_out)


def _put_over(result: Grid, over: Sums) -> None:
    kept = [i for i, name in enumerate(result.finest) if name not in result.measure.across]
    level = result.levels[result.finest]
    for key, (numerator, _) in level.items():
        level[key] = (numerator, (over.get(tuple(key[i] for i in kept)) or [0.0])[0])
