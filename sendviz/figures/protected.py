"""Grids become figures, small numbers withheld: the one point where figures leave for a chart, a table or a file."""

from collections.abc import Callable, Collection, Sequence

from sendviz.answer import NOT_AVAILABLE, SHOWN, WITHHELD, Figure, Figures
from sendviz.disclosure import Line, withheld
from sendviz.figures.levels import Cell, Grid, Pair
from sendviz.figures.places import At, Level
from sendviz.figures.rounded import rounded
from sendviz.rounding import Rounding
from sendviz.vocabulary import SHARE, Measure, Total


def protect(grids: Sequence[Grid], below: int, rounding: Rounding | None = None) -> list[dict[Level, Figures]]:
    """Each measure's figures at each level; a later measure gives way to the earlier ones it is shown beside.

    With rounding, which each figure has by itself, nothing else need be withheld.
    """
    if rounding is not None:
        return [rounded(grid, rounding) if grid.measure.of_people else _figures(grid, (), ()) for grid in grids]
    found: list[tuple[Grid, frozenset[Cell], frozenset[Cell]]] = []
    for grid in grids:
        beside = [(other, hidden) for other, hidden, _ in found if _tells_more(other, grid)]
        gone = frozenset().union(*(hidden for _, hidden in beside))
        found.append((grid, *_hidden(grid, [other for other, _ in beside], below, gone)))
    return [_figures(*one) for one in found]


def _hidden(
    grid: Grid, beside: Sequence[Grid], below: int, gone: Collection[Cell]
) -> tuple[frozenset[Cell], frozenset[Cell]]:
    """The withheld figures, and the withheld denominators. What is `gone` of a measure beside it, of which this one is
    a part, goes here too: where both are of the same people, this one would tell."""
    if not grid.measure.of_people or below <= 1:
        return frozenset(), frozenset()
    if not beside and not grid.has_small(below):
        return frozenset(), frozenset()
    wholes = _hidden_wholes(grid, beside, below)

    def told(level: Level, at: At, pair: Pair) -> tuple[float, ...]:
        return (*grid.told(pair), *(n for other in beside for n in _between(other, grid, level, at)))

    one = told if beside else lambda level, at, pair: grid.told(pair)
    cells = _cells(grid, one)
    while True:
        of_hidden = [cell for cell in cells if _whole(grid, *cell) in wholes] if wholes else []
        hidden = withheld(cells, grid.lines(), below, already={*of_hidden, *gone})
        more = _hidden_wholes(grid, beside, below, hidden) if grid.measure.across else wholes
        if more == wholes:
            return hidden, wholes
        wholes = more


def _hidden_wholes(grid: Grid, beside: Sequence[Grid], below: int, hidden: Collection[Cell] = ()) -> frozenset[Cell]:
    """The denominators to withhold: small ones, or small by as many as one differs from another shown beside it, and
    what would give them away. Those who answered stand as cells of their own, which may be `hidden` already."""
    if grid.measure.unit is not SHARE:
        return frozenset()
    told: dict[Cell, tuple[float, ...]] = {}
    for level, figures in grid.levels.items():
        for at, (_, over) in figures.items():
            others = (other.levels[level][at][1] for other in beside if at in other.levels.get(level, {}))
            told[_whole(grid, level, at)] = (over or 0, *(abs((n or 0) - (over or 0)) for n in others))
    lines: dict[Line[Cell], None] = {}
    for line in grid.lines():
        parts = tuple(dict.fromkeys(_whole(grid, *part) for part in line.parts))
        if (total := _whole(grid, *line.total)) not in parts:
            lines[Line(total, parts)] = None
    return withheld(told, lines, below, already=hidden)


def _cells(grid: Grid, told: Callable[[Level, At, Pair], tuple[float, ...]]) -> dict[Cell, tuple[float, ...]]:
    return {
        (level, at): told(level, at, pair) for level, figures in grid.levels.items() for at, pair in figures.items()
    }


def _tells_more(earlier: Grid, later: Grid) -> bool:
    """Whether an earlier measure shown beside a later one tells of people that neither tells of alone."""
    return earlier.measure.row is later.measure.row and earlier.measure.of_people


def _between(earlier: Grid, later: Grid, level: Level, at: At) -> list[float]:
    """The counts that follow from showing both: what is in the earlier measure but not in the later, nested one."""
    if at not in earlier.levels.get(level, {}):
        return []
    (a, over_a), (b, over_b) = earlier.levels[level][at], later.levels[level][at]
    told = []
    if a is not None and b is not None and _part_of(later.measure.of, earlier.measure.of):
        told.append(abs(a - b))
        if over_a is not None and over_b is not None:
            told.append(abs((over_a - a) - (over_b - b)))
    if over_a is not None and over_b is not None:
        told.append(abs(over_a - over_b))
    return told


def _part_of(part: Total, whole: Total) -> bool:
    return (
        part.add is None and whole.add is None and part.each == whole.each and (whole.only.items() <= part.only.items())
    )


def _figures(grid: Grid, hidden: Collection[Cell], wholes: Collection[Cell]) -> dict[Level, Figures]:
    measure = grid.measure
    if not hidden:
        return {
            level: Figures(measure, level, tuple([_shown(measure, at, pair) for at, pair in figures.items()]))
            for level, figures in grid.levels.items()
        }
    return {
        level: Figures(
            measure, level,
            tuple(
                _withheld(measure, at, pair[1], _whole(grid, level, at) in wholes) if (level, at) in hidden
                else _shown(measure, at, pair)
                for at, pair in figures.items()
            ),
        )
        for level, figures in grid.levels.items()
    }  # fmt: skip


def _whole(grid: Grid, level: Level, at: At) -> Cell:
    """Where the denominator of a figure stands by itself."""
    kept = [i for i, name in enumerate(level) if name not in grid.measure.across]
    return tuple(level[i] for i in kept), tuple(at[i] for i in kept)


def _withheld(measure: Measure, at: At, denominator: float | None, whole_too: bool) -> Figure:
    return Figure(at, None, denominator if measure.unit is SHARE and not whole_too else None, None, WITHHELD)


def _shown(measure: Measure, at: At, pair: Pair) -> Figure:
    numerator, denominator = pair
    if measure.over is None and measure.since is None:
        return Figure(at, numerator, None, numerator, SHOWN if numerator is not None else NOT_AVAILABLE)
    if numerator is None or not denominator:
        return Figure(at, numerator, denominator, None, NOT_AVAILABLE)
    return Figure(at, numerator, denominator, numerator / denominator, SHOWN)
